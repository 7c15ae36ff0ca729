#include "core/import/jsonlines.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <cmath>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestValue = 32U << 20U;

}  // namespace

JsonLines::JsonLines(const OneFile& file, Task& task)
    : file_(file), source_(file.open()), lines_(*source_, file.name(), longestValue), task_(task)
{
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

std::optional<JsonLines::Line> JsonLines::next()
{
    for (;;) {
        const auto raw = lines_.next();
        if (!raw) return std::nullopt;
        if (trim(*raw).empty()) continue;
        Line line;
        line.place = file_.line(lines_.line());
        line.place.byte = lines_.byte();
        std::string several;
        std::string_view text = *raw;
        if (trim(text) == "{") text = several = rest(text);
        task_.advance(lines_.consumed() - std::exchange(reported_, lines_.consumed()));
        try {
            line.value = Json::parse(text, line.place);
        } catch (const Error& error) {
            line.trouble = error.cause();
            line.text = text;
        }
        line.place.byte.reset();
        return line;
    }
}

std::optional<Time> epochTime(const Json& value)
{
    constexpr double end = 253402300800;  // the year 10000
    const auto seconds = value.real();
    if (!seconds || !(*seconds >= 0) || *seconds >= end) return std::nullopt;
    return fromMillis(std::llround(*seconds * 1000));
}

}  // namespace kith
