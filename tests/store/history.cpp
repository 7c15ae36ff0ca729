#include "core/store/history.h"

#include "core/base/random.h"
#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/samepeople.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

std::string contents(const Workspace& workspace)
{
    return dump(workspace, {"history", "meta", "kept"});
}

std::vector<PersonId> someone(const Workspace& workspace, Random& random, std::size_t count)
{
    const auto everybody = people(workspace);
    std::vector<PersonId> chosen;
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(everybody[random.below(everybody.size())].id);
    return chosen;
}

/// One random edit of any kind; false when it did not apply.
void randomEdit(Workspace& workspace, Random& random, int turn)
{
    const auto everybody = people(workspace);
    const auto groups = communities(workspace);
    const auto who = everybody[random.below(everybody.size())];
    const auto group = groups.empty() ? CommunityId{} : groups[random.below(groups.size())].id;
    const std::string text = "text " + std::to_string(turn);
    const auto kind = random.below(16);
    if (kind > 6 && kind < 14 && !group) return;
    switch (kind) {
    case 0: renamePerson(workspace, who.id, "Name " + text); break;
    case 1:
        updatePerson(workspace, {who.id, who.name, PersonKind::Organisation, "third", text});
        break;
    case 2: setTrait(workspace, who.id, "ward " + std::to_string(random.below(3)), text); break;
    case 3: addConcern(workspace, text, "damp OR mould"); break;
    case 4:
        adoptCommunity(workspace, text, someone(workspace, random, 6), MemberOrigin::ByHand);
        break;
    case 5: {
        const auto other = everybody[random.below(everybody.size())].id;
        if (everybody.size() > 8 && other != who.id) mergePeople(workspace, who.id, other);
        break;
    }
    case 6: {
        const auto all = accounts(workspace);
        splitAccount(workspace, all[random.below(all.size())].id);
        break;
    }
    case 7: addMembers(workspace, group, someone(workspace, random, 3)); break;
    case 8: endMembership(workspace, group, who.id); break;
    case 9: tagCommunity(workspace, group, text); break;
    case 10:
        assess(workspace, {{}, group, Characteristic::Goals, 3, fromMillis(turn), "me", text});
        break;
    case 11:
        addEvidence(
            workspace,
            {{}, group, Characteristic::Vision, EvidenceKind::Note, true, {}, text, fromMillis(5)});
        break;
    case 12: noteCommunity(workspace, group, text); break;
    case 14: {
        const auto other = everybody[random.below(everybody.size())].id;
        if (other != who.id) keepApart(workspace, who.id, other);
        break;
    }
    case 15: splitPerson(workspace, who.id); break;
    default:
        if (random.chance(0.3)) dissolveCommunity(workspace, group);
    }
}

Chat town()
{
    Chat chat;
    for (int i = 0; i < 20; ++i) chat.say("p" + std::to_string(i), "hello", i);
    return chat;
}

}  // namespace

TEST_CASE("undoing everything brings back every row, redoing everything the end", "[store]")
{
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    std::string before;
    std::string after;
    std::size_t steps = 0;
    Task task;
    {
        auto workspace = Workspace::create(path);
        town().into(workspace);
        before = contents(workspace);
        Random random(seed);
        for (int turn = 0; turn < 120; ++turn) {
            CAPTURE(turn);
            randomEdit(workspace, random, turn);
        }
        after = contents(workspace);
        steps = history(workspace).size();
        CHECK(steps > 40);
        CHECK(verify(workspace, task).empty());
        for (std::size_t i = 0; i < steps / 2; ++i) REQUIRE(undo(workspace));
    }
    auto workspace = Workspace::open(path);  // the history survives a restart
    for (std::size_t i = steps / 2; i < steps; ++i) REQUIRE(undo(workspace));
    CHECK_FALSE(undo(workspace));
    CHECK(contents(workspace) == before);
    CHECK(verify(workspace, task).empty());
    for (std::size_t i = 0; i < steps; ++i) REQUIRE(redo(workspace));
    CHECK_FALSE(redo(workspace));
    CHECK(contents(workspace) == after);
    CHECK(verify(workspace, task).empty());
}

TEST_CASE("a new edit drops the steps that were undone", "[store]")
{
    Fixture f;
    town().into(f.workspace);
    const auto id = people(f.workspace)[0].id;
    renamePerson(f.workspace, id, "One");
    renamePerson(f.workspace, id, "Two");
    const auto version = f.workspace.version();
    CHECK(undo(f.workspace)->what == "Renamed “One” to “Two”");
    CHECK(f.workspace.version() > version);
    CHECK(history(f.workspace).back().undone);
    renamePerson(f.workspace, id, "Three");
    CHECK(history(f.workspace).size() == 2);
    CHECK_FALSE(redo(f.workspace));
    CHECK(person(f.workspace, id)->name == "Three");
}

TEST_CASE("a step whose rows changed since is refused and nothing is done", "[store]")
{
    Fixture f;
    town().into(f.workspace);
    const auto all = people(f.workspace);
    mergePeople(f.workspace, all[0].id, all[1].id);
    Chat chat;
    chat.accounts.push_back({"p1", "Somebody else", {}, false});
    chat.say("p1", "new name", 99);
    chat.into(f.workspace, "two");
    const auto before = dump(f.workspace);
    CHECK_THROWS_WITH(undo(f.workspace), Catch::Contains("Joined “p1” with “p0”"));
    CHECK(dump(f.workspace) == before);
}

TEST_CASE("an edit that changes nothing or fails leaves no step", "[store]")
{
    Fixture f;
    town().into(f.workspace);
    const auto id = people(f.workspace)[0].id;
    renamePerson(f.workspace, id, people(f.workspace)[0].name);
    CHECK_THROWS_AS(renamePerson(f.workspace, id, " "), Error);
    CHECK_THROWS_AS(renamePerson(f.workspace, PersonId{999}, "x"), Error);
    CHECK_THROWS_AS(mergePeople(f.workspace, id, id), Error);
    CHECK(history(f.workspace).empty());
}
