#include "core/import/graphtimes.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/question.h"

#include <array>
#include <charconv>

namespace kith {
namespace {

enum class Style { None, Date, Slashes, Number, Step, Other };

Style styleOf(std::string_view text)
{
    if (text.empty() || asciiLower(text).find("inf") != std::string::npos) return Style::None;
    if (parseTieTime(text)) return parseReal(text) ? Style::Number : Style::Date;
    if (parseReal(text)) return Style::Step;
    return TableDates::isDate(text) ? Style::Slashes : Style::Other;
}

/// The pieces of each [..] in turn.
template <class Use>
void eachBracket(std::string_view text, Use use)
{
    for (;;) {
        const auto open = text.find('[');
        if (open == std::string_view::npos) return;
        const auto close = text.find(']', open);
        if (close == std::string_view::npos) return;
        use(split(text.substr(open + 1, close - open - 1), ','));
        text.remove_prefix(close + 1);
    }
}

}  // namespace

void GraphTimes::survey(std::string_view text, std::uint64_t line)
{
    text = trim(text);
    Seen* seen = nullptr;
    switch (styleOf(text)) {
    case Style::None: return;
    case Style::Date: {
        seen = &dates_;
        const auto iso = parseIso(text);
        wall_ = wall_ || (iso && !iso->offset && !iso->dateOnly);
        break;
    }
    case Style::Slashes:
        seen = &slashes_;
        days_.survey(text, line);
        break;
    case Style::Number: seen = &numbers_; break;
    case Style::Step: seen = &steps_; break;
    case Style::Other: seen = &others_; break;
    }
    if (seen->count++ > 0) return;
    seen->line = line;
    seen->example = shorten(text, 60);
}

void GraphTimes::decide(std::optional<DateOrder> answer, const OneFile& file)
{
    std::vector<const Seen*> kinds;
    for (const auto* one : {&dates_, &slashes_, &numbers_, &steps_, &others_}) {
        if (one->count > 0) kinds.push_back(one);
    }
    mixed_ = kinds.size() > 1;
    answer_ = answer;
    if (mixed_ && !answer) {
        Question question{Question::About::Dates, kinds[1]->example, {}};
        if (slashes_.count > 0) {
            question.choices = {{"dmy", "days first, and years first where the year stands first"},
                                {"mdy", "months first, and years first where the year does"}};
        }
        question.choices.push_back(
            {"ymd", "only times written like 2024-03-01; none of the others"});
        throw AnswerNeeded(
            question,
            "the times are written in several ways: \"" + kinds[0]->example + "\" in line " +
                std::to_string(kinds[0]->line) + ", \"" + kinds[1]->example + "\" in line " +
                std::to_string(kinds[1]->line),
            file.line(std::max(kinds[0]->line, kinds[1]->line)),
            slashes_.count > 0
                ? "Pass --dates dmy, --dates mdy, or --dates ymd to use only those like 2024-03-01."
                : "Pass --dates ymd to use only those like 2024-03-01.");
    }
    const bool wanted = !mixed_ || *answer != DateOrder::YearMonthDay;
    if (slashes_.count > 0 && wanted) days_.decide(answer, file);
}

std::optional<Time> GraphTimes::read(std::string_view text) const
{
    text = trim(text);
    const auto zone = zone_.value_or(Zone());
    switch (styleOf(text)) {
    case Style::Date: {
        const auto iso = parseIso(text);
        if (!iso || iso->offset || iso->dateOnly) return parseTieTime(text);
        return zone.toUtc(iso->wall).time;
    }
    case Style::Number: return mixed_ ? std::nullopt : parseTieTime(text);
    case Style::Slashes: {
        if (mixed_ && answer_ == DateOrder::YearMonthDay) return std::nullopt;
        const auto moment = days_.read(text, zone);
        return moment ? std::optional(moment->time) : std::nullopt;
    }
    case Style::None:
    case Style::Step:
    case Style::Other: return std::nullopt;
    }
    return std::nullopt;
}

std::string GraphTimes::note() const
{
    const auto lost = steps_.count + others_.count + (mixed_ ? numbers_.count : 0) +
                      (mixed_ && answer_ == DateOrder::YearMonthDay ? slashes_.count : 0);
    if (lost == 0) return {};
    const auto& first = steps_.count > 0 ? steps_ : others_.count > 0 ? others_ : numbers_;
    return withSeparators(static_cast<std::int64_t>(lost)) + " times such as \"" +
           (first.count > 0 ? first.example : slashes_.example) +
           "\" are no dates and were not used";
}

std::string firstMoment(std::string_view text)
{
    std::string found;
    eachBracket(text, [&](const std::vector<std::string_view>& parts) {
        const auto first = trim(parts.front());
        if (found.empty() && styleOf(first) != Style::None) found = first;
    });
    return text.find('[') == std::string_view::npos ? std::string(trim(text)) : found;
}

std::string meanValue(std::string_view text)
{
    if (text.find('[') == std::string_view::npos) return std::string(trim(text));
    double sum = 0;
    int count = 0;
    eachBracket(text, [&](const std::vector<std::string_view>& parts) {
        const auto value = parseReal(trim(parts.back()));
        if (!value || parts.size() < 2) return;
        sum += *value;
        ++count;
    });
    if (count == 0) return std::string(trim(text));
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), sum / count).ptr;
    return {buffer.data(), end};
}

}  // namespace kith
