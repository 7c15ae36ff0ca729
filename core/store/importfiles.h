#pragma once

#include "core/store/ingest.h"

#include <span>

namespace kith {

/// One file as the user named it, and what was recognised in it.
struct RecognisedFile {
    std::string name;
    std::vector<Recognised> parts;
};

/// importFiles() behind the recognition: stores all of these in one transaction.
std::vector<ImportReport> importTogether(Workspace& workspace,
                                         std::span<const RecognisedFile> files,
                                         const ImportOptions& options, Task& task);

/// The same for one file.
std::vector<ImportReport> importRecognised(Workspace& workspace, const std::string& file,
                                           std::span<const Recognised> parts,
                                           const ImportOptions& options, Task& task);

/// previewFile() behind the recognition. A workspace that is open for changes is compared with, so
/// that what is new is known; without one, or read-only, everything counts as new.
std::vector<ImportReport> previewRecognised(const Workspace* workspace, const std::string& file,
                                            std::span<const Recognised> parts,
                                            const ImportOptions& options, Task& task);

}  // namespace kith
