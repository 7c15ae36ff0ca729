#include "core/text/draft.h"

#include "core/base/random.h"
#include "tests/support/reference.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace kith;
using namespace kith::tests;

namespace {

constexpr const char* draftText = "CLP GC motion: bins, council meeting, and the bins.";

/// Group 0: forty people who say bins, council and meeting among much else; group 1: forty who say
/// clp, gc and motion too; group 2 is small.
DraftChecker town()
{
    static const std::array<const char*, 3> plain{"bins", "council", "meeting"};
    static const std::array<const char*, 3> inside{"clp", "gc", "motion"};
    DraftChecker checker(draftText, 3, {"Ann Shaw"});
    Random random(4);
    for (std::int64_t person = 0; person < 85; ++person) {
        const std::uint32_t group = person < 40 ? 0 : person < 80 ? 1 : 2;
        for (int message = 0; message < 30; ++message) {
            std::string text;
            for (int filler = 0; filler < 5; ++filler)
                text += std::string("zq") + "bcdfghjklmnpqrst"[random.below(16)] +
                        "bcdfghjklmnpqrst"[random.below(16)] +
                        "bcdfghjklmnpqrst"[random.below(16)] + ' ';
            if (message == 0 && person % 4 == 0)
                for (const auto* word : plain) text += std::string(word) + ' ';
            if (message < 5 && group == 1 && person % 3 == 0)
                for (const auto* word : inside) text += std::string(word) + ' ';
            checker.add(std::array<std::uint32_t, 1>{group}, person, text + "Ann");
        }
    }
    return checker;
}

}  // namespace

TEST_CASE("cover of a draft, by hand", "[text][draft]")
{
    const auto checker = town();
    CHECK(checker.contentWords() == 7);
    const auto fits = checker.check(1);
    REQUIRE(fits.size() == 3);
    CHECK(fits[0].enough);
    CHECK(fits[0].authors == 40);
    CHECK(fits[0].cover == Approx(4.0 / 7));
    std::vector<std::string> words;
    for (const auto& word : fits[0].unknown) words.push_back(word.word);
    CHECK(words == std::vector<std::string>{"clp", "gc", "motion"});
    CHECK(fits[0].unknown[0].reach == 0);
    REQUIRE(fits[0].insider.size() == 3);
    CHECK(fits[0].insider[0].reachSender == Approx(14.0 / 40).margin(0.03));
    CHECK(fits[0].insider[0].z >= 2.58);
    CHECK(fits[1].cover == Approx(1));
    CHECK(fits[1].unknown.empty());
    CHECK(fits[1].insider.empty());
    CHECK(fits[0].surprise > fits[1].surprise);
    CHECK_FALSE(fits[2].enough);
    CHECK(fits[2].unknown.empty());
    CHECK(checker.check(std::nullopt)[0].insider.empty());

    const auto reference = Reference::load();
    if (reference) reference->check("toy_coverage", "own_words_coverage", "", fits[0].cover);
}

TEST_CASE("surprise of a draft, by its definition", "[text][draft]")
{
    // One group of 30 people, "damp" 30 times among 6,000 words; nobody else.
    DraftChecker checker("damp", 1, {});
    for (std::int64_t person = 0; person < 30; ++person) {
        checker.add(std::array<std::uint32_t, 1>{0}, person, person < 15 ? "damp damp" : "quince");
        for (int i = 0; i < 199; ++i)
            checker.add(std::array<std::uint32_t, 1>{0}, person, "quince");
    }
    const auto fit = checker.check(std::nullopt).front();
    REQUIRE(fit.enough);
    CHECK(fit.tokens == 6'015);
    const double everywhere = 30.5 / (6'015 + 0.5 * 3);
    CHECK(fit.surprise ==
          Approx(-std::log2((30 + 1'000 * everywhere) / (6'015 + 1'000))).epsilon(1e-9));
    CHECK(fit.cover == 1);
}
