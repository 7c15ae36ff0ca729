#include "core/import/catalogue.h"
#include "core/import/messengerwords.h"
#include "core/import/mojibake.h"
#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

const std::string inbox = "your_facebook_activity/messages/inbox/";
const std::string tenants = inbox + "eastfieldtenants_4711/message_1.json";

std::string download(const std::string& file)
{
    return readFile(fixture("import/data/messenger/download/" + file));
}

}  // namespace

TEST_CASE("mojibake is mended once, and clean text is left alone")
{
    CHECK(withoutMojibake("JosÃ©") == "José");
    CHECK(withoutMojibake("ð\u009f\u0092§") == "💧");
    CHECK(withoutMojibake("José") == "José");  // é alone is no UTF-8
    CHECK(withoutMojibake("日本 Ã©") == "日本 Ã©");
    CHECK(withoutMojibake("plain") == "plain");
    CHECK(withoutMojibake("").empty());
}

TEST_CASE("sentences of Messenger's own are told from what people typed")
{
    const auto is = [](std::string_view text, std::string_view sender) {
        return static_cast<int>(messengerWords(text, sender));
    };
    const auto typed = static_cast<int>(MessengerWords::Typed);
    const auto notice = static_cast<int>(MessengerWords::Notice);
    const auto shared = static_cast<int>(MessengerWords::Shared);
    CHECK(is("Ann Lee added Ben Cole to the group.", "Ann Lee") == notice);
    CHECK(is("Ann Lee hat die Gruppe verlassen.", "Ann Lee") == notice);
    CHECK(is("You named the group Eastfield.", "Ann Lee") == notice);
    CHECK(is("Reacted ❤ to your message ", "Ann Lee") == notice);
    CHECK(is("Ann Lee sent an attachment.", "Ann Lee") == shared);
    CHECK(is("You sent an attachment.", "Ann Lee") == shared);
    CHECK(is("You added sugar?", "Ann Lee") == typed);
    CHECK(is("Ann is here", "Ann") == typed);
    CHECK(is("Ben Cole is late.", "Ann Lee") == typed);
    CHECK(is("", "Ann Lee") == typed);
    CHECK(is("Ann Lee", "Ann Lee") == typed);
}

TEST_CASE("a Messenger chat is read: names mended, oldest first, notices apart")
{
    const auto all = collect(messengerReader(), download(tenants), {}, "message_1.json");
    CHECK(all.adds());
    CHECK(all.report.flat);
    CHECK(all.report.platform == "facebook");
    REQUIRE(all.messages.size() == 3);
    REQUIRE(all.systems.size() == 1);
    CHECK(all.systems[0].text == "Zoë Ray named the group Eastfield tenants.");
    CHECK(all.messages[0].account == "Zoë Ray");
    CHECK(all.messages[0].attachments == std::vector<std::string>{"photo", "photo"});
    CHECK(all.messages[1].account.empty());  // "Facebook user" is many people
    CHECK(all.messages[1].text == "I was here");
    const auto& last = all.messages[2];
    CHECK(last.account == "José Núñez");
    CHECK(last.text == "Sí, la pared está mojada 💧");
    CHECK(last.conversation == "Eastfield – tenants (4711)");
    CHECK(isoText(last.time) == "2024-03-01T11:00:00Z");
    REQUIRE(last.reactions.size() == 1);
    CHECK(last.reactions[0].account == "Zoë Ray");
    CHECK(last.reactions[0].what == "👍");
    CHECK(all.problemWith("deleted their account") != nullptr);
    CHECK(all.ties(TieKind::Reply) == 0);
}

TEST_CASE("a whole Facebook download: the files of a thread are one conversation")
{
    const auto package =
        std::shared_ptr<const Package>(Package::open(fixture("import/data/messenger/download")));
    const auto found = recognise(package);
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader == &facebookReader());
    const auto all = collect(facebookReader(), *package, allChats());
    CHECK(all.adds());
    std::set<std::string> chats;
    for (const auto& one : all.messages) chats.insert(one.conversation);
    CHECK(chats == std::set<std::string>{"Eastfield – tenants (4711)", "Zoë Ray (9)",
                                         "Facebook comments and posts", "Mould watch"});
    std::vector<std::string> thread;
    Time before{};
    for (const auto& one : all.messages) {
        if (one.conversation != "Eastfield – tenants (4711)") continue;
        CHECK(one.time > before);
        before = one.time;
        thread.push_back(one.text);
    }
    CHECK(thread == std::vector<std::string>{"You called it a wall?", "", "Damp homes", "",
                                             "I was here", "Sí, la pared está mojada 💧"});
    CHECK(all.systems.size() == 3);
    CHECK(all.problemWith("no valid time")->outcome == Outcome::Refused);
    CHECK(all.problemWith("holds no words")->outcome == Outcome::Skipped);
    CHECK(std::ranges::count(all.messages, true, &MessageRecord::deleted) == 1);
    // Whom a comment answers stands in its title.
    REQUIRE(all.ties(TieKind::Reply) == 1);
    const auto comment = std::ranges::find(all.messages, "Ça suffit", &MessageRecord::text);
    REQUIRE(comment != all.messages.end());
    CHECK(comment->ties[0].account == "José Núñez");
    const auto post = std::ranges::find(all.messages, "Who is coming?", &MessageRecord::text);
    REQUIRE(post != all.messages.end());
    CHECK(post->account == "Ann Lee");
    CHECK(post->kind == MessageKind::Post);
    ReadOptions one;
    one.chats = {"Zoë Ray (9)"};
    const auto chosen = collect(facebookReader(), *package, one);
    CHECK(chosen.messages.size() == 1);
    CHECK(chosen.problemWith("2 other chats of the export are left out") != nullptr);
    one.chats = {"Facebook comments and posts"};
    CHECK(collect(facebookReader(), *package, one).messages.size() == 3);
    CHECK(chatsAsked(facebookReader(), *package) ==
          std::vector<std::string>{"Eastfield – tenants (4711), 9 messages",
                                   "Zoë Ray (9), 2 messages",
                                   "Facebook comments and posts, 4 messages"});
}

TEST_CASE("one file alone and the whole download give the same messages")
{
    const auto package = Package::open(fixture("import/data/messenger/download"));
    const auto whole = collect(facebookReader(), *package, allChats());
    std::set<std::string> known;
    const auto key = [](const MessageRecord& one) {
        return one.conversation + '|' + one.account + '|' + std::to_string(toMillis(one.time)) +
               '|' + one.text;
    };
    for (const auto& one : whole.messages) known.insert(key(one));
    for (const auto& one :
         collect(messengerReader(), download(tenants), {}, "message_1.json").messages) {
        CHECK(known.contains(key(one)));
    }
}

TEST_CASE("Messenger's encrypted download is left as it is")
{
    const auto text = readFile(fixture("import/data/messenger/encrypted.json"));
    const auto all = collect(messengerReader(), text, {}, "José Núñez_15.json");
    CHECK(recognition(messengerReader(), text).confidence > 80);
    CHECK(all.adds());
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[0].text == "Ã© is how it looks when it breaks");
    CHECK(all.messages[0].account == "José Núñez");
    CHECK(all.messages[0].conversation == "José Núñez_15");
    CHECK(all.messages[0].reactions.at(0).what == "❤");
    CHECK(all.messages[1].attachments.at(0) == "media");
    CHECK(all.messages[2].deleted);
}

TEST_CASE("Facebook comments alone show one person's side")
{
    const auto text = download("your_facebook_activity/comments_and_reactions/comments.json");
    CHECK(recognition(facebookCommentsReader(), text).confidence > 80);
    const auto all = collect(facebookCommentsReader(), text);
    CHECK(all.adds());
    CHECK(all.messages.size() == 2);
    CHECK(facebookCommentsReader().info().shows.onePersonsView);
}

TEST_CASE("Messenger files that break off keep what is whole, in whatever pieces they arrive")
{
    const auto text = download(tenants);
    checkCuts(messengerReader(), text, "message_1.json");
    checkSplits(messengerReader(), text, "message_1.json");
    const auto encrypted = readFile(fixture("import/data/messenger/encrypted.json"));
    checkSplits(messengerReader(), encrypted, "encrypted.json");
    CHECK(failure(messengerReader(), "{\"messages\":3}")->kind() == Error::Kind::BadInput);
}

TEST_CASE("a public Instagram chat is read")
{
    const auto files = publicFiles("meta", ".json");
    if (files.empty()) {
        WARN("public data is absent");
        return;
    }
    const auto found = recognise(files.front());
    REQUIRE(found.size() == 1);
    CHECK(found.front().reader == &messengerReader());
    const auto all = collect(*found.front().reader, *found.front().package);
    CHECK(all.report.platform == "instagram");
    CHECK(all.senders() == std::set<std::string>{"John Doe", "Jane Doe"});
    CHECK(all.messages.size() == 2);
    CHECK(all.messages[0].text == "Hello John!");
}
