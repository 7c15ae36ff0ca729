#include "core/import/picks.h"

#include "core/base/text.h"
#include "core/import/tablesample.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace kith;
using namespace kith::tests;

namespace {

const char* const chat =
    "14/03/2024, 18:04 - Ann Brown: Is anybody else's kitchen damp?\n"
    "15/03/2024, 09:20 - Cat Dunn: Ours is\n";

std::string names(const std::filesystem::path& dropped)
{
    Task task;
    std::vector<std::string> all;
    for (const Pick& pick : picksIn(dropped, task)) all.push_back(pick.name);
    return join(all, " | ");
}

}  // namespace

TEST_CASE("a folder gives its files in order, without pictures and hidden ones", "[import]")
{
    const TempFolder folder;
    const auto top = folder.path() / "Downloads";
    std::filesystem::create_directories(top / "more");
    std::filesystem::create_directories(top / ".cache");
    writeFile(top / "b.txt", chat);
    writeFile(top / "a.html", "<html></html>");
    writeFile(top / "photo.jpg", "x");
    writeFile(top / ".hidden.txt", chat);
    writeFile(top / ".cache" / "c.txt", chat);
    writeFile(top / "more" / "d.txt", chat);
    CHECK(names(top) == "Downloads/a.html | Downloads/b.txt | Downloads/more/d.txt");
    CHECK(names(top / "") == names(top));
    CHECK(names(top / "b.txt") == "b.txt");
    CHECK(names(top / "none.txt") == "none.txt");
}

TEST_CASE("a folder that one reader wants as a whole stays one", "[import]")
{
    const TempFolder folder;
    const auto top = folder.path() / "Slack export";
    std::filesystem::create_directories(top / "general");
    writeFile(top / "users.json", "[]");
    writeFile(top / "channels.json", R"([{"id":"C1","name":"general"}])");
    writeFile(top / "general" / "2024-03-14.json",
              R"([{"type":"message","user":"U1","text":"hello","ts":"1710439440.000100"}])");
    CHECK(names(top) == "Slack export");
    // In a folder of other things it is still one.
    writeFile(folder.path() / "chat.txt", chat);
    const auto all = names(folder.path());
    CHECK(all.find("/Slack export | ") != std::string::npos);
    CHECK(all.find("general") == std::string::npos);
}

TEST_CASE("an empty folder is handed on, so that it is told", "[import]")
{
    const TempFolder folder;
    std::filesystem::create_directories(folder.path() / "empty");
    CHECK(names(folder.path() / "empty") == "empty");
}

TEST_CASE("looking for conversations can be cancelled", "[import]")
{
    const TempFolder folder;
    std::stop_source stop;
    stop.request_stop();
    Task task(stop.get_token(), {});
    CHECK_THROWS_AS(picksIn(folder.path(), task), Cancelled);
}

TEST_CASE("the columns of a table are shown by samples before it can be read", "[import]")
{
    const TempFolder folder;
    const auto table = folder.path() / "t.csv";
    writeFile(table, "author,Moment,empty\nAnn,10:00,\nBob,11:00,\n,12:00,\n");
    const auto columns = columnSamples(table);
    REQUIRE(columns.size() == 3);
    CHECK(columns[0].role == "author");
    CHECK(columns[0].samples == std::vector<std::string>{"Ann", "Bob"});
    CHECK(columns[1].header == "Moment");
    CHECK(columns[1].samples.size() == 3);
    CHECK(columns[2].samples.empty());
    writeFile(table, "one word a line\nand no columns\n");
    CHECK(columnSamples(table).empty());
}
