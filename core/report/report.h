#pragma once

#include "core/analysis/analysis.h"

#include <ostream>
#include <string>
#include <vector>

namespace kith {

struct ReportOptions {
    Naming names = Naming::Pseudonyms;
    std::string title;  ///< empty = the workspace's file name is not used: "Community report"
    std::size_t smallest = 5;  ///< groups of fewer people are merged or left out
};

/// One self-contained HTML page: map, communities and clusters with their evidence, bridges, the
/// journey, methods and parameters. No scripts, nothing from outside, all text escaped, no time of
/// writing unless given, so that the same input gives the same bytes.
/// @return the parts that were written, in order
std::vector<std::string> writeHtmlReport(std::ostream& out, const Workspace& workspace,
                                         const Analysis& analysis, const ReportOptions& options,
                                         Task& task);

/// The map as a picture.
void writeMapSvg(std::ostream& out, const MapScene& scene, int width, int height);

}  // namespace kith
