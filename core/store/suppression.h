#pragma once

#include "core/base/hash.h"
#include "core/store/workspace.h"

#include <string_view>

namespace kith {

/// The keyed mark of an erased account, by its key or its handle (compared as foldForMatching
/// does). Without the workspace's key it says nothing of the person.
Hash suppressionMark(std::string_view workspaceKey, std::string_view platform,
                     std::string_view keyOrHandle);

/// The workspace's secret key, for marks.
std::string workspaceKey(const Database& db);

/// Keeps records of this account out of all later imports. What is stored already stays.
void suppress(Workspace& workspace, std::string_view platform, std::string_view keyOrHandle);

}  // namespace kith
