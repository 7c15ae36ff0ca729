#include "core/base/error.h"
#include "core/store/messages.h"

#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

class Verify final : public Verb {
public:
    std::string_view name() const override { return "verify"; }
    std::string_view about() const override { return "Checks that a workspace is whole"; }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
    }

    void run(const Console& console) override
    {
        const auto workspace = openForChecking();
        const auto problems = verify(workspace, console.task);
        auto lines = problems;
        if (problems.empty()) lines.emplace_back("The workspace is whole.");
        console.answer({{"ok", problems.empty()}, {"problems", problems}}, lines);
        if (!problems.empty()) {
            throw Error(
                Error::Kind::WorkspaceDamaged,
                "the workspace is damaged in " + std::to_string(problems.size()) + " places",
                {workspace_, {}, {}, {}}, "Go back to a copy, or import the exports again.");
        }
    }

private:
    /// The search index can only be checked by a connection that may write; a file that may not be
    /// written, or that another program holds, is checked without it.
    Workspace openForChecking() const
    {
        try {
            return Workspace::open(workspace_);
        } catch (const Error& error) {
            if (error.kind() != Error::Kind::CannotWrite &&
                error.kind() != Error::Kind::WorkspaceBusy)
                throw;
            return Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        }
    }

    std::string workspace_;
};

}  // namespace

std::unique_ptr<Verb> verifyVerb()
{
    return std::make_unique<Verify>();
}

}  // namespace kith::cli
