#include "core/analysis/diversitystudy.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json rangeArray(const Range& range)
{
    return {number(range.low), number(range.high)};
}

ordered_json countsArray(const DiversityStudy& study, const GroupDiversity& found)
{
    auto array = ordered_json::array();
    for (std::size_t i = 0; i < found.counts.size(); ++i) {
        ordered_json row{{"value", study.categories[i]},
                         {"people", found.counts[i]},
                         {"share", number(static_cast<double>(found.counts[i]) /
                                          static_cast<double>(found.known))}};
        if (study.profile) {
            const bool listed = i < study.profile->size();
            row["reference"] = listed ? number(study.profile->shares[i]) : ordered_json(0.0);
        }
        array.push_back(std::move(row));
    }
    return array;
}

ordered_json groupObject(const DiversityStudy& study, const GroupDiversity& found)
{
    ordered_json row{{"kind", name(found.group.kind)},
                     {"id", found.group.id},
                     {"label", found.group.label},
                     {"size", found.group.members.size()},
                     {"known", found.known}};
    if (found.group.kind == StudyGroup::Kind::Everyone) row["id"] = nullptr;
    const bool told = found.refused.empty();
    if (!told) row["refused"] = found.refused;
    const auto figure = [&](double value) { return told ? number(value) : ordered_json(nullptr); };
    row["hill1"] = figure(found.figures.hill1);
    row["hill2"] = figure(found.figures.hill2);
    row["blau"] = figure(found.figures.blau);
    const bool compared = found.distance.has_value();
    row["jsd"] = compared ? number(found.distance->jsd) : ordered_json(nullptr);
    row["jsd_chance95"] = compared ? number(found.distance->chance95) : ordered_json(nullptr);
    row["p"] = compared ? number(found.distance->p) : ordered_json(nullptr);
    if (!told) return row;
    if (compared) {
        row["q"] = number(found.q);
        row["seen_share"] = number(found.seenShare);
        row["rao_stirling"] =
            found.raoStirling ? number(*found.raoStirling) : ordered_json(nullptr);
    }
    row["coverage"] =
        number(static_cast<double>(found.known) / static_cast<double>(found.group.members.size()));
    row["weak"] = found.weak();
    row["hill1_interval"] = rangeArray(found.ranges.hill1);
    row["hill2_interval"] = rangeArray(found.ranges.hill2);
    row["blau_if_known"] = rangeArray(found.blauIfKnown);
    row["shannon"] = number(found.figures.shannon);
    row["chao1"] = number(found.figures.chao1);
    row["seen"] = found.figures.seen;
    row["largest_share"] = number(found.figures.largestShare);
    row["counts"] = countsArray(study, found);
    return row;
}

class DiversityVerb final : public Verb {
public:
    std::string_view name() const override { return "diversity"; }
    std::string_view about() const override
    {
        return "Says how mixed everybody, the groups and the communities are in a trait";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.required("--trait", trait_, "the trait, such as ward");
        arguments.option("--profile", profile_,
                         "table with the columns value and share: what the place is made of");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.layout = options.null = options.traits = options.bridges = false;
        std::optional<ReferenceProfile> profile;
        if (!profile_.empty()) profile = readProfile(profile_);
        const auto analysis = analyse(workspace, options, console.task);
        const auto study = studyDiversity(workspace, *analysis, trait_, profile, console.task);

        ordered_json document{{"trait", study.trait},
                              {"people", analysis->persons.size()},
                              {"messages", analysis->people.messages},
                              {"known", study.groups.front().known},
                              {"profile", nullptr},
                              {"unlisted", study.unlisted},
                              {"draws", study.draws},
                              {"seed", study.seed},
                              {"groups", ordered_json::array()}};
        if (profile) document["profile"] = profile->file;
        document["combination"] = nullptr;
        if (const auto& same = study.combination) {
            document["combination"] = {{"traits", same->traits},
                                       {"known", same->known},
                                       {"share", number(static_cast<double>(same->alike) /
                                                        static_cast<double>(same->known))}};
        }
        for (const auto& found : study.groups) {
            document["groups"].push_back(groupObject(study, found));
        }
        std::vector<std::string> lines;
        addEvidence(diversitySentences(study), document, lines);
        if (!study.unlisted.empty()) {
            lines.push_back("Not in the profile, and counted as categories of their own: " +
                            listed(study.unlisted) + ".");
        }
        if (const auto& same = study.combination) {
            lines.push_back(fmt::format(
                "In {} together, {} of {} people are of the commonest combination.",
                listed(same->traits),
                percent(static_cast<double>(same->alike) / static_cast<double>(same->known)),
                same->known));
        }
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string trait_;
    std::string profile_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> diversityVerb()
{
    return std::make_unique<DiversityVerb>();
}

}  // namespace kith::cli
