#include "core/text/answernames.h"

#include "core/base/text.h"

#include <catch2/catch.hpp>

using namespace kith;

namespace {

const std::map<std::int64_t, std::string> people{
    {10, "Ann Shaw"}, {20, "bob|away"},    {30, "Will Green"}, {40, "Margaret (Peggy) Hill"},
    {50, "Tom Ash"},  {60, "Tom Elm"},     {70, "~ Zoë"},      {80, "李雷 Li"},
    {90, "Jo Lee"},   {95, "Jo Lee Marsh"}};

/// The number of whoever a line names, in order: "10 20 ".
std::string named(const std::string& line)
{
    const NameBook book(people);
    const std::string folded = foldForMatching(line);
    std::vector<NameToken> tokens;
    nameTokens(folded, tokens);
    std::string found;
    for (std::size_t i = 0; i < tokens.size();) {
        const auto hit = book.at(tokens, i);
        if (hit.author != NameBook::nobody) {
            found += std::to_string(std::next(people.begin(), hit.author)->first) + " ";
        }
        i += hit.tokens;
    }
    return found;
}

}  // namespace

TEST_CASE("people are named by given name, whole name, nickname or without spaces", "[text]")
{
    CHECK(named("Ann, call them") == "10 ");
    CHECK(named("yes @AnnShaw") == "10 ");
    CHECK(named("that is Ann's.") == "10 ");
    CHECK(named("I agree with peggy!") == "40 ");
    CHECK(named("ask Margaret Hill") == "40 ");
    CHECK(named("as Tom Elm, says") == "60 ");
    CHECK(named("bob|away: ping") == "20 ");
    CHECK(named("merci zoë") == "70 ");
    CHECK(named("Ann and Peggy") == "10 40 ");
    CHECK(named("Jo Lee said so") == "90 ");
    CHECK(named("Jo Lee Marsh's idea, not Jo Lee's") == "95 90 ");
}

TEST_CASE("a name of two people and a word of every day name nobody", "[text]")
{
    CHECK(named("as Tom says").empty());
    CHECK(named("they will come").empty());
    CHECK(named("Will, come") == "30 ");
    CHECK(named("come @will") == "30 ");
    CHECK(named("annex is open").empty());
    CHECK(named("bob is not bob-away").empty());
    CHECK(named("").empty());
}
