#pragma once

#include "core/analysis/analysis.h"
#include "core/graph/export.h"

namespace kith {

/// The analysis as a graph to write: people called as `naming` says (numbers for None), their
/// cluster, bridge measures and message count; traits only with Naming::Real, because a trait
/// beside a pseudonym can single somebody out. Provenance names version, parameters and seed.
/// `analysis` must outlive the result.
GraphExport graphExport(const Workspace& workspace, const Analysis& analysis, Naming naming);

/// Version, selection and parameters as pairs of words, the same for exports and reports.
std::vector<std::pair<std::string, std::string>> provenance(const Analysis& analysis);

}  // namespace kith
