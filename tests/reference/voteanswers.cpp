#include "core/analysis/opinionstudy.h"
#include "core/cluster/partition.h"
#include "core/store/ingest.h"
#include "core/store/people.h"
#include "tests/reference/answers.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace kith::tests {
namespace {

/// A public conversation, imported as a user would, with the groups that Kith finds and those that
/// came with the votes.
struct Conversation {
    TempFolder folder;
    OpinionStudy found;
    OpinionStudy exported;
    double likenessOfTwo = 0;

    explicit Conversation(const std::filesystem::path& files)
    {
        auto workspace = Workspace::create(folder.path() / "votes.kith");
        Task task;
        importFile(workspace, files, {}, task);
        OpinionStudyOptions options;
        options.opinions.shuffles = 1;
        options.opinions.reruns = 1;
        found = studyOpinions(workspace, {}, options, task);
        options.exportGroups = true;
        exported = studyOpinions(workspace, {}, options, task);
        compareTwo();
    }

    std::uint32_t number(const std::string& statement) const
    {
        const auto at = std::ranges::find(exported.statements, statement, &VotedStatement::number);
        if (at == exported.statements.end()) throw std::runtime_error("no statement " + statement);
        return static_cast<std::uint32_t>(at - exported.statements.begin());
    }

private:
    /// Two groups by k-means, as many as the export has, against the export's.
    void compareTwo()
    {
        std::vector<std::array<double, 2>> points;
        std::vector<std::uint32_t> theirs;
        for (std::size_t i = 0; i < found.found.groupOf.size(); ++i) {
            if (found.found.groupOf[i] < 0 || exported.found.groupOf[i] < 0) continue;
            points.push_back(found.found.space.place[i]);
            theirs.push_back(static_cast<std::uint32_t>(exported.found.groupOf[i]));
        }
        const auto ours = kMeans(points, 2, 50, 1, 0);
        likenessOfTwo = adjustedRandIndex(partitionOf(ours.groupOf), partitionOf(theirs));
    }
};

const Conversation& conversationOf(const Asked& asked)
{
    static std::map<std::string, std::unique_ptr<Conversation>> imported;
    auto& one = imported[asked.row.dataset];
    if (!one) {
        const auto votes = asked.file("polis/" + asked.row.dataset + "/votes.csv");
        one = std::make_unique<Conversation>(votes.parent_path());
    }
    return *one;
}

double ofK(const std::vector<double>& byK, const Asked& asked)
{
    return byK.at(static_cast<std::size_t>(asked.numberAfter("k")) - 2);
}

std::string sizes(const Asked& asked)
{
    std::string text;
    for (const auto size : conversationOf(asked).found.found.sizes)
        text += (text.empty() ? "" : " ") + std::to_string(size);
    return text;
}

double consensusOf(const Asked& asked)
{
    const auto& all = conversationOf(asked);
    const auto statement = all.number(asked.after("statement"));
    const auto found =
        std::ranges::find(all.exported.found.consensus, statement, &Consensual::statement);
    return found->value;
}

/// What stands most for a group of the export, on the agreeing side.
Representative representativeOf(const Asked& asked)
{
    const auto& all = conversationOf(asked);
    const auto group = asked.after("group");
    const auto statement = asked.after("statement");
    for (const auto& one : all.exported.found.representative) {
        if (all.exported.labels.at(one.group) != group || !one.agree) continue;
        if (statement.empty() || one.statement == all.number(statement)) return one;
    }
    throw std::runtime_error("no such representative statement");
}

}  // namespace

void addVoteAnswers(Answers& answers)
{
    const auto found = [&](const std::string& measure, auto figure) {
        answers[measure] = [figure](const Asked& asked) {
            return Found(static_cast<double>(figure(conversationOf(asked).found)));
        };
    };
    found("polis_statements_used", [](const auto& s) { return s.statements.size(); });
    found("polis_participants_used", [](const auto& s) { return s.found.used; });
    found("polis_pca_explained_1", [](const auto& s) { return s.found.space.explained[0]; });
    found("polis_pca_explained_2", [](const auto& s) { return s.found.space.explained[1]; });
    found("polis_pca_singular_1", [](const auto& s) { return s.found.space.singular[0]; });
    found("polis_best_k", [](const auto& s) { return s.found.groups; });
    answers["polis_kmeans_inertia"] = [](const Asked& a) {
        return Found(ofK(conversationOf(a).found.found.inertias, a));
    };
    answers["polis_silhouette"] = [](const Asked& a) {
        return Found(ofK(conversationOf(a).found.found.silhouettes, a));
    };
    answers["polis_group_sizes"] = [](const Asked& a) { return Found(sizes(a)); };
    answers["polis_ARI_with_export"] = [](const Asked& a) {
        return Found(conversationOf(a).likenessOfTwo);
    };
    answers["polis_group_informed_consensus"] = [](const Asked& a) {
        return Found(consensusOf(a));
    };
    answers["polis_representative_top"] = [](const Asked& a) {
        const auto& statements = conversationOf(a).exported.statements;
        return Found(statements.at(representativeOf(a).statement).number);
    };
    answers["polis_representative_metric"] = [](const Asked& a) {
        return Found(representativeOf(a).metric);
    };
    answers["polis_representative_R"] = [](const Asked& a) { return Found(representativeOf(a).r); };
    answers["polis_representative_Z"] = [](const Asked& a) {
        return Found(representativeOf(a).zR);
    };
}

}  // namespace kith::tests
