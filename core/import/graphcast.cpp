#include "core/import/graphcast.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <utility>

namespace kith {

GraphCast::Known& GraphCast::known(const std::string& id, std::uint64_t line)
{
    const auto [known, fresh] = known_.add(tableKey(id));
    if (!fresh) return *known;
    known->place = static_cast<std::uint32_t>(people_.size());
    if (people_.size() == GraphSurvey::mostNodes) {
        throw Error(Error::Kind::LimitReached, "the graph has more than 1,000,000 nodes",
                    file_.line(line), "Cut it into smaller graphs first.");
    }
    people_.push_back({id, {}, {}, line});
    return *known;
}

GraphNode& GraphCast::meet(const std::string& id, std::uint64_t line)
{
    return people_[known(id, line).place];
}

GraphNode* GraphCast::describe(const std::string& id, std::uint64_t line)
{
    auto& one = known(id, line);
    if (one.described != 0) {
        twins_.push_back({id, line, one.described});
        return nullptr;
    }
    one.described = static_cast<std::uint32_t>(line);
    auto& node = people_[one.place];
    node.line = line;
    return &node;
}

void GraphCast::send(GraphSurvey& survey, GraphRecords& records) const
{
    for (const auto& node : people_) survey.add(node, file_);
    for (const auto& node : people_) records.node(node);
    for (const auto& twin : twins_) {
        records.problem(Outcome::Refused, twin.line,
                        "the node " + shorten(twin.id, 80) + " is already described in line " +
                            std::to_string(twin.first));
    }
}

GraphAttribute writtenAttribute(std::string name, std::string value)
{
    const bool numeric = parseReal(value).has_value();
    return {std::move(name), std::move(value), numeric};
}

}  // namespace kith
