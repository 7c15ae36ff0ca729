#include "core/text/answers.h"

#include <catch2/catch.hpp>

#include <map>
#include <sstream>
#include <string>

using namespace kith;

namespace {

const std::map<std::int64_t, std::string> people{{1, "Ann Shaw"},   {2, "Bob"},
                                                 {3, "Will Green"}, {4, "Margaret (Peggy) Hill"},
                                                 {5, "Tom Ash"},    {6, "Tom Elm"}};

struct Said {
    std::int64_t author;
    int minute;
    std::string text;
};

/// "1>0:0.86" for each answer.
std::string answers(const std::vector<Said>& said)
{
    std::vector<ChatLine> lines;
    for (const auto& line : said) {
        lines.push_back({line.author, fromMillis(line.minute * 60'000LL), line.text});
    }
    std::ostringstream out;
    for (const auto& answer : answersIn(lines, people)) {
        out << answer.from << '>' << answer.to << ':' << answer.probability << ' ';
    }
    return out.str();
}

}  // namespace

TEST_CASE("a line answers the last line of the person it names", "[text]")
{
    CHECK(answers({{1, 0, "the bins again"}, {2, 1, "tea?"}, {5, 2, "Ann, call them"}}) ==
          "2>0:0.86 ");
    CHECK(answers({{1, 0, "x"}, {2, 1, "y"}, {5, 2, "yes @annshaw"}}).ends_with("2>0:0.86 "));
    CHECK(answers({{4, 0, "x"}, {2, 1, "y"}, {5, 2, "I agree with peggy"}}).ends_with("2>0:0.86 "));
    CHECK(answers({{6, 0, "x"}, {2, 1, "y"}, {1, 2, "as Tom Elm says"}}).ends_with("2>0:0.86 "));
}

TEST_CASE("a name that fits two people, or that is a word, names nobody inside a line", "[text]")
{
    CHECK(answers({{6, 0, "x"}, {2, 1, "y"}, {1, 2, "as Tom says"}}).ends_with("2>1:0.35 "));
    CHECK(answers({{3, 0, "x"}, {2, 1, "y"}, {1, 2, "they will come"}}).ends_with("2>1:0.35 "));
    CHECK(answers({{3, 0, "x"}, {2, 1, "y"}, {1, 2, "Will, come"}}).ends_with("2>0:0.86 "));
    CHECK(answers({{3, 0, "x"}, {2, 1, "y"}, {1, 2, "come @will"}}).ends_with("2>0:0.86 "));
    CHECK(answers({{1, 0, "x"}, {2, 1, "y"}, {5, 2, "annex is open"}}).ends_with("2>1:0.35 "));
}

TEST_CASE("whoever named you is answered next", "[text]")
{
    CHECK(answers({{2, 0, "a"}, {1, 1, "Bob: when?"}, {5, 2, "b"}, {2, 3, "at nine"}}) ==
          "1>0:0.86 2>1:0.35 3>1:0.6 ");
}

TEST_CASE("two people in dialogue answer each other past a third", "[text]")
{
    CHECK(
        answers({{1, 0, "a"}, {2, 1, "Ann: b"}, {1, 2, "c"}, {5, 3, "something else"}, {2, 4, "d"}})
            .ends_with("4>2:0.5 "));
}

TEST_CASE("nobody answers himself, and a greeting or a long silence starts anew", "[text]")
{
    CHECK(answers({{1, 0, "a"}, {1, 1, "b"}}).empty());
    CHECK(answers({{1, 0, "a"}, {2, 1, "hello all"}}).empty());
    CHECK(answers({{1, 0, "a"}, {2, 1, "is the hall open?"}}).empty());
    CHECK(answers({{1, 0, "a"}, {2, 60, "fine"}}) == "1>0:0.2 ");
    CHECK(answers({{1, 0, "a"}, {2, 600, "fine"}}).empty());
    CHECK(answers({}).empty());
}
