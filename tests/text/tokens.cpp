#include "core/text/tokens.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kith;
using Words = std::vector<std::string>;

TEST_CASE("tokens are folded words, with numbers, addresses, hashtags and names as units", "[text]")
{
    Tokenizer tokenizer;
    const std::vector<std::pair<std::string, Words>> cases{
        {"The BINS, again!", {"the", "bins", "again"}},
        {"What’s on? what's ON", {"what's", "on", "what's", "on"}},
        {"'quoted' _bold_ *star*", {"quoted", "bold", "star"}},
        {"12 people, 3.50 each, 3rd time", {"#0", "people", "#0", "each", "3rd", "time"}},
        {"#SaveOurLibrary, @Ann.Shaw! a@b.org", {"#saveourlibrary", "@ann.shaw", "a@b.org"}},
        {"see https://user@www.Example.org:80/a?b=c) and www.kith.net.",
         {"see", "example.org", "and", "kith.net"}},
        {"@ # -- \U0001F600 \U0001F468\u200D\U0001F469", {}},
        {"Cafe\u0301 STRASSE Straße", {"caf\u00e9", "strasse", "strasse"}},
        {"", {}},
    };
    for (const auto& [text, words] : cases) {
        CAPTURE(text);
        CHECK(tokenizer.tokens(text) == words);
    }
}

TEST_CASE("malformed UTF-8 ends no tokenizer", "[text]")
{
    Tokenizer tokenizer;
    CHECK(tokenizer.tokens("ok \xff\xfe then \xc3") == Words{"ok", "then"});
    CHECK(tokenizer.tokens("#\xf0\x9f @\xe2 http://").size() <= 2);
}

TEST_CASE("scripts without spaces are cut into words", "[text]")
{
    Tokenizer tokenizer;
    CHECK(tokenizer.tokens("我们的图书馆").size() >= 2);
}

TEST_CASE("stop words cover seven languages but no English word of substance", "[text]")
{
    for (const auto* word :
         {"the", "what's", "lol", "und", "c'est", "está", "perché", "não", "het"}) {
        CAPTURE(word);
        CHECK(isStopWord(word));
    }
    for (const auto* word : {"bin", "die", "war", "damp", "council", "", "on purpose", "#"}) {
        CAPTURE(word);
        CHECK_FALSE(isStopWord(word));
    }
}

TEST_CASE("stems join the forms of a word and both spellings", "[text]")
{
    const std::vector<std::pair<std::string, std::string>> same{
        {"organise", "organize"}, {"organisation", "organization"},   {"organising", "organized"},
        {"labour", "labor"},      {"neighbourhoods", "neighborhood"}, {"bins", "bin"},
        {"promise", "promising"}, {"analysing", "analyzing"},         {"centre", "center"}};
    for (const auto& [a, b] : same) {
        CAPTURE(a, b);
        CHECK(stem(a) == stem(b));
    }
    CHECK(stem("hour") == "hour");
    CHECK(stem("prise") != stem("prize"));
    CHECK(stem("#bins") == "#bins");
    CHECK(stem("").empty());
}
