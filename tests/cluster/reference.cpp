#include "core/base/text.h"
#include "core/cluster/consensus.h"
#include "core/cluster/homophilypanel.h"
#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

// Every row of the table of reference values that this room can answer, on the public graphs.

using namespace kith;
using namespace kith::tests;

namespace {

/// "group=4, arcs" -> what stands between "group=" and the next comma.
std::string after(const std::string& text, const std::string& key)
{
    const auto at = text.find(key + "=");
    if (at == std::string::npos) return {};
    const auto from = at + key.size() + 1;
    return text.substr(from, text.find_first_of(",;", from) - from);
}

double real(const std::string& text)
{
    const auto value = parseReal(text);
    REQUIRE(value);
    return *value;
}

class Answers {
public:
    explicit Answers(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// nullopt when the measure is not of this room, or the data are absent.
    std::optional<double> operator()(const ReferenceValue& row)
    {
        const auto known = answers_.find(row.measure);
        if (known == answers_.end() || row.dataset.find("_directed") != std::string::npos)
            return std::nullopt;
        const auto file = loadGraph(folder_, row.dataset);
        if (!file) {
            WARN(row.dataset << " absent");
            return std::nullopt;
        }
        const bool weighted = row.parameters.find("unweighted") == std::string::npos &&
                              row.parameters.find("weighted") != std::string::npos;
        return known->second(
            {*file, weighted ? file->weighted() : file->unweighted(), row, folder_});
    }

private:
    struct Question {
        const GraphFile& file;
        Graph graph;
        const ReferenceValue& row;
        std::filesystem::path folder;

        double gamma() const
        {
            const auto text = after(row.parameters, "gamma");
            return text.empty() ? 1 : real(text);
        }
        Partition labels() const { return partitionOf(labelsOf(file.attribute)); }
        /// Labels as in the file, which the reference's cluster numbers mean.
        std::vector<std::uint32_t> storedLabels() const
        {
            for (const auto& tag : {after(row.parameters, "partition"), std::string("modopt"),
                                    std::string("modbest"), std::string("modbest_weighted")}) {
                const auto path = folder / (row.dataset + "." + tag + ".partition.tsv");
                if (std::filesystem::exists(path)) return loadLabels(path);
            }
            throw std::runtime_error("no partition of " + row.dataset);
        }
        Partition stored() const { return partitionOf(storedLabels()); }
        std::uint32_t cluster() const
        {
            const auto labels = storedLabels();
            const auto wanted = static_cast<std::uint32_t>(real(after(row.parameters, "cluster")));
            const auto at = std::find(labels.begin(), labels.end(), wanted) - labels.begin();
            return stored().clusterOf.at(static_cast<std::size_t>(at));
        }
        HomophilyPanel panel() const
        {
            Task task;
            return homophilyPanel(graph, nominalValues(file.attribute), {}, task);
        }
        GroupPanel group() const
        {
            for (const auto& group : panel().panels)
                if (group.value == after(row.parameters, "group")) return group;
            throw std::runtime_error("no such group");
        }
        const Consensus& consensus() const
        {
            static std::map<std::pair<std::string, double>, Consensus> cache;
            const auto [found, fresh] = cache.try_emplace({row.dataset, graph.total});
            Task task;
            if (fresh) found->second = consensusClusters(graph, {}, task);
            return found->second;
        }
        Likeness likeness() const
        {
            Task task;
            for (auto& found : testLikeness(
                     stored(), {{"t"}, {nominalValues(file.attribute)}, {{}}}, {9999, 1, 0}, task))
                if (found.cluster == cluster()) return found;
            throw std::runtime_error("no such cluster");
        }
        NullTest null() const
        {
            Task task;
            return rewiringNull(graph, {}, 999, task);
        }
        /// Median over plain runs of their likeness to the planted groups.
        double median(double (*score)(const Partition&, const Partition&)) const
        {
            Task task;
            std::vector<double> scores;
            LeidenOptions options;
            for (options.run = 0; options.run < 15; ++options.run)
                scores.push_back(score(leiden(graph, options, task), labels()));
            std::sort(scores.begin(), scores.end());
            return scores[scores.size() / 2];
        }
    };

    using Answer = std::function<double(const Question&)>;

    std::filesystem::path folder_;
    std::map<std::string, Answer> answers_{
        {"modularity_of_labels",
         [](const auto& q) { return modularity(q.graph, q.labels(), q.gamma()); }},
        {"CPM_quality_of_labels",
         [](const auto& q) { return cpm(q.graph, q.labels(), q.gamma()); }},
        {"CPM_best_leiden",
         [](const auto& q) {
             Task task;
             ConsensusOptions options;
             options.leiden.quality = Quality::Cpm;
             options.leiden.resolution = q.gamma();
             return cpm(q.graph, consensusClusters(q.graph, options, task).partition, q.gamma());
         }},
        {"modularity_best_leiden", [](const auto& q) { return q.consensus().modularity; }},
        {"modularity_best_leiden_clusters",
         [](const auto& q) { return q.consensus().partition.clusters; }},
        {"modularity_optimum", [](const auto& q) { return q.consensus().modularity; }},
        {"modularity_optimum_clusters",
         [](const auto& q) { return q.consensus().partition.clusters; }},
        {"leiden_instability_meanVI_over_ln_n",
         [](const auto& q) { return q.consensus().instability; }},
        {"leiden_modularity_max", [](const auto& q) { return q.consensus().modularity; }},
        {"leiden_AMI_median", [](const auto& q) { return q.median(adjustedMutualInformation); }},
        {"leiden_NMI_median", [](const auto& q) { return q.median(normalisedMutualInformation); }},
        {"leiden_ARI_median", [](const auto& q) { return q.median(adjustedRandIndex); }},
        {"NMI_labels_vs_modpartition",
         [](const auto& q) { return normalisedMutualInformation(q.labels(), q.stored()); }},
        {"AMI_labels_vs_modpartition",
         [](const auto& q) { return adjustedMutualInformation(q.labels(), q.stored()); }},
        {"ARI_labels_vs_modpartition",
         [](const auto& q) { return adjustedRandIndex(q.labels(), q.stored()); }},
        {"VI_labels_vs_modpartition",
         [](const auto& q) { return variationOfInformation(q.labels(), q.stored()); }},
        {"VI_normalised_labels_vs_modpartition",
         [](const auto& q) {
             return variationOfInformation(q.labels(), q.stored()) /
                    std::log(static_cast<double>(q.file.people));
         }},
        {"modularity_null_mean", [](const auto& q) { return q.null().mean; }},
        {"modularity_null_sd", [](const auto& q) { return q.null().sd; }},
        {"modularity_z",  // there, of the best of many runs against the best of three
         [](const auto& q) {
             const auto null = q.null();
             return (q.consensus().modularity - null.mean) / null.sd;
         }},
        {"cluster_conductance",
         [](const auto& q) { return conductance(q.graph, q.stored()).at(q.cluster()); }},
        {"cluster_alike_T", [](const auto& q) { return q.likeness().pairs; }},
        {"cluster_alike_h", [](const auto& q) { return q.likeness().h; }},
        {"cluster_alike_p", [](const auto& q) { return q.likeness().p; }},
        {"assortativity_nominal", [](const auto& q) { return q.panel().assortativity; }},
        {"assortativity_nominal_jackknife_sd",
         [](const auto& q) { return q.panel().assortativitySe; }},
        {"EI_index", [](const auto& q) { return q.panel().eiIndex; }},
        {"EI_expected_under_label_permutation", [](const auto& q) { return q.panel().eiExpected; }},
        {"odds_ratio_within_group", [](const auto& q) { return q.panel().oddsRatio; }},
        {"dyad_log_odds_ratio", [](const auto& q) { return std::log(q.panel().oddsRatio); }},
        {"freeman_segregation_index", [](const auto& q) { return q.panel().freeman; }},
        {"homophily_permutation_p", [](const auto& q) { return q.panel().p; }},
        {"homophily_permutation_z", [](const auto& q) { return q.panel().z; }},
        {"yule_Q", [](const auto& q) { return q.panel().yuleQ; }},
        {"inbreeding_homophily_IH", [](const auto& q) { return q.group().inbreeding; }},
        {"homophily_index_H", [](const auto& q) { return q.group().within; }},
        {"coleman_homophily_undirected", [](const auto& q) { return q.group().coleman; }},
    };
};

/// Where a higher value than the reference is better, not wrong: the reference is what runs of
/// another program found.
bool higherIsBetter(const std::string& measure)
{
    return measure == "modularity_best_leiden" || measure == "CPM_best_leiden" ||
           measure == "leiden_modularity_max" || measure == "leiden_AMI_median" ||
           measure == "leiden_NMI_median" || measure == "leiden_ARI_median";
}

}  // namespace

TEST_CASE("the table of reference values is reproduced", "[cluster][public]")
{
    const auto data = publicData();
    if (!data || !std::filesystem::exists(*data / "reference/reference_values.csv")) {
        WARN("reference values absent");
        return;
    }
    Answers answers(*data / "reference");
    int compared = 0;
    for (const auto& row : loadReferenceValues(*data / "reference/reference_values.csv")) {
        CAPTURE(row.dataset, row.measure, row.parameters, row.value, row.tolerance);
        const auto answer = answers(row);
        if (!answer) continue;
        ++compared;
        CAPTURE(*answer);
        const double expected = real(row.value);
        // Weights are stored in single precision, and the values are given to ten decimals.
        const double tolerance = std::max(real(row.tolerance), 2e-9);
        if (higherIsBetter(row.measure))
            CHECK(*answer >= expected - tolerance);
        else
            CHECK(std::abs(*answer - expected) <= tolerance);
    }
    CHECK(compared >= 80);
}

TEST_CASE("planted groups of the LFR graphs are found", "[cluster][public]")
{
    const auto data = publicData();
    for (const char* name : {"lfr_n1000_mu01", "lfr_n1000_mu03"}) {
        const auto file = data ? loadGraph(*data / "reference", name) : std::nullopt;
        if (!file) {
            WARN(name << " absent");
            continue;
        }
        Task task;
        const auto consensus = consensusClusters(file->weighted(), {}, task);
        CAPTURE(name);
        CHECK(adjustedMutualInformation(consensus.partition,
                                        partitionOf(labelsOf(file->attribute))) >= 0.99);
    }
}
