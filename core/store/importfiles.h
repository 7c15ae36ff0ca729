#pragma once

#include "core/store/ingest.h"

#include <span>

namespace kith {

/// importFile() behind the recognition: stores these together in one transaction.
std::vector<ImportReport> importRecognised(Workspace& workspace, const std::string& file,
                                           std::span<const Recognised> parts,
                                           const ImportOptions& options, Task& task);

/// previewFile() behind the recognition. A workspace that is open for changes is compared with, so
/// that what is new is known; without one, or read-only, everything counts as new.
std::vector<ImportReport> previewRecognised(const Workspace* workspace, const std::string& file,
                                            std::span<const Recognised> parts,
                                            const ImportOptions& options, Task& task);

}  // namespace kith
