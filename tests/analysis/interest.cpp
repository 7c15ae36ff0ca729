#include "core/analysis/concernstudy.h"
#include "core/analysis/gapstudy.h"
#include "core/analysis/languagestudy.h"
#include "core/analysis/talklikeness.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/store/people.h"
#include "tests/store/fake.h"
#include "tests/support/fourgroups.h"
#include "tests/support/village.h"
#include "tests/support/words.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

AnalysisOptions quick()
{
    AnalysisOptions options;
    options.layout = options.bridges = options.null = options.traits = false;
    return options;
}

/// Sixty people who each say ten things, eight words from one bag or from one of three.
Workspace sixtyTalkers(const TempFolder& folder, bool subjects)
{
    auto workspace = Workspace::create(folder.path() / "talkers.kith");
    Random random(3);
    Chat chat;
    for (std::uint64_t said = 0; said < 600; ++said) {
        const auto person = said % 60;
        std::string text;
        for (int i = 0; i < 8; ++i) {
            const auto word = random.below(90);
            text += inventedWord(subjects ? person % 3 * 90 + word : word * 3) + ' ';
        }
        chat.post(std::to_string(said), "person" + std::to_string(person), text,
                  static_cast<int>(said) * 60);
    }
    chat.into(workspace);
    return workspace;
}

}  // namespace

TEST_CASE("two groups with one subject and no contact are found first", "[analysis][interest]")
{
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const TempFolder folder;
        const auto workspace = fourGroups(folder, seed);
        const auto analysis = analysed(workspace, quick());
        REQUIRE(analysis->clusters.size() == 4);
        Task task;
        const auto study = studyGap(workspace, *analysis, {}, task);
        CHECK(study.exact);
        CHECK(study.profiled == 40);
        REQUIRE(study.pairs.size() == 20);
        std::map<Vertex, int> times;
        for (const auto& pair : study.pairs) {
            const std::set<char> sides{analysis->persons[pair.a].name.front(),
                                       analysis->persons[pair.b].name.front()};
            CHECK((sides == std::set<char>{'A', 'B'}));
            CHECK_FALSE(pair.distance.has_value());
            CHECK(pair.words.size() >= 3);
            ++times[pair.a];
            ++times[pair.b];
        }
        for (const auto& [person, count] : times) CHECK(count <= 3);
        REQUIRE(study.groups.size() == 6);
        const auto& first = study.groups.front();
        CHECK(first.gap);
        CHECK(first.q <= 0.05);
        CHECK(first.ties == 0);
        // Four equal groups: 2 x 1/4 x 1/4 of the weight would run between any two.
        CHECK(first.tiesExpected == Approx(0.125).margin(0.03));
        const std::set<char> found{
            analysis->persons[analysis->clusters[first.a].members.front()].name.front(),
            analysis->persons[analysis->clusters[first.b].members.front()].name.front()};
        CHECK((found == std::set<char>{'A', 'B'}));
        for (std::size_t i = 1; i < study.groups.size(); ++i) CHECK_FALSE(study.groups[i].gap);
        const auto sentences =
            gapSentences(*analysis, study, labels(*analysis, Naming::Pseudonyms));
        REQUIRE(sentences.size() == 6);
        CHECK(sentences.front().finding.find("talk about the same things") != std::string::npos);
    }
}

TEST_CASE("where whoever talks alike also talks together there is no gap", "[analysis][interest]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto analysis = analysed(workspace, quick());
    Task task;
    const auto study = studyGap(workspace, *analysis, {}, task);
    CHECK(study.pairs.empty());
    for (const auto& one : study.groups) CHECK_FALSE(one.gap);
    const auto sentences = gapSentences(*analysis, study, labels(*analysis, Naming::None));
    REQUIRE(sentences.size() == 1);

    auto other = quick();
    other.selection.layer = Layer::Interest;
    const auto interest = analysed(workspace, other);
    CHECK_THROWS_AS(studyGap(workspace, *interest, {}, task), Error);
    CHECK_THROWS_AS(talkLikeness(workspace, *interest, task), Error);
    CHECK(structureSentence(*interest).method.find("subjects in common") != std::string::npos);
    CHECK(structureSentence(*analysis).method.find("interact more") != std::string::npos);
}

TEST_CASE("groups by what people talk about are held against talk that is dealt out",
          "[analysis][interest]")
{
    const bool subjects = GENERATE(true, false);
    CAPTURE(subjects);
    const TempFolder folder;
    const auto workspace = sixtyTalkers(folder, subjects);
    auto options = quick();
    options.null = true;
    options.selection.layer = Layer::Interest;
    const auto analysis = analysed(workspace, options);
    CHECK(analysis->structured == subjects);
    CHECK(analysis->null.samples >= 100);
    const auto sentence = structureSentence(*analysis);
    CHECK(sentence.certainty.find("Dealing out who said what at random") == 0);
    options.threads = 1;
    CHECK(analysed(workspace, options)->null.p == analysis->null.p);
}

TEST_CASE("where ties are mostly of threads, that is said", "[analysis]")
{
    const TempFolder folder;
    auto workspace = Workspace::create(folder.path() / "threads.kith");
    Chat chat;
    for (int said = 0; said < 24; ++said)
        chat.post(std::to_string(said), "person" + std::to_string(said % 8), "hello", said).thread =
            "thread" + std::to_string(said / 4);
    const bool answered = GENERATE(false, true);
    for (int said = 1; answered && said < 120; ++said)
        chat.reply("a" + std::to_string(said), "person" + std::to_string(said % 8),
                   said == 1 ? "0" : "a" + std::to_string(said - 1), 100 + said);
    chat.into(workspace);
    const auto method = structureSentence(*analysed(workspace, quick())).method;
    CHECK((method.find("come in bunches") != std::string::npos) == !answered);
}

TEST_CASE("clusters are alike in what they talk about", "[analysis][interest]")
{
    const TempFolder folder;
    const auto workspace = fourGroups(folder, 1);
    const auto analysis = analysed(workspace, quick());
    Task task;
    const auto rows = talkLikeness(workspace, *analysis, task);
    REQUIRE(rows.size() == 4);
    for (const auto& row : rows) {
        CHECK(row.known == 10);
        CHECK(row.coverage == 1);
        CHECK(row.p <= 0.005);
        CHECK(row.q <= 0.05);
        CHECK(row.h == Approx((row.pairs - row.pairsExpected) / (1 - row.pairsExpected)));
        CHECK(row.h >= 0.1);
        CHECK_FALSE(row.value.empty());
        CHECK(talkSentence(*analysis, row).finding.find(row.value) != std::string::npos);
    }
}

TEST_CASE("a concern lives where it is spoken of", "[analysis][interest]")
{
    const TempFolder folder;
    auto workspace = fourGroups(folder, 1);
    const auto id = addConcern(workspace, "Buses", "timetable OR fare OR driver OR route OR depot");
    const auto analysis = analysed(workspace, quick());
    Task task;
    const auto study = studyConcern(workspace, *analysis, concerns(workspace).front(), task);
    CHECK(study.concern.id == id);
    CHECK(study.people == 10);
    CHECK(study.writers == 40);
    CHECK(study.allMessages == 400);
    REQUIRE(study.clusters.size() == 4);
    CHECK(study.clusters[0].share == 1);
    CHECK(study.clusters[0].expected == 0.25);
    CHECK(study.clusters[0].messages == study.messages);
    // 1 / C(40, 10)
    CHECK(study.clusters[0].p == Approx(1 / 847'660'528.0).epsilon(1e-6));
    CHECK(study.clusters[1].people == 0);
    CHECK(study.clusters[1].p == Approx(1));
    REQUIRE(study.weeks.has_value());
    std::uint64_t sum = 0;
    for (const auto count : study.weeks->messages) sum += count;
    CHECK(sum == study.messages);
    CHECK(concernSentences(*analysis, study).size() == 2);
}

TEST_CASE("newcomers take up a group's words", "[analysis][interest]")
{
    // Twenty old hands of each of two groups from the first day on; in the first group six come
    // after 40 days and say one more of its four words every week.
    const std::array<const char*, 4> own{"gleaning", "scrumping", "hedgelaying", "wassail"};
    std::string csv = "author,time,text,conversation\n";
    const auto say = [&](const std::string& who, int day, const std::string& text, int place) {
        csv += fmt::format("{},2025-{:02}-{:02}T{:02}:00:00Z,{},place {}\n", who, 1 + day / 28,
                           1 + day % 28, 8 + day % 10, text, place);
    };
    for (int day = 0; day < 80; day += 2) {
        for (int person = 0; person < 20; ++person) {
            say("Old" + std::to_string(person), day,
                std::string(own[0]) + " " + own[1] + " " + own[2] + " " + own[3], 0);
            say("Other" + std::to_string(person), day, "timetable fare driver route", 1);
        }
    }
    for (int week = 0; week < 4; ++week) {
        for (int person = 0; person < 6; ++person) {
            std::string text = "hello";
            for (int word = 0; word < week; ++word)
                text += std::string(" ") + own.at(static_cast<std::size_t>(word));
            say("New" + std::to_string(person), 40 + 7 * week, text, 0);
        }
    }
    const TempFolder folder;
    writeFile(folder.path() / "words.csv", csv);
    auto workspace = Workspace::create(folder.path() / "words.kith");
    Task task;
    importFile(workspace, folder.path() / "words.csv", {}, task);
    Analysis analysis;
    for (const auto& person : people(workspace)) analysis.people.people.push_back(person.id);
    analysis.clusters.resize(2);
    for (Vertex v = 0; v < analysis.people.people.size(); ++v) {
        const bool other = person(workspace, analysis.people.people[v])->name.starts_with("Other");
        analysis.clusterOf.push_back(other ? 1 : 0);
        analysis.clusters[other ? 1 : 0].members.push_back(v);
    }
    for (const auto* word : own) {
        DistinctiveWord distinctive;
        distinctive.word = word;
        analysis.clusters[0].words.push_back(distinctive);
    }
    const auto found = studyUptake(workspace, analysis, task);
    REQUIRE(found.size() == 2);
    CHECK(found[0].refused.empty());
    CHECK(found[0].words.size() == 4);
    CHECK(found[0].newcomers == 6);
    CHECK(found[0].settled == 20);
    CHECK(found[0].settledShare == Approx(1));
    REQUIRE(found[0].weeks.size() == 4);
    for (std::size_t week = 0; week < 4; ++week) {
        CHECK(found[0].weeks[week].people == 6);
        CHECK(found[0].weeks[week].share == Approx(0.25 * static_cast<double>(week)));
    }
    CHECK_FALSE(found[1].refused.empty());
    CHECK(uptakeSentences(analysis, found).size() == 1);
}
