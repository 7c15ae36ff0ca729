#pragma once

#include "core/import/picks.h"
#include "core/store/ingest.h"

#include <cstdint>
#include <exception>
#include <vector>

namespace kith {

/// Files on their way into the workspace, and what became of each so far. The work writes it on its
/// own thread; it is read when the work has ended, in whatever way.
struct Importing {
    struct File {
        Pick pick;
        ImportOptions options;
    };
    struct Failure {
        Pick pick;
        std::exception_ptr reason;
    };

    std::vector<File> files;
    std::vector<Pick> done;
    std::vector<Failure> failed;
    std::uint64_t messages = 0;  ///< that are new
    std::uint64_t known = 0;     ///< that were there before
    std::uint64_t people = 0;    ///< of map files
};

/// Stores one file after the other, each whole or not at all; a file that cannot be stored does not
/// stop those behind it.
/// @throws Error when the workspace itself cannot be written; Cancelled. What is done stays done.
void importEach(Workspace& workspace, Importing& importing, Task& task);

}  // namespace kith
