#include "core/store/importfiles.h"

namespace kith {

std::vector<ImportReport> importFiles(Workspace& workspace,
                                      const std::vector<std::filesystem::path>& files,
                                      const ImportOptions& options, Task& task)
{
    std::vector<RecognisedFile> recognised;
    for (const auto& file : files) {
        recognised.push_back({file.filename().string(), recognise(file, options.format)});
    }
    return importTogether(workspace, recognised, options, task);
}

std::vector<ImportReport> importFile(Workspace& workspace, const std::filesystem::path& file,
                                     const ImportOptions& options, Task& task)
{
    return importFiles(workspace, {file}, options, task);
}

std::vector<ImportReport> previewFile(const Workspace* workspace, const std::filesystem::path& file,
                                      const ImportOptions& options, Task& task)
{
    const auto parts = recognise(file, options.format);
    return previewRecognised(workspace, file.filename().string(), parts, options, task);
}

}  // namespace kith
