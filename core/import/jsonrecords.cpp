#include "core/import/jsonrecords.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <utility>

namespace kith {

FirstRecord::FirstRecord(std::string_view head, std::string path)
    : source_(sourceOver(trim(head).starts_with('{') ? std::string(head) : std::string())),
      elements_(*source_, {}, {std::move(path)})
{
    const auto first = elements_.next();
    if (!first) return;
    try {
        json_ = Json::parse(first->raw);
    } catch (const Error&) {
        json_.reset();
    }
}

JsonRecords::JsonRecords(const Package& package, std::size_t entry, std::vector<std::string> paths,
                         Sink& sink, Task& task, std::string_view noun)
    : source_(package.open(entry)),
      place_(placeIn(package, entry)),
      elements_(*source_, place_, paths),
      paths_(paths.size()),
      sink_(sink),
      task_(task),
      noun_(noun)
{}

std::optional<JsonRecords::Record> JsonRecords::next()
{
    while (auto* element = elements_.parsed()) {
        ++seen_;
        task_.advance(elements_.consumed() - std::exchange(reported_, elements_.consumed()));
        const auto refuse = [&](const Place& place, std::string what) {
            sink_.problem({Outcome::Refused, place, std::move(what)});
        };
        if (element->raw.empty()) {
            refuse(element->place, "the record is longer than 16 MB");
            continue;
        }
        JsonElements::Break trouble;
        const auto* json = element->json(trouble);
        if (json == nullptr) {
            refuse(trouble.place, "the record is no valid JSON: " + trouble.what);
            continue;
        }
        if (json->isObject()) return Record{*json, element->place, element->path};
        refuse(element->place, fmt::format("the entry is no {}", noun_));
    }
    return std::nullopt;
}

void JsonRecords::note()
{
    const auto& broken = elements_.broken();
    if (!broken) return;
    sink_.problem({Outcome::Noted, broken->place,
                   fmt::format("{}; the {} records before are kept", broken->what, seen_)});
}

void JsonRecords::require(std::string_view list, const std::string& remedy)
{
    const auto& broken = elements_.broken();
    if (broken && seen_ == 0)
        throw Error(Error::Kind::BadInput, broken->what, broken->place, remedy);
    std::uint64_t lists = 0;
    for (std::size_t i = 0; i < paths_; ++i) lists += elements_.entered(i);
    if (lists == 0) {
        throw Error(Error::Kind::BadInput, fmt::format("there is no list \"{}\" in the file", list),
                    place_, remedy);
    }
    note();
}

}  // namespace kith
