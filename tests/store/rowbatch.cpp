#include "core/store/rowbatch.h"

#include "core/base/error.h"
#include "core/store/database.h"

#include <catch2/catch.hpp>

#include <string>

using namespace kith;

TEST_CASE("a batch hands rows of every kind to one statement", "[store]")
{
    const Database db(":memory:", Database::Access::Create);
    db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, bytes BLOB) STRICT");
    RowBatch rows(4);
    CHECK(rows.empty());
    const std::string zero("a\0b", 3);
    for (int i = 1; i <= 300; ++i) {
        rows.add(std::int64_t{i});
        if (i % 2 == 0) {
            rows.add(std::int64_t{-i});
        } else {
            rows.add(nullptr);
        }
        rows.add("words " + std::to_string(i));
        rows.addBlob(zero);
    }
    CHECK(rows.rows() == 300);

    Statement insert(db, "INSERT OR FAIL INTO t SELECT c0, c1, c2, c3 FROM batch(?1)");
    insert.run(rows);
    rows.clear();
    CHECK(rows.empty());
    rows.add(std::int64_t{301});
    rows.add(nullptr);
    rows.add("");
    rows.add(nullptr);
    insert.run(rows);

    Statement row(db, "SELECT id, number, text, bytes FROM t ORDER BY id");
    for (int i = 1; i <= 300; ++i) {
        REQUIRE(row.next());
        CHECK(row.integer(0) == i);
        CHECK(row.null(1) == (i % 2 != 0));
        CHECK((row.null(1) || row.integer(1) == -i));
        CHECK(row.text(2) == "words " + std::to_string(i));
        CHECK(row.text(3) == zero);
    }
    REQUIRE(row.next());
    CHECK(row.text(2).empty());
    CHECK(!row.null(2));
    CHECK(row.null(3));
    CHECK_FALSE(row.next());
}

TEST_CASE("a batch is read by its pointer alone", "[store]")
{
    const Database db(":memory:", Database::Access::Create);
    Statement count(db, "SELECT count(*) FROM batch(?1)");
    REQUIRE(count.bind(7).next());
    CHECK(count.integer(0) == 0);  // a number is no batch
    REQUIRE(count.bind("kith row batch").next());
    CHECK(count.integer(0) == 0);
    count.reset();
    CHECK_THROWS_AS(Statement(db, "SELECT * FROM batch"), Error);
    CHECK_THROWS_AS(db.run("CREATE VIRTUAL TABLE v USING batch"), Error);

    db.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    RowBatch twice(1);
    twice.add(std::int64_t{1});
    twice.add(std::int64_t{1});
    Statement insert(db, "INSERT OR FAIL INTO t SELECT c0 FROM batch(?1)");
    CHECK_THROWS_AS(insert.run(twice), Error);
}
