#include "tests/train/irc.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>

namespace kith::irc {
namespace {

constexpr std::string_view annotationEnd = ".annotation.txt";

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) {
        throw Error(Error::Kind::FileUnreadable, path.filename().string() + " cannot be read");
    }
    return content.str();
}

/// Gives every nick a number and every line its author, minute and words.
class Parser {
public:
    explicit Parser(Channel& channel) : channel_(channel) {}

    void line(std::string_view raw)
    {
        ChatLine line;
        line.system = true;
        std::string_view text = raw;
        if (const auto behind = readClock(raw)) {
            const auto rest = trim(raw.substr(*behind));
            if (rest.starts_with('<') && rest.find('>') != std::string_view::npos) {
                const auto end = rest.find('>');
                said(line, rest.substr(1, end - 1));
                text = trim(rest.substr(end + 1));
            } else if (rest.starts_with('*')) {
                const auto action = trim(rest.substr(1));
                const auto end = std::min(action.find(' '), action.size());
                if (!action.empty()) said(line, action.substr(0, end));
                if (!action.empty()) text = trim(action.substr(end));
            }
        }
        line.time = Time(std::chrono::minutes(minute_.value_or(0)));
        channel_.texts.emplace_back(text);
        channel_.lines.push_back(line);
    }

private:
    void said(ChatLine& line, std::string_view nick)
    {
        const std::string name = asciiLower(trim(nick));
        const auto author =
            authors_.try_emplace(name, static_cast<std::int64_t>(authors_.size())).first->second;
        channel_.names.emplace(author, name);
        line.author = author;
        line.system = false;
        line.bot = name == "ubottu" || name == "ubotu";
    }

    /// "[hh:mm]" or "[hh:mm:ss]" at the start; a clock far behind the last one is the next day's.
    std::optional<std::size_t> readClock(std::string_view raw)
    {
        const auto digit = [&](std::size_t i) { return raw[i] >= '0' && raw[i] <= '9'; };
        if (raw.size() < 7 || raw[0] != '[' || raw[3] != ':' || !digit(1) || !digit(2) ||
            !digit(4) || !digit(5)) {
            return std::nullopt;
        }
        const auto end = raw[6] == ']' ? 6 : raw.find(']');
        if (end != 6 && end != 9) return std::nullopt;
        const auto two = [&](std::size_t i) { return (raw[i] - '0') * 10 + raw[i + 1] - '0'; };
        std::int64_t minute = two(1) * 60 + two(4) + day_ * 1440;
        if (minute_ && minute < *minute_ - 720) {
            ++day_;
            minute += 1440;
        }
        minute_ = minute;
        return end + 1;
    }

    Channel& channel_;
    std::map<std::string, std::int64_t> authors_;
    std::optional<std::int64_t> minute_;
    std::int64_t day_ = 0;
};

Channel readChannel(const std::filesystem::path& annotation)
{
    Channel channel;
    const std::string file = annotation.filename().string();
    channel.name = file.substr(0, file.size() - annotationEnd.size());
    const std::string raw =
        repairUtf8(contentOf(annotation.parent_path() / (channel.name + ".raw.txt")));
    Parser parser(channel);
    auto rows = split(raw, '\n');
    if (!rows.empty() && rows.back().empty()) rows.pop_back();
    for (const auto row : rows) parser.line(row);
    for (std::size_t i = 0; i < channel.lines.size(); ++i) channel.lines[i].text = channel.texts[i];

    std::istringstream links(contentOf(annotation));
    std::size_t one = 0;
    std::size_t other = 0;
    std::string dash;
    while (links >> one >> other >> dash) {
        const auto [from, to] = std::minmax(one, other);
        if (to < channel.lines.size()) channel.answers[to].insert(from);
    }
    return channel;
}

/// The author of a line of people; nullopt for a system line.
std::optional<std::int64_t> authorOf(const Channel& channel, std::size_t line)
{
    if (channel.lines[line].system) return std::nullopt;
    return channel.lines[line].author;
}

std::set<std::int64_t> othersAmong(const Channel& channel, std::size_t line,
                                   const std::set<std::size_t>& answered)
{
    std::set<std::int64_t> others;
    const auto author = authorOf(channel, line);
    for (const auto to : answered) {
        const auto other = authorOf(channel, to);
        if (author && other && author != other) others.insert(*other);
    }
    return others;
}

}  // namespace

std::vector<Channel> readChannels(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().ends_with(annotationEnd))
            files.push_back(entry.path());
    }
    if (files.empty()) {
        throw Error(Error::Kind::NotFound, folder.string() + " holds no annotated channels");
    }
    std::sort(files.begin(), files.end());
    std::vector<Channel> channels;
    for (const auto& file : files) channels.push_back(readChannel(file));
    // Moving a channel moves its short texts too: lines must point to where they are now.
    for (auto& channel : channels) {
        for (std::size_t i = 0; i < channel.lines.size(); ++i)
            channel.lines[i].text = channel.texts[i];
    }
    return channels;
}

std::map<std::size_t, Guess> guess(const Channel& channel, const AnswerModel& model)
{
    const ChatFeatures chat(channel.lines, channel.names);
    std::map<std::size_t, Guess> guesses;
    std::vector<AnswerPair> pairs;
    std::vector<float> chances;
    for (const auto& [line, answered] : channel.answers) {
        chat.candidates(line, pairs);
        model.probabilities(pairs, chances);
        const auto best = std::max_element(chances.begin(), chances.end());
        guesses[line] = {line - static_cast<std::size_t>(best - chances.begin()),
                         static_cast<double>(*best)};
    }
    return guesses;
}

std::map<std::size_t, Guess> guessPrevious(const Channel& channel)
{
    std::map<std::size_t, Guess> guesses;
    for (const auto& [line, answered] : channel.answers) {
        std::size_t to = line;
        if (!channel.lines[line].system) {
            while (to > 0 && channel.lines[--to].system) {
            }
        }
        guesses[line] = {to, 1};
    }
    return guesses;
}

void Scores::add(const Channel& channel, const std::map<std::size_t, Guess>& guesses)
{
    for (const auto& [line, answered] : channel.answers) {
        const auto found = guesses.find(line);
        links.annotated += answered.size();
        const auto others = othersAmong(channel, line, answered);
        people.annotated += others.size();
        if (found == guesses.end()) continue;
        const bool right = answered.contains(found->second.to);
        ++links.found;
        links.right += right;
        for (const auto other : othersAmong(channel, line, {found->second.to})) {
            ++people.found;
            people.right += others.contains(other);
        }
        const auto bucket = static_cast<std::size_t>(found->second.probability * 10);
        auto& counted = calibration.at(std::min<std::size_t>(bucket, 9));
        ++counted.found;
        counted.right += right;
    }
}

}  // namespace kith::irc
