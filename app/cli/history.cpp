#include "core/store/history.h"

#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json stepObject(const Step& step)
{
    return {{"id", step.id.value},
            {"time", isoText(step.time)},
            {"what", step.what},
            {"undone", step.undone}};
}

class History final : public Verb {
public:
    std::string_view name() const override { return "history"; }
    std::string_view about() const override
    {
        return "Lists what was done, takes it back or does it again: list | undo | redo";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("action", action_, "list, undo or redo");
    }

    void run(const Console& console) override
    {
        if (action_ != "list" && action_ != "undo" && action_ != "redo") {
            throw Error(Error::Kind::Usage, "history cannot " + action_, {},
                        "It can list, undo and redo.");
        }
        const bool reading = action_ == "list";
        auto workspace = Workspace::open(
            workspace_, reading ? Workspace::Mode::ReadOnly : Workspace::Mode::ReadWrite);
        ordered_json document{{"steps", ordered_json::array()}};
        std::vector<std::string> lines;
        if (!reading) {
            const auto step = action_ == "undo" ? undo(workspace) : redo(workspace);
            if (!step) throw Error(Error::Kind::NotFound, "there is nothing to " + action_);
            document[action_] = stepObject(*step);
            lines.push_back((action_ == "undo" ? "Taken back: " : "Done again: ") + step->what);
        }
        for (const auto& step : history(workspace)) {
            document["steps"].push_back(stepObject(step));
            if (reading)
                lines.push_back(isoText(step.time) + "  " + step.what +
                                (step.undone ? " (undone)" : ""));
        }
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string action_;
};

}  // namespace

std::unique_ptr<Verb> historyVerb()
{
    return std::make_unique<History>();
}

}  // namespace kith::cli
