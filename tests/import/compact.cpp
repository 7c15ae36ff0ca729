#include "core/import/latelymet.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/texttable.h"
#include "core/import/zulipreactions.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <map>
#include <rapidcheck/catch.h>
#include <set>

using namespace kith;
using namespace kith::tests;

TEST_CASE("a table by hashes knows what was added, however it grows")
{
    rc::prop("against a map", [](const std::vector<std::uint16_t>& keys) {
        HashTable<std::uint64_t> table;
        std::map<std::uint64_t, std::uint64_t> twin;
        for (const std::uint64_t one : keys) {
            const auto key = one + 1;
            const auto [value, fresh] = table.add(key);
            RC_ASSERT(fresh == twin.try_emplace(key, key * 7).second);
            if (fresh) *value = key * 7;
        }
        RC_ASSERT(table.size() == twin.size());
        for (const auto& [key, value] : twin) RC_ASSERT(*table.find(key) == value);
        RC_ASSERT(table.find(70'000) == nullptr);
    });
}

TEST_CASE("a table that is full says so and keeps what it has")
{
    HashTable<int> table(2);
    *table.add(1).first = 10;
    *table.add(2).first = 20;
    CHECK(table.add(3).first == nullptr);
    CHECK(*table.find(1) == 10);
    CHECK_FALSE(table.add(2).second);
    table.clear();
    CHECK(table.empty());
    CHECK(table.add(3).second);

    HashSet set(1);
    CHECK(set.first(5));
    CHECK_FALSE(set.first(5));
    CHECK(set.full());
    CHECK(set.first(6));
    CHECK(set.first(6));  // nobody knows any more
}

TEST_CASE("texts are found by texts and can be replaced")
{
    TextTable names(2);
    CHECK(names.text("ann", "nobody") == "nobody");
    CHECK(names.set("ann", "Ann"));
    CHECK(names.meet("ann", "Anna") == "Ann");
    const auto kept = names.text("ann");
    CHECK(names.set("ann", std::string(100'000, 'x')));
    CHECK(names.text("ann").size() == 100'000);
    CHECK(kept == "Ann");  // a view of it stays while little was replaced
    CHECK(names.set("ben", ""));
    REQUIRE(names.find("ben"));
    CHECK(names.find("ben")->empty());
    CHECK_FALSE(names.set("cy", "Cy"));
    CHECK(names.meet("cy", "Cy") == "Cy");
    CHECK_FALSE(names.find("cy"));
}

TEST_CASE("texts that are replaced over and over take no more memory")
{
    TextTable names;
    names.set("ben", "Ben");
    for (int i = 0; i < 200'000; ++i) names.set("ann", "Ann " + std::to_string(i));
    CHECK(names.bytes() < 1'000'000);
    CHECK(names.text("ann") == "Ann 199999");
    CHECK(names.text("ben") == "Ben");

    LateTexts late(5);
    for (int i = 0; i < 200'000; ++i) late.set(1, "Ann " + std::to_string(i));
    CHECK(late.bytes() < 1'000'000);
    CHECK(*late.find(1) == "Ann 199999");
}

TEST_CASE("a pool gives back texts of every length")
{
    const auto longest = GENERATE(std::size_t(300), std::size_t(1) << 16U, std::size_t(1) << 18U);
    TextPool pool;
    std::vector<std::pair<TextPool::Number, std::string>> kept;
    for (std::size_t size = longest + 6; size + 300 > longest; --size) {
        kept.emplace_back(0, std::string(size, char('a' + size % 26)));
        kept.back().first = pool.keep(kept.back().second).value();
    }
    CHECK(pool.keep("").value() == 0);
    CHECK(pool.at(0).empty());
    for (const auto& [number, text] : kept) {
        CHECK(number != 0);
        CHECK(pool.at(number) == text);
    }
}

TEST_CASE("a table grows to as many as it may hold, whatever its keys")
{
    const auto step = GENERATE(std::uint64_t(1), std::uint64_t(1) << 40U);
    constexpr std::size_t most = 10'000;
    HashTable<std::uint64_t> table(most);
    for (std::uint64_t i = 1; i <= most; ++i) *table.add(i * step).first = i;
    CHECK(table.full());
    CHECK(table.add((most + 1) * step).first == nullptr);
    for (std::uint64_t i = 1; i <= most; ++i) {
        REQUIRE(table.find(i * step) != nullptr);
        CHECK(*table.find(i * step) == i);
    }
}

TEST_CASE("people are described once, and again under a new name")
{
    Collected all;
    SenderBook book(all);
    book.tell("1", "Ann");
    book.tell("1", "Ann");
    book.tell("1", "");
    book.tell("1", "Anna");
    book.tell("2", "Anna");
    REQUIRE(all.accounts.size() == 3);
    CHECK(all.accounts[1].name == "Anna");
    CHECK(all.accounts[2].key == "2");
}

TEST_CASE("Zulip's reactions are found however few of them are held at a time")
{
    rc::prop("against all of them", [](const std::vector<std::uint8_t>& to) {
        std::string rows;
        std::map<std::int64_t, std::vector<std::int64_t>> twin;
        for (std::size_t i = 0; i < to.size(); ++i) {
            const auto person = static_cast<std::int64_t>(i);
            twin[to[i] % 16].push_back(person);
            rows += (i == 0 ? "" : ",") + std::string("{\"message\":") +
                    std::to_string(to[i] % 16) + ",\"user_profile\":" + std::to_string(person) +
                    ",\"emoji_name\":\"e" + std::to_string(i % 3) + "\"}";
        }
        const auto package =
            packageOf("realm.json", {{"realm.json", "{\"zerver_reaction\":[" + rows + "]}"}});
        Task task;
        const auto most = *rc::gen::inRange<std::size_t>(1, 8);
        ZulipReactions reactions(*package, 0, task, most);
        for (std::int64_t message = 0; message < 16; ++message) {
            std::vector<std::int64_t> people;
            reactions.of(Json::parse(std::to_string(message)),
                         [&](std::int64_t person, std::string_view emoji) {
                             people.push_back(person);
                             RC_ASSERT(emoji == "e" + std::to_string(person % 3));
                         });
            RC_ASSERT(people == twin[message]);
        }
        RC_ASSERT(reactions.lost() == 0U);
    });
}

TEST_CASE("a chat of more people than names are kept of says that mentions may be missed")
{
    const auto chatOf = [](int people) {
        std::string text;
        for (int i = 0; i < people; ++i)
            text += "14/03/2024, 18:04 - Person " + std::to_string(i) + ": hello\n";
        return text;
    };
    const auto small = collect(whatsappReader(), chatOf(1000), {}, "chat.txt");
    CHECK(small.problemWith("mentions") == nullptr);
    const auto large = collect(whatsappReader(), chatOf(100'001), {}, "chat.txt");
    CHECK(large.problemWith("mentions are found of the first 100,000 only") != nullptr);
    CHECK(large.messages.size() == 100'001);
}
