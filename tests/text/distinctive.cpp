#include "core/text/distinctive.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kith;

TEST_CASE("log-odds with an informative prior, by hand", "[text]")
{
    struct Row {
        double yi, yj, delta, z;
    };
    // Two small vocabularies of 58 and 69 words; prior of 10 words in proportion to both together.
    constexpr Row bins{8, 1, 1.893726, 2.263304};
    constexpr Row council{6, 7, 0.018750, 0.036285};
    constexpr Row food{1, 9, -1.656021, -2.035888};
    constexpr Row the{40, 50, -0.145873, -0.740989};
    for (const Row& row : {bins, council, food, the}) {
        const double prior = 10 * (row.yi + row.yj) / (58 + 69);
        CHECK(logOddsDelta(row.yi, 58, row.yj, 69, prior, 10) == Approx(row.delta).margin(1e-6));
        CHECK(logOddsZ(row.yi, 58, row.yj, 69, prior, 10) == Approx(row.z).margin(1e-6));
    }
}

namespace {

/// Two groups of `people` each: the first speaks of bins, the second of the choir, both of the
/// hall.
WordCounter town(int people, int messages)
{
    WordCounter counter(2, {"Ann Shaw", "Bob"});
    for (int m = 0; m < messages; ++m) {
        for (int p = 0; p < people; ++p) {
            counter.add(0, p,
                        m % 2 == 0 ? "the bins are not collected, Ann" : "Organised a bin day");
            counter.add(1, 100 + p,
                        m % 2 == 0 ? "choir sings on Sunday, Bob" : "Organized the choirs");
            if (m == 0 && p % 2 == 0) {
                counter.add(0, p, "the hall");
                counter.add(1, 100 + p, "the hall");
            }
        }
    }
    return counter;
}

std::vector<std::string> wordsOf(const std::vector<DistinctiveWord>& words)
{
    std::vector<std::string> out;
    for (const auto& word : words) out.push_back(word.word);
    return out;
}

bool has(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

TEST_CASE("a group's words are those it uses more than the others", "[text]")
{
    const auto found = town(6, 40).compare();
    const auto first = wordsOf(found.distinctive[0]);
    const auto second = wordsOf(found.distinctive[1]);

    CHECK(has(first, "bin"));  // as often as "bins"; the first in order is shown
    CHECK(has(second, "choir"));
    CHECK_FALSE(has(first, "choir"));
    CHECK_FALSE(has(first, "the"));  // stop word
    CHECK_FALSE(has(first, "ann"));  // a name
    CHECK_FALSE(has(second, "bob"));
    for (const auto& group : found.distinctive) {
        CHECK(std::is_sorted(group.begin(), group.end(),
                             [](const auto& a, const auto& b) { return a.z > b.z; }));
        for (const auto& word : group) CHECK(word.z >= 2.58);
    }
}

TEST_CASE("words of every group are shared, with the reach in each", "[text]")
{
    const auto found = town(6, 2).compare();
    const auto hall = std::find_if(found.shared.begin(), found.shared.end(),
                                   [](const SharedWord& word) { return word.word == "hall"; });
    REQUIRE(hall != found.shared.end());
    CHECK(hall->reach == std::vector<double>{0.5, 0.5});
    // Everybody organises something, whichever way it is spelt: a stop word of this export.
    for (const auto& word : found.shared) CHECK(word.word.substr(0, 5) != "organ");
}

TEST_CASE("what two people say is not a group's word, however often they say it", "[text]")
{
    WordCounter counter(2, {});
    for (int m = 0; m < 200; ++m) {
        counter.add(0, m % 2, "fiddlesticks");
        for (int p = 2; p < 8; ++p) counter.add(0, p, "garden");
        for (int p = 8; p < 16; ++p) counter.add(1, p, "allotment");
    }
    const auto found = counter.compare();
    CHECK(wordsOf(found.distinctive[0]) == std::vector<std::string>{"garden"});
    CHECK(found.distinctive[0][0].authors == 6);
    CHECK(found.distinctive[0][0].messages == 1200);
}

TEST_CASE("people of no group are background only; nothing said is no words", "[text]")
{
    WordCounter counter(1, {});
    for (int p = 0; p < 9; ++p) counter.add(p < 4 ? 0 : -1, p, p < 4 ? "garden" : "moon");
    CHECK(counter.compare().distinctive[0].empty());  // there is nobody to compare with

    CHECK(WordCounter(0, {}).compare().shared.empty());
    CHECK(WordCounter(3, {}).compare().distinctive.size() == 3);
}
