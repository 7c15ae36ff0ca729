#include "ui/sources/importing.h"

#include "core/base/error.h"

#include <algorithm>
#include <iterator>

namespace kith {

namespace {

/// True when the next file would meet the same trouble.
bool stopsAll(const Error& error)
{
    using Kind = Error::Kind;
    constexpr Kind kinds[] = {Kind::CannotWrite, Kind::WorkspaceBusy, Kind::WorkspaceDamaged,
                              Kind::WorkspaceTooNew};
    return std::ranges::find(kinds, error.kind()) != std::end(kinds);
}

}  // namespace

void importEach(Workspace& workspace, Importing& importing, Task& task)
{
    for (const Importing::File& file : importing.files) {
        ImportOptions options = file.options;
        options.guess = true;  // the preview said what it was taken for, and was accepted
        try {
            for (const auto& report : importFile(workspace, file.pick.path, options, task)) {
                importing.messages += report.newMessages;
                importing.known += report.messages - report.newMessages;
                if (report.messages == 0) importing.people += report.people;
            }
            importing.done.push_back(file.pick);
        } catch (const Error& error) {
            if (stopsAll(error)) throw;
            importing.failed.push_back({file.pick, std::current_exception()});
        }
    }
}

}  // namespace kith
