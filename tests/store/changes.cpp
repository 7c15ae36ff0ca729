#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/postings.h"
#include "core/store/tieblocks.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <rapidcheck/catch.h>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

using Kind = ChangeRecord::Kind;

ChangeRecord change(Kind kind, const std::string& message, const std::string& who,
                    const std::string& text)
{
    return {kind, "Neighbours", message, who, text, {}, {}};
}

/// Imports a chat with changes before and behind its messages.
ImportReport import(Workspace& workspace, const Chat& chat, const std::vector<ChangeRecord>& before,
                    const std::vector<ChangeRecord>& behind, const std::string& bytes = "one")
{
    const FakeReader reader([&](Sink& sink, Task& task) {
        for (const auto& one : before) sink.change(one);
        const auto report = chat.send(sink, task);
        for (const auto& one : behind) sink.change(one);
        return report;
    });
    const auto package =
        std::shared_ptr<const Package>(packageOf("chat.fake", {{"chat.fake", bytes}}));
    const std::vector<Recognised> parts{{&reader, {100, "it is a test"}, package}};
    Task task;
    return importRecognised(workspace, "chat.fake", parts, {}, task).front();
}

std::vector<std::string> texts(const Workspace& workspace)
{
    std::vector<std::string> all;
    Statement rows(workspace.database(), "SELECT text, flags FROM message ORDER BY id");
    while (rows.next())
        all.push_back(rows.text(0) + ((rows.integer(1) & 2) != 0 ? " (edited)" : ""));
    return all;
}

std::size_t reactions(const Workspace& workspace)
{
    std::size_t count = 0;
    eachStoredTie(workspace.database(),
                  [&](const StoredTie& tie) { count += tie.kind == TieKind::Reaction ? 1 : 0; });
    return count;
}

Chat twoPosts()
{
    Chat chat;
    chat.post("1", "ann", "is it wet", 1);
    chat.post("2", "ben", "yes", 2);
    return chat;
}

}  // namespace

TEST_CASE("reactions and edits reach their messages from before and from behind", "[store]")
{
    Fixture f;
    const auto report = import(
        f.workspace, twoPosts(),
        {change(Kind::Reaction, "1", "cat", "+"), change(Kind::Edit, "2", "ben", "Yes, very")},
        {change(Kind::Reaction, "1", "dee", "+"), change(Kind::Reaction, "1", "ann", "+"),
         change(Kind::Edit, "1", "ann", "Is it wet?"),
         change(Kind::Edit, "1", "mallory", "I am a fool"),
         change(Kind::Reaction, "9", "cat", "+")});
    CHECK(texts(f.workspace) ==
          std::vector<std::string>{"Is it wet? (edited)", "Yes, very (edited)"});
    CHECK(report.ties.at(TieKind::Reaction) == 2);  // nobody reacts to themselves
    CHECK(reactions(f.workspace) == 2);
    CHECK(std::ranges::count(report.warnings,
                             "1 reactions and edits are of messages that the file does not hold") ==
          1);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("changes that come again add nothing, new ones are added to what was there", "[store]")
{
    Fixture f;
    const auto chat = twoPosts();
    import(f.workspace, chat, {}, {change(Kind::Reaction, "1", "cat", "+")});
    const auto again =
        import(f.workspace, chat, {},
               {change(Kind::Reaction, "1", "cat", "+"), change(Kind::Reaction, "2", "cat", "+")},
               "later");
    CHECK(again.newMessages == 0);
    CHECK(reactions(f.workspace) == 2);
}

TEST_CASE("a preview shows a message as its edit will leave it", "[store]")
{
    const auto chat = twoPosts();
    const FakeReader reader([&](Sink& sink, Task& task) {
        const auto report = chat.send(sink, task);
        sink.change(change(Kind::Edit, "2", "ben", "no"));
        return report;
    });
    const auto package =
        std::shared_ptr<const Package>(packageOf("chat.fake", {{"chat.fake", "one"}}));
    const std::vector<Recognised> parts{{&reader, {100, "it is a test"}, package}};
    Task task;
    const auto report = previewRecognised(nullptr, "chat.fake", parts, {}, task).front();
    REQUIRE(report.preview.size() == 2);
    CHECK(report.preview[1].text == "no");
}

TEST_CASE("messages of a key are walked through in order, over all runs", "[store]")
{
    rc::prop("against a map", [](const std::vector<std::pair<std::uint8_t, std::uint16_t>>& all) {
        Fixture f;
        std::map<std::int64_t, std::set<std::int64_t>> twin;
        Postings postings(f.workspace.database(), PostingList::Thread);
        LargeVector<std::uint64_t> batch;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::int64_t key = all[i].first % 3;
            twin[key].insert(all[i].second);
            batch.push_back(posting(key, all[i].second));
            if (i % 5 == 4) postings.add(batch);
        }
        postings.add(batch);
        for (std::int64_t key = 0; key < 4; ++key) {
            std::set<std::int64_t> found;
            Postings::Walk walk(postings, key);
            std::int64_t before = -1;
            while (const auto message = walk.next()) {
                RC_ASSERT(*message > before);
                before = *message;
                found.insert(*message);
            }
            RC_ASSERT(found == twin[key]);
        }
    });
}

TEST_CASE("a flat chat longer than is looked at in one go gets the same answers", "[store]")
{
    Fixture f;
    ImportOptions options;
    std::size_t longest = 0;
    options.answers = [&](const std::vector<FlatMessage>& messages,
                          const std::map<AccountId, std::string>&) {
        longest = std::max(longest, messages.size());
        std::vector<InferredAnswer> answers;
        for (std::size_t i = 1; i < messages.size(); ++i) answers.push_back({i, i - 1, 0.5});
        return answers;
    };
    constexpr std::size_t count = 100'500;
    Chat chat;
    chat.flat = true;
    for (std::size_t i = 0; i < count; ++i)
        chat.say(i % 2 == 0 ? "a" : "b", "yes", static_cast<int>(i));
    CHECK(chat.into(f.workspace, "one", options).ties.at(TieKind::Adjacent) == count - 1);
    CHECK(longest == 100'000);
}
