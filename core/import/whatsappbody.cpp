#include "core/import/whatsappbody.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/whatsappwords.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::string_view mark = "\u200E";
constexpr std::string_view mapAddress = "https://maps.google.com/?q=";

std::string_view withoutMarks(std::string_view text)
{
    while (text.starts_with(mark)) text.remove_prefix(mark.size());
    return text;
}

std::string_view firstLine(std::string_view text)
{
    return text.substr(0, text.find('\n'));
}

std::string_view restOf(std::string_view text)
{
    const auto end = text.find('\n');
    return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

ChatBody attachment(std::string_view what, std::string_view caption)
{
    ChatBody body;
    body.attachments.emplace_back(what);
    body.text = trim(caption);
    return body;
}

/// "Plan.pdf" or "Plan.pdf • 2 pages": a name with an ending, as documents are given.
std::string_view documentName(std::string_view text)
{
    constexpr std::size_t longestEnding = 5;
    auto name = trim(text.substr(0, text.find(" •")));
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.find('\n') != std::string_view::npos)
        return {};
    const auto ending = name.substr(dot + 1);
    const bool good =
        !ending.empty() && ending.size() <= longestEnding &&
        std::ranges::all_of(ending, [](char one) { return isDigit(one) || isLetter(one); });
    return good ? name : std::string_view();
}

/// "<attached: FILE>" at the end, in any language.
bool takeAttachedFile(std::string_view body, ChatBody& out)
{
    const auto end = trim(body);
    const auto open = end.rfind('<');
    if (open == std::string_view::npos || !end.ends_with('>')) return false;
    if (!end.substr(0, open).ends_with(mark)) return false;
    const auto inner = end.substr(open + 1, end.size() - open - 2);
    const auto colon = inner.find(':');
    if (colon == std::string_view::npos) return false;
    auto front = end.substr(0, open);
    while (front.ends_with(mark)) front.remove_suffix(mark.size());
    front = withoutMarks(front);
    const auto typed = front.substr(0, front.find(mark));
    const auto file = withoutInvisible(trim(inner.substr(colon + 1)));
    out = attachment(file, documentName(typed).empty() ? withoutInvisible(typed) : std::string());
    return true;
}

/// "text <This message was edited>".
std::string_view takeEdited(std::string_view body, const ChatStyle& style, bool& edited)
{
    constexpr std::size_t longest = 200;
    const auto end = trim(body);
    const auto open = end.rfind('<');
    if (open == std::string_view::npos || !end.ends_with('>') || end.size() - open > longest)
        return body;
    const auto suffix = end.substr(open);
    const bool marked = style.bracket && open > 0 && end.substr(0, open).ends_with(mark) &&
                        suffix.find(':') == std::string_view::npos &&
                        !withoutMarks(end.substr(0, open)).empty();
    if (!marked && !saysEdited(suffix)) return body;
    edited = true;
    auto typed = end.substr(0, open);
    while (typed.ends_with(mark)) typed.remove_suffix(mark.size());
    return trim(typed);
}

bool takeLocation(std::string_view bare, ChatBody& out)
{
    constexpr std::size_t longestWord = 60;
    const auto at = bare.find(mapAddress);
    const bool place = at != std::string_view::npos && at > 2 && at < longestWord &&
                       bare.substr(at - 2, 2) == ": " &&
                       bare.find('\n') == std::string_view::npos &&
                       bare.substr(at).find(' ') == std::string_view::npos;
    if (place) out = attachment("location", {});
    if (!place && saysLiveLocation(bare)) out = attachment("live location", {});
    return !out.attachments.empty();
}

/// "OPTION: damp (3 votes)" -> "damp"
std::string_view optionText(std::string_view line)
{
    line = trim(withoutMarks(line));
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos) line.remove_prefix(colon + 2);
    const auto votes = line.rfind(" (");
    return votes != std::string_view::npos && line.ends_with(')') ? line.substr(0, votes) : line;
}

bool takePoll(std::string_view bare, bool marked, ChatBody& out)
{
    const auto head = trim(firstLine(bare));
    const bool signs =
        marked && head.ends_with(':') && bare.find("\n\u200E") != std::string_view::npos;
    if (!signs && !saysPoll(head)) return false;
    auto rest = restOf(bare);
    if (rest.empty()) return false;
    std::string text(trim(withoutMarks(firstLine(rest))));
    for (rest = restOf(rest); !rest.empty(); rest = restOf(rest)) {
        if (const auto option = optionText(firstLine(rest)); !option.empty()) {
            text += '\n';
            text += option;
        }
    }
    out = attachment("poll", text);
    return true;
}

ChatBody typed(std::string_view text)
{
    ChatBody body;
    while (text.ends_with('\n')) text.remove_suffix(1);
    body.text = withoutMarks(text);
    return body;
}

/// The words behind the last mark say what was left out, what stands before it was typed or is a
/// name.
ChatBody omitted(std::string_view body)
{
    const auto last = body.rfind(mark);
    auto front = withoutMarks(body.substr(0, last));
    front = trim(front.substr(0, front.find(mark)));
    const auto name = documentName(front);
    const auto kind = mediaKind(body.substr(last));
    if (!name.empty()) return attachment(name, {});
    return attachment(kind, front);
}

ChatBody readBracket(std::string_view body, bool marked, const ChatStyle& style)
{
    ChatBody out;
    const bool begins = body.starts_with(mark);
    const auto bare = withoutMarks(body);
    if (takeAttachedFile(body, out) || takeLocation(bare, out) || takePoll(bare, begins, out))
        return out;
    if (saysDeleted(bare)) {
        out.kind = ChatBody::Kind::Deleted;
        return out;
    }
    if (marked && body.find(mark) != std::string_view::npos) return omitted(body);
    if (saysOmitted(bare)) return attachment(mediaKind(bare), {});
    if (begins && (style.marksDecide || isNotice(bare))) {
        out = typed(bare);
        out.kind = ChatBody::Kind::Notice;
        return out;
    }
    return typed(body);
}

/// "FILE (file attached)", with or without a mark in front.
bool takeNamedFile(std::string_view body, ChatBody& out)
{
    const bool marked = body.starts_with(mark);
    const auto line = trim(withoutMarks(firstLine(body)));
    const auto open = line.rfind(" (");
    if (open == std::string_view::npos || !line.ends_with(')')) return false;
    const auto word = line.substr(open + 2, line.size() - open - 3);
    const auto name = documentName(line.substr(0, open));
    if (!saysFileAttached(word) && !(marked && !name.empty())) return false;
    out = attachment(line.substr(0, open), restOf(body));
    return true;
}

bool isPlaceholder(std::string_view line)
{
    constexpr std::size_t longest = 80;
    return line.size() > 4 && line.size() <= longest && line.front() == '<' && line.back() == '>' &&
           std::ranges::count(line, '<') == 1 && std::ranges::count(line, '>') == 1;
}

ChatBody readDash(std::string_view body)
{
    ChatBody out;
    const auto bare = withoutMarks(body);
    const auto first = trim(firstLine(bare));
    if (isPlaceholder(first)) return attachment("media", restOf(bare));
    if (trim(bare) == "null") return attachment("view-once media", {});
    if (saysDeleted(bare)) {
        out.kind = ChatBody::Kind::Deleted;
        return out;
    }
    if (takeNamedFile(body, out) || takeLocation(trim(bare), out) || takePoll(bare, false, out))
        return out;
    out = typed(body);
    if (isNotice(bare)) out.kind = ChatBody::Kind::Notice;
    return out;
}

}  // namespace

ChatBody readChatBody(std::string_view body, bool marked, const ChatStyle& style)
{
    bool edited = false;
    body = takeEdited(body, style, edited);
    auto out = style.bracket ? readBracket(body, marked, style) : readDash(body);
    out.edited = edited;
    return out;
}

}  // namespace kith
