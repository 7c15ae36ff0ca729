#include "core/import/ircline.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/ircstamp.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using Kind = IrcLine::Kind;

/// Without mIRC's marks: colour (with its numbers), bold, italic, underline, reverse, reset.
std::string withoutMarks(std::string_view line)
{
    constexpr std::string_view plain = "\x02\x0f\x11\x16\x1d\x1e\x1f\x04";
    const auto digit = [&](std::size_t at) { return at < line.size() && isDigit(line[at]); };
    std::string out;
    out.reserve(line.size());
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '\x03') {
            for (int i = 0; i < 2 && digit(at + 1); ++i) ++at;
            if (at + 1 < line.size() && line[at + 1] == ',' && digit(at + 2)) {
                at += 2;
                if (digit(at + 1)) ++at;
            }
        } else if (plain.find(line[at]) == plain.npos) {
            out += line[at];
        }
    }
    return out;
}

/// Without user and host, the channel, and the marks of rank.
std::string_view plainNick(std::string_view nick)
{
    constexpr std::string_view ranks = "@+%~&!";
    nick = trim(nick);
    while (nick.size() > 1 && ranks.find(nick.front()) != ranks.npos) nick.remove_prefix(1);
    nick = nick.substr(0, nick.find('!'));
    return nick.substr(0, nick.find(":#"));
}

bool isNick(std::string_view nick)
{
    constexpr std::size_t longest = 64;
    return !nick.empty() && nick.size() <= longest && nick.find_first_of(" \t<>,:") == nick.npos;
}

std::string_view firstWord(std::string_view text)
{
    return text.substr(0, text.find_first_of(" \t"));
}

/// What a notice tells of people: who came, where, and who changed their nick.
void readNotice(std::string_view text, IrcLine& line)
{
    line.kind = Kind::Notice;
    line.text = trim(text);
    while (!text.empty() && std::string_view("-=*!<> \t").find(text.front()) != text.npos)
        text.remove_prefix(1);
    constexpr std::string_view joins = "Joins: ";
    if (text.starts_with(joins)) text.remove_prefix(joins.size());
    const auto who = plainNick(firstWord(text));
    constexpr std::string_view renamed = " is now known as ";
    constexpr std::string_view joined = " has joined ";
    if (const auto at = text.find(renamed); at != text.npos && text.substr(0, at) == who) {
        auto to = plainNick(firstWord(trim(text.substr(at + renamed.size()))));
        if (to.ends_with('.') && !to.starts_with('.')) to.remove_suffix(1);
        if (!isNick(who) || !isNick(to)) return;
        line.nick = who;
        line.renamedTo = to;
        return;
    }
    if (const auto at = text.find(joined); at != text.npos) {
        auto channel = firstWord(trim(text.substr(at + joined.size())));
        if (channel.starts_with('#') || channel.starts_with('&')) line.channel = channel;
        if (isNick(who)) line.nick = who;
    }
}

void readWords(std::string_view nick, std::string_view text, Kind kind, IrcLine& line)
{
    line.userHost = nick.find('!') != nick.npos && nick.find('@') != nick.npos;
    nick = plainNick(nick);
    if (!isNick(nick)) return;
    line.nick = nick;
    line.text = trim(text);
    line.kind = line.text.empty() ? Kind::Empty : kind;
}

/// "*" and what follows: an action, or with some clients a notice.
void readStar(std::string_view body, IrcLine& line)
{
    constexpr std::array<std::string_view, 8> notices{
        " has joined ", " has left ", " has quit",   " is now known as ",
        " sets mode",   " has set ",  " has kicked", " has changed the topic"};
    const auto words = trim(body.substr(1));
    const bool notice =
        body.starts_with("**") || words.starts_with("Now talking") || words.starts_with("Topic ") ||
        words.starts_with("Users on ") ||
        std::ranges::any_of(notices, [&](auto one) { return words.find(one) != words.npos; });
    if (notice) return readNotice(body, line);
    const auto nick = firstWord(words);
    readWords(nick, words.substr(std::min(nick.size(), words.size())), Kind::Action, line);
    if (line.kind == Kind::Action) line.text = line.nick + " " + line.text;
}

void readBody(std::string_view body, IrcLine& line)
{
    if (body.empty()) return;
    if (body.starts_with("<-- ") || body == "<--" || body.starts_with("<<<"))
        return readNotice(body, line);
    if (body.front() == '<') {
        const auto close = body.find('>');
        if (close == body.npos) return;
        return readWords(body.substr(1, close - 1), body.substr(close + 1), Kind::Said, line);
    }
    if (body.front() == '*') return readStar(body, line);
    if (const auto slash = body.find("/#"); body.front() == '(' && slash != body.npos) {
        // Said from here in another channel.
        const auto close = body.find(')', slash);
        if (close == body.npos) return;
        return readWords(body.substr(1, slash - 1), body.substr(close + 1), Kind::Said, line);
    }
    for (const std::string_view front :
         {"-!-", "-->", "---", "===", "--", "!", ">>>", "-", "\u2192", "\u2190"}) {
        if (body.starts_with(front)) return readNotice(body, line);
    }
}

/// weechat: three columns, of which the middle is the nick or a mark.
void readColumns(std::string_view body, IrcLine& line)
{
    const auto tab = body.find('\t');
    if (tab == body.npos) return;
    const auto who = trim(body.substr(0, tab));
    const auto text = body.substr(tab + 1);
    if (who == "*") return readStar("* " + std::string(trim(text)), line);
    if (who.empty() || who.starts_with("--") || who == "<--" || who == "=!=")
        return readNotice(std::string(who) + " " + std::string(text), line);
    readWords(who, text, Kind::Said, line);
}

/// Lines of the client's own that carry no stamp, some with the day.
void readUnstamped(std::string_view line, IrcLine& out)
{
    constexpr std::array<std::string_view, 8> days{
        "--- Log opened ",         "--- Day changed ", "--- Log closed ", "**** BEGIN LOGGING AT ",
        "**** ENDING LOGGING AT ", "Session Start: ",  "Session Time: ",  "Session Close: "};
    for (const auto front : days) {
        if (!line.starts_with(front)) continue;
        out.kind = Kind::Notice;
        out.text = line;
        if (const auto day = ircDay(trim(line.substr(front.size())))) {
            out.kind = Kind::Day;
            out.stamp = *day;
        }
        return;
    }
    if (line.starts_with("===") || line.starts_with("***") || line.starts_with("Session Ident: "))
        readNotice(line, out);
}

}  // namespace

IrcLine ircLine(std::string_view line)
{
    IrcLine out;
    const auto plain = withoutMarks(line);
    std::string_view rest = plain;
    const auto stamp = takeIrcStamp(rest);
    if (!stamp) {
        readUnstamped(rest, out);
        return out;
    }
    out.stamp = *stamp;
    if (rest.starts_with('\t')) {
        readColumns(rest.substr(1), out);
    } else if (rest.starts_with(' ')) {
        readBody(trim(rest), out);
    }
    return out;
}

}  // namespace kith
