#pragma once

#include "core/analysis/analysis.h"
#include "core/measure/separation.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// Two sides of a selection's people.
struct TwoSides {
    std::shared_ptr<const Analysis> analysis;
    std::array<std::string, 2> names;
    std::vector<Side> sides;  ///< by vertex; people on both (of communities) are on neither
    std::array<std::size_t, 2> people{};
    std::optional<double> stability;  ///< of the less stable, when the sides are groups found here
};

/// "A,B" as two names. A comma may be part of a name: every comma is tried against `known`.
/// @throws Error Usage
std::vector<std::string> twoNames(const std::string& text, const std::vector<std::string>& known);

/// @param trait empty: the sides are groups or communities
/// @param sides "A,B": values of the trait, names of communities or numbers of groups; empty: the
///              trait's two most frequent values, or the two largest groups
/// @throws Error NotFound for names that are not there; TooLittleData when there are no two groups,
///         they are no clearer than chance, or one of them is not settled (stability below 0.6);
///         Usage; Cancelled
TwoSides twoSides(const Workspace& workspace, const AnalysisOptions& options,
                  const std::string& trait, const std::string& sides, Task& task);

}  // namespace kith
