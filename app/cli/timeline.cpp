#include "core/analysis/activity.h"
#include "core/analysis/timelinestudy.h"

#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/groupverbs.h"
#include "app/cli/selection.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json windowsArray(const TimelineStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& window : study.windows) {
        auto groups = ordered_json::array();
        for (const auto& group : window.groups) {
            auto members = ordered_json::array();
            for (const auto v : group.members) members.push_back(study.names[v]);
            groups.push_back(
                {{"id", group.lineage}, {"size", group.members.size()}, {"members", members}});
        }
        array.push_back({{"from", isoText(window.from)},
                         {"to", isoText(window.until)},
                         {"people", window.people},
                         {"ties", window.ties},
                         {"modularity", number(window.modularity)},
                         {"instability", number(window.instability)},
                         {"groups", groups}});
    }
    return array;
}

/// How every group goes on: matched pairs of neighbouring windows, by the groups' lasting numbers.
ordered_json linksArray(const TimelineStudy& study)
{
    auto array = ordered_json::array();
    for (std::size_t w = 0; w < study.links.size(); ++w) {
        for (const auto& link : study.links[w]) {
            if (!link.linked) continue;
            const auto& from = study.windows[w].groups[link.from];
            const auto& to = study.windows[w + 1].groups[link.to];
            const auto kept =
                static_cast<double>(link.shared) / static_cast<double>(from.members.size());
            array.push_back({{"window", w + 1},
                             {"from", from.lineage},
                             {"to", to.lineage},
                             {"shared", link.shared},
                             {"jaccard", number(link.common)},
                             {"jaccard_all", number(link.all)},
                             {"chance95", number(link.chance95)},
                             {"turnover", number(1 - kept)}});
        }
    }
    return array;
}

ordered_json eventsArray(const TimelineStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& event : study.events) {
        array.push_back({{"kind", kith::name(event.event.kind)},
                         {"window", event.event.window},
                         {"at", isoText(study.windows[event.event.window].from)},
                         {"from", event.from},
                         {"to", event.to},
                         {"jaccard", number(event.event.jaccard)},
                         {"jaccard_all", number(event.event.jaccardAll)},
                         {"seen_in", event.seenIn},
                         {"firm", event.firm},
                         {"looked", event.event.looked}});
    }
    return array;
}

class Timeline final : public Verb {
public:
    std::string_view name() const override { return "timeline"; }
    std::string_view about() const override
    {
        return "Follows groups over time: which appear, grow, split, merge and go";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--window", window_,
                         "length of the windows, such as 30d or 2w; empty = 30d, or longer until "
                         "the median window has fifty people");
        arguments.option("--runs", options_.runs, "how often to look for groups in a window");
        arguments.flag("--one-length", oneLength_,
                       "do not look with half and twice the length too");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto analysis = flags_.options(workspace);
        options_.selection = analysis.selection;
        options_.weights = analysis.weights;
        if (analysis.resolution > 0) options_.resolution = analysis.resolution;
        options_.seed = analysis.seed;
        options_.threads = analysis.threads;
        options_.firm = !oneLength_;
        if (!window_.empty()) options_.window = lengthFrom(window_);
        const auto study = studyTimeline(workspace, options_, console.task);

        ordered_json document{{"people", study.people.size()},
                              {"window_seconds", study.window.count() / 1000},
                              {"median_people", study.medianPeople},
                              {"untimed", study.untimed},
                              {"seed", options_.seed},
                              {"resolution", number(options_.resolution)},
                              {"runs", options_.runs},
                              {"smoothing", number(options_.smoothing)},
                              {"windows", windowsArray(study)},
                              {"links", linksArray(study)},
                              {"events", eventsArray(study)}};
        document["lengths"] = ordered_json::array();
        for (const auto length : study.lengths)
            document["lengths"].push_back(length.count() / 1000);
        std::vector<std::string> lines;
        addEvidence(timelineSentences(study, options_), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string window_;
    bool oneLength_ = false;
    TimelineOptions options_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> timelineVerb()
{
    return std::make_unique<Timeline>();
}

}  // namespace kith::cli
