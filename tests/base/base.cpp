#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/task.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <catch2/catch.hpp>

#include <numeric>

using namespace kith;

namespace {

Time at(std::string_view iso)
{
    const auto parsed = parseIso(iso);
    REQUIRE(parsed);
    return Time(parsed->wall.time_since_epoch() - parsed->offset.value_or(std::chrono::minutes(0)));
}

}  // namespace

TEST_CASE("an error says what, where and what to do in one line", "[base]")
{
    const Error error(Error::Kind::BadInput, "the date 31/02/2024 does not exist",
                      {"chat.zip", "_chat.txt", 12, {}}, "Pass --dates mdy if months come first.");
    CHECK(std::string(error.what()) ==
          "chat.zip, _chat.txt, line 12: the date 31/02/2024 does not exist. "
          "Pass --dates mdy if months come first.");
}

TEST_CASE("ISO times are read with and without offset", "[base]")
{
    CHECK(isoText(at("2024-03-01T18:04:09Z")) == "2024-03-01T18:04:09Z");
    CHECK(isoText(at("2024-03-01 18:04:09.250+01:00")) == "2024-03-01T17:04:09.250Z");
    CHECK(isoText(at("2024-03-01T18:04:09.123456-0230")) == "2024-03-01T20:34:09.123Z");
    CHECK(parseIso("2024-03-01")->dateOnly);
    CHECK_FALSE(parseIso("2024-03-01T18:04")->offset);
    for (const char* bad : {"2024-02-30", "2024-13-01", "24-01-01", "2024-03-01T25:00", "x", "",
                            "2024-03-01T10:00:00 next", "1969-12-31"}) {
        CAPTURE(bad);
        CHECK_FALSE(parseIso(bad));
    }
}

TEST_CASE("wall times around a clock change are flagged", "[base]")
{
    const auto london = Zone::find("Europe/London");
    REQUIRE(london);
    const auto gap = london->toUtc(*wallTime(2024, 3, 31, 1, 30));
    CHECK(gap.certainty == TimeCertainty::Shifted);
    CHECK(isoText(gap.time) == "2024-03-31T01:30:00Z");
    const auto twice = london->toUtc(*wallTime(2024, 10, 27, 1, 30));
    CHECK(twice.certainty == TimeCertainty::Ambiguous);
    CHECK(isoText(twice.time) == "2024-10-27T00:30:00Z");
    CHECK(isoText(london->toUtc(*wallTime(2024, 7, 1, 12)).time) == "2024-07-01T11:00:00Z");
    CHECK(london->toWall(at("2024-07-01T11:00:00Z")) == *wallTime(2024, 7, 1, 12));
    CHECK_FALSE(Zone::find("Europe/Nowhere"));
}

TEST_CASE("random streams repeat and differ", "[base]")
{
    Random a(7, 3);
    Random b(7, 3);
    Random other(7, 4);
    CHECK(a.next() == b.next());
    CHECK(a.next() != other.next());

    std::vector<int> counts(6);
    for (int i = 0; i < 60'000; ++i) ++counts[a.below(6)];
    for (const int count : counts) CHECK(count == Approx(10'000).margin(400));

    std::vector<int> deck(52);
    std::iota(deck.begin(), deck.end(), 0);
    auto shuffled = deck;
    a.shuffle(std::span(shuffled));
    CHECK(shuffled != deck);
    std::sort(shuffled.begin(), shuffled.end());
    CHECK(shuffled == deck);
}

TEST_CASE("hashes are stable for ever and keep fields apart", "[base]")
{
    CHECK(hexText(hashOf("ab", "c")) != hexText(hashOf("a", "bc")));
    CHECK(hashOf(std::int64_t{1}) != hashOf(std::int64_t{256}));
    CHECK(hexText(Hasher("key").add("x").finish()) != hexText(Hasher("other").add("x").finish()));
    // By hashlib.blake2b(..., digest_size=16) over the fields and the lengths of the texts.
    CHECK(hexText(hashOf("kith", std::int64_t{42})) == "55be7d498e3581eb2c4e3829aa68c097");
    CHECK(hexText(hashOf(std::string(250, 'a'), std::string(300, 'b'), "", std::int64_t{7})) ==
          "6e3d531dcd81a1a24e2f0b2e55b09d67");
}

TEST_CASE("parallel work fills every place on any number of threads", "[base]")
{
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::vector<std::size_t> squares(1000);
        parallelFor(squares.size(), threads, [&](std::size_t i) { squares[i] = i * i; });
        CHECK(squares[999] == 999 * 999);
        CHECK_THROWS_AS(parallelFor(100, threads,
                                    [](std::size_t i) {
                                        if (i == 50) throw std::runtime_error("at 50");
                                    }),
                        std::runtime_error);
    }
}

TEST_CASE("a task reports at most once a percent and stops when asked", "[base]")
{
    std::stop_source stop;
    std::vector<double> seen;
    Task task(stop.get_token(),
              [&](const std::string&, double fraction) { seen.push_back(fraction); });
    task.begin("Counting", 1000);
    for (int i = 0; i < 1000; ++i) task.advance();
    CHECK(seen.size() == 101);
    stop.request_stop();
    CHECK_THROWS_AS(task.advance(), Cancelled);
}

TEST_CASE("text helpers hold for every kind of letter", "[base]")
{
    CHECK(trim(" \u00a0\u202f Zoë \n") == "Zoë");
    CHECK(foldForMatching("\u202aJosé  BROWN\u202c") == foldForMatching("jose\u0301 brown"));
    CHECK(repairUtf8("a\xff\x62") == "a\uFFFDb");
    CHECK(firstBadUtf8("ab\xc3") == std::optional<std::size_t>(2));
    CHECK_FALSE(firstBadUtf8("żółw"));
    CHECK(shorten("żółw", 3) == "ż…");
    CHECK(withSeparators(1234567) == "1,234,567");
    CHECK(withSeparators(-999) == "-999");
    CHECK(parseReal("1.5") == Approx(1.5));
    CHECK_FALSE(parseReal("1,5"));
    CHECK_FALSE(parseReal("inf"));
    CHECK(parseInteger("9223372036854775807") == std::optional<std::int64_t>(9223372036854775807));
    CHECK_FALSE(parseInteger("9223372036854775808"));
    CHECK(split("a,,b", ',').size() == 3);
    CHECK(replaceAll("a--b--", "--", "-") == "a-b-");
    CHECK(replaceAll("aaa", "aa", "a") == "aa");  // what was put in is not looked through again
    CHECK(replaceAll("a", "a", "") == "");
    CHECK(replaceAll("a", "b", "c") == "a");
}
