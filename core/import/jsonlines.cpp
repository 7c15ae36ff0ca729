#include "core/import/jsonlines.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonstart.h"

#include <cmath>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestValue = 32U << 20U;

}  // namespace

JsonLines::JsonLines(const OneFile& file, Task& task)
    : file_(file), source_(file.open()), lines_(*source_, file.name(), longestValue), task_(task)
{
    line_.place = file.place();
    task_.begin("Reading " + file.name(), file.size());
}

/// All of the value that starts with a lone bracket on this line.
std::string JsonLines::rest(std::string_view line)
{
    std::string all(line);
    while (const auto more = lines_.next()) {
        all += '\n';
        all += *more;
        if (all.size() <= longestValue) continue;
        throw Error(Error::Kind::LimitReached, "one value is longer than 64 MB", file_.place(),
                    "Write one value a line.");
    }
    return all;
}

/// @param inPlace whether the text stands sealed where it was read
void JsonLines::fill(std::string_view text, bool inPlace)
{
    line_.value = {};  // gives its memory to the next
    line_.trouble.clear();
    if (startsJson(text.substr(text.find_first_not_of(" \t\r\n")))) {
        try {
            line_.value =
                inPlace ? Json::parseInPlace(text, line_.place) : Json::parse(text, line_.place);
        } catch (const Error& error) {
            line_.trouble = error.cause();
        }
    } else {
        line_.trouble = noJsonValue;
    }
    if (!line_.trouble.empty()) line_.text = text;
    line_.place.byte.reset();
}

JsonLines::Line* JsonLines::next()
{
    for (;;) {
        const auto raw = lines_.next();
        if (!raw) return nullptr;
        const bool plain = raw->size() > 1 && raw->front() == '{' && (*raw)[1] == '"';
        if (!plain && trim(*raw).empty()) continue;
        line_.place.line = lines_.line();
        line_.place.byte = lines_.byte();
        std::string several;
        std::string_view text = *raw;
        const bool opens = !plain && trim(text) == "{";
        if (opens) text = several = rest(text);
        task_.advance(lines_.consumed() - std::exchange(reported_, lines_.consumed()));
        fill(text, !opens);
        return &line_;
    }
}

std::optional<Time> epochTime(const Json& value)
{
    constexpr double end = 253402300800;  // the year 10000
    constexpr std::size_t most = 11;
    if (value.isNumber() && value.text().size() <= most) {
        std::int64_t whole = 0;
        if (parseInteger(value.text(), whole) && whole >= 0) return fromMillis(whole * 1000);
    }
    const auto seconds = value.real();
    if (!seconds || !(*seconds >= 0) || *seconds >= end) return std::nullopt;
    return fromMillis(std::llround(*seconds * 1000));
}

}  // namespace kith
