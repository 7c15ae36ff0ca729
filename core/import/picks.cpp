#include "core/import/picks.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/catalogue.h"
#include "core/import/catalogueothers.h"
#include "core/import/packagenames.h"

#include <algorithm>
#include <set>

namespace kith {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 16;  ///< folders in folders

std::string shownName(const fs::path& path, const std::string& folder)
{
    const auto name = repairUtf8(path.filename().string());
    return folder.empty() ? name : folder + "/" + name;
}

/// The conversations of an archive, when it is several; else the archive itself.
std::vector<Pick> inFile(const fs::path& path, const std::string& name)
{
    try {
        const std::shared_ptr<const Package> package = Package::open(path);
        if (!package->isCollection() || isOneExport(*package)) return {{path, {}, name}};
        const auto parts = recognise(package);
        std::set<std::string> entries;
        for (const Recognised& part : parts) {
            entries.insert(part.package->entries().front().name);
            // What is damaged has its own row, which says so.
            for (const Problem& note : part.notes) entries.insert(note.place.entry);
        }
        entries.erase(std::string());
        if (entries.size() < 2) return {{path, {}, name}};
        std::vector<Pick> picks;
        for (const auto& entry : entries) picks.push_back({path, entry, name + ", " + entry});
        return picks;
    } catch (const Error&) {
        return {{path, {}, name}};  // the preview says what is wrong with it
    }
}

bool isWhole(const fs::path& folder)
{
    try {
        return isOneExport(*Package::open(folder));
    } catch (const Error&) {
        return true;
    }
}

std::vector<fs::path> childrenOf(const fs::path& folder)
{
    std::vector<fs::path> children;
    std::error_code failure;
    for (fs::directory_iterator one(folder, failure), end; !failure && one != end;
         one.increment(failure)) {
        const auto name = repairUtf8(one->path().filename().string());
        if (isHidden(name) || isMediaName(name) || one->is_symlink()) continue;
        if (one->is_directory() || one->is_regular_file()) children.push_back(one->path());
    }
    std::ranges::sort(children);
    return children;
}

bool isSurelyRead(const fs::path& file)
{
    constexpr int sure = 50;
    try {
        return recognise(file).front().recognition.confidence >= sure;
    } catch (const Error&) {
        return false;
    }
}

/// A folder that merely holds an export beside other conversations looks like the export itself.
bool holdsExportAmongOthers(const std::vector<fs::path>& children)
{
    const auto isFolder = [](const fs::path& child) { return fs::is_directory(child); };
    const bool inFolder = std::ranges::any_of(
        children, [&](const fs::path& child) { return isFolder(child) && isWhole(child); });
    return inFolder && std::ranges::any_of(children, [&](const fs::path& child) {
               return !isFolder(child) && isSurelyRead(child);
           });
}

void collect(const fs::path& path, const std::string& name, std::size_t depth,
             std::vector<Pick>& picks, Task& task)
{
    task.advance(0);
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
        std::ranges::move(inFile(path, name), std::back_inserter(picks));
        return;
    }
    const auto children = depth < deepest ? childrenOf(path) : std::vector<fs::path>{};
    if (children.empty() || (isWhole(path) && !holdsExportAmongOthers(children))) {
        picks.push_back({path, {}, name});
        return;
    }
    for (const auto& child : children) {
        collect(child, shownName(child, name), depth + 1, picks, task);
    }
}

}  // namespace

std::vector<Pick> picksIn(const fs::path& dropped, Task& task)
{
    task.begin("Looking for conversations", 0);
    std::vector<Pick> picks;
    auto path = dropped;
    if (!path.has_filename()) path = path.parent_path();  // "folder/"
    collect(path, shownName(path, {}), 0, picks, task);
    return picks;
}

}  // namespace kith
