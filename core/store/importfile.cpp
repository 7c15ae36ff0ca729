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

std::vector<Recognised> partsOf(const std::filesystem::path& file, const ImportOptions& options)
{
    return recognise(file, wantedFormat(options), limitsOf(options), options.read.chats,
                     options.entry);
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
        recognised.push_back({file.filename().string(), partsOf(file, options)});
        if (wantedFormat(options).empty() && !options.guess) requireSure(recognised.back());
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
    const auto parts = partsOf(file, options);
    auto reports = previewRecognised(workspace, file.filename().string(), parts, options, task);
    const bool recognised = wantedFormat(options).empty();
    for (std::size_t i = 0; i < reports.size() && recognised; ++i) {
        reports[i].guess = !options.guess && parts[i].recognition.confidence < sureFrom;
    }
    return reports;
}

}  // namespace kith
