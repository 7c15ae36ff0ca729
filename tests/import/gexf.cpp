#include "core/base/text.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;

namespace {

std::string gexf(const std::string& body, const std::string& graph = "defaultedgetype='directed'")
{
    return "<?xml version=\"1.0\"?>\n<gexf version='1.3'>\n<graph " + graph + ">\n" + body +
           "\n</graph>\n</gexf>\n";
}

constexpr const char* pair = "<nodes><node id='a'/><node id='b'/></nodes>\n";

}  // namespace

TEST_CASE("GEXF gives people, traits and ties")
{
    const auto all =
        collect(gexfReader(), readFile(fixture("import/data/graph/club.gexf")), {}, "club.gexf");
    CHECK(graphAdds(all));
    REQUIRE(all.accounts.size() == 4);
    CHECK(all.accounts[0].key == "p1");
    CHECK(all.accounts[0].name == "Ann & Co");
    std::string traits;
    for (const auto& one : all.traits)
        traits += one.account + '.' + one.trait + '=' + one.value + (one.numeric ? "# " : " ");
    CHECK(traits ==
          "p1.ward=Eastfield p1.age=41# p1.steward=true p2.ward=West p2.steward=true "
          "p4.ward=West p4.age=7# p4.steward=false p3.ward=West p3.steward=true ");
    REQUIRE(all.givenTies.size() == 3);
    CHECK(all.givenTies[0].weight == 2.5);
    CHECK_FALSE(all.givenTies[0].directed);
    CHECK(isoText(*all.givenTies[0].time) == "2024-03-01T00:00:00Z");
    CHECK(all.givenTies[1].directed);
    CHECK(all.givenTies[1].weight == 1.5);
    CHECK(isoText(*all.givenTies[1].time) == "2024-02-03T09:00:00Z");
    CHECK(all.problemWith("change over time; their mean")->outcome == Outcome::Noted);
    CHECK(all.problemWith("of weight 0")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("to themselves")->outcome == Outcome::Skipped);
    CHECK(all.problemWith("not a finite number")->outcome == Outcome::Refused);
    CHECK(all.problemWith("nobody, who is not among")->place.line == 42);
    const auto* said = all.problemWith("4 people and 3 ties");
    REQUIRE(said);
    CHECK(
        said->what ==
        "4 people and 3 ties, 1 with a direction, weights from 1 to 2.5; 1 tie from somebody to "
        "themselves was left out; 1 tie names somebody who has no entry of their own and was left "
        "out; 1 tie runs beside another between the same two people and counts as well");
    CHECK(all.problemWith("already described in line 13")->place.line == 23);
}

TEST_CASE("GEXF that is unsafe or broken is refused with its place")
{
    std::string deep;
    for (int level = 0; level < 300'000; ++level) deep += "<a>";
    struct Case {
        std::string text;
        Error::Kind kind;
        std::uint64_t line;
        std::string words;
    };
    const std::vector<Case> cases{
        {"<!DOCTYPE gexf [<!ENTITY a \"b\">]>\n<gexf/>", Error::Kind::BadInput, 1, "DOCTYPE"},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE g SYSTEM \"file:///etc/passwd\"><gexf/>",
         Error::Kind::BadInput, 2, "DOCTYPE"},
        {"<gexf>\n" + deep, Error::Kind::LimitReached, 2, "64"},
        {"<gexf>\n<graph>\n<node id='a'></edge>", Error::Kind::BadInput, 3, "broken"},
        {"<graphml>\n</graphml>", Error::Kind::BadInput, 1, "<gexf>"},
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf><graph><node "
         "id=\"\xE9\"/></graph></gexf>",
         Error::Kind::BadInput, 2, "says that it is UTF-8, but its bytes are not"},
        {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<gexf><graph><node id=\"é\"/></graph>"
         "</gexf>",
         Error::Kind::BadInput, 1, "ISO-8859-1, but its bytes are UTF-8"},
        {"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<gexf><graph><node "
         "id=\"a\"/></graph></gexf>",
         Error::Kind::BadInput, 1, "UTF-16, but its bytes are single bytes"},
        {"<?xml version=\"1.0\" encoding=\"KOI8-R\"?>\n<gexf/>", Error::Kind::BadInput, 1,
         "KOI8-R"},
        {gexf(""), Error::Kind::BadInput, 0, "no people"},
    };
    for (const auto& one : cases) {
        INFO(one.text.substr(0, 80));
        const auto error = failure(gexfReader(), one.text, {}, "g.gexf");
        REQUIRE(error);
        CHECK(error->kind() == one.kind);
        CHECK(error->where().line.value_or(0) == one.line);
        CHECK(error->cause().find(one.words) != std::string::npos);
        CHECK_FALSE(error->where().file.empty());
    }
    const auto windows = collect(gexfReader(),
                                 "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<gexf><graph>"
                                 "<node id=\"Jos\xE9\x92s\"/></graph></gexf>");
    CHECK(windows.accounts.front().key == "José’s");
}

TEST_CASE("GEXF in other dress")
{
    const auto late = collect(
        gexfReader(), gexf("<edges><edge source='a' target='b'/></edges>" + std::string(pair)));
    CHECK(late.givenTies.size() == 1);
    const auto plain =
        collect(gexfReader(), gexf(std::string(pair) + "<edge source='a' target='b'/>", ""));
    CHECK_FALSE(plain.givenTies.front().directed);
    const auto typed =
        collect(gexfReader(), gexf(std::string(pair) + "<edge source='a' target='b' type='mutual'/>"
                                                       "<edge source='b' target='a'/>"));
    CHECK_FALSE(typed.givenTies[0].directed);
    CHECK(typed.givenTies[1].directed);
    const auto old =
        collect(gexfReader(),
                gexf("<attributes class='node'><attribute id='0' title='ward' type='string'/>"
                     "</attributes><nodes><node id='a'><attvalues><attvalue id='0' "
                     "value='East'/></attvalues><nodes><node id='b'/></nodes></node></nodes>"));
    CHECK(old.accounts.size() == 2);
    CHECK(old.traits.front().value == "East");
    const auto cut = collect(gexfReader(), gexf(pair).substr(0, gexf(pair).find("</nodes>")));
    CHECK(cut.problemWith("ends in the middle"));
    CHECK(recognition(gexfReader(), gexf("")).confidence > 80);
    CHECK(recognition(gexfReader(), "<graphml><gexf/></graphml>").confidence == 0);
    CHECK(recognition(graphmlReader(), gexf("")).confidence == 0);
    CHECK(recognition(gexfReader(), "it says <gexf> here").confidence == 0);
}

TEST_CASE("a GEXF column inside another's default is a column of its own")
{
    const auto all =
        collect(gexfReader(),
                "<gexf><graph><attributes class='node'><attribute id='0' title='ward' "
                "type='string'><default>East<attribute id='1' title='role' type='string'/>"
                "behind</default></attribute></attributes><nodes><node id='a'/></nodes>"
                "</graph></gexf>");
    REQUIRE(all.traits.size() == 1);
    CHECK(all.traits[0].trait == "ward");
}

TEST_CASE("times of a graph in several styles are asked about")
{
    const auto text = [](const std::string& first, const std::string& second) {
        return gexf(std::string(pair) + "<edge source='a' target='b' start='" + first +
                    "'/>\n<edge source='b' target='a' start='" + second + "'/>");
    };
    struct Case {
        std::string second;
        std::size_t choices;
    };
    for (const auto& one :
         {Case{"2004.5", 1}, Case{"01/03/2024", 3}, Case{"1706745600", 1}, Case{"last week", 1}}) {
        INFO(one.second);
        try {
            collect(gexfReader(), text("2024-03-01", one.second));
            FAIL("not asked");
        } catch (const AnswerNeeded& asked) {
            CHECK(asked.question().about == Question::About::Dates);
            CHECK(asked.question().choices.size() == one.choices);
            CHECK(asked.where().line == 6);
            CHECK(asked.cause().find(one.second) != std::string::npos);
        }
        ReadOptions options;
        options.dates = DateOrder::YearMonthDay;
        const auto all = collect(gexfReader(), text("2024-03-01", one.second), options);
        REQUIRE(all.givenTies.size() == 2);
        CHECK(all.givenTies[0].time);
        CHECK_FALSE(all.givenTies[1].time);
        CHECK(all.problemWith("were not used"));
    }
    ReadOptions british;
    british.dates = DateOrder::DayMonthYear;
    const auto all = collect(gexfReader(), text("2024-03-01", "02/03/2024"), british);
    CHECK(isoText(*all.givenTies[1].time) == "2024-03-02T00:00:00Z");
    const auto steps = collect(gexfReader(), text("1", "2004.5"));
    CHECK_FALSE(steps.givenTies[0].time);
    CHECK(steps.problemWith("are no dates and were not used"));
    CHECK(collect(gexfReader(), text("2024-03-01", "-Infinity")).givenTies.size() == 2);
    CHECK(failure(gexfReader(), text("01/03/2024", "02/03/2024"))->kind() ==
          Error::Kind::NeedsAnswer);
}

TEST_CASE("GEXF reads alike however it arrives", "[property]")
{
    const auto text = readFile(fixture("import/data/graph/club.gexf"));
    const auto whole = told(collect(gexfReader(), text, {}, "w"));
    rc::prop("chunks change nothing", [&](const std::vector<std::size_t>& sizes) {
        RC_ASSERT(told(collect(gexfReader(), PiecedPackage("w", text, sizes))) == whole);
    });
    CHECK(readCut(gexfReader(), text, 60) > 10);
}

TEST_CASE("GEXF in the wild")
{
    struct Expected {
        std::string file;
        std::size_t nodes;
        std::size_t ties;
        std::size_t skipped;
    };
    const std::vector<Expected> all{{"includenullattvalues.gexf", 2, 1, 0},
                                    {"exporter_plugin_gexf_infinity.gexf", 2, 1, 0},
                                    {"gexf_basic.gexf", 2, 1, 0},
                                    {"gexf_data.gexf", 1, 0, 1},
                                    {"gexf_dynamicedgeweight.gexf", 2, 1, 0},
                                    {"file_gexf_infinity.gexf", 1, 0, 0},
                                    {"gexf_slice.gexf", 2, 1, 0},
                                    {"gexf_timezone.gexf", 2, 1, 0},
                                    {"gexf_zeroweight.gexf", 2, 0, 1}};
    for (const auto& one : all) {
        INFO(one.file);
        const auto files = publicFiles("graph", one.file);
        if (files.empty()) {
            WARN("public data absent");
            return;
        }
        const auto text = readFile(files.front());
        const auto read = collect(gexfReader(), text);
        CHECK(read.accounts.size() == one.nodes);
        CHECK(read.givenTies.size() == one.ties);
        CHECK(read.count(Outcome::Skipped) == one.skipped);
        CHECK(graphAdds(read));
        CHECK(recognition(gexfReader(), text).confidence > 80);
        readCut(gexfReader(), text, 20);
    }
    const auto read = [](const std::string& name) {
        return collect(gexfReader(), readFile(publicFiles("graph", name).front()));
    };
    CHECK(read("gexf_dynamicedgeweight.gexf").givenTies.front().weight == 1.5);
    CHECK(read("gexf_slice.gexf").traits.front().value == "12");
    CHECK(read("gexf_slice.gexf").givenTies.front().weight == 2);
    CHECK(read("includenullattvalues.gexf").traits.size() == 1);
    CHECK(failure(gexfReader(), readFile(publicFiles("graph", "gexf_meta.gexf").front())));
}
