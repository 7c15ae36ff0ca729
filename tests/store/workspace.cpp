#include "core/store/workspace.h"

#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/keep.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/schema.h"
#include "core/store/textindex.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sys/stat.h>
#include <thread>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

Error::Kind kindOfFailure(const fs::path& path, Workspace::Mode mode = Workspace::Mode::ReadWrite)
{
    try {
        const auto workspace = Workspace::open(path, mode);
    } catch (const Error& error) {
        INFO(error.what());
        return error.kind();
    }
    return Error::Kind::Usage;  // it opened
}

/// A closed workspace with a few messages.
void makeWorkspace(const fs::path& path)
{
    auto workspace = Workspace::create(path);
    Chat chat;
    for (int i = 0; i < 200; ++i)
        chat.say("p" + std::to_string(i % 9), "words about damp " + std::to_string(i), i);
    chat.into(workspace);
    Task task;
    buildTextIndex(workspace, task);
}

void run(const fs::path& path, const std::string& sql)
{
    const Database db(path, Database::Access::ReadWrite);
    db.run(sql);
}

std::size_t filesIn(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

std::int64_t pragma(const Database& db, const std::string& name)
{
    Statement row(db, "PRAGMA " + name);
    REQUIRE(row.next());
    return row.integer(0);
}

}  // namespace

TEST_CASE("every schema version can be brought up to date", "[store]")
{
    for (std::size_t from = 0; from <= schemaScripts.size(); ++from) {
        CAPTURE(from);
        const Database db(":memory:", Database::Access::Create);
        for (std::size_t i = 0; i < from; ++i) db.run(std::string(schemaScripts[i].second));
        db.run("PRAGMA user_version = " + std::to_string(from));
        migrate(db);
        CHECK(schemaVersion(db) == static_cast<std::int64_t>(schemaScripts.size()));
        CHECK(pragma(db, "application_id") == applicationId);
        CHECK_NOTHROW(requireKnownSchema(db));
    }
}

TEST_CASE("a workspace of version 2 keeps all it holds", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "old.kith";
    {
        const Database db(path, Database::Access::Create);
        for (std::size_t i = 0; i < 2; ++i) db.run(std::string(schemaScripts[i].second));
        db.run("PRAGMA user_version = 2; PRAGMA application_id = " + std::to_string(applicationId));
        db.run(readFile(fs::path(KITH_SOURCE_DIR) / "tests/store/data/version2.sql"));
    }
    const std::int64_t damaged = GENERATE(0, 3);
    if (damaged != 0) run(path, "UPDATE message SET text = 'forged' WHERE id = 3");

    auto workspace = Workspace::open(path);
    CHECK(filesIn(folder.path()) > 1);  // the copy of the old one is beside it
    const Database& db = workspace.database();
    CHECK(schemaVersion(db) == static_cast<std::int64_t>(schemaScripts.size()));
    CHECK(info(workspace).messages == 4);
    CHECK(info(workspace).ties == std::map<TieKind, std::uint64_t>{{TieKind::Reply, 1},
                                                                   {TieKind::Reaction, 2},
                                                                   {TieKind::Thread, 3}});
    std::vector<TieKind> kinds;
    Task task;
    eachTie(
        workspace, {}, [&](const TieRow& tie) { kinds.push_back(tie.kind); }, task);
    CHECK(std::ranges::count(kinds, TieKind::Thread) == 3);
    CHECK(std::ranges::count(kinds, TieKind::Reaction) == 2);
    CHECK(search(workspace, "mould", 10).size() == 2);
    INFO(join(verify(workspace, task), "; "));
    CHECK(verify(workspace, task).empty() == (damaged == 0));
    if (damaged != 0) return;

    // What it holds is known again, and answers that waited find what they waited for.
    Chat chat;
    chat.post("m1", "ana", "damp and mould", 0).thread = "t";
    chat.post("m9", "dee", "older");
    const auto report = chat.into(workspace);
    CHECK(report.newMessages == 1);
    CHECK(info(workspace).ties.at(TieKind::Reply) == 2);
    CHECK(verify(workspace, task).empty());
}

TEST_CASE("the schema is embedded as it was written", "[store]")
{
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(fs::path(KITH_SOURCE_DIR) / "core/store/schema")) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    REQUIRE(files.size() == schemaScripts.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        CHECK(schemaScripts[i].first == files[i].filename().string());
        CHECK(schemaScripts[i].second == readFile(files[i]));
    }
}

TEST_CASE("a closed workspace is one file that only its owner can read", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    {
        const auto workspace = Workspace::create(path);
        CHECK(filesIn(folder.path()) > 1);
        struct stat status {};
        REQUIRE(stat((path.string() + "-wal").c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600);
    }
    CHECK(filesIn(folder.path()) == 1);
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto head = readFile(path).substr(0, 20);
    CHECK(head[18] == 1);  // rollback mode: readable from a write-protected stick
}

TEST_CASE("creating never touches a file that is there", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "diary.txt";
    writeFile(path, "dear diary");
    CHECK_THROWS_AS(Workspace::create(path), Error);
    CHECK(readFile(path) == "dear diary");
    CHECK_THROWS_AS(Workspace::create(folder.path() / "no/such/folder/x.kith"), Error);
}

TEST_CASE("connections are opened with the defences on", "[store]")
{
    const Fixture f;
    const Database& db = f.workspace.database();
    CHECK(pragma(db, "trusted_schema") == 0);
    CHECK(pragma(db, "cell_size_check") == 1);
    CHECK(pragma(db, "foreign_keys") == 1);
    CHECK(pragma(db, "secure_delete") == 1);
    CHECK(pragma(db, "synchronous") == 3);
    CHECK(pragma(db, "mmap_size") == 0);
    CHECK_THROWS_AS(db.run("SELECT load_extension('x')"), Error);
    CHECK_THROWS_AS(db.run("SELECT fts3_tokenizer('simple', x'00')"), Error);
    CHECK_THROWS_AS(db.run("UPDATE message_text_data SET block = x'00'"), Error);
    CHECK_THROWS_AS(db.run("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema"), Error);
}

TEST_CASE("what a damaged file makes SQLite say is told as plain text", "[store]")
{
    TempFolder folder;
    const auto path = folder.path() / "damaged.kith";
    {
        const auto made = Workspace::create(path);
    }
    auto bytes = readFile(path);
    const auto word = bytes.find("STRICT");
    REQUIRE(word != std::string::npos);
    bytes.replace(word + 4, 2, "\xFF\xFE");
    writeFile(path, bytes);
    try {
        (void)Workspace::open(path);
        FAIL("a damaged file was opened");
    } catch (const Error& error) {
        CHECK(error.kind() == Error::Kind::WorkspaceDamaged);
        CHECK(error.cause().find("STRI") != std::string::npos);
        CHECK(repairUtf8(error.cause()) == error.cause());
    }
}

TEST_CASE("hostile and wrong files are refused", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";

    SECTION("absent")
    {
        CHECK(kindOfFailure(path) == Error::Kind::FileUnreadable);
    }
    SECTION("a folder")
    {
        CHECK(kindOfFailure(folder.path()) == Error::Kind::FileUnreadable);
    }
    SECTION("empty")
    {
        writeFile(path, "");
        CHECK(kindOfFailure(path) == Error::Kind::WorkspaceDamaged);
    }
    SECTION("text")
    {
        writeFile(path, std::string(5000, 'x'));
        CHECK(kindOfFailure(path) == Error::Kind::WorkspaceDamaged);
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("a text file"));
    }
    SECTION("another program's database")
    {
        {
            const Database db(path, Database::Access::Create);
            db.run("CREATE TABLE t (x)");
        }
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("another program"));
    }
    SECTION("of a newer version")
    {
        makeWorkspace(path);
        run(path, "PRAGMA user_version = 999");
        CHECK(kindOfFailure(path) == Error::Kind::WorkspaceTooNew);
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("999"));
    }
    SECTION("with a trigger")
    {
        makeWorkspace(path);
        run(path, "CREATE TRIGGER evil AFTER INSERT ON message BEGIN DELETE FROM person; END");
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("trigger evil"));
    }
    SECTION("with a view")
    {
        makeWorkspace(path);
        run(path, "CREATE VIEW endless AS SELECT 1");
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("view endless"));
    }
    SECTION("with a table of its own")
    {
        makeWorkspace(path);
        run(path, "CREATE TABLE extra (x)");
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("table extra"));
    }
    SECTION("with an index changed or gone")
    {
        makeWorkspace(path);
        run(path, "DROP INDEX posting_range");
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("posting_range"));
        run(path, "CREATE INDEX posting_range ON posting(size)");
        CHECK_THROWS_WITH(Workspace::open(path), Catch::Contains("changed index posting_range"));
    }
    SECTION("cut short")
    {
        makeWorkspace(path);
        fs::resize_file(path, fs::file_size(path) - 16384);
        CHECK(kindOfFailure(path) == Error::Kind::WorkspaceDamaged);
    }
    SECTION("with a page of zeros")
    {
        makeWorkspace(path);
        auto bytes = readFile(path);
        std::fill_n(bytes.begin() + 2 * 16384, 16384, '\0');
        writeFile(path, bytes);
        CHECK(kindOfFailure(path) == Error::Kind::WorkspaceDamaged);
    }
    CHECK_FALSE(fs::exists(path.string() + ".lock"));
}

TEST_CASE("flipped bytes never crash, and changed words are found", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    makeWorkspace(path);
    const auto sound = readFile(path);
    Task task;

    auto changed = sound;
    const auto word = changed.find("words about damp 77");
    REQUIRE(word != std::string::npos);
    changed[word] = 'W';
    writeFile(path, changed);
    {
        const auto workspace = Workspace::open(path);
        CHECK_FALSE(verify(workspace, task).empty());
    }
    for (std::size_t at = 0; at < sound.size(); at += 1499) {
        CAPTURE(at);
        auto bytes = sound;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
        writeFile(path, bytes);
        try {
            const auto workspace = Workspace::open(path);
            verify(workspace, task);
            search(workspace, "damp", 5);
        } catch (const Error& error) {
            const auto kind = error.kind();
            CHECK((kind == Error::Kind::WorkspaceDamaged || kind == Error::Kind::WorkspaceTooNew ||
                   kind == Error::Kind::CannotWrite || kind == Error::Kind::LimitReached));
        }
    }
}

TEST_CASE("a second writer is told at once, readers work beside the first", "[store]")
{
    Fixture f;
    CHECK(kindOfFailure(f.path) == Error::Kind::WorkspaceBusy);
    Chat chat;
    chat.say("a", "hello");
    chat.into(f.workspace);
    const auto reader = Workspace::open(f.path, Workspace::Mode::ReadOnly);
    const auto another = Workspace::open(f.path, Workspace::Mode::ReadOnly);
    CHECK(info(reader).messages == 1);
    chat.say("b", "more", 1);
    chat.into(f.workspace, "two");
    CHECK(info(reader).messages == 2);
    CHECK(info(another).messages == 2);
    CHECK(reader.version() == f.workspace.version());

    std::thread elsewhere([&] {
        const auto mine = Workspace::open(f.path, Workspace::Mode::ReadOnly);
        if (info(mine).messages != 2) std::abort();
    });
    elsewhere.join();
}

TEST_CASE("a reading connection cannot write", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    makeWorkspace(path);
    auto reader = Workspace::open(path, Workspace::Mode::ReadOnly);
    CHECK_THROWS_AS(setSetting(reader, "purpose", "x"), Error);
    CHECK(filesIn(folder.path()) == 1);
}

TEST_CASE("settings last, kept results end with the version", "[store]")
{
    Fixture f;
    setSetting(f.workspace, "purpose", "housing");
    setSetting(f.workspace, "purpose", "damp homes");
    CHECK(setting(f.workspace, "purpose") == std::optional<std::string>("damp homes"));
    CHECK_FALSE(setting(f.workspace, "other"));

    const std::string bytes("a\0b", 3);
    const KeptRow row{"clusters", bytes};
    REQUIRE(keep(f.workspace, f.workspace.version(), {&row, 1}));
    CHECK(kept(f.workspace, "clusters") == std::optional<std::string>(bytes));
    const auto before = f.workspace.version();
    Chat chat;
    chat.say("a", "x");
    chat.into(f.workspace);
    CHECK(f.workspace.version() > before);
    CHECK_FALSE(kept(f.workspace, "clusters"));
}

TEST_CASE("a reader keeps results beside whoever else reads, or not at all", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    makeWorkspace(path);
    const auto reader = Workspace::open(path, Workspace::Mode::ReadOnly);
    const auto version = reader.version();
    const std::vector<KeptRow> rows{{"a", std::string("x\0y", 3)}, {"b", ""}};
    CHECK_FALSE(keep(reader, version + 1, rows));
    CHECK_FALSE(kept(reader, "a"));
    {
        const Database other(path, Database::Access::ReadOnly);
        const ReadTransaction reading(other);
        Statement(other, "SELECT count(*) FROM person").next();
        CHECK_FALSE(keep(reader, version, rows));
    }
    {
        const auto holder = Workspace::open(path);
        CHECK_FALSE(keep(reader, version, rows));
        REQUIRE(keep(holder, version, {rows.data(), 1}));
    }
    REQUIRE(kept(reader, "a") == rows[0].bytes);
    CHECK(keep(reader, version, rows));
    CHECK(kept(reader, "b") == std::optional<std::string>(""));
    CHECK(filesIn(folder.path()) == 1);
    CHECK(Workspace::open(path).version() == version);
}

TEST_CASE("of what is kept the oldest goes where it becomes too much", "[store]")
{
    Fixture f;
    const auto version = f.workspace.version();
    const std::string large(24U << 20U, 'x');
    for (const std::string key : {"a", "b", "c"}) {
        const KeptRow row{key, large};
        REQUIRE(keep(f.workspace, version, {&row, 1}));
    }
    CHECK_FALSE(kept(f.workspace, "a"));
    CHECK(kept(f.workspace, "b"));
    CHECK(kept(f.workspace, "c"));
    REQUIRE(keep(f.workspace, version, std::vector<KeptRow>{{"b", large}, {"d", large}}));
    CHECK_FALSE(kept(f.workspace, "c"));
    CHECK(kept(f.workspace, "b"));
}

TEST_CASE("every change wipes what was kept out of the file", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    makeWorkspace(path);
    const std::string mark = "kept for the person with the number 4711";
    {
        const auto reader = Workspace::open(path, Workspace::Mode::ReadOnly);
        REQUIRE(keep(reader, reader.version(), std::vector<KeptRow>{{"a", mark}}));
    }
    CHECK(readFile(path).find(mark) != std::string::npos);
    {
        auto workspace = Workspace::open(path);
        renamePerson(workspace, people(workspace).front().id, "Ann");
    }
    CHECK(readFile(path).find(mark) == std::string::npos);
}
