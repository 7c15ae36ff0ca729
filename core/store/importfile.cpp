#include "core/import/question.h"
#include "core/store/importfiles.h"

namespace kith {

namespace {

/// Whoever says which column is which says that the file is a table.
std::string wantedFormat(const ImportOptions& options)
{
    const bool table = options.format.empty() && !options.read.columns.empty();
    return table ? "table" : options.format;
}

Limits limitsOf(const ImportOptions& options)
{
    return options.raiseLimits ? Limits::raised() : Limits{};
}

constexpr int sureFrom = 50;  ///< confidence below which a user has to say yes

void requireSure(const RecognisedFile& file)
{
    for (const auto& part : file.parts) {
        if (part.recognition.confidence >= sureFrom) continue;
        const auto& info = part.reader->info();
        throw AnswerNeeded(
            {Question::About::Format, {}, {{std::string(info.id), std::string(info.name)}}},
            "it looks like: " + std::string(info.name) + " (" + part.recognition.reason +
                "), but that is a guess",
            {file.name, {}, {}, {}},
            "Look at it with --preview; pass --format " + std::string(info.id) +
                " if it is right.");
    }
}

}  // namespace

std::vector<ImportReport> importFiles(Workspace& workspace,
                                      const std::vector<std::filesystem::path>& files,
                                      const ImportOptions& options, Task& task)
{
    std::vector<RecognisedFile> recognised;
    for (const auto& file : files) {
        const auto format = wantedFormat(options);
        recognised.push_back({file.filename().string(),
                              recognise(file, format, limitsOf(options), options.read.chats)});
        if (format.empty() && !options.guess) requireSure(recognised.back());
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
    const auto parts =
        recognise(file, wantedFormat(options), limitsOf(options), options.read.chats);
    return previewRecognised(workspace, file.filename().string(), parts, options, task);
}

}  // namespace kith
