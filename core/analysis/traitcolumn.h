#pragma once

#include "core/cluster/homophilypanel.h"
#include "core/graph/interaction.h"
#include "core/model/trait.h"
#include "core/store/workspace.h"

#include <string_view>

namespace kith {

/// Whether a trait's values are names of groups or amounts.
enum class TraitReading { Guess, Groups, Amounts };

/// One trait over the vertices of a graph, read as groups, as amounts, or as both.
struct TraitColumn {
    Trait trait;
    NominalValues groups;   ///< always there: every different value is a group
    NumericValues amounts;  ///< by vertex, NaN = not known; empty when the values are no numbers
    bool asGroups = true;   ///< which of the two the values are taken for
    std::size_t known = 0;
};

/// Numbers that run from 0 or 1 without gaps and repeat (0/1, departments 0 to 41) are taken for
/// names of groups, other numbers for amounts; `reading` overrules that.
/// @throws Error NotFound, listing the traits there are; Usage when amounts are asked of values
///         that are no numbers, or the trait was worked out from the ties (see fromTies())
TraitColumn traitColumn(const Workspace& workspace, const PeopleGraph& people,
                        std::string_view trait, TraitReading reading = TraitReading::Guess);

/// True for names under which programs write what they worked out from the ties: degree, pagerank,
/// modularity class ... A test of ties against such a trait would only find itself.
bool fromTies(std::string_view trait);

/// True when these numbers are names of groups: whole, from 0 or 1 without gaps, and on average at
/// least four people to each.
bool areCodes(const NumericValues& values);

}  // namespace kith
