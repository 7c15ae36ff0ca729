#pragma once

#include "core/graph/interaction.h"
#include "core/measure/cores.h"
#include "core/measure/shape.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith {

struct StructureOptions {
    std::uint64_t seed = 1;
    unsigned threads = 0;
    bool corePeriphery = true;  ///< up to 500 people, with its null: some hundred climbs
};

/// What the ties of a selection look like as a whole.
struct StructureStudy {
    GraphShape shape;
    std::optional<Reciprocity> reciprocity;      ///< of kinds of ties that have a direction; absent
                                                 ///< when there are none
    std::map<std::uint32_t, std::size_t> cores;  ///< core number -> people
    std::vector<std::uint32_t> coreOf;           ///< by vertex
    std::optional<CorePeriphery> corePeriphery;
    std::string corePeripheryRefused;  ///< why not; empty when it is there

    std::uint32_t deepest() const { return cores.empty() ? 0 : cores.rbegin()->first; }
    std::size_t deepestPeople() const { return cores.empty() ? 0 : cores.rbegin()->second; }
};

/// @param people of the same workspace, selection and weights
StructureStudy studyStructure(const Workspace& workspace, const Selection& selection,
                              const WeightOptions& weights, const PeopleGraph& people,
                              const StructureOptions& options, Task& task);

}  // namespace kith
