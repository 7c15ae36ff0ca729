#include "core/store/packed.h"

#include "core/base/random.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"
#include "core/store/messages.h"
#include "core/store/nativeid.h"
#include "core/store/packrows.h"
#include "core/store/postings.h"
#include "core/store/sortnumbers.h"
#include "core/store/tieblocks.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

using namespace kith;
using namespace kith::tests;

TEST_CASE("packed numbers are read as they were written", "[store]")
{
    NumberWriter writer;
    writer.add(0);
    writer.add(127);
    CHECK(writer.bytes().size() == 2);
    writer.add(300);
    CHECK(writer.bytes() == std::string("\0\x7f\xac\x02", 4));
    const auto largest = std::numeric_limits<std::uint64_t>::max();
    const auto lowest = std::numeric_limits<std::int64_t>::min();
    writer.add(largest);
    for (const std::int64_t number : {std::int64_t{-1}, std::int64_t{63}, lowest, -(lowest + 1)})
        writer.addSigned(number);
    writer.addReal(0.1);

    NumberReader reader(writer.bytes());
    CHECK(reader.next() == 0);
    CHECK(reader.next() == 127);
    CHECK(reader.next() == 300);
    CHECK(reader.next() == largest);
    CHECK(reader.nextSigned() == -1);
    CHECK(reader.nextSigned() == 63);
    CHECK(reader.nextSigned() == lowest);
    CHECK(reader.nextSigned() == -(lowest + 1));
    CHECK(reader.nextReal() == 0.1);
    CHECK(reader.atEnd());
    CHECK_THROWS_AS(reader.next(), Error);
    CHECK_THROWS_AS(NumberReader("\x80").next(), Error);
    CHECK_THROWS_AS(NumberReader(std::string(11, '\x80')).next(), Error);
    CHECK_THROWS_AS(NumberReader("1234567").nextReal(), Error);
}

TEST_CASE("numbers are sorted as by comparing", "[store]")
{
    Random random(31);
    for (const std::size_t count : {0U, 1U, 2047U, 2048U, 30'000U}) {
        for (const unsigned bits : {1U, 20U, 33U, 64U}) {
            LargeVector<std::uint64_t> numbers(count);
            for (auto& number : numbers)
                number = random.below(std::numeric_limits<std::uint64_t>::max()) >> (64 - bits);
            auto expected = numbers;
            std::ranges::sort(expected);
            sortNumbers(numbers);
            CHECK(numbers == expected);
        }
    }
}

TEST_CASE("postings find what was added, in however many pieces it came", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    Random random(5);
    std::map<std::int64_t, std::set<std::int64_t>> expected;
    std::vector<std::int64_t> sizes;
    for (int turn = 0; turn < 60; ++turn) {
        LargeVector<std::uint64_t> postings;
        const auto count = random.below(turn % 7 == 0 ? 3000 : 40);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto key = static_cast<std::int64_t>(random.below(200));
            const auto message = static_cast<std::int64_t>(random.below(100'000));
            postings.push_back(posting(key, message));
            expected[key].insert(message);
        }
        Postings(db, PostingList::Thread).add(postings);
        CHECK(postings.empty());
    }
    Postings stored(db, PostingList::Thread);
    for (std::int64_t key = 0; key < 205; ++key) {
        std::vector<std::int64_t> found{-7};
        stored.find(key, found);
        const auto& wanted = expected[key];
        CHECK(found.front() == -7);
        CHECK(std::vector<std::int64_t>(found.begin() + 1, found.end()) ==
              std::vector<std::int64_t>(wanted.begin(), wanted.end()));
    }
    // Each run is at least twice as long as the next, so they are few.
    Statement runs(db, "SELECT sum(size) FROM posting WHERE list = 3 GROUP BY run ORDER BY run");
    while (runs.next()) sizes.push_back(runs.integer(0));
    CHECK(sizes.size() <= 6);
    for (std::size_t i = 1; i < sizes.size(); ++i) CHECK(sizes[i - 1] > sizes[i]);
    CHECK(Postings(db, PostingList::Account).empty());
    CHECK_THROWS_AS(posting(1, std::int64_t{1} << 32U), Error);
    CHECK(verify(f.workspace, f.task).empty());
}

TEST_CASE("forgotten messages are in no list", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    LargeVector<std::uint64_t> postings;
    for (int i = 1; i <= 2000; ++i) postings.push_back(posting(i % 3, i));
    Postings(db, PostingList::Account).add(postings);
    std::vector<std::int64_t> gone;
    for (int i = 1; i <= 2000; ++i) {
        if (i % 3 == 1 || i == 6) gone.push_back(i);
    }
    forgetPostings(db, gone);
    std::size_t left = 0;
    Postings(db, PostingList::Account).each([&](std::int64_t key, std::int64_t message) {
        ++left;
        CHECK(key == message % 3);
        CHECK_FALSE(std::ranges::binary_search(gone, message));
    });
    CHECK(left == 2000 - gone.size());
    CHECK(verify(f.workspace, f.task).empty());
}

namespace {

bool same(const StoredTie& a, const StoredTie& b)
{
    return a.message == b.message && a.kind == b.kind && a.from == b.from && a.to == b.to &&
           a.target == b.target && a.time == b.time && a.weight == b.weight;
}

std::vector<StoredTie> storedTies(const Database& db)
{
    std::vector<StoredTie> ties;
    eachStoredTie(db, [&](const StoredTie& tie) { ties.push_back(tie); });
    return ties;
}

}  // namespace

TEST_CASE("ties come out of their blocks as they went in", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    Random random(6);
    std::vector<StoredTie> ties;
    std::int64_t message = 0;
    for (int i = 0; i < 1500; ++i) {
        message += static_cast<std::int64_t>(random.below(3));
        StoredTie tie;
        tie.message = message;
        tie.kind = static_cast<TieKind>(1 + random.below(5));
        tie.from = static_cast<std::int64_t>(random.below(1000));
        tie.to = static_cast<std::int64_t>(random.below(1000));
        if (random.chance(0.5)) tie.target = 1 + static_cast<std::int64_t>(random.below(2000));
        if (random.chance(0.8))
            tie.time = fromMillis(static_cast<std::int64_t>(random.below(1U << 30U)) - 5000);
        if (random.chance(0.2)) tie.weight = random.real();
        ties.push_back(tie);
    }
    TieWriter writer(db);
    for (const auto& tie : ties) writer.add(tie);
    writer.finish();
    StoredTie inferred;
    inferred.message = 4;
    inferred.kind = TieKind::Adjacent;
    inferred.weight = 0.25;
    TieWriter flat(db, 3);
    flat.add(inferred);
    flat.finish();

    auto all = storedTies(db);
    CHECK(same(all.back(), inferred));
    all.pop_back();
    CHECK(std::ranges::equal(all, ties, same));

    TiesOfMessages of(db);
    std::vector<StoredTie> found;
    for (std::int64_t one = message + 1; one >= 0; --one) {
        of.of(one, found);
        const auto [from, until] = std::ranges::equal_range(ties, one, {}, &StoredTie::message);
        CHECK(std::equal(found.begin(), found.end(), from, until, same));
    }

    keepTies(db, [](const StoredTie& tie) { return tie.kind != TieKind::Reply; });
    std::erase_if(ties, [](const StoredTie& tie) { return tie.kind == TieKind::Reply; });
    CHECK(storedTies(db).size() == ties.size() + 1);
    dropInferredTies(db, 3);
    CHECK(std::ranges::equal(storedTies(db), ties, same));
}

TEST_CASE(
    "a hash is never taken for a text of the same bytes, nor one conversation's id for another's",
    "[store]")
{
    CHECK(NativeId("12").numeric());
    CHECK_FALSE(NativeId("012").numeric());
    CHECK_FALSE(NativeId("t1_ab").numeric());
    CHECK(NativeId::ofHash("0123456789abcdef").hashed());
    const NativeId text("0123456789abcdef");
    CHECK(text.hash(1, 5) == NativeId("0123456789abcdef").hash(1, 5));
    CHECK(text.hash(1, 5) != NativeId::ofHash("0123456789abcdef").hash(1, 5));
    CHECK(text.hash(1, 5) != text.hash(1, 6));
    CHECK(text.hash(1, 5) != text.hash(2, 5));
}

TEST_CASE("a message is found by its identity before and after it is written", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    Chat chat;
    chat.post("7", "ana", "by a number", 1);
    chat.post("t1_x", "bo", "by a text", 2);
    chat.say("cy", "by what it says", 3);
    chat.into(f.workspace);

    IdentityBook book(db);
    CHECK_FALSE(book.inMemory());
    const NativeId seven("7");
    const auto found = book.find(book.keyOf(1, seven), 1, seven);
    REQUIRE(found);
    CHECK(found->message == MessageId{1});
    CHECK(bool(found->author));
    CHECK_FALSE(book.find(book.keyOf(2, seven), 2, seven));
    // Whatever leads to a row, the row has the last word.
    CHECK_FALSE(book.find(book.keyOf(1, seven), 1, NativeId("8")));

    const NativeId later("t1_later");
    const auto key = book.keyOf(1, later);
    CHECK_FALSE(book.find(key, 1, later));
    book.add(key, {MessageId{9}, AccountId{2}});
    CHECK(book.find(key, 1, later)->message == MessageId{9});
    book.flush();
    CHECK_FALSE(book.find(key, 1, later));  // there is no such row
    CHECK(missingPostings(db, 10, f.task).empty());
}

TEST_CASE("damage to what messages are found by is told", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    Chat chat;
    chat.post("1", "ana", "first", 1).thread = "t";
    chat.reply("2", "bo", "1", 2).thread = "t";
    chat.into(f.workspace);
    REQUIRE(verify(f.workspace, f.task).empty());
    const auto finding = [&] { return join(verify(f.workspace, f.task), "; "); };

    SECTION("a list that lacks a message")
    {
        const int list = GENERATE(1, 2, 3, 4);
        db.run("DELETE FROM posting WHERE list = " + std::to_string(list));
        CHECK_THAT(finding(), Catch::Contains("message 1 is not found by its"));
    }
    SECTION("one message twice")
    {
        db.run(
            "INSERT INTO message SELECT 3, conversation, native, source, account, thread, time, "
            "certainty, kind, flags, text, attachments, message_hash(3, conversation, native, "
            "source, account, thread, time, certainty, kind, flags, text, attachments) "
            "FROM message WHERE id = 1");
        returnToPostings(db, {3});
        CHECK_THAT(finding(), Catch::Contains("message 3 stands there twice"));
    }
    SECTION("a tie of a message that is gone")
    {
        db.run("PRAGMA foreign_keys = OFF; DELETE FROM message WHERE id = 1");
        CHECK_THAT(finding(), Catch::Contains("a tie of message 2 points at a missing message"));
    }
    SECTION("a block that was changed")
    {
        db.run("UPDATE tie_block SET bytes = x'ff'");
        CHECK_THAT(finding(), Catch::Contains("packed rows end too early"));
        CHECK_THAT(finding(), Catch::Contains("of tie_block is not as it was written"));
    }
    SECTION("a message that points nowhere")
    {
        db.run("PRAGMA foreign_keys = OFF; DELETE FROM thread");
        CHECK_THAT(finding(), Catch::Contains("row 1 of message points at a missing thread"));
    }
    SECTION("a source that speaks of nobody")
    {
        db.run("INSERT INTO account_source VALUES (1, 77)");
        CHECK_THAT(finding(), Catch::Contains("a source speaks of account 77, which is missing"));
    }
}

TEST_CASE("people of earlier versions keep the hashes that those wrote", "[store]")
{
    Fixture f;
    const Database& db = f.workspace.database();
    Chat chat;
    chat.post("1", "ana", "first", 1);
    chat.into(f.workspace);
    db.run(
        "UPDATE person SET hash = row_hash(id, name, kind, sector, note, pseudonym, named);"
        "UPDATE account SET hash = row_hash(id, person, platform, key, name, handle, bot)");
    CHECK(verify(f.workspace, f.task).empty());
    const std::string table = GENERATE("person", "account");
    db.run("UPDATE " + table + " SET name = 'forged'");
    CHECK(verify(f.workspace, f.task) ==
          std::vector<std::string>{"row 1 of " + table + " is not as it was written"});
}
