#include "core/analysis/opinionstudy.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

/// The platform's own number of a statement, as a number where it is one.
ordered_json numberOf(const OpinionStudy& study, std::uint32_t statement)
{
    const auto& text = study.statements[statement].number;
    if (const auto number = parseInteger(text)) return *number;
    return text;
}

ordered_json groupsArray(const OpinionStudy& study)
{
    auto array = ordered_json::array();
    for (std::size_t g = 0; g < study.found.sizes.size(); ++g) {
        const auto number = parseInteger(study.labels[g]);
        array.push_back({{"id", number ? ordered_json(*number) : ordered_json(study.labels[g])},
                         {"size", study.found.sizes[g]}});
    }
    return array;
}

ordered_json numbersArray(const auto& values)
{
    auto array = ordered_json::array();
    for (const double value : values) array.push_back(number(value));
    return array;
}

ordered_json consensusArray(const OpinionStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& one : study.found.consensus) {
        array.push_back({{"statement", numberOf(study, one.statement)},
                         {"value", number(one.value)},
                         {"lowest_group", number(one.lowestGroup)},
                         {"text", study.statements[one.statement].text}});
    }
    return array;
}

ordered_json representativeArray(const OpinionStudy& study, const ordered_json& groups)
{
    auto array = ordered_json::array();
    for (const auto& one : study.found.representative) {
        array.push_back({{"group", groups.at(one.group).at("id")},
                         {"statement", numberOf(study, one.statement)},
                         {"value", number(one.metric)},
                         {"side", one.agree ? "agree" : "disagree"},
                         {"p", number(one.p)},
                         {"z_p", number(one.zP)},
                         {"r", number(one.r)},
                         {"z_r", number(one.zR)},
                         {"votes", one.votes},
                         {"text", study.statements[one.statement].text}});
    }
    return array;
}

class OpinionsVerb final : public Verb {
public:
    std::string_view name() const override { return "opinions"; }
    std::string_view about() const override { return "Finds groups of people who vote alike"; }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--conversation", conversation_,
                         "whose votes; without, the one with the most");
        arguments.option("--groups", groups_, "found, or export: those that came with the votes");
        arguments.option("--min-votes", minVotes_, "people with fewer votes are in no group");
        arguments.option("--shuffles", shuffles_, "how often to shuffle the votes");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        if (groups_ != "found" && groups_ != "export") {
            throw Error(Error::Kind::Usage, "--groups " + groups_ + " makes no sense", {},
                        "Choose found or export.");
        }
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        OpinionStudyOptions study;
        study.conversation = conversation_;
        study.exportGroups = groups_ == "export";
        study.opinions.minVotes = minVotes_;
        study.opinions.shuffles = shuffles_;
        study.opinions.seed = options.seed;
        study.opinions.threads = options.threads;
        const auto found = studyOpinions(workspace, options.selection, study, console.task);
        auto document = documentOf(found, study);
        std::vector<std::string> lines;
        addEvidence(opinionSentences(found, study), document, lines);
        console.answer(document, lines);
    }

private:
    static ordered_json documentOf(const OpinionStudy& study, const OpinionStudyOptions& options)
    {
        auto conversations = ordered_json::array();
        for (const auto& one : study.conversations) {
            conversations.push_back({{"id", one.id}, {"name", one.name}, {"votes", one.votes}});
        }
        const auto& found = study.found;
        const auto groups = groupsArray(study);
        return {{"conversation", study.conversation},
                {"conversations", conversations},
                {"people", study.people},
                {"people_used", found.used},
                {"messages", study.statements.size()},
                {"statements", study.statements.size()},
                {"votes", study.votes},
                {"moderated_out", study.moderatedOut},
                {"without_votes", study.withoutVotes},
                {"seed", options.opinions.seed},
                {"min_votes", options.opinions.minVotes},
                {"starts", options.opinions.starts},
                {"groups_from", study.fromExport ? "export" : "found"},
                {"groups", groups},
                {"k", found.groups},
                {"k_found", found.silhouettes.empty() ? 0 : bestOf(found.silhouettes)},
                {"silhouettes", numbersArray(found.silhouettes)},
                {"inertias", numbersArray(found.inertias)},
                {"variances", numbersArray(found.space.explained)},
                {"singular", numbersArray(found.space.singular)},
                {"null",
                 {{"shuffles", options.opinions.shuffles},
                  {"silhouette_95", number(found.shuffledP95)},
                  {"p", number(found.p)}}},
                {"supported", study.supported()},
                {"stability", number(found.stability)},
                {"reruns", options.opinions.reruns},
                {"likeness_to_export",
                 study.likenessToExport ? number(*study.likenessToExport) : ordered_json(nullptr)},
                {"consensus", consensusArray(study)},
                {"representative", representativeArray(study, groups)}};
    }

    /// How many groups the votes fell into; the first entry is for two.
    static std::size_t bestOf(const std::vector<double>& silhouettes)
    {
        const auto best = std::max_element(silhouettes.begin(), silhouettes.end());
        return static_cast<std::size_t>(best - silhouettes.begin()) + 2;
    }

    std::string workspace_;
    std::string conversation_;
    std::string groups_ = "found";
    unsigned minVotes_ = 7;
    unsigned shuffles_ = 200;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> opinionsVerb()
{
    return std::make_unique<OpinionsVerb>();
}

}  // namespace kith::cli
