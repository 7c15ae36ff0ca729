#include "ui/start/town.h"

#include "core/analysis/answers.h"
#include "core/base/error.h"
#include "core/store/ingest.h"
#include "core/store/people.h"
#include "core/store/workspace.h"

#include <system_error>

namespace kith {

namespace fs = std::filesystem;

namespace {

/// Takes a half-built town away again unless it was finished.
class Scaffold {
public:
    explicit Scaffold(fs::path file) : file_(std::move(file)) { clear(); }
    ~Scaffold() { clear(); }
    Scaffold(const Scaffold&) = delete;
    Scaffold& operator=(const Scaffold&) = delete;

private:
    void clear() const
    {
        std::error_code ignored;  // what is not there needs no removing
        for (const char* end : {"", "-wal", "-shm", "-journal"})
            fs::remove(file_.string() + end, ignored);
    }

    fs::path file_;
};

}  // namespace

fs::path buildTown(std::string_view scenario, const fs::path& workspace,
                   const ScenarioOptions& options, Task& task)
{
    const fs::path folder = workspace.parent_path();
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) {
        throw Error(Error::Kind::CannotWrite,
                    "the folder could not be made (" + failure.message() + ")",
                    Place{folder.string(), {}, {}, {}});
    }
    const ScenarioFiles files = writeScenario(scenario, folder / "exports", options, task);
    const fs::path draft = folder / "draft.kith";
    const Scaffold scaffold(draft);
    {
        Workspace town = Workspace::create(draft);
        ImportOptions importing;
        importing.answers = answerFinder();
        importing.read.zone = Zone::find("Europe/London");
        for (const fs::path& file : files.exports) importFile(town, file, importing, task);
        importTraits(town, files.members, task);
    }
    fs::rename(draft, workspace);
    return workspace;
}

}  // namespace kith
