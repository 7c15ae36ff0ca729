#include "core/store/samepeople.h"

#include "core/store/history.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kith;
using namespace kith::tests;

namespace {

struct Somebody {
    std::string platform;
    std::string key;
    std::string name;
    std::string handle;
};

/// A workspace with these accounts, one message each.
struct Town : Fixture {
    explicit Town(const std::vector<Somebody>& all)
    {
        int number = 0;
        for (const auto& one : all) {
            Chat chat;
            chat.platform = one.platform;
            AccountRecord account;
            account.key = one.key;
            account.name = one.name;
            account.handle = one.handle;
            chat.accounts.push_back(account);
            chat.say(one.key, "hello", number);
            chat.into(workspace, "file " + std::to_string(number++));
        }
    }

    std::string called(PersonId id) const { return person(workspace, id)->name; }

    /// "Ann = Ann Shaw: the same ...; ..." a line for each pair.
    std::string found()
    {
        std::string text;
        for (const auto& same : samePeople(workspace, task)) {
            text += called(same.first) + (same.lookAlike ? " ~ " : " = ") + called(same.second) +
                    ": " + join(same.reasons, "; ") + "\n";
        }
        return text;
    }
};

PersonId only(const Workspace& workspace, const std::string& text)
{
    const auto found = peopleCalled(workspace, text);
    REQUIRE(found.size() == 1);
    return found.front();
}

}  // namespace

TEST_CASE("one name on two platforms is a reason, twice on one platform is none", "[store]")
{
    Town town({{"slack", "U1", "Ann Shaw", ""},
               {"mail", "x@example.org", "ann  SHAW", ""},
               {"slack", "U2", "Tom Ash", ""},
               {"slack", "U3", "Tom Ash", ""}});
    CHECK(town.found() == "Ann Shaw = ann  SHAW: the same name “Ann Shaw” on slack and mail\n");
}

TEST_CASE("a phone number is one number however it is written", "[store]")
{
    const std::string reason = "the same phone number, “+44 7700 900123” (whatsapp) and ";
    CHECK(
        Town({{"whatsapp", "+44 7700 900123", "", ""}, {"sms", "07700 900123", "", ""}}).found() ==
        "+44 7700 900123 = 07700 900123: " + reason + "“07700 900123” (sms)\n");
    CHECK(Town({{"whatsapp", "+44 7700 900123", "", ""}, {"x", "a", "Jo", "0044(0)7700-900123"}})
              .found()
              .find(reason) != std::string::npos);
    CHECK(Town({{"whatsapp", "+44 7700 900123", "", ""}, {"x", "+49 7700 900123", "", ""}})
              .found()
              .empty());
    CHECK(Town({{"whatsapp", "+44 7700 900123", "", ""}, {"x", "447700900123", "", ""}})
              .found()
              .empty());  // plain digits are a number of an account
    CHECK(Town({{"whatsapp", "07700 900123", "", ""}, {"x", "07700 900124", "", ""}})
              .found()
              .empty());
}

TEST_CASE("an address, and a user name that begins one, are reasons", "[store]")
{
    Town town({{"mail", "ann.shaw@example.org", "A. Shaw", ""},
               {"slack", "U1", "Annie", "Ann.Shaw@example.org"},
               {"forum", "7", "shawfan", "@ann.shaw"},
               {"mail", "info@example.org", "Hall", ""},
               {"forum", "8", "Hall desk", "info"}});
    CHECK(town.found() ==
          "A. Shaw = Annie: the same e-mail address ann.shaw@example.org in mail and slack\n"
          "A. Shaw = shawfan: the user name “@ann.shaw” (forum) begins the address "
          "ann.shaw@example.org\n"
          "Annie = shawfan: the user name “@ann.shaw” (forum) begins the address "
          "Ann.Shaw@example.org\n");
}

TEST_CASE("names that only look alike are a warning", "[store]")
{
    // A Cyrillic a; a mark of no width.
    Town letters({{"x", "1", "Anna Marsh", ""}, {"x", "2", "Ann\u0430 Marsh", ""}});
    CHECK(letters.found().starts_with("Anna Marsh ~ Ann\u0430 Marsh: the names"));
    Town marks({{"x", "1", "Anna Marsh", ""}, {"x", "2", "Anna\u200b Marsh", ""}});
    CHECK(marks.found().find("marks that cannot be seen") != std::string::npos);
    CHECK(marks.found().find(" ~ ") != std::string::npos);
    // One alphabet, one shape: "rn" and "m" are told apart by reading.
    CHECK(Town({{"x", "1", "Corner", ""}, {"x", "2", "Comer", ""}}).found().empty());
    CHECK(Town({{"x", "1", "Анна", ""}, {"x", "2", "Boris", ""}}).found().empty());
}

TEST_CASE("a name that everybody has says nothing", "[store]")
{
    std::vector<Somebody> all;
    for (int i = 0; i < 30; ++i) {
        all.push_back(
            {"place " + std::to_string(i), "k" + std::to_string(i), "Deleted Account", ""});
    }
    CHECK(Town(all).found().empty());
    all.resize(3);
    Town few(all);
    CHECK(samePeople(few.workspace, few.task).size() == 3);
}

TEST_CASE("whoever wrote more comes first, and strong reasons before weak ones", "[store]")
{
    Town town({{"a", "1", "Zed", ""},
               {"b", "2", "Zed", ""},
               {"c", "1", "Ada", "ada@example.org"},
               {"d", "2", "Lovelace", "ada@example.org"}});
    Chat more;
    more.platform = "b";
    more.say("2", "and another thing", 50);
    more.into(town.workspace, "more");
    const auto found = samePeople(town.workspace, town.task);
    REQUIRE(found.size() == 2);
    CHECK(town.called(found[0].first) == "Ada");
    CHECK(accountsOf(town.workspace, found[1].first).front().platform == "b");
}

TEST_CASE("a pair that is kept apart is not suggested again, until that is undone", "[store]")
{
    Town town({{"a", "ann1", "Ann", ""}, {"b", "ann2", "Ann", ""}, {"c", "ann3", "Ann", ""}});
    const auto a = only(town.workspace, "ann1");
    const auto b = only(town.workspace, "ann2");
    const auto c = only(town.workspace, "ann3");
    CHECK(samePeople(town.workspace, town.task).size() == 3);
    keepApart(town.workspace, b, a);
    CHECK(samePeople(town.workspace, town.task).size() == 2);
    keepApart(town.workspace, a, b);  // said before: no step
    CHECK(history(town.workspace).size() == 1);

    // Whoever is joined with one of the two is apart from the other as well.
    mergePeople(town.workspace, c, b);
    CHECK(samePeople(town.workspace, town.task).empty());
    CHECK(verify(town.workspace, town.task).empty());
    undo(town.workspace);
    CHECK(samePeople(town.workspace, town.task).size() == 2);
    undo(town.workspace);
    CHECK(samePeople(town.workspace, town.task).size() == 3);
    CHECK(verify(town.workspace, town.task).empty());
    CHECK_THROWS_AS(keepApart(town.workspace, a, a), Error);
    CHECK_THROWS_AS(keepApart(town.workspace, a, PersonId{999}), Error);
}

TEST_CASE("what was joined can be split, as one step", "[store]")
{
    Town town({{"a", "ann1", "Ann", ""}, {"b", "ann2", "Annie", ""}, {"c", "ann3", "Nan", ""}});
    const auto a = only(town.workspace, "ann1");
    mergePeople(town.workspace, a, only(town.workspace, "ann2"));
    mergePeople(town.workspace, a, only(town.workspace, "ann3"));
    const auto joined = dump(town.workspace, {"history", "meta", "kept"});
    CHECK(splitPerson(town.workspace, a).size() == 2);
    CHECK(people(town.workspace).size() == 3);
    CHECK(town.called(only(town.workspace, "ann2")) == "Annie");
    CHECK(verify(town.workspace, town.task).empty());
    CHECK(history(town.workspace).size() == 3);
    undo(town.workspace);
    CHECK(dump(town.workspace, {"history", "meta", "kept"}) == joined);
    CHECK(splitPerson(town.workspace, a).size() == 2);
    CHECK(splitPerson(town.workspace, a).empty());
    CHECK(history(town.workspace).size() == 3);
}

TEST_CASE("T15 look-alikes and hidden characters are told when they are imported", "[store]")
{
    Fixture fixture;
    const auto bring = [&](const std::vector<std::string>& names, const std::string& platform) {
        Chat chat;
        chat.platform = platform;
        for (const auto& name : names) chat.say(name, "hello", 1);
        return chat.into(fixture.workspace, platform + join(names, ",")).warnings;
    };
    CHECK(bring({"Anna", "Ben", "Zoë", "Марко", "قمر"}, "fake").empty());
    // The first letter is Cyrillic. It does not matter which of the two was there before.
    const auto warned = bring({"\u0410nna"}, "second");
    REQUIRE(warned.size() == 1);
    CHECK_THAT(warned[0],
               Catch::Contains("different alphabets") && Catch::Contains("“Anna” and “\u0410nna”"));
    CHECK(bring({"Ben"}, "second").empty());
    REQUIRE(bring({"B\u0435n", "Cy"}, "fake").size() == 1);
    // Accents stay accents, and case is no alphabet.
    CHECK(bring({"zoe", "ANNE", "Jos\u00e9"}, "fake").empty());

    const auto hidden = bring({"\u202eneB", "C\u200by"}, "fake");
    REQUIRE(hidden.size() == 1);
    CHECK_THAT(hidden[0], Catch::Contains("“<U+202E>neB”") && Catch::Contains("“C<U+200B>y”"));
    // A joiner is part of an emoji and of Persian words; a mark of direction stands beside Arabic.
    CHECK(bring({"\U0001f468\u200d\U0001f469", "\u0645\u06cc\u200c\u062e", "\u200f\u0642"}, "fake")
              .empty());
}
