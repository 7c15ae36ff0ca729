#pragma once

#include "core/import/graphitems.h"

#include <deque>
#include <string>
#include <vector>

namespace kith {

/// The people of a graph file whose ties may name whoever has no entry of their own, and whose
/// entries may stand behind the ties: they are gathered first and sent before any tie. Takes memory
/// for each of them.
class GraphCast {
public:
    explicit GraphCast(const OneFile& file) : file_(file) {}

    /// The person of this id, new at the first time; valid until the next call.
    /// @throws Error LimitReached beyond GraphSurvey::mostNodes
    GraphNode& meet(const std::string& id, std::uint64_t line);

    /// The same for an entry of somebody's own; nullptr when there was one before, which is a
    /// record refused when send() comes to it.
    GraphNode* describe(const std::string& id, std::uint64_t line);

    bool empty() const { return people_.empty(); }

    /// Sends everybody, in the order in which they were met.
    void send(GraphSurvey& survey, GraphRecords& records) const;

private:
    struct Known {
        std::uint32_t place = 0;
        std::uint32_t described = 0;  ///< line of the entry
    };
    struct Twin {
        std::string id;
        std::uint64_t line;
        std::uint64_t first;
    };

    Known& known(const std::string& id, std::uint64_t line);

    const OneFile& file_;
    std::deque<GraphNode> people_;
    HashTable<Known> known_;
    std::vector<Twin> twins_;
};

/// A value as it is written: a number when it looks like one.
GraphAttribute writtenAttribute(std::string name, std::string value);

}  // namespace kith
