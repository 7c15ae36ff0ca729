#include "core/import/jsonitems.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

}  // namespace

JsonItems::JsonItems(const Package& package, std::size_t entry, std::vector<std::string> paths,
                     Sink& sink, Task& task)
    : package_(package), entry_(entry), paths_(std::move(paths)), sink_(sink), task_(task)
{}

void JsonItems::each(const Take& take)
{
    seen_ = 0;
    JsonRecords records(package_, entry_, paths_, sink_, task_, "record");
    while (const auto record = records.next()) {
        seen_ = records.seen();
        take({record->json, record->path, record->place, records.elements()});
    }
    seen_ = records.seen();
    records.require(paths_.front(), "Export or download it again.");
}

std::vector<Json> itemsOf(const Package& package, std::size_t entry, const std::string& path)
{
    const auto source = package.open(entry);
    JsonElements elements(*source, placeIn(package, entry), {path});
    std::vector<Json> items;
    while (auto* element = elements.parsed()) {
        if (element->raw.empty()) continue;
        try {
            items.push_back(element->json());  // a copy is as small as can be
        } catch (const Error&) {
            continue;  // said where the records are counted
        }
    }
    return items;
}

std::string scalarOf(const Package& package, std::size_t entry, const std::string& path)
{
    const auto source = package.open(entry);
    // The path of an array beside it makes the walk enter the objects above.
    const auto dot = path.rfind('.');
    const auto beside = (dot == std::string::npos ? "" : path.substr(0, dot + 1)) + "\n";
    JsonElements elements(*source, placeIn(package, entry), {beside});
    while (elements.next()) {
    }
    return elements.scalar(path).value_or("");
}

std::string boundedText(std::string text, const Place& place, Sink& sink)
{
    if (text.size() <= longestText) return text;
    sink.problem({Outcome::Repaired, place,
                  fmt::format("the text of {} bytes was cut at 256 KB", text.size())});
    return shorten(text, longestText);
}

std::string_view lastPartOf(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

std::optional<Time> isoInstant(std::string_view text)
{
    const auto iso = parseIso(text);
    if (!iso) return std::nullopt;
    return Time(iso->wall.time_since_epoch()) - iso->offset.value_or(std::chrono::minutes(0));
}

std::optional<Time> epochMillis(const Json& value)
{
    constexpr double end = 253402300800000;  // the year 10000
    const auto millis = value.real();
    if (!millis || !(*millis >= 0) || *millis >= end) return std::nullopt;
    return fromMillis(static_cast<std::int64_t>(*millis));
}

}  // namespace kith
