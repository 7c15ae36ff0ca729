#include "core/analysis/structurestudy.h"
#include "core/base/text.h"
#include "core/store/messages.h"
#include "core/store/textindex.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/structure.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json sourceObject(const SourceInfo& source)
{
    return {{"id", source.id.value},
            {"file", source.file},
            {"format", source.format},
            {"platform", source.platform},
            {"zone", source.zone.empty() ? ordered_json(nullptr) : ordered_json(source.zone)},
            {"imported", isoText(source.imported)},
            {"messages", source.messages},
            {"system", source.system},
            {"skipped", source.skipped},
            {"refused", source.refused},
            {"first", timeOrNull(source.first)},
            {"last", timeOrNull(source.last)},
            {"warnings", source.warnings}};
}

class Info final : public Verb {
public:
    std::string_view name() const override { return "info"; }
    std::string_view about() const override { return "Says what is in a workspace"; }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.flag("--graph", graph_, "what the ties look like as a whole; takes the flags");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto found = info(workspace);
        auto list = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& source : sources(workspace)) {
            list.push_back(sourceObject(source));
            lines.push_back(fmt::format(
                "source {}: {} ({}), {} messages", source.id.value, source.file, source.formatName,
                withSeparators(static_cast<std::int64_t>(source.messages))));
        }
        const auto count = [](std::uint64_t n) {
            return withSeparators(static_cast<std::int64_t>(n));
        };
        lines.push_back(fmt::format("{} people with {} accounts, {} messages, {} communities",
                                    count(found.people), count(found.accounts),
                                    count(found.messages), count(found.communities)));
        if (found.first && found.last) {
            lines.push_back(
                fmt::format("from {} to {}", dateText(*found.first), dateText(*found.last)));
        }
        const auto index = textIndexState(workspace);
        if (!index.complete()) {
            lines.push_back(fmt::format("{} messages are not searchable yet",
                                        count(index.messages - index.indexed)));
        }
        ordered_json document{{"sources", list},
                              {"people", found.people},
                              {"accounts", found.accounts},
                              {"messages", found.messages},
                              {"system", found.system},
                              {"ties", tiesObject(found.ties)},
                              {"communities", found.communities},
                              {"first", timeOrNull(found.first)},
                              {"last", timeOrNull(found.last)},
                              {"indexed", index.indexed},
                              {"bytes", found.bytes}};
        if (graph_) document["graph"] = graphOf(workspace, console.task, lines);
        console.answer(document, lines);
    }

private:
    ordered_json graphOf(const Workspace& workspace, Task& task,
                         std::vector<std::string>& lines) const
    {
        const auto options = flags_.options(workspace);
        const auto people = interactionGraph(workspace, options.selection, options.weights, task);
        const auto study = studyStructure(workspace, options.selection, options.weights, people,
                                          {options.seed, options.threads, true}, task);
        lines.push_back(fmt::format(
            "ties: {} people in {} parts, {} pairs tied; {:.2f} of open triangles close; the "
            "deepest core is {} with {} people",
            study.shape.people, study.shape.components, study.shape.ties, study.shape.transitivity,
            study.deepest(), study.deepestPeople()));
        auto graph = structureObject(study, people);
        graph["seed"] = options.seed;
        return graph;
    }

    std::string workspace_;
    bool graph_ = false;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> infoVerb()
{
    return std::make_unique<Info>();
}

}  // namespace kith::cli
