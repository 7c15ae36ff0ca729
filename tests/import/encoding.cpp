#include "core/import/encoding.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/question.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;

namespace {

struct Asked {
    EncodingSurvey survey;
    std::unique_ptr<Package> package = packageOf("chat.txt", {{"chat.txt", ""}});

    TextEncoding decide(std::string_view answer = {}) const
    {
        return survey.decide(answer, OneFile(*package));
    }
};

}  // namespace

TEST_CASE("a file that is not UTF-8 is asked about, with both readings")
{
    Asked one;
    one.survey.look("plain words", 1, 0);
    one.survey.look("we met at the caf\xE9 and it wasn\x92t cold", 2, 12);
    one.survey.look("na\xEFve", 3, 50);
    CHECK_FALSE(one.survey.isUtf8());
    CHECK_FALSE(one.survey.isDamagedUtf8());
    try {
        one.decide();
        FAIL("not asked");
    } catch (const AnswerNeeded& error) {
        CHECK(error.where().line == 2);
        CHECK(error.where().byte == 12 + 17);
        REQUIRE(error.question().about == Question::About::Encoding);
        REQUIRE(error.question().choices.size() == 2);
        CHECK(error.question().choices[0].value == "windows-1252");
        CHECK(error.question().choices[0].meaning.find("café and it wasn’t") != std::string::npos);
        CHECK(error.question().choices[1].value == "utf-8");
        CHECK(error.question().choices[1].meaning.find("caf\uFFFD and") != std::string::npos);
        CHECK(error.remedy().find("--encoding windows-1252") != std::string::npos);
    }
    CHECK(one.decide("windows-1252") == TextEncoding::Windows1252);
    CHECK(one.decide("Latin-1") == TextEncoding::Windows1252);
    CHECK(one.decide("UTF-8") == TextEncoding::Utf8);
    CHECK_THROWS_AS(one.decide("klingon"), Error);
}

TEST_CASE("UTF-8 is not asked about, damaged or not")
{
    Asked whole;
    whole.survey.look("café, naïve, \uFFFD", 1);
    CHECK(whole.survey.isUtf8());
    CHECK(whole.decide() == TextEncoding::Utf8);
    CHECK(whole.decide("windows-1252") == TextEncoding::Utf8);

    Asked damaged;
    damaged.survey.look("café, naïve", 1, 0);
    damaged.survey.look("broken \xC3 here", 2, 14);
    CHECK(damaged.survey.isDamagedUtf8());
    CHECK(damaged.survey.firstBadLine() == 2);
    CHECK(damaged.survey.firstBadByte() == 21);
    CHECK(damaged.decide() == TextEncoding::Utf8);
}

TEST_CASE("whatever the bytes, what comes out is UTF-8", "[property]")
{
    rc::prop("both readings are UTF-8", [](const std::string& bytes) {
        bool repaired = false;
        RC_ASSERT(!firstBadUtf8(decoded(bytes, TextEncoding::Utf8, repaired)));
        RC_ASSERT(repaired == firstBadUtf8(bytes).has_value());
        RC_ASSERT(!firstBadUtf8(decoded(bytes, TextEncoding::Windows1252, repaired)));
        Asked one;
        one.survey.look(bytes, 1, 0);
        RC_ASSERT(one.survey.isUtf8() == !firstBadUtf8(bytes).has_value());
        try {
            one.decide();
        } catch (const AnswerNeeded& error) {
            RC_ASSERT(!firstBadUtf8(error.what()));
            for (const auto& choice : error.question().choices)
                RC_ASSERT(!firstBadUtf8(choice.meaning));
        }
    });
}
