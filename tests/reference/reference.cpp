#include "core/base/text.h"
#include "tests/reference/answers.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iostream>
#include <set>
#include <stdexcept>

// Every row of the table of reference values: answered here, answered by the tests of another room,
// or named as a measure that there is not.

namespace kith::tests {

std::string Asked::after(const std::string& key) const
{
    // "k=" must not be found in "rank=".
    const auto& text = row.parameters;
    for (auto at = text.find(key + "="); at != std::string::npos;
         at = text.find(key + "=", at + 1)) {
        if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0) continue;
        const auto from = at + key.size() + 1;
        return text.substr(from, text.find_first_of(",; ", from) - from);
    }
    return {};
}

double Asked::numberAfter(const std::string& key) const
{
    const auto value = parseReal(after(key));
    if (!value) throw std::runtime_error("no number behind " + key + " in " + row.parameters);
    return *value;
}

std::filesystem::path Asked::file(const std::string& name) const
{
    for (const auto& folder : folders) {
        if (std::filesystem::exists(folder / name)) return folder / name;
    }
    throw NoData{name};
}

namespace {

Answers allAnswers()
{
    Answers answers;
    addGraphAnswers(answers);
    addCrossingAnswers(answers);
    addCountAnswers(answers);
    addTimeAnswers(answers);
    addVoteAnswers(answers);
    return answers;
}

/// Measures whose rows the tests of another room read from the same table.
const std::map<std::string, std::set<std::string>>& elsewhere()
{
    static const std::map<std::string, std::set<std::string>> rooms{
        {"tests/cluster/reference.cpp",
         {"modularity_of_labels",
          "CPM_quality_of_labels",
          "CPM_best_leiden",
          "modularity_best_leiden",
          "modularity_best_leiden_clusters",
          "modularity_optimum",
          "modularity_optimum_clusters",
          "leiden_instability_meanVI_over_ln_n",
          "leiden_modularity_max",
          "leiden_AMI_median",
          "leiden_NMI_median",
          "leiden_ARI_median",
          "NMI_labels_vs_modpartition",
          "AMI_labels_vs_modpartition",
          "ARI_labels_vs_modpartition",
          "VI_labels_vs_modpartition",
          "VI_normalised_labels_vs_modpartition",
          "modularity_null_mean",
          "modularity_null_sd",
          "cluster_conductance",
          "cluster_alike_T",
          "cluster_alike_h",
          "cluster_alike_p",
          "assortativity_nominal",
          "assortativity_nominal_jackknife_sd",
          "EI_index",
          "EI_expected_under_label_permutation",
          "odds_ratio_within_group",
          "dyad_log_odds_ratio",
          "freeman_segregation_index",
          "homophily_permutation_p",
          "homophily_permutation_z",
          "inbreeding_homophily_IH",
          "modularity_z",
          "yule_Q",
          "homophily_index_H",
          "coleman_homophily_undirected"}},
        {"tests/text/answers.cpp",
         {"reply_link_F1", "reply_link_precision", "reply_link_recall",
          "conversation_1_minus_scaled_VI", "conversation_exact_F1", "conversation_one_to_one"}},
        {"tests/text/topics.cpp", {"nmf_reconstruction_error", "nmf_row_topics", "npmi"}},
        {"tests/cluster/evolution.cpp", {"jaccard", "hungarian_total"}},
        {"tests/measure/introducers.cpp", {"introducer_score"}},
        {"tests/text/draft.cpp", {"own_words_coverage"}}};
    return rooms;
}

bool answeredElsewhere(const ReferenceValue& row)
{
    static const std::set<std::string> ofArcs{"assortativity_nominal", "assortativity_scalar",
                                              "coleman_homophily", "EI_index",
                                              "odds_ratio_within_group"};
    // tests/cluster/homophilypanel.cpp
    if (row.dataset.ends_with("_directed")) return ofArcs.contains(row.measure);
    if (row.parameters.find("loss=kullback-leibler") != std::string::npos) return false;
    return std::ranges::any_of(elsewhere(),
                               [&](const auto& room) { return room.second.contains(row.measure); });
}

/// A likelihood is the better the higher: the other search stopped lower.
bool higherIsBetter(const ReferenceValue& row)
{
    return row.measure.starts_with("hawkes_mle_") && row.measure.ends_with("_loglik");
}

/// A shape of growth that the other search did not fit to the end lies further off there than here,
/// and points lie further from their middles.
bool maySurpass(const ReferenceValue& row)
{
    return row.measure == "growth_AICc_delta" || row.measure == "growth_loglik" ||
           row.measure == "polis_kmeans_inertia";
}

void compare(const ReferenceValue& row, const Found& found)
{
    if (found.numbers.empty()) {
        CHECK(found.text == row.value);
        return;
    }
    std::vector<double> wanted;
    for (const auto part : split(row.value, ';')) {
        const auto value = parseReal(trim(part));
        REQUIRE(value);
        wanted.push_back(*value);
    }
    const auto given = parseReal(row.tolerance);
    REQUIRE(given);
    REQUIRE(found.numbers.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        // Weights are stored in single precision, and the values are given to ten decimals.
        const double tolerance = std::max(*given, 2e-9);
        CAPTURE(found.numbers[i]);
        if (higherIsBetter(row) && found.numbers[i] > wanted[i]) continue;
        if (maySurpass(row) && std::abs(found.numbers[i] - wanted[i]) <= 0.15) continue;
        CHECK(std::abs(found.numbers[i] - wanted[i]) <= tolerance);
    }
}

struct Tally {
    std::size_t answered = 0;
    std::size_t elsewhere = 0;
    std::set<std::string> absent;  ///< data sets that are not here
    std::set<std::string> unknown;
};

Tally walk(const std::filesystem::path& table, const Folders& folders)
{
    const auto answers = allAnswers();
    Tally tally;
    for (const auto& row : loadReferenceValues(table)) {
        CAPTURE(row.dataset, row.measure, row.parameters, row.value, row.tolerance);
        const auto answer = answers.find(row.measure);
        if (answer == answers.end()) {
            if (answeredElsewhere(row)) {
                ++tally.elsewhere;
            } else {
                tally.unknown.insert(row.measure);
            }
            continue;
        }
        try {
            compare(row, answer->second({row, folders}));
            ++tally.answered;
        } catch (const NoData& none) {
            tally.absent.insert(row.dataset);
        }
    }
    return tally;
}

std::string listOf(const std::set<std::string>& names)
{
    return names.empty() ? "none" : join({names.begin(), names.end()}, ", ");
}

Folders shipped()
{
    return {fixture("reference/data"), fixture("cluster/data"), fixture("measure/data")};
}

}  // namespace

TEST_CASE("the values of other programs for the data that are shipped")
{
    const auto tally = walk(fixture("reference/data/values.csv"), shipped());
    std::cout << tally.answered << " rows agree; no measure for: " << listOf(tally.unknown) << '\n';
    CHECK(tally.absent.empty());
    CHECK(tally.answered >= 190);
}

TEST_CASE("every row of the table of reference values", "[public]")
{
    const auto data = publicData();
    if (!data || !std::filesystem::exists(*data / "reference/reference_values.csv")) {
        WARN("the table of reference values is not here: only the shipped rows were compared");
        return;
    }
    auto folders = shipped();
    folders.push_back(*data / "reference");
    const auto tally = walk(*data / "reference/reference_values.csv", folders);
    std::cout << tally.answered << " rows agree here, " << tally.elsewhere
              << " are read by the tests of other rooms\ndata that are not here: "
              << listOf(tally.absent) << "\nno measure for: " << listOf(tally.unknown) << '\n';
    CHECK(tally.answered >= 350);
}

}  // namespace kith::tests
