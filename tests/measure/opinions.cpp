#include "core/measure/opinions.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <rapidcheck/catch.h>

using namespace kith;

namespace {

/// A Polis export as a table: votes by person and statement, and the export's own groups.
struct Exported {
    VoteTable votes;
    std::vector<std::int32_t> groupOf;
    std::vector<std::string> statement;  ///< id, by number

    std::uint32_t number(const std::string& id) const
    {
        const auto found = std::find(statement.begin(), statement.end(), id);
        REQUIRE(found != statement.end());
        return static_cast<std::uint32_t>(found - statement.begin());
    }
};

std::vector<std::string> cellsOf(const std::string& line)
{
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',')
            cells.emplace_back();
        else if (c != '\r' && c != '"')
            cells.back() += c;
    }
    return cells;
}

/// Statement id -> moderated, from comments.csv, whose texts hold commas, quotes and line ends.
std::map<std::string, std::string> moderation(const std::filesystem::path& file)
{
    std::map<std::string, std::string> result;
    std::vector<std::string> cells(1);
    bool quoted = false;
    const std::string text = tests::readFile(file);
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            cells.emplace_back();
        else if (c == '\n' && !quoted) {
            if (cells.size() > 6) result[cells[2]] = cells[6];
            cells.assign(1, {});
        } else if (c != '\r')
            cells.back() += c;
    }
    return result;
}

Exported load(const std::filesystem::path& folder)
{
    const auto moderated = moderation(folder / "comments.csv");
    std::istringstream lines(tests::readFile(folder / "participants-votes.csv"));
    std::string line;
    std::getline(lines, line);
    const auto header = cellsOf(line);
    const auto first = static_cast<std::size_t>(
        std::find(header.begin(), header.end(), "n-disagree") - header.begin() + 1);
    const auto groupColumn = static_cast<std::size_t>(
        std::find(header.begin(), header.end(), "group-id") - header.begin());
    std::vector<std::vector<std::string>> rows;
    while (std::getline(lines, line)) rows.push_back(cellsOf(line));
    Exported all;
    std::vector<std::uint32_t> number(header.size(), ~0U);
    for (std::size_t c = first; c < header.size(); ++c) {
        const bool voted = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return c < row.size() && !row[c].empty();
        });
        const auto mark = moderated.find(header[c]);
        if (!voted || (mark != moderated.end() && mark->second == "-1")) continue;
        number[c] = static_cast<std::uint32_t>(all.statement.size());
        all.statement.push_back(header[c]);
    }
    all.votes.statements = static_cast<std::uint32_t>(all.statement.size());
    for (const auto& row : rows) {
        auto& cast = all.votes.cast.emplace_back();
        for (std::size_t c = first; c < row.size(); ++c) {
            if (number[c] == ~0U || row[c].empty()) continue;
            cast.push_back({number[c], static_cast<std::int8_t>(std::stod(row[c]))});
        }
        const auto& group = row[groupColumn];
        all.groupOf.push_back(group.empty() ? -1 : std::stoi(group));
    }
    return all;
}

/// Two camps that answer half of the statements each in their own way.
VoteTable camps(std::size_t people, std::uint32_t statements, double loyal, std::uint64_t seed)
{
    Random random(seed);
    VoteTable votes;
    votes.statements = statements;
    for (std::size_t p = 0; p < people; ++p) {
        auto& row = votes.cast.emplace_back();
        for (std::uint32_t s = 0; s < statements; ++s) {
            if (random.chance(0.2)) continue;
            const bool divides = s % 2 == 0;
            const bool agrees = divides ? (p % 2 == 0) == random.chance(loyal) : random.chance(0.7);
            row.push_back({s, static_cast<std::int8_t>(agrees ? 1 : -1)});
        }
    }
    return votes;
}

}  // namespace

TEST_CASE("two public conversations give the published groups")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    for (const std::string name : {"brexit-consensus", "15-per-hour-seattle"}) {
        const auto all = load(reference->folder / "polis" / name);
        const auto check = [&](const std::string& measure, const std::string& in, double value) {
            reference->check(name, measure, in, value);
        };
        check("polis_statements_used", "", all.votes.statements);
        Task task;
        OpinionOptions options;
        options.shuffles = 20;
        options.reruns = 4;
        const auto groups = opinionGroups(all.votes, options, task);
        check("polis_participants_used", "", static_cast<double>(groups.used));
        check("polis_pca_explained_1", "", groups.space.explained[0]);
        check("polis_pca_explained_2", "", groups.space.explained[1]);
        check("polis_pca_singular_1", "", groups.space.singular[0]);
        for (std::size_t i = 0; i < 4; ++i) {
            const std::string k = "k=" + std::to_string(i + 2);
            check("polis_kmeans_inertia", k, groups.inertias[i]);
            check("polis_silhouette", k, groups.silhouettes[i]);
        }
        check("polis_best_k", "", groups.groups);
    }
}

TEST_CASE("what stands for the exported groups is what was published")
{
    const auto reference = tests::Reference::load();
    if (!reference) return;
    for (const std::string name : {"brexit-consensus", "15-per-hour-seattle"}) {
        const auto all = load(reference->folder / "polis" / name);
        const auto consensus = groupInformedConsensus(all.votes, all.groupOf, 2);
        unsigned compared = 0;
        for (const auto& row : reference->rows()) {
            if (row.dataset != name) continue;
            INFO(row.measure << " " << row.parameters);
            const auto after = [&](const std::string& key) {
                const auto at = row.parameters.find(key);
                if (at == std::string::npos) return std::string();
                const auto from = at + key.size();
                return row.parameters.substr(from, row.parameters.find_first_of(", ", from) - from);
            };
            const double wanted = row.measure.starts_with("polis_") && after("statement=") != ""
                                      ? std::stod(row.value)
                                      : 0;
            if (row.measure == "polis_group_informed_consensus") {
                const auto s = all.number(after("statement="));
                const auto found =
                    std::find_if(consensus.begin(), consensus.end(),
                                 [&](const auto& one) { return one.statement == s; });
                REQUIRE(found != consensus.end());
                CHECK(found->value == Approx(wanted).margin(1e-9).epsilon(0));
                ++compared;
            }
            if (!row.measure.starts_with("polis_representative") || after("group=").empty())
                continue;
            const auto group = static_cast<std::uint32_t>(std::stoul(after("group=")));
            if (row.measure == "polis_representative_top") {
                const auto best = representatives(all.votes, all.groupOf, group);
                const auto top = std::find_if(best.begin(), best.end(),
                                              [](const auto& one) { return one.agree; });
                REQUIRE(top != best.end());
                CHECK(all.statement[top->statement] == row.value);
                ++compared;
                continue;
            }
            const auto one = representative(all.votes, all.groupOf, group,
                                            all.number(after("statement=")), true);
            const double value = row.measure.ends_with("_metric") ? one.metric
                                 : row.measure.ends_with("_R")    ? one.r
                                                                  : one.zR;
            CHECK(value == Approx(wanted).margin(1e-8).epsilon(0));
            ++compared;
        }
        CHECK(compared >= 10);
    }
}

TEST_CASE("two camps are found, and no camps are not")
{
    Task task;
    OpinionOptions options;
    options.shuffles = 60;
    const auto found = opinionGroups(camps(60, 20, 0.9, 1), options, task);
    CHECK(found.groups == 2);
    std::size_t right = 0;
    for (std::size_t p = 0; p < 60; ++p) {
        right += found.groupOf[p] == found.groupOf[p % 2] ? 1U : 0U;
    }
    CHECK(right >= 57);
    CHECK(found.p < 0.05);
    CHECK(found.stability > 0.7);
    REQUIRE(!found.representative.empty());
    CHECK(found.representative[0].statement % 2 == 0);

    options.threads = 1;
    const auto again = opinionGroups(camps(60, 20, 0.9, 1), options, task);
    CHECK(again.groupOf == found.groupOf);
    CHECK(again.shuffledP95 == found.shuffledP95);
    CHECK(opinionGroups(camps(60, 20, 0.5, 2), options, task).p > 0.05);
}

TEST_CASE("components agree with a full matrix, for any votes")
{
    rc::prop("a brute-force twin", [] {
        const auto votes =
            camps(*rc::gen::inRange<std::size_t>(8, 20), *rc::gen::inRange<std::uint32_t>(3, 8),
                  0.8, *rc::gen::inRange<std::uint64_t>(0, 500));
        const auto space = opinionSpace(votes);
        // X'X v must be the singular value squared times v, with X written out in full.
        std::vector<double> out(votes.statements);
        double length = 0;
        for (const auto& row : votes.cast) {
            std::vector<double> full(votes.statements);
            for (const auto& vote : row)
                full[vote.statement] = vote.value - space.mean[vote.statement];
            double along = 0;
            for (std::uint32_t s = 0; s < votes.statements; ++s)
                along += full[s] * space.component[0][s];
            for (std::uint32_t s = 0; s < votes.statements; ++s) out[s] += full[s] * along;
        }
        for (std::uint32_t s = 0; s < votes.statements; ++s) {
            const double value = space.singular[0] * space.singular[0] * space.component[0][s];
            RC_ASSERT(std::abs(out[s] - value) < 1e-4 * (1 + std::abs(value)));
            length += space.component[0][s] * space.component[0][s];
        }
        RC_ASSERT(std::abs(length - 1) < 1e-9);
        RC_ASSERT(space.singular[0] >= space.singular[1]);
    });
}

TEST_CASE("too few voters are refused")
{
    Task task;
    CHECK_THROWS_AS(opinionGroups(camps(5, 10, 0.9, 1), {}, task), Error);
    CHECK_THROWS_AS(opinionSpace(camps(20, 1, 0.9, 1)), Error);
}
