#include "core/import/shows.h"

#include "core/import/catalogue.h"

#include <catch2/catch.hpp>

using namespace kith;

TEST_CASE("what a source shows and does not show is said in sentences", "[import]")
{
    Shows forum;
    forum.replies = forum.mentions = true;
    const auto said = showsInWords(forum, false);
    REQUIRE(said.size() == 2);
    CHECK(said[0] == "It shows what was said, who answers whom and who names whom.");
    CHECK(said[1] == "It does not show who passes on what or who reacted.");

    Shows map;
    map.text = false;
    const auto given = showsInWords(map, false);
    REQUIRE(given.size() == 1);
    CHECK(given[0].find("It shows who is tied to whom") == 0);
}

TEST_CASE("one person's view, estimates and untried formats are owned up to", "[import]")
{
    Shows archive;
    archive.onePersonsView = true;
    const auto said = showsInWords(archive, true, true);
    REQUIRE(said.size() == 5);
    CHECK(said[2].find("these ties are estimates") != std::string::npos);
    CHECK(said[3].find("one person's view") != std::string::npos);
    CHECK(said[4].find("has not been tried on a real file") != std::string::npos);
}

TEST_CASE("every format can be spoken of", "[import]")
{
    for (const Reader* reader : readers()) {
        const auto& info = reader->info();
        CAPTURE(std::string(info.id));
        CHECK_FALSE(showsInWords(info.id, false).empty());
        for (const auto& sentence : showsInWords(info.id, true)) CHECK(sentence.back() == '.');
    }
}

TEST_CASE("of an unknown format nothing is said", "[import]")
{
    CHECK(showsInWords("no such format", true).empty());
}
