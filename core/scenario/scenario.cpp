#include "core/scenario/scenario.h"

#include "core/base/error.h"
#include "core/scenario/writers.h"

#include <array>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::array<ScenarioInfo, 1> known = {
    {{"millbrook", "Millbrook",
      "An invented town of eight circles, from damp homes to a bus route, in eight exports"}}};

void check(std::string_view id, const ScenarioOptions& options)
{
    if (id != known.front().id)
        throw Error(Error::Kind::NotFound, fmt::format("there is no scenario named \"{}\"", id), {},
                    "The scenario is called millbrook.");
    if (options.people < 60 || options.people > 2000)
        throw Error(Error::Kind::Usage, fmt::format("{} people are out of range", options.people),
                    {}, "Choose 60 to 2000 people.");
    if (options.weeks < 4 || options.weeks > 104)
        throw Error(Error::Kind::Usage, fmt::format("{} weeks are out of range", options.weeks), {},
                    "Choose 4 to 104 weeks.");
}

FileTruth writeVenue(const VenueTalk& talk, const std::filesystem::path& file)
{
    switch (venues().at(talk.venue).platform) {
    case Platform::WhatsApp: return writeWhatsApp(talk, file);
    case Platform::Telegram: return writeTelegram(talk, file);
    case Platform::Email: return writeMail(talk, file);
    case Platform::Slack: return writeSlack(talk, file);
    case Platform::Posts: break;
    }
    return writePosts(talk, file);
}

}  // namespace

std::span<const ScenarioInfo> scenarios()
{
    return known;
}

ScenarioFiles writeScenario(std::string_view id, const std::filesystem::path& folder,
                            const ScenarioOptions& options, Task& task)
{
    check(id, options);
    const Town town = foundTown(options);
    const Chronicle chronicle = chronicleOf(town, task);
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throw Error(Error::Kind::CannotWrite, "the folder cannot be made",
                    {folder.filename().string(), {}, {}, {}},
                    "Choose a folder that you may write to.");
    task.begin("Writing Millbrook", venueCount);
    ScenarioFiles files;
    std::vector<FileTruth> truths;
    for (std::size_t v = 0; v < venueCount; ++v) {
        files.exports.push_back(folder / venues().at(v).file);
        truths.push_back(writeVenue(venueTalk(town, chronicle, v), files.exports.back()));
        task.advance();
    }
    files.members = folder / "members.csv";
    const std::size_t rows = writeMembers(town, files.members);
    files.truth = folder / "truth.json";
    writeTruth(town, chronicle, truths, rows, files.truth);
    return files;
}

}  // namespace kith
