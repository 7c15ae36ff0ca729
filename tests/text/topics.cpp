#include "core/text/topics.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/text/nmf.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

/// "543000 452001 ..." as a table.
SparseRows tableOf(const std::vector<std::string>& rows)
{
    SparseRows table;
    table.columns = rows.front().size();
    for (const auto& row : rows) {
        for (std::uint32_t c = 0; c < row.size(); ++c) {
            if (row[c] == '0') continue;
            table.column.push_back(c);
            table.value.push_back(row[c] - '0');
        }
        table.start.push_back(table.column.size());
    }
    return table;
}

const std::vector<std::string> toy{"543000", "452001", "344010", "001543",
                                   "010454", "000345", "435000", "100534"};

Factors toyFactors(std::size_t k)
{
    NmfOptions exact;
    exact.rounds = 2'000;
    exact.tolerance = 1e-9;
    Task task;
    return factorise(tableOf(toy), k, exact, task);
}

/// Frobenius norm by its definition.
double errorSlowly(const SparseRows& table, const Factors& factors)
{
    double squares = 0;
    for (std::size_t r = 0; r < table.rows(); ++r) {
        for (std::uint32_t c = 0; c < table.columns; ++c) {
            double value = 0;
            for (std::size_t i = 0; i < table.columnsOf(r).size(); ++i)
                if (table.columnsOf(r)[i] == c) value = table.valuesOf(r)[i];
            for (std::size_t j = 0; j < factors.k; ++j)
                value -= factors.w[r * factors.k + j] * factors.h[c * factors.k + j];
            squares += value * value;
        }
    }
    return std::sqrt(squares);
}

/// Texts about three subjects, by twelve people; every text is of one subject and a little talk.
TalkPools threeSubjects(std::uint64_t seed)
{
    static const std::array<std::array<const char*, 6>, 3> subjects{
        {{"damp", "mould", "landlord", "boiler", "repair", "tenancy"},
         {"bus", "timetable", "fare", "driver", "route", "depot"},
         {"choir", "piano", "concert", "rehearsal", "soprano", "melody"}}};
    static const std::array<const char*, 6> talk{"monday", "friday", "weather",
                                                 "kettle", "window", "garden"};
    Random random(seed);
    TalkCounter counter(12, {});
    for (std::uint32_t place = 0; place < 120; ++place) {
        for (int message = 0; message < 4; ++message) {
            std::string text;
            for (int word = 0; word < 3; ++word)
                text += std::string(subjects.at(place % 3).at(random.below(6))) + ' ';
            text += talk.at(random.below(6));
            counter.add(static_cast<std::uint32_t>(random.below(12)), place, text);
        }
    }
    return counter.pools();
}

}  // namespace

TEST_CASE("non-negative factors of a table equal another program's", "[text][topics]")
{
    CHECK(toyFactors(1).error == Approx(13.622961).margin(1e-4));
    const auto two = toyFactors(2);
    CHECK(two.error == Approx(4.301718).margin(1e-4));
    CHECK(errorSlowly(tableOf(toy), two) == Approx(two.error).margin(1e-9));
    for (const double value : two.w) CHECK(value >= 0);
    for (const double value : two.h) CHECK(value >= 0);
    std::string topics;
    for (std::size_t row = 0; row < toy.size(); ++row)
        topics += two.strongestOf(row) == two.strongestOf(0) ? '1' : '0';
    CHECK(topics == "11100010");

    const auto reference = Reference::load();
    if (!reference) return;
    reference->check("toy_topics_8x6", "nmf_reconstruction_error", "k=1, loss=frobenius",
                     toyFactors(1).error);
    reference->check("toy_topics_8x6", "nmf_reconstruction_error", "k=2, loss=frobenius",
                     two.error);
    auto expected = reference->row("toy_topics_8x6", "nmf_row_topics").value;
    std::erase(expected, ' ');
    CHECK((topics == expected));
    reference->check("toy_npmi", "npmi", "", npmi(100, 20, 25, 15));
}

TEST_CASE("a projected row fits as well as a factorised one", "[text][topics]")
{
    const auto two = toyFactors(2);
    const auto again = project(tableOf(toy), two);
    for (std::size_t i = 0; i < again.size(); ++i) CHECK(again[i] == Approx(two.w[i]).margin(1e-3));
}

TEST_CASE("how often words meet, by hand", "[text][topics]")
{
    CHECK(npmi(100, 20, 25, 15) == Approx(0.579095).margin(1e-6));
    CHECK(npmi(100, 20, 25, 5) == Approx(0).margin(1e-12));
    CHECK(npmi(100, 20, 20, 20) == Approx(1).margin(1e-12));
    CHECK(npmi(100, 20, 25, 0) == -1);
    CHECK(npmi(4, 4, 4, 4) == 1);
}

TEST_CASE("planted subjects are found again", "[text][topics]")
{
    const auto pools = threeSubjects(1);
    CHECK(pools.table.rows() == 120);
    CHECK(pools.messages.front() == 4);
    TopicOptions options;
    options.k = 3;
    Task task;
    options.threads = 1;
    const auto model = findTopics(pools, options, task);
    REQUIRE(model.topics.size() == 3);
    std::set<std::string> first;
    double weight = 0;
    std::size_t texts = 0;
    for (const auto& topic : model.topics) {
        first.insert(topic.words.front().word);
        weight += topic.weight;
        texts += topic.pools;
        CHECK(topic.stability > 0.9);
        CHECK(topic.pools == 40);
        CHECK(topic.messages == 160);
        CHECK(topic.people == 12);
        CHECK(topic.words.front().weight == 1);
        CHECK(topic.query.find(topic.words.front().word) == 0);
    }
    CHECK(weight == Approx(1));
    CHECK(texts == 120);
    options.threads = 2;
    const auto again = findTopics(pools, options, task);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(again.topics[k].query == model.topics[k].query);
        CHECK(again.topics[k].stability == model.topics[k].stability);
    }

    options.k = 0;
    const auto chosen = findTopics(pools, options, task);
    CHECK(chosen.trials.size() >= 3);
    const auto best =
        std::max_element(chosen.trials.begin(), chosen.trials.end(),
                         [](const auto& a, const auto& b) { return a.stability < b.stability; });
    const auto taken =
        std::find_if(chosen.trials.begin(), chosen.trials.end(),
                     [&](const auto& trial) { return trial.k == chosen.topics.size(); });
    REQUIRE(taken != chosen.trials.end());
    CHECK(taken->stability >= best->stability - std::max(0.02, best->sd));
}

TEST_CASE("too little text makes no topics", "[text][topics]")
{
    TalkCounter counter(2, {});
    counter.add(0, 0, "damp mould landlord");
    Task task;
    CHECK_THROWS_AS(findTopics(counter.pools(), {}, task), Error);
    TopicOptions many;
    many.k = 41;
    CHECK_THROWS_AS(findTopics(threeSubjects(1), many, task), Error);
}
