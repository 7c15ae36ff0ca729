#pragma once

#include "core/base/task.h"
#include "core/store/workspace.h"

#include <cstdint>

namespace kith {

/// How far the full-text index has come. Imports do not wait for it.
struct TextIndexState {
    std::uint64_t messages = 0;  ///< that have to be in it
    std::uint64_t indexed = 0;
    bool complete() const { return indexed >= messages; }
};

TextIndexState textIndexState(const Workspace& workspace);

/// Indexes the messages that are not yet indexed, in batches that each commit: cancelling or a
/// crash keeps what is done, and the next call goes on from there.
/// @throws Error; Cancelled
void buildTextIndex(Workspace& workspace, Task& task);

}  // namespace kith
