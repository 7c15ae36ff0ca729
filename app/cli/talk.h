#pragma once

#include "core/analysis/analysis.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace kith::cli {

/// Adds a row "what they talk about" to "alike", and a sentence to "sentences", of every cluster of
/// the document that it can be said of; its q counts all rows of the document. On the layer
/// interest, where the test would be void, and without text nothing is added.
void addTalk(const Workspace& workspace, const Analysis& analysis, nlohmann::ordered_json& document,
             Task& task);

}  // namespace kith::cli
