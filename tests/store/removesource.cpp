#include "core/store/database.h"
#include "core/store/history.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/textindex.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <ctime>

using namespace kith;
using namespace kith::tests;

namespace {

/// Everything that a reader of the workspace could see. The full-text index keeps deleted words in
/// another order of pages; it is compared by searching, and by verify().
std::string contents(const Workspace& workspace)
{
    return dump(workspace, {"history", "meta", "kept", "message_text_data", "message_text_idx"});
}

/// Two exports that overlap: replies across them, a thread, reactions, a note of a broken line.
struct TwoExports : Fixture {
    SourceId first;
    SourceId second;

    TwoExports()
    {
        Chat damp;
        damp.accounts.push_back({"ana", "Ana Ferreira", "@ana", false});
        damp.post("1", "ana", "The damp and mould in Eastfield", 1).thread = "t";
        damp.post("2", "bo", "Mould here too", 2).thread = "t";
        damp.reply("3", "cy", "1", 3).reactions.push_back({"dee", "heart", {}});
        damp.post("4", "ana", "Only here", 4).ties.push_back({TieKind::Mention, "eve", {}, 1});
        damp.traits.push_back({"dee", "ward", "Eastfield", false});
        damp.problems.push_back({Outcome::Refused, {"chat.fake", {}, 7, {}}, "no such date"});
        first = damp.into(workspace, "damp").source;

        Chat later;
        later.post("2", "bo", "Mould here too", 2).thread = "t";
        later.reply("5", "bo", "1", 5);
        later.post("6", "fay", "Buses", 6).thread = "t";
        second = later.into(workspace, "later").source;
        buildTextIndex(workspace, task);
    }
};

Chat longChat(int count)
{
    Chat chat;
    for (int i = 0; i < count; ++i) {
        auto& message = chat.post(std::to_string(1'000'000 + i), "p" + std::to_string(i % 500),
                                  "The damp in number " + std::to_string(i % 977) +
                                      " is back and the landlord does not answer",
                                  i);
        message.thread = std::to_string(i / 10);
        if (i > 10 && i % 2 == 0)
            message.ties.push_back({TieKind::Reply, {}, std::to_string(1'000'000 + i - 7), 1});
    }
    return chat;
}

}  // namespace

TEST_CASE("a removed source comes back whole by undo, and goes again by redo", "[store]")
{
    TwoExports t;
    const auto before = contents(t.workspace);
    const auto version = t.workspace.version();
    CHECK(removeSource(t.workspace, t.first, t.task) == 3);
    const auto after = contents(t.workspace);
    CHECK(after != before);
    CHECK(search(t.workspace, "Eastfield", 5).empty());
    CHECK(search(t.workspace, "mould", 5).size() == 1);
    CHECK(history(t.workspace).back().what == "Removed the source “chat.fake” with 3 messages");

    REQUIRE(undo(t.workspace));
    CHECK(contents(t.workspace) == before);
    CHECK(t.workspace.version() > version);
    CHECK(search(t.workspace, "Eastfield", 5).size() == 1);
    CHECK(search(t.workspace, "mould", 5).size() == 2);
    CHECK(problemsOf(t.workspace, t.first).size() == 1);
    CHECK(verify(t.workspace, t.task).empty());

    REQUIRE(redo(t.workspace));
    CHECK(contents(t.workspace) == after);
    CHECK(search(t.workspace, "Eastfield", 5).empty());
    CHECK(verify(t.workspace, t.task).empty());
    REQUIRE(undo(t.workspace));
    CHECK(contents(t.workspace) == before);
}

TEST_CASE("both sources go and come back in turn, with edits between", "[store]")
{
    TwoExports t;
    const auto before = contents(t.workspace);
    removeSource(t.workspace, t.second, t.task);
    renamePerson(t.workspace, peopleCalled(t.workspace, "bo").at(0), "Bo Lindqvist");
    removeSource(t.workspace, t.first, t.task);
    CHECK(info(t.workspace).messages == 0);
    CHECK(peopleCalled(t.workspace, "ana").empty());
    CHECK(verify(t.workspace, t.task).empty());
    for (int i = 0; i < 3; ++i) REQUIRE(undo(t.workspace));
    CHECK(contents(t.workspace) == before);
    CHECK(verify(t.workspace, t.task).empty());
}

TEST_CASE("a removal is not taken back over an import of the same messages", "[store]")
{
    TwoExports t;
    removeSource(t.workspace, t.first, t.task);
    Chat again;
    again.post("4", "ana", "Only here", 4);
    again.into(t.workspace, "again");
    const auto now = dump(t.workspace);
    CHECK_THROWS_WITH(undo(t.workspace), Catch::Contains("Removed the source"));
    CHECK(dump(t.workspace) == now);
    CHECK(verify(t.workspace, t.task).empty());
}

TEST_CASE("a removal is taken back after something else was imported", "[store]")
{
    TwoExports t;
    removeSource(t.workspace, t.first, t.task);
    Chat other;
    other.post("80", "gil", "a word", 80);
    other.reply("81", "hal", "80", 81);
    other.into(t.workspace, "other");
    const auto between = info(t.workspace);
    REQUIRE(undo(t.workspace));
    CHECK(info(t.workspace).messages == between.messages + 3);
    CHECK(search(t.workspace, "Eastfield", 5).size() == 1);
    CHECK(verify(t.workspace, t.task).empty());
    REQUIRE(redo(t.workspace));
    CHECK(info(t.workspace).messages == between.messages);
    CHECK(info(t.workspace).ties == between.ties);
    CHECK(verify(t.workspace, t.task).empty());
}

TEST_CASE("a source removed for good leaves no trace and no step", "[store]")
{
    TwoExports t;
    CHECK(removeSource(t.workspace, t.first, t.task, Removal::ForGood) == 3);
    CHECK(dump(t.workspace).find("Only here") == std::string::npos);
    CHECK(history(t.workspace).empty());
    CHECK_FALSE(undo(t.workspace));
    CHECK(verify(t.workspace, t.task).empty());
}

TEST_CASE("what a removal takes is told before", "[store]")
{
    TwoExports t;
    const auto forecast = forecastRemoval(t.workspace, t.first);
    CHECK(forecast.messages == 3);
    CHECK(forecast.undoable());
    removeSource(t.workspace, t.first, t.task);
    const auto step = history(t.workspace).back();
    CHECK(step.bytes > 0);
    CHECK_FALSE(RemovalForecast{1, mostUndoableBytes + 1}.undoable());
    CHECK(forecastRemoval(t.workspace, SourceId{99}).messages == 0);
    CHECK_THROWS_AS(removeSource(t.workspace, SourceId{99}, t.task), Error);
}

TEST_CASE("votes stay with statements that another source holds, and come back", "[store]")
{
    Fixture f;
    const auto votes = [&] {
        Statement count(f.workspace.database(), "SELECT count(*) FROM vote");
        count.next();
        return count.integer(0);
    };
    const FakeReader reader([](Sink& sink, Task&) {
        MessageRecord statement;
        statement.conversation = "Polis";
        statement.text = "Repairs within a week";
        for (const char* id : {"1", "2"}) {
            statement.id = id;
            sink.message(MessageRecord(statement));
            sink.vote({"ana", "Polis", id, 1, {}, {}});
            sink.vote({"bo", "Polis", id, -1, {}, {}});
        }
        return ReadReport{6, "fake", {}, false};
    });
    const auto package = std::shared_ptr<const Package>(packageOf("v.fake", {{"v.fake", "v"}}));
    const std::vector<Recognised> parts{{&reader, {100, "a test"}, package}};
    const auto source = importRecognised(f.workspace, "v.fake", parts, {}, f.task).at(0).source;
    Chat overlap;
    overlap.say("", "Repairs within a week").conversation = "Polis";
    overlap.messages.back().id = "1";
    overlap.into(f.workspace, "overlap");
    REQUIRE(votes() == 4);
    const auto before = contents(f.workspace);
    CHECK(removeSource(f.workspace, source, f.task) == 1);
    CHECK(votes() == 2);
    CHECK(peopleCalled(f.workspace, "ana").size() == 1);
    CHECK(verify(f.workspace, f.task).empty());
    REQUIRE(undo(f.workspace));
    CHECK(contents(f.workspace) == before);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("a removal is forecast no smaller than it becomes", "[store]")
{
    Fixture f;
    const auto source = longChat(3000).into(f.workspace).source;
    const auto forecast = forecastRemoval(f.workspace, source);
    CHECK(forecast.messages == 3000);
    removeSource(f.workspace, source, f.task);
    const auto bytes = history(f.workspace).back().bytes;
    CHECK(forecast.bytes >= bytes);
    CHECK(forecast.bytes < 2 * bytes);
}

/// Not part of the default run: test_store "[speed]".
TEST_CASE("speed of a removal of 200,000 messages and its undo", "[.][speed]")
{
    Fixture f;
    const auto source = longChat(200'000).into(f.workspace).source;
    auto start = std::clock();
    const auto lap = [&start] {
        const auto now = std::clock();
        const double seconds = static_cast<double>(now - start) / CLOCKS_PER_SEC;
        start = now;
        return seconds;
    };
    const auto forecast = forecastRemoval(f.workspace, source);
    const double weighed = lap();
    removeSource(f.workspace, source, f.task);
    const double removed = lap();
    REQUIRE(undo(f.workspace));
    const double back = lap();
    WARN("CPU seconds: forecast " << weighed << ", removal " << removed << ", undo " << back
                                  << "; forecast " << forecast.bytes << " bytes, step "
                                  << history(f.workspace).back().bytes);
}
