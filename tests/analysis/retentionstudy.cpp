#include "core/analysis/retentionstudy.h"

#include "core/analysis/structurestudy.h"
#include "core/base/error.h"
#include "core/store/ingest.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <fmt/format.h>

using namespace kith;
using namespace kith::tests;

namespace {

/// A chat written by hand: who said what on which day after 1 January 2024, at which hour.
class Diary {
public:
    int say(const std::string& author, int day, int hour = 12, const std::string& text = "hello",
            int answers = 0)
    {
        const auto date = std::chrono::year_month_day(
            std::chrono::sys_days(std::chrono::year(2024) / 1 / 1) + std::chrono::days(day));
        csv_ += fmt::format("m{},{},{}-{:02}-{:02}T{:02}:00:00Z,{},{},club\n", ++messages_, author,
                            static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                            static_cast<unsigned>(date.day()), hour, text,
                            answers > 0 ? "m" + std::to_string(answers) : "");
        return messages_;
    }

    /// Every day from one to another.
    void daily(const std::string& author, int from, int until)
    {
        for (int day = from; day <= until; ++day) say(author, day);
    }

    Workspace workspace(const TempFolder& folder) const
    {
        const auto file = folder.path() / "club.csv";
        writeFile(file, "id,author,time,text,reply_to,conversation\n" + csv_);
        auto made = Workspace::create(folder.path() / "club.kith");
        Task task;
        importFile(made, file, {}, task);
        return made;
    }

private:
    std::string csv_;
    int messages_ = 0;
};

RetentionStudy studied(const Workspace& workspace, const Selection& selection = {},
                       const RetentionOptions& options = {})
{
    Task task;
    return studyRetention(workspace, selection, nullptr, options, task);
}

Time dayOf(int day)
{
    return std::chrono::sys_days(std::chrono::year(2024) / 1 / 1) + std::chrono::days(day);
}

}  // namespace

TEST_CASE("half of a club leaves on its fiftieth day")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 6; ++i) diary.daily("stays" + std::to_string(i), 0, 200);
    for (int i = 0; i < 6; ++i) diary.daily("goes" + std::to_string(i), 0, 50);
    const auto study = studied(diary.workspace(folder));
    CHECK(study.people == 12);
    CHECK(study.messages == 6 * 201 + 6 * 51);
    CHECK(study.gap95 == Approx(1));
    CHECK(study.quietAfter == Approx(30));
    CHECK(study.watched == Approx(200));
    REQUIRE(study.survival.size() == 1);
    CHECK(study.survival[0].days == Approx(50));
    CHECK(study.survival[0].survival == Approx(0.5));
    CHECK(study.survival[0].error == Approx(std::sqrt(0.25 / 12)));
    REQUIRE(study.at90);
    CHECK(study.at90->survival == Approx(0.5));
    CHECK(study.at90->low < 0.5);
    REQUIRE(study.medianDays);
    CHECK(*study.medianDays == Approx(50));
    CHECK(study.horizon == Approx(90));
    CHECK(study.restrictedMean == Approx(70));
    CHECK(study.early == 12);
    CHECK_FALSE(study.at90Newcomers);
    CHECK(study.gini == Approx(0.5 - 51.0 / 252));
    const auto sentences = retentionSentences(study);
    CHECK(sentences[0].finding == "Of those who take part, 50\u00a0% still do after 90 days.");
}

TEST_CASE("where nobody leaves, the interval is that of so many of so many")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 8; ++i) diary.daily("p" + std::to_string(i), 0, 150);
    const auto study = studied(diary.workspace(folder));
    REQUIRE(study.at90);
    CHECK(study.at90->survival == 1);
    CHECK(study.at90->atRisk == 8);
    CHECK(study.at90->low == Approx(8 / (8 + 1.959963984540054 * 1.959963984540054)));
    CHECK_FALSE(study.medianDays);
}

TEST_CASE("who came before the time looked at is watched from its start")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 6; ++i) diary.daily("old" + std::to_string(i), 0, 250);
    for (int i = 0; i < 4; ++i) diary.daily("goes" + std::to_string(i), 0, 150);
    for (int i = 0; i < 5; ++i) diary.daily("new" + std::to_string(i), 120, 140);
    for (int i = 0; i < 3; ++i) diary.daily("gone" + std::to_string(i), 0, 60);
    const auto workspace = diary.workspace(folder);
    Selection selection;
    selection.from = dayOf(100);
    const auto study = studied(workspace, selection);
    CHECK(study.people == 15);
    CHECK(study.truncated == 10);
    CHECK(study.early == 0);
    // The new leave on their 20th day: only they are at risk then, for the others are watched from
    // their hundredth day on.
    REQUIRE(study.survival.size() == 2);
    CHECK(study.survival[0].days == Approx(20));
    CHECK(study.survival[0].atRisk == 5);
    CHECK(study.survival[1].days == Approx(150));
    CHECK(study.survival[1].atRisk == 10);
    CHECK(study.survival[1].left == 4);
    std::uint64_t fresh = 0;
    for (const auto& window : study.newcomers) fresh += window.newcomers.hits;
    CHECK(fresh == 5);
}

TEST_CASE("cohorts and newcomers by window")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 5; ++i) diary.daily("first" + std::to_string(i), 0, 139);
    for (int i = 0; i < 4; ++i) diary.say("second" + std::to_string(i), 75);
    diary.say("second0", 110);
    RetentionOptions options;
    options.window = std::chrono::hours(24 * 35);
    const auto study = studied(diary.workspace(folder), {}, options);
    REQUIRE(study.newcomers.size() == 4);
    CHECK(study.newcomers[0].settling);
    CHECK(study.newcomers[2].newcomers.hits == 4);
    CHECK(study.newcomers[2].newcomers.of == 9);
    CHECK_FALSE(study.newcomers[2].settling);
    CHECK(study.newcomers[3].provisional);
    REQUIRE(study.cohorts.size() == 2);
    CHECK(study.cohorts[1].size == 4);
    REQUIRE(study.cohorts[1].active.size() == 2);
    CHECK(study.cohorts[1].active[0].hits == 4);
    CHECK(study.cohorts[1].active[1].hits == 1);
    CHECK(study.cohorts[1].active[1].range().share == Approx(0.25));
    CHECK(study.cohorts[0].active.size() == 4);
}

TEST_CASE("newcomers who are answered, and whether they come back")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 5; ++i) diary.daily("host" + std::to_string(i), 0, 180);
    for (int i = 0; i < 10; ++i) {
        const std::string who = "guest" + std::to_string(i);
        const int asked = diary.say(who, 60 + i, 12, "where do I start?");
        if (i < 6) diary.say("host0", 60 + i, 18, "here", asked);
        if (i == 6) diary.say("host0", 64 + i, 18, "late", asked);
        const bool back = i < 5 || i == 9;
        if (back) diary.say(who, 60 + i + 10);
        if (i == 8) diary.say(who, 61 + i);
    }
    const auto study = studied(diary.workspace(folder));
    const auto& welcome = study.welcome;
    CHECK(welcome.refused.empty());
    CHECK(welcome.replies == 7);
    CHECK(welcome.inferred == 0);
    CHECK(welcome.answered.of == 10);
    CHECK(welcome.answered.hits == 6);
    CHECK(welcome.returnedAnswered.of == 6);
    CHECK(welcome.returnedAnswered.hits == 5);
    CHECK(welcome.returnedUnanswered.of == 4);
    CHECK(welcome.returnedUnanswered.hits == 1);
    CHECK(welcome.questions.of == 10);
    CHECK(welcome.questions.hits == 6);
    REQUIRE(welcome.medianHours);
    CHECK(*welcome.medianHours == Approx(6));
    CHECK(survivalAt(welcome.waiting, 10).survival == Approx(0.4));
    const auto sentences = retentionSentences(study);
    CHECK(sentences[2].finding == "60\u00a0% of newcomers get an answer within two days.");
}

TEST_CASE("too short a time, too few people, nobody who answers")
{
    const TempFolder folder;
    Diary diary;
    for (int i = 0; i < 6; ++i) diary.daily("p" + std::to_string(i), 0, 20);
    const auto workspace = diary.workspace(folder);
    const auto study = studied(workspace);
    CHECK(study.survival.empty());
    CHECK(study.refused.find("20 days") != std::string::npos);
    CHECK_FALSE(study.welcome.refused.empty());
    CHECK(retentionSentences(study)[0].finding == "It is too soon to say who stays.");

    const TempFolder other;
    Diary lonely;
    for (int i = 0; i < 4; ++i) lonely.daily("p" + std::to_string(i), 0, 100);
    CHECK_THROWS_AS(studied(lonely.workspace(other)), Error);
    RetentionOptions hours;
    hours.window = std::chrono::hours(1);
    CHECK_THROWS_AS(studied(workspace, {}, hours), Error);
}

TEST_CASE("the village's ties as a whole, and its groups beside each other")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto analysis = analysed(workspace);
    Task task;
    const auto study = studyStructure(workspace, {}, {}, analysis->people, {1, 0, true}, task);
    CHECK(study.shape.people == 25);
    CHECK(study.shape.components == 1);
    CHECK(study.coreOf.size() == 25);
    CHECK(study.deepest() > 1);
    REQUIRE(study.reciprocity);
    CHECK(study.reciprocity->arcs > 0);
    CHECK(study.reciprocity->arcShare <= 1);
    REQUIRE(study.corePeriphery);
    CHECK(study.corePeriphery->samples == 99);

    const auto stays = studyRetention(workspace, {}, analysis.get(), {}, task);
    CHECK(stays.groups.size() == analysis->clusters.size());
    CHECK_FALSE(stays.logRank);
}
