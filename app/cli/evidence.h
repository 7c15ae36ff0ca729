#pragma once

#include "core/analysis/sentences.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace kith::cli {

/// Adds "evidence": [{finding, certainty, figures, method}] to the document, and the findings to
/// the lines.
void addEvidence(const std::vector<EvidenceSentence>& sentences, nlohmann::ordered_json& document,
                 std::vector<std::string>& lines);

}  // namespace kith::cli
