#include "core/store/textindex.h"

#include "core/store/communities.h"
#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

Chat chatOf(int from, int until, const std::string& word)
{
    Chat chat;
    for (int i = from; i < until; ++i) {
        chat.post(std::to_string(i), "p" + std::to_string(i % 5),
                  word + " number " + std::to_string(i), i);
    }
    return chat;
}

std::size_t hits(const Workspace& workspace, const std::string& query)
{
    return search(workspace, query, 10'000).size();
}

std::size_t saidOf(const Workspace& workspace, const Selection& selection)
{
    std::size_t count = 0;
    Task task;
    eachMessage(
        workspace, selection, [&](const MessageRow&) { ++count; }, task);
    return count;
}

}  // namespace

TEST_CASE("the full-text index is made after an import and goes on where it was", "[store]")
{
    Fixture f;
    CHECK(textIndexState(f.workspace).complete());
    chatOf(0, 30, "damp").into(f.workspace, "one");
    CHECK(textIndexState(f.workspace).messages == 30);
    CHECK(textIndexState(f.workspace).indexed == 0);
    CHECK(hits(f.workspace, "damp") == 0);  // not yet, and no error
    CHECK(verify(f.workspace, f.task).empty());

    const auto version = f.workspace.version();
    buildTextIndex(f.workspace, f.task);
    CHECK(f.workspace.version() == version);  // nothing that an analysis could see
    CHECK(textIndexState(f.workspace).complete());
    CHECK(hits(f.workspace, "damp") == 30);
    CHECK(verify(f.workspace, f.task).empty());

    chatOf(30, 50, "mould").into(f.workspace, "two");
    CHECK(textIndexState(f.workspace).indexed == 30);
    CHECK(hits(f.workspace, "number") == 30);
    CHECK(verify(f.workspace, f.task).empty());
    buildTextIndex(f.workspace, f.task);
    CHECK(hits(f.workspace, "number") == 50);
    CHECK(hits(f.workspace, "mould") == 20);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("messages that were never indexed are removed without harm", "[store]")
{
    Fixture f;
    chatOf(0, 30, "damp").into(f.workspace, "one");
    buildTextIndex(f.workspace, f.task);
    const auto second = chatOf(20, 60, "mould").into(f.workspace, "two").source;
    const auto third = chatOf(60, 70, "bins").into(f.workspace, "three").source;

    CHECK(removeSource(f.workspace, second, f.task) == 30);
    CHECK(textIndexState(f.workspace).messages == 40);
    CHECK(textIndexState(f.workspace).indexed == 30);
    CHECK(verify(f.workspace, f.task).empty());
    buildTextIndex(f.workspace, f.task);
    CHECK(hits(f.workspace, "mould") == 0);
    CHECK(hits(f.workspace, "bins") == 10);
    CHECK(verify(f.workspace, f.task).empty());

    CHECK(removeSource(f.workspace, third, f.task) == 10);
    CHECK(hits(f.workspace, "bins") == 0);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("a cancelled index keeps the batches that are done", "[store]")
{
    Fixture f;
    chatOf(0, 120'000, "damp").into(f.workspace, "one");
    std::stop_source stop;
    Task task(stop.get_token(), [&](const std::string&, double fraction) {
        if (fraction > 0.9) stop.request_stop();
    });
    CHECK_THROWS_AS(buildTextIndex(f.workspace, task), Cancelled);
    const auto state = textIndexState(f.workspace);
    CHECK(state.indexed > 0);
    CHECK(state.indexed < state.messages);
    Statement found(f.workspace.database(),
                    "SELECT count(*) FROM message_text WHERE message_text MATCH 'damp'");
    REQUIRE(found.next());
    CHECK(static_cast<std::uint64_t>(found.integer(0)) == state.indexed);
    found.reset();
    buildTextIndex(f.workspace, f.task);
    CHECK(textIndexState(f.workspace).indexed == 120'000);
}

TEST_CASE("a concern finds the same messages whether they are indexed or not", "[store]")
{
    Fixture f;
    chatOf(0, 30, "damp").into(f.workspace, "one");
    buildTextIndex(f.workspace, f.task);
    chatOf(30, 45, "Dämp").into(f.workspace, "two");
    chatOf(45, 50, "bins").into(f.workspace, "three");
    Selection selection;
    selection.concern = addConcern(f.workspace, "Homes", "damp OR mould");
    CHECK(saidOf(f.workspace, selection) == 45);
    const auto reader = Workspace::open(f.path, Workspace::Mode::ReadOnly);
    CHECK(saidOf(reader, selection) == 45);
    CHECK(saidOf(reader, selection) == 45);
    buildTextIndex(f.workspace, f.task);
    CHECK(saidOf(f.workspace, selection) == 45);
    CHECK(saidOf(reader, selection) == 45);
}
