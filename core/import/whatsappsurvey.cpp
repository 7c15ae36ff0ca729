#include "core/import/whatsappsurvey.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>

namespace kith {
namespace {

constexpr auto aDay = std::chrono::hours(24);
constexpr auto putBack =
    std::chrono::minutes(65);  ///< what a clock is put back in autumn, and slack
constexpr std::size_t longestRun = 50;
constexpr std::size_t mostRuns = 10'000;
constexpr std::size_t longestLabel = 200;
constexpr std::uint64_t linesAtHead = 3;  ///< the app's own first lines are not in order

bool isInvisibleInNames(char32_t one)
{
    return one == 0x200e || one == 0x200f || (one >= 0x202a && one <= 0x202c) ||
           (one >= 0x2066 && one <= 0x2069) || one == 0xfeff;
}

/// True when a quotation is open at the end of `text`: the colon then belongs to the quotation.
bool quotationOpen(std::string_view text)
{
    if (std::ranges::count(text, '"') % 2 == 1) return true;
    const auto last = [&](std::string_view what) { return text.rfind(what); };
    const auto open = last("“");
    if (open == std::string_view::npos) return false;
    const auto close = last("”");
    return close == std::string_view::npos || close < open;
}

/// End of the label before the colon at or after `from`; the colon must end the line or be followed
/// by a blank.
std::size_t colonFrom(std::string_view text, std::size_t from)
{
    for (auto at = text.find(':', from); at != std::string_view::npos && at <= longestLabel;
         at = text.find(':', at + 1)) {
        const auto rest = text.substr(at + 1);
        if (rest.empty() || rest.front() == ' ' || rest.starts_with("\u00A0")) return at;
    }
    return std::string_view::npos;
}

Question bothReadings(const ChatHeader& header)
{
    const auto text = [&](DateOrder order) {
        const auto wall = header.at(order);
        return wall ? dateInWords(Time(wall->time_since_epoch())) : std::string("no date");
    };
    return {Question::About::Dates,
            repairUtf8(header.stamp),
            {{"dmy", text(DateOrder::DayMonthYear)}, {"mdy", text(DateOrder::MonthDayYear)}}};
}

/// A name in which nothing can be seen, by its characters: two of them are two people.
std::string spelledOut(std::string_view raw)
{
    constexpr int most = 32;
    std::string out;
    int count = 0;
    for (std::size_t at = 0; at < raw.size() && count < most; ++count)
        out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(nextCodePoint(raw, at)));
    return out;
}

}  // namespace

std::string senderLabel(std::string_view raw)
{
    std::string out;
    for (std::size_t at = 0; at < raw.size();) {
        const auto byte = static_cast<unsigned char>(raw[at]);
        if (byte < 0x80) {
            out += raw[at++];
            continue;
        }
        const char32_t one = nextCodePoint(raw, at);
        if (isInvisibleInNames(one)) continue;
        if (one == 0x202d || one == 0x202e) {
            out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(one));
        } else if (one == 0xa0 || one == 0x202f || one == 0x2009) {
            out += ' ';
        } else {
            appendUtf8(out, one);
        }
    }
    std::string_view label = trim(out);
    if (label.starts_with("~")) label = trim(label.substr(1));
    return label.empty() ? spelledOut(raw) : std::string(label);
}

std::size_t senderEnd(std::string_view behindHeader)
{
    const auto end = colonFrom(behindHeader, 0);
    if (end == std::string_view::npos || end == 0) return std::string_view::npos;
    return quotationOpen(behindHeader.substr(0, end)) ? std::string_view::npos : end;
}

void ChatSurvey::add(std::string_view line, std::uint64_t number)
{
    const auto header = chatHeader(line);
    if (!header) return;
    ++headers_;
    ++styles_[header->bracket ? 1 : 0];
    if (!header->unknownWord.empty() && ++unknownWord_.count == 1) {
        unknownWord_.line = number;
        unknownWord_.stamp = repairUtf8(header->stamp);
    }
    addDate(*header, number);
    const auto behind = line.substr(header->body);
    const auto end = senderEnd(behind);
    if (end == std::string_view::npos) {
        if (header->bracket) ++bracketWithoutSender_;
        if (headers_ == 1) firstWithoutSender_ = true;
        addNotice(behind);
        return;
    }
    auto& sender = addSender(behind, end, number);
    // The app's own line under somebody's name is no more in order than one without a name.
    const bool notice =
        header->bracket && !header->marked && behind.substr(end + 1).starts_with(" \u200E");
    if (notice) return;
    addTime(0, *header, number, sender);
    addTime(1, *header, number, sender);
}

void ChatSurvey::addDate(const ChatHeader& header, std::uint64_t line)
{
    constexpr int months = 12;
    if (header.yearFirst) {
        ++yearFirst_;
        return;
    }
    if (header.shortYear) ++shortYears_;
    const int first = header.date[0];
    const int second = header.date[1];
    const auto note = [&](Evidence& evidence) {
        if (++evidence.count > 1) return;
        evidence.line = line;
        evidence.stamp = repairUtf8(header.stamp);
    };
    if (first > months && second <= months) note(dayFirst_);
    if (second > months && first <= months) note(monthFirst_);
    if (first <= months && second <= months && first != second && open_.count == 0) {
        note(open_);
        dateQuestion_ = bothReadings(header);
    }
    if (headers_ > 1) {
        for (std::size_t i = 0; i < 2; ++i) changes_[i] += header.date[i] != lastDate_[i] ? 1U : 0U;
    }
    lastDate_ = header.date;
}

void ChatSurvey::addNotice(std::string_view behind)
{
    constexpr std::size_t enough = 1U << 16U;
    if (notices_.size() < enough) notices_ += shorten(repairUtf8(behind), 500) + '\n';
}

/// Beyond as many names as no chat has, one stands for all: then nobody can be mentioned by them.
ChatSurvey::Sender& ChatSurvey::senderOf(const std::string& label)
{
    constexpr std::size_t most = 100'000;
    if (senders_.size() < most) return senders_[label];
    const auto known = senders_.find(label);
    if (known != senders_.end()) return known->second;
    others_.secondHolds = false;
    return others_;
}

ChatSurvey::Sender& ChatSurvey::addSender(std::string_view behind, std::size_t end,
                                          std::uint64_t line)
{
    if (lastSender_ == nullptr || lastRaw_ != behind.substr(0, end)) {
        lastRaw_ = behind.substr(0, end);
        lastSender_ = &senderOf(senderLabel(lastRaw_));
    }
    auto& sender = *lastSender_;
    if (++sender.lines == 1) {
        sender.firstLine = line;
        addNotice(behind);  // "Anna added Dr: Okafor" looks like a sender, too
    }
    if (!sender.secondHolds) return sender;
    const auto next = colonFrom(behind, end + 1);
    const auto second = next == std::string_view::npos ? std::string_view()
                                                       : behind.substr(end + 1, next - end - 1);
    if (sender.lines == 1) sender.second = second;
    sender.secondHolds = !second.empty() && sender.second == second;
    return sender;
}

void ChatSurvey::addTime(std::size_t which, const ChatHeader& header, std::uint64_t line,
                         Sender& sender)
{
    auto& reading = readings_[which];
    const auto time = header.at(which == 0 ? DateOrder::DayMonthYear : DateOrder::MonthDayYear);
    if (!time) return;
    if (headers_ > linesAtHead && reading.previous && *time < *reading.previous) {
        ++reading.steps;
        const auto back = *reading.previous - *time;
        if (back > putBack && back <= aDay) reading.slips.add(line);
    }
    reading.previous = time;
    if (reading.latest && *time < *reading.latest - aDay) {
        if (reading.backwards++ == 0) reading.firstBackwards = line;
        if (reading.runSenders.empty()) reading.runStart = line;
        reading.runEnd = line;
        reading.runSenders.push_back(&sender);
        if (reading.runSenders.size() > longestRun) {
            closeRun(which, reading, false);
            reading.latest = time;
        }
        return;
    }
    closeRun(which, reading, true);
    sender.outside[which] = true;
    reading.latest = reading.latest ? std::max(*reading.latest, *time) : *time;
}

/// A short run of old dates that ends by itself is a pasted text; one that does not is a clock.
void ChatSurvey::closeRun(std::size_t which, Reading& reading, bool pasted)
{
    if (reading.runSenders.empty()) return;
    if (pasted && reading.runs.size() < mostRuns) {
        reading.runs.emplace_back(reading.runStart, reading.runEnd);
    } else {
        for (auto* sender : reading.runSenders) sender->outside[which] = true;
    }
    reading.runSenders.clear();
}

void ChatSurvey::finish(const ReadOptions& options, const Place& place)
{
    if (headers_ == 0) {
        throw Error(Error::Kind::BadInput, "the file holds no messages", place,
                    "Export the chat again from WhatsApp: More, Export chat.");
    }
    if (unknownWord_.count * 2 > headers_) {
        Place where = place;
        where.line = unknownWord_.line;
        throw Error(
            Error::Kind::NeedsAnswer,
            fmt::format("the word behind the time in \"{}\" is not known", unknownWord_.stamp),
            where, "Set the phone to English or to the 24-hour clock and export again.");
    }
    for (std::size_t which = 0; which < 2; ++which) closeRun(which, readings_[which], false);
    decideOrder(options, place);
    decideStyle();
    decideLabels(options, place);
}

void ChatSurvey::decideOrder(const ReadOptions& options, const Place& place)
{
    constexpr std::uint64_t slips = 100;  ///< one line in so many may be damaged
    const auto& [days, months] = std::pair(dayFirst_.count, monthFirst_.count);
    if (days > 0 && months > 0 && std::min(days, months) * slips > std::max(days, months)) {
        Place where = place;
        where.line = std::max(dayFirst_.line, monthFirst_.line);
        throw Error(
            Error::Kind::BadInput,
            fmt::format("the file mixes two orders of day and month: line {} says \"{}\", "
                        "line {} says \"{}\"",
                        dayFirst_.line, dayFirst_.stamp, monthFirst_.line, monthFirst_.stamp),
            where, "Export the chat again in one piece, or cut the file between these lines.");
    }
    if (yearFirst_ * 2 > headers_) {
        order_ = DateOrder::YearMonthDay;
        return;
    }
    if (days != months) {
        order_ = days > months ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
        return;
    }
    if (options.dates) {
        order_ = *options.dates;
        return;
    }
    if (open_.count == 0) return;  // every day equals its month: both readings are the same
    const auto stepsDay = readings_[0].steps;
    const auto stepsMonth = readings_[1].steps;
    if (stepsDay != stepsMonth) {
        order_ = stepsDay < stepsMonth ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
        orderReason_ = "only so do the times run forward";
        return;
    }
    if (changes_[0] != changes_[1] && std::max(changes_[0], changes_[1]) > 1) {
        order_ = changes_[0] > changes_[1] ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
        orderReason_ = "the number that changes more often is the day";
        return;
    }
    Place where = place;
    where.line = open_.line;
    throw AnswerNeeded(
        dateQuestion_,
        fmt::format("the date in \"{}\" can be read in two ways, as {} or {}, and nothing in the "
                    "file decides",
                    open_.stamp, dateQuestion_.choices.at(0).meaning,
                    dateQuestion_.choices.at(1).meaning),
        where, "Pass --dates dmy if the day comes first, --dates mdy if the month does.");
}

void ChatSurvey::decideStyle()
{
    constexpr std::uint64_t tenth = 10;
    style_.bracket = styles_[1] >= styles_[0];
    // A file that is cut in the middle of a name has one such line.
    const bool allNamed = bracketWithoutSender_ <= 1 || bracketWithoutSender_ * tenth < styles_[1];
    style_.marksDecide = style_.bracket && !firstWithoutSender_ && allNamed;
}

/// "Dr: Okafor: Thank you": the name of whoever always goes on with the same words up to a second
/// colon holds the first one. Twice may be chance.
void ChatSurvey::decideLabels(const ReadOptions& options, const Place& place)
{
    constexpr std::uint64_t often = 3;
    constexpr std::size_t most =
        500;  ///< names looked at, the first of the file: bounds the search
    std::map<std::uint64_t, const std::string*> candidates;
    for (const auto& [label, sender] : senders_) {
        if (!sender.secondHolds || sender.second.empty()) continue;
        candidates.emplace(sender.firstLine, &label);
        if (candidates.size() > most) candidates.erase(std::prev(candidates.end()));
    }
    std::map<std::uint64_t, std::pair<std::string, std::string>> doubtful;
    for (const auto& [line, name] : candidates) {
        const auto& label = *name;
        const auto& sender = senders_.at(label);
        auto whole = label + ":" + repairUtf8(sender.second);
        const auto shown = senderLabel(whole);
        if (options.members.contains(label) && !options.members.contains(shown)) continue;
        // Behind a blank: at the start of a line it is the sender himself.
        const bool named = options.members.contains(shown) ||
                           notices_.find(' ' + shown + '\n') != std::string::npos ||
                           notices_.find(' ' + shown + ' ') != std::string::npos;
        if (named || sender.lines >= often) {
            withColon_.push_back(std::move(whole));
        } else if (sender.lines > 1) {
            doubtful.emplace(line, std::pair(label, shown));
        }
    }
    std::ranges::sort(withColon_);
    if (doubtful.empty()) return;
    const auto& [line, names] = *doubtful.begin();
    const auto& [label, whole] = names;
    Place where = place;
    where.line = line;
    throw AnswerNeeded(
        {Question::About::Members,
         whole + ": ...",
         {{whole, "the name is \"" + whole + "\""}, {label, "the name is \"" + label + "\""}}},
        fmt::format("somebody's name may hold a colon: is it \"{}\" or \"{}\"", whole, label),
        where, fmt::format("Pass --member \"{}\" or --member \"{}\".", whole, label));
}

bool ChatSurvey::isPasted(const ChatHeader& header, std::uint64_t line,
                          const std::string& sender) const
{
    constexpr std::uint64_t tenth = 10;
    const auto other = styles_[header.bracket ? 1 : 0];
    if (header.bracket != style_.bracket && other * tenth < headers_) return true;
    const auto& runs = chosen().runs;
    const auto after =
        std::ranges::upper_bound(runs, line, {}, &std::pair<std::uint64_t, std::uint64_t>::first);
    if (after == runs.begin() || std::prev(after)->second < line) return false;
    return sender.empty() || !knows(sender);
}

bool ChatSurvey::knows(const std::string& label) const
{
    const auto found = senders_.find(label);
    if (found == senders_.end()) return false;
    return found->second.outside[order_ == DateOrder::MonthDayYear ? 1 : 0];
}

std::size_t ChatSurvey::senderEndOf(std::string_view behindHeader) const
{
    for (const auto& label : withColon_) {
        const bool colon = label.size() < behindHeader.size() && behindHeader[label.size()] == ':';
        if (colon && behindHeader.starts_with(label)) return label.size();
    }
    const auto end = senderEnd(behindHeader);
    if (end != std::string_view::npos) {
        const bool inName = std::ranges::any_of(withColon_, [&](const std::string& label) {
            const auto from = behindHeader.size() - std::min(label.size(), behindHeader.size());
            return from > 0 && from < end && behindHeader.ends_with(label);
        });
        return inName ? std::string_view::npos : end;
    }
    const auto colon = behindHeader.find(':');  // "Name:text", seen in hand-made files
    if (colon == std::string_view::npos || colon > longestLabel) return end;
    return knows(senderLabel(behindHeader.substr(0, colon))) ? colon : end;
}

std::vector<std::string> ChatSurvey::labels() const
{
    std::vector<std::string> all;
    for (const auto& [label, sender] : senders_) all.push_back(label);
    for (const auto& label : withColon_) all.push_back(senderLabel(label));
    std::ranges::sort(all);
    return all;
}

}  // namespace kith
