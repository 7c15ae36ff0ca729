#include "core/base/random.h"
#include "core/text/grouptalk.h"
#include "core/text/neighbours.h"
#include "core/text/talk.h"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <set>

using namespace kith;

namespace {

/// A word of consonants, another for every number; no stem of another.
std::string madeUp(std::uint64_t number)
{
    std::string word = "q";
    for (int i = 0; i < 4; ++i, number /= 10) word += "bcfghjkmpx"[number % 10];
    return word + "z";
}

}  // namespace

TEST_CASE("the approximate search finds nearly everybody, the same on any threads", "[text][talk]")
{
    // 3,000 people around 60 subjects of 30 words each, out of 1,800.
    constexpr std::uint32_t people = 3'000;
    TalkCounter counter(people, {});
    Random random(5);
    for (std::uint32_t person = 0; person < people; ++person) {
        for (int message = 0; message < 12; ++message) {
            std::string text;
            const auto subject = random.chance(0.7) ? person % 60 : random.below(60);
            for (int word = 0; word < 4; ++word)
                text += madeUp(subject * 30 + random.below(30)) + ' ';
            counter.add(person, static_cast<std::uint32_t>(random.below(4'000)), text);
        }
    }
    const auto profiles = counter.profiles();
    REQUIRE(profiles.profiled() == people);
    NeighbourOptions options;
    Task task;
    options.threads = 1;
    options.exactUpTo = 100;
    const auto one = findNeighbours(profiles, options, task);
    options.threads = 2;
    const auto two = findNeighbours(profiles, options, task);
    CHECK(one.of == two.of);
    CHECK_FALSE(one.exact);
    CHECK(one.recallSample == 200);
    CHECK(one.recall >= 0.9);
    options.exactUpTo = people;
    const auto exact = findNeighbours(profiles, options, task);
    std::size_t hits = 0;
    std::size_t all = 0;
    for (std::uint32_t u = 0; u < people; ++u) {
        all += exact.of[u].size();
        for (const auto& found : one.of[u])
            for (const auto& truth : exact.of[u])
                if (truth.person == found.person) ++hits;
    }
    const double recall = static_cast<double>(hits) / static_cast<double>(all);
    CHECK(recall == Approx(one.recall).margin(0.05));
}

TEST_CASE("groups that talk of the same are told from chance", "[text][talk]")
{
    // Groups 0 and 1 talk of subject 0, each in places of its own; 2 and 3 of one each; 4 of all.
    Random random(3);
    TalkCounter counter(100, {});
    std::vector<int> groupOf(100);
    for (std::uint32_t person = 0; person < 100; ++person) {
        groupOf[person] = static_cast<int>(person / 20);
        const std::array<std::uint64_t, 4> subjects{0, 0, 1, 2};
        for (int message = 0; message < 8; ++message) {
            std::string text;
            for (int word = 0; word < 4; ++word) {
                const auto subject = person < 80 ? subjects[person / 20] : random.below(3);
                text += madeUp(subject * 25 + random.below(25)) + ' ';
            }
            const auto place = static_cast<std::uint32_t>(groupOf[person]) * 50 +
                               static_cast<std::uint32_t>(random.below(50));
            counter.add(person, place, text);
        }
    }
    const auto profiles = counter.profiles();
    GroupTalkOptions options;
    Task task;
    options.threads = 1;
    const auto rows = compareTalk(profiles, groupOf, GroupPairs::Between, options, task);
    REQUIRE(rows.size() == 10);
    CHECK(rows[0].a == 0);
    CHECK(rows[0].b == 1);
    CHECK(rows[0].p == Approx(0.001));
    CHECK(rows[0].permutations == 999);
    CHECK(rows[0].likeness > rows[0].expected + 5 * rows[0].sd);
    for (const auto& row : rows)
        if (row.a < 2 && row.b > 1 && row.b < 4) CHECK(row.p > 0.5);
    options.threads = 2;
    const auto again = compareTalk(profiles, groupOf, GroupPairs::Between, options, task);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(again[i].likeness == rows[i].likeness);
        CHECK(again[i].p == rows[i].p);
        CHECK(again[i].sd == rows[i].sd);
    }
    const auto within = compareTalk(profiles, groupOf, GroupPairs::Within, options, task);
    REQUIRE(within.size() == 5);
    for (std::size_t g = 0; g < 4; ++g) CHECK(within[g].p == Approx(0.001));

    std::size_t alarms = 0;
    for (int round = 0; round < 10; ++round) {
        random.shuffle(std::span(groupOf));
        for (const auto& row : compareTalk(profiles, groupOf, GroupPairs::Within, options, task))
            if (row.p <= 0.05) ++alarms;
    }
    CHECK(alarms <= 7);  // of 50; 2.5 are to be expected
}

namespace {

constexpr std::size_t subjectWords = 40;
constexpr std::size_t allWords = 5 * subjectWords + 200;

/// One person's part of one thread, as counts of words.
struct Part {
    std::uint32_t person = 0;
    std::uint32_t thread = 0;
    std::vector<double> words;
};

/// Six groups of twenty; the first two speak of the same subject. In each 60 threads of five.
std::vector<Part> threadsOfGroups(Random& random)
{
    constexpr std::array<std::size_t, 6> subjectOf{0, 0, 1, 2, 3, 4};
    std::vector<Part> parts;
    for (std::uint32_t thread = 0; thread < 360; ++thread) {
        const std::uint32_t group = thread / 60;
        std::set<std::uint32_t> who;
        while (who.size() < 5)
            who.insert(group * 20 + static_cast<std::uint32_t>(random.below(20)));
        for (const auto person : who) {
            Part part{person, thread, std::vector<double>(allWords, 0)};
            const auto subject = random.chance(0.8) ? subjectOf.at(group) : random.below(5);
            for (int i = 0; i < 4; ++i)
                part.words[subject * subjectWords + random.below(subjectWords)] += 1;
            for (int i = 0; i < 3; ++i) part.words[5 * subjectWords + random.below(200)] += 1;
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

/// The vectors that come out when every thread's mean is taken from everybody in it.
std::vector<std::vector<double>> meanTakenFromEverybody(const std::vector<Part>& parts)
{
    std::vector<std::vector<double>> whole(120, std::vector<double>(allWords, 0));
    for (std::size_t first = 0; first < parts.size(); first += 5) {
        std::vector<double> mean(allWords, 0);
        for (std::size_t i = first; i < first + 5; ++i)
            for (std::size_t w = 0; w < allWords; ++w) mean[w] += parts[i].words[w] / 35;
        for (std::size_t i = first; i < first + 5; ++i)
            for (std::size_t w = 0; w < allWords; ++w)
                whole[parts[i].person][w] += parts[i].words[w] - 7 * mean[w];
    }
    return whole;
}

double cosineOf(const std::vector<double>& a, const std::vector<double>& b)
{
    double product = 0;
    double x = 0;
    double y = 0;
    for (std::size_t w = 0; w < a.size(); ++w) {
        product += a[w] * b[w];
        x += a[w] * a[w];
        y += b[w] * b[w];
    }
    return product / std::sqrt(x * y);
}

/// Chance that a pair across groups with one subject is more alike than one without.
template <class LikenessOf>
double toldApart(LikenessOf likeness)
{
    std::vector<double> same;
    std::vector<double> other;
    for (std::uint32_t u = 0; u < 120; ++u)
        for (std::uint32_t v = u + 1; v < 120; ++v)
            if (u / 20 != v / 20)
                (u / 20 == 0 && v / 20 == 1 ? same : other).push_back(likeness(u, v));
    double won = 0;
    for (const double a : same)
        for (const double b : other) won += a > b ? 1 : a == b ? 0.5 : 0;
    return won / static_cast<double>(same.size() * other.size());
}

}  // namespace

TEST_CASE("two groups keep the subject that their threads have in common", "[text][talk]")
{
    Random random(9);
    const auto parts = threadsOfGroups(random);
    TalkCounter counter(120, {});
    for (const auto& part : parts) {
        std::string text;
        for (std::size_t w = 0; w < allWords; ++w)
            if (part.words[w] > 0) text += madeUp(w) + ' ';
        counter.add(part.person, part.thread, text);
    }
    const auto profiles = counter.profiles();
    const auto centred = meanTakenFromEverybody(parts);
    const double ours = toldApart([&](auto u, auto v) { return profiles.likeness(u, v); });
    const double theirs =
        toldApart([&](auto u, auto v) { return cosineOf(centred[u], centred[v]); });
    INFO("told apart: " << ours << ", with the mean taken from everybody: " << theirs);
    CHECK(ours > 0.95);
    CHECK(theirs < ours - 0.1);
}
