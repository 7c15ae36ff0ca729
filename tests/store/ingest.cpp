#include "core/store/ingest.h"

#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/suppression.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

std::vector<TieRow> tiesOf(const Workspace& workspace, const Selection& selection = {})
{
    std::vector<TieRow> ties;
    Task task;
    eachTie(
        workspace, selection, [&](const TieRow& tie) { ties.push_back(tie); }, task);
    return ties;
}

std::string nameOf(const Workspace& workspace, PersonId id)
{
    return person(workspace, id)->name;
}

}  // namespace

TEST_CASE("a chat is stored with its people and times", "[store]")
{
    Fixture f;
    Chat chat;
    chat.accounts.push_back({"u1", "Ana", "@ana", false});
    chat.say("u1", "The damp is back", 1);
    chat.say("u2", "Here too", 2);
    chat.system.push_back({"", "Neighbours", fromMillis(0), true, "Bo joined", {}});
    const auto report = chat.into(f.workspace);

    CHECK(report.seen == 3);
    CHECK(report.messages == 2);
    CHECK(report.newMessages == 2);
    CHECK(report.system == 1);
    CHECK(report.accounts == 2);
    CHECK(report.newAccounts == 2);
    CHECK(report.people == 2);
    CHECK(report.warnings.empty());
    CHECK(toMillis(*report.last) - toMillis(*report.first) == 60'000);

    const auto everybody = people(f.workspace);
    REQUIRE(everybody.size() == 2);
    CHECK(everybody[0].name == "Ana");
    CHECK(everybody[1].name == "u2");
    const auto stored = info(f.workspace);
    CHECK(stored.messages == 2);
    CHECK(stored.system == 1);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("importing the same file again adds nothing and no second source", "[store]")
{
    Fixture f;
    Chat chat;
    chat.say("a", "ok", 1);
    chat.say("a", "ok", 1);
    chat.say("b", "ok", 1);
    chat.post("7", "b", "with an id", 2);
    CHECK(chat.into(f.workspace).newMessages == 4);
    const auto before = dump(f.workspace, {"meta", "sqlite_sequence", "message_text_data"});
    const auto again = chat.into(f.workspace);
    CHECK(again.messages == 4);
    CHECK(again.newMessages == 0);
    CHECK(again.newAccounts == 0);
    CHECK(sources(f.workspace).size() == 1);
    CHECK(dump(f.workspace, {"meta", "sqlite_sequence", "message_text_data"}) == before);
}

TEST_CASE("two exports that overlap never end with fewer messages than the larger", "[store]")
{
    Fixture f;
    Chat early;
    early.say("a", "morning", 0);
    early.say("a", "ok", 1);
    early.say("a", "ok", 1);
    Chat late;
    late.say("a", "ok", 1);
    late.say("a", "ok", 1);
    late.say("a", "ok", 1);
    late.say("b", "evening", 9);
    CHECK(early.into(f.workspace, "early").newMessages == 3);
    CHECK(late.into(f.workspace, "late").newMessages == 2);
    CHECK(info(f.workspace).messages == 5);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("replies find their parent before, behind and in a later file", "[store]")
{
    Fixture f;
    Chat first;
    first.reply("2", "b", "1");  // parent later in this file
    first.post("1", "a", "question");
    first.reply("3", "a", "1");     // to oneself
    first.reply("4", "c", "99");    // parent in a later file
    first.reply("5", "c", "0099");  // another id altogether
    const auto report = first.into(f.workspace, "first");
    CHECK(report.ties.at(TieKind::Reply) == 1);
    CHECK(report.selfReplies == 1);
    CHECK(report.unresolvedReplies == 2);
    REQUIRE(tiesOf(f.workspace).size() == 1);
    CHECK(nameOf(f.workspace, tiesOf(f.workspace)[0].from) == "b");
    CHECK(nameOf(f.workspace, tiesOf(f.workspace)[0].to) == "a");

    Chat second;
    second.post("99", "d", "older");
    const auto later = second.into(f.workspace, "second");
    CHECK(later.unresolvedReplies == 0);
    CHECK(later.ties.count(TieKind::Reply) == 0);
    CHECK(tiesOf(f.workspace).size() == 2);

    const auto again = first.into(f.workspace, "first");
    CHECK(again.unresolvedReplies == 1);
    CHECK(again.ties.at(TieKind::Reply) == 2);
    CHECK(tiesOf(f.workspace).size() == 2);
}

TEST_CASE("mentions share one, reactions run to the author", "[store]")
{
    Fixture f;
    Chat chat;
    auto& message = chat.post("1", "a", "thank you @b @c @b");
    for (const char* who : {"b", "c", "b"}) message.ties.push_back({TieKind::Mention, who, {}, 1});
    message.reactions.push_back({"c", "❤", std::nullopt});
    message.reactions.push_back({"a", "❤", std::nullopt});
    const auto report = chat.into(f.workspace);
    CHECK(report.ties.at(TieKind::Mention) == 2);
    CHECK(report.ties.at(TieKind::Reaction) == 1);
    double mentioned = 0;
    for (const auto& tie : tiesOf(f.workspace)) {
        if (tie.kind == TieKind::Mention) mentioned += tie.weight;
        if (tie.kind == TieKind::Reaction) CHECK(nameOf(f.workspace, tie.to) == "a");
    }
    CHECK(mentioned == Approx(1));

    // A later export of the same message brings one reaction more, and only that.
    message.reactions.push_back({"d", "👍", std::nullopt});
    CHECK(chat.into(f.workspace, "later").newMessages == 0);
    CHECK(tiesOf(f.workspace).size() == 4);
}

TEST_CASE("a thread hands out one to everybody, however large it is", "[store]")
{
    Fixture f;
    const int size = GENERATE(2, 5, 51, 52, 120);
    CAPTURE(size);
    Chat chat;
    for (int i = 0; i < size; ++i) {
        chat.post(std::to_string(i), "p" + std::to_string(i), "hello", i).thread = "t";
    }
    chat.post("more", "p0", "again", size).thread = "t";
    const auto report = chat.into(f.workspace);
    std::map<PersonId, double> sums;
    std::map<PersonId, int> partners;
    for (const auto& tie : tiesOf(f.workspace)) {
        CHECK(tie.kind == TieKind::Thread);
        CHECK_FALSE(tie.directed);
        for (const auto id : {tie.from, tie.to}) {
            sums[id] += tie.weight;
            ++partners[id];
        }
    }
    CHECK(sums.size() == static_cast<std::size_t>(size));
    for (const auto& [id, sum] : sums) CHECK(sum == Approx(1));
    for (const auto& [id, count] : partners) CHECK(count == std::min(size - 1, 50));
    CHECK(report.ties.at(TieKind::Thread) == tiesOf(f.workspace).size());

    // Somebody joins later: the thread is worked out anew, nothing doubles.
    Chat later;
    later.post("late", "newcomer", "me too", 1000).thread = "t";
    later.into(f.workspace, "later");
    double total = 0;
    for (const auto& tie : tiesOf(f.workspace)) total += tie.weight;
    CHECK(total == Approx((size + 1) / 2.0));
}

TEST_CASE("flat chats are given to the finder as a whole", "[store]")
{
    Fixture f;
    ImportOptions options;
    std::size_t looked = 0;
    options.answers = [&](const std::vector<FlatMessage>& messages,
                          const std::map<AccountId, std::string>& names) {
        looked = messages.size();
        std::vector<InferredAnswer> answers;
        for (std::size_t i = 1; i < messages.size(); ++i) answers.push_back({i, i - 1, 0.5});
        CHECK(names.size() == 2);
        return answers;
    };
    Chat chat;
    chat.flat = true;
    chat.say("a", "who has a drill", 1);
    chat.say("b", "me", 2);
    CHECK(chat.into(f.workspace, "one", options).ties.at(TieKind::Adjacent) == 1);
    chat.say("a", "great", 3);
    CHECK(chat.into(f.workspace, "two", options).ties.at(TieKind::Adjacent) == 2);
    CHECK(looked == 3);
    CHECK(tiesOf(f.workspace).size() == 2);
}

TEST_CASE("a message with a reply of its own gets no inferred tie, and system lines are heard",
          "[store]")
{
    Fixture f;
    ImportOptions options;
    std::vector<bool> system;
    options.answers = [&](const std::vector<FlatMessage>& messages,
                          const std::map<AccountId, std::string>& names) {
        system.clear();
        std::vector<InferredAnswer> answers;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            system.push_back(!messages[i].author);
            if (i > 0) answers.push_back({i, i - 1, 0.75});
        }
        CHECK(names.size() == 3);
        return answers;
    };
    Chat chat;
    chat.flat = true;
    chat.post("1", "a", "who has a drill", 1);
    chat.post("2", "b", "me", 2);
    chat.reply("3", "c", "1", 3);
    chat.reply("4", "a", "not here", 4);
    SystemRecord joined;
    joined.conversation = "Neighbours";
    joined.text = "d joined";
    joined.time = fromMillis(1'700'000'000'000 + 5 * 60'000LL);
    chat.system.push_back(joined);
    chat.post("6", "b", "hello d", 6);
    const auto report = chat.into(f.workspace, "one", options);
    CHECK(system == std::vector<bool>{false, false, false, false, true, false});
    CHECK(report.ties.at(TieKind::Adjacent) == 1);  // "me"; the system line is no person
    CHECK(report.ties.at(TieKind::Reply) == 1);
}

TEST_CASE("a graph file's ties are kept with weight and direction, once", "[store]")
{
    Fixture f;
    Chat graph;
    graph.given.push_back({"a", "b", 2.5, true, std::nullopt, {}});
    graph.given.push_back({"a", "b", 2.5, true, std::nullopt, {}});
    graph.given.push_back({"b", "c", 1, false, std::nullopt, {}});
    graph.traits.push_back({"a", "ward", "North", false});
    graph.into(f.workspace, "one");
    graph.into(f.workspace, "two");
    const auto ties = tiesOf(f.workspace);
    REQUIRE(ties.size() == 3);
    const auto count = [&](double weight, bool directed) {
        return std::ranges::count_if(ties, [&](const TieRow& tie) {
            return tie.weight == weight && tie.directed == directed;
        });
    };
    CHECK(count(2.5, true) == 2);
    CHECK(count(1, false) == 1);
    CHECK(traitValues(f.workspace, traitNamed(f.workspace, "ward")->id).size() == 1);
}

TEST_CASE("known and new messages are told apart in a workspace of many", "[store]")
{
    constexpr int before = 30'000;
    constexpr int after = 55'000;
    const auto posts = [](int from, int to, Chat& chat) {
        for (int i = from; i < to; ++i) chat.post("m" + std::to_string(i), "a", "text");
    };
    Fixture f;
    Chat first;
    posts(0, before, first);
    CHECK(first.into(f.workspace, "one").newMessages == before);
    // More new ones than are looked up one by one, then all once more, and in a third file.
    Chat second;
    posts(0, 10, second);
    posts(before, after, second);
    posts(0, after, second);
    CHECK(second.into(f.workspace, "two").newMessages == after - before);
    Chat third;
    posts(0, after + 1, third);
    CHECK(third.into(f.workspace, "three").newMessages == 1);
}

TEST_CASE("equal ties far apart in a large graph file are all kept, once", "[store]")
{
    constexpr int between = 500'000;  // as many as are written together
    Fixture f;
    Chat graph;
    const auto twice = [&] {
        for (int i = 0; i < 2; ++i) graph.given.push_back({"a", "b", 1, true, std::nullopt, {}});
    };
    twice();
    for (int i = 0; i < between; ++i)
        graph.given.push_back({"a", "c", 2.0 + i, true, std::nullopt, {}});
    twice();
    const auto kept = [&] {
        Statement rows(f.workspace.database(),
                       "SELECT count(*), count(DISTINCT identity) FROM given");
        rows.next();
        CHECK(rows.integer(0) == rows.integer(1));
        return rows.integer(0);
    };
    graph.into(f.workspace, "one");
    CHECK(kept() == between + 4);
    graph.into(f.workspace, "two");
    CHECK(kept() == between + 4);
}

TEST_CASE("erased people are kept out of later imports", "[store]")
{
    Fixture f;
    suppress(f.workspace, "fake", "ghost");
    Chat chat;
    chat.post("1", "ghost", "I was here");
    chat.post("2", "a", "@ghost").ties.push_back({TieKind::Mention, "ghost", {}, 1});
    const auto report = chat.into(f.workspace);
    CHECK(report.messages == 2);
    CHECK(report.withheld == 1);
    CHECK(report.newMessages == 1);
    CHECK(people(f.workspace).size() == 1);
    CHECK(dump(f.workspace).find("I was here") == std::string::npos);
}

TEST_CASE("strict imports keep nothing when one record is refused", "[store]")
{
    Fixture f;
    Chat chat;
    chat.say("a", "fine");
    chat.problems.push_back(
        {Outcome::Refused, {"chat.fake", {}, 2, {}}, "the date does not exist"});
    const auto before = dump(f.workspace);
    ImportOptions options;
    options.strict = true;
    CHECK_THROWS_AS(chat.into(f.workspace, "one", options), Error);
    CHECK(dump(f.workspace) == before);
    const auto report = chat.into(f.workspace);
    CHECK(report.refused == 1);
    CHECK(report.seen == report.messages + report.system + report.skipped + report.refused);
    CHECK(problemsOf(f.workspace, report.source).size() == 1);
}

TEST_CASE("a cancelled import leaves every byte of the contents as it was", "[store]")
{
    Fixture f;
    Chat old;
    old.say("a", "before");
    old.into(f.workspace, "old");
    const auto before = dump(f.workspace);
    const auto version = f.workspace.version();

    Chat chat;
    for (int i = 0; i < 300; ++i)
        chat.post(std::to_string(i), "p" + std::to_string(i % 7), "x", i).thread = "t";
    for (const int when : {1, 50, 299, 300, 301, 302}) {
        CAPTURE(when);
        std::stop_source stop;
        int calls = 0;
        const FakeReader reader([&](Sink& sink, Task& task) {
            for (const auto& message : chat.messages) {
                if (++calls == when) stop.request_stop();
                sink.message(MessageRecord(message));
                task.advance();
            }
            stop.request_stop();
            return ReadReport{300, "fake", {}, false};
        });
        Task task(stop.get_token(), {});
        const auto package = std::shared_ptr<const Package>(packageOf("c", {{"c", "x"}}));
        const std::vector<Recognised> parts{{&reader, {}, package}};
        CHECK_THROWS_AS(importRecognised(f.workspace, "c", parts, {}, task), Cancelled);
        CHECK(dump(f.workspace) == before);
        CHECK(f.workspace.version() == version);
    }
}

TEST_CASE("a preview says what an import would do and keeps nothing", "[store]")
{
    Fixture f;
    Chat chat;
    for (int i = 0; i < 12; ++i) chat.say("a", "line " + std::to_string(i), i);
    const auto before = dump(f.workspace);
    const FakeReader reader([&](Sink& sink, Task& task) { return chat.send(sink, task); });
    const auto package = std::shared_ptr<const Package>(packageOf("c", {{"c", "x"}}));
    const std::vector<Recognised> parts{{&reader, {90, "looks right"}, package}};
    for (const Workspace* workspace :
         {static_cast<const Workspace*>(nullptr), static_cast<const Workspace*>(&f.workspace)}) {
        const auto report = previewRecognised(workspace, "c", parts, {}, f.task).front();
        CHECK(report.newMessages == 12);
        CHECK_FALSE(report.source);
        REQUIRE(report.preview.size() == 10);
        CHECK(report.preview[3].text == "line 3");
        CHECK(report.reason == "looks right");
    }
    CHECK(dump(f.workspace) == before);
}

TEST_CASE("the platform that a reader names at the end is the one that counts", "[store]")
{
    Fixture f;
    Chat chat;
    chat.platform = "second";
    chat.say("a", "hello");
    CHECK(chat.into(f.workspace).platform == "second");
    CHECK(accounts(f.workspace).at(0).platform == "second");
    CHECK(info(f.workspace).messages == 1);
}

TEST_CASE("names follow the platform until an organiser chooses one", "[store]")
{
    Fixture f;
    Chat chat;
    chat.say("u1", "hi");
    chat.into(f.workspace, "one");
    CHECK(people(f.workspace)[0].name == "u1");
    chat.accounts.push_back({"u1", "Ana", "ana@example.org", false});
    chat.into(f.workspace, "two");
    CHECK(people(f.workspace)[0].name == "Ana");
    renamePerson(f.workspace, people(f.workspace)[0].id, "Ana Silva");
    chat.accounts[0].name = "Annie";
    chat.into(f.workspace, "three");
    CHECK(people(f.workspace)[0].name == "Ana Silva");
    CHECK(accounts(f.workspace)[0].name == "Annie");
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("a file is recognised, previewed and stored by its path", "[store]")
{
    Fixture f;
    const auto file = f.folder.path() / "WhatsApp Chat with Neighbours.txt";
    writeFile(file,
              "13/04/2024, 18:04 - Ana: The damp is back\n"
              "13/04/2024, 18:05 - Bo: Here too\n"
              "13/04/2024, 18:06 - Ana: Shall we meet?\n");
    const auto preview = previewFile(&f.workspace, file, {}, f.task).at(0);
    CHECK(preview.newMessages == 3);
    CHECK(preview.preview.at(1).author == "Bo");
    CHECK(info(f.workspace).messages == 0);
    const auto report = importFile(f.workspace, file, {}, f.task).at(0);
    CHECK(report.format == "whatsapp");
    CHECK(report.messages == 3);
    CHECK(sources(f.workspace).at(0).flat);
    CHECK(importFile(f.workspace, file, {}, f.task).at(0).newMessages == 0);
    CHECK_THROWS_AS(importFile(f.workspace, f.folder.path() / "absent.txt", {}, f.task), Error);
    CHECK(verify(f.workspace, f.task).empty());
}
