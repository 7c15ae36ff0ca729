#include "core/store/importfiles.h"

namespace kith {

std::vector<ImportReport> importFile(Workspace& workspace, const std::filesystem::path& file,
                                     const ImportOptions& options, Task& task)
{
    const auto parts = recognise(file, options.format);
    return importRecognised(workspace, file.filename().string(), parts, options, task);
}

std::vector<ImportReport> previewFile(const Workspace* workspace, const std::filesystem::path& file,
                                      const ImportOptions& options, Task& task)
{
    const auto parts = recognise(file, options.format);
    return previewRecognised(workspace, file.filename().string(), parts, options, task);
}

}  // namespace kith
