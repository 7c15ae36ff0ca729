#include "core/graph/export.h"

#include "core/base/error.h"
#include "core/graph/xml.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <limits>
#include <sstream>

using namespace kith;

namespace {

struct Fixture {
    PeopleGraph people;
    GraphExport data;

    Fixture()
    {
        people.graph = buildGraph(3, {{0, 1, 1.5F}, {2, 1, 0.1F}});
        data.labels = {"Ann \"A\" <Shaw> & Co", "=HYPERLINK(\"x\")",
                       std::string("a\x01\xff\0b", 5)};
        data.columns = {{"ward", false, {"East & West", "", "]]>"}},
                        {"age", true, {"41", "", "many"}}};
        data.graph = &people;
        data.provenance = {{"seed", "7"}, {"made by", "Kith <1>"}};
    }
};

std::string written(void (*write)(std::ostream&, const GraphExport&), const GraphExport& data)
{
    std::ostringstream out;
    write(out, data);
    return out.str();
}

bool accepted(const std::string& command, const std::string& text)
{
    const tests::TempFolder folder;
    tests::writeFile(folder.path() / "file", text);
    return std::system(
               (command + " " + (folder.path() / "file").string() + " >/dev/null").c_str()) == 0;
}

bool present(const std::string& program)
{
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("GraphML holds people, columns, ties and where they come from", "[graph]")
{
    const Fixture fixture;
    const auto text = written(writeGraphml, fixture.data);

    CHECK(text.find("attr.name=\"made by\" attr.type=\"string\"") != std::string::npos);
    CHECK(text.find(">Kith &lt;1&gt;<") != std::string::npos);
    CHECK(text.find(
              "<node id=\"n0\"><data key=\"label\">Ann &quot;A&quot; &lt;Shaw&gt; &amp; Co</data>"
              "<data key=\"c0\">East &amp; West</data><data key=\"c1\">41</data></node>") !=
          std::string::npos);
    CHECK(text.find("<edge source=\"n0\" target=\"n1\"><data key=\"weight\">1.5</data></edge>") !=
          std::string::npos);
    CHECK(text.find("<data key=\"weight\">0.1</data>") != std::string::npos);
    CHECK(text.find("many") == std::string::npos);  // no number, so no value
    CHECK(text.find("a\ufffd\ufffd\ufffdb") != std::string::npos);
    if (present("xmllint")) CHECK(accepted("xmllint --noout", text));
}

TEST_CASE("edge tables are quoted and hold no formulas", "[graph]")
{
    const Fixture fixture;
    CHECK(written(writeEdgeCsv, fixture.data) ==
          "source,target,weight\r\n"
          "\"Ann \"\"A\"\" <Shaw> & Co\",\"'=HYPERLINK(\"\"x\"\")\",1.5\r\n"
          "\"'=HYPERLINK(\"\"x\"\")\",\"a\x01\ufffd\ufffdb\",0.1\r\n");
    for (const std::string start :
         {"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"}) {
        Fixture other;
        other.data.labels[0] = start + "1";
        CAPTURE(start);
        CHECK(written(writeEdgeCsv, other.data).find("\"'" + start + "1\"") != std::string::npos);
    }
}

TEST_CASE("node-link JSON is JSON, whatever labels hold", "[graph]")
{
    const Fixture fixture;
    const auto text = written(writeNodeLinkJson, fixture.data);
    CHECK(text.find("\"made by\":\"Kith <1>\"") != std::string::npos);
    CHECK(text.find("{\"id\":\"n2\",\"label\":\"a\\u0001\ufffd\\u0000b\",\"ward\":\"]]>\"}") !=
          std::string::npos);
    CHECK(text.find("{\"source\":\"n1\",\"target\":\"n2\",\"weight\":0.1}") != std::string::npos);
    if (present("python3")) CHECK(accepted("python3 -m json.tool", text));
}

TEST_CASE("a graph without people is a file, a wrong number of labels an error", "[graph]")
{
    PeopleGraph none;
    none.graph = buildGraph(0, {});
    GraphExport data;
    data.graph = &none;
    CHECK(written(writeGraphml, data).find("</graphml>") != std::string::npos);
    CHECK(written(writeNodeLinkJson, data).find("\"links\":[]") != std::string::npos);
    CHECK(written(writeEdgeCsv, data) == "source,target,weight\r\n");
    data.labels = {"one too many"};
    CHECK_THROWS_AS(written(writeGraphml, data), Error);
    CHECK_THROWS_AS(written(writeGraphml, GraphExport{}), Error);

    Fixture fixture;
    fixture.data.columns[0].values.pop_back();
    CHECK_THROWS_AS(written(writeEdgeCsv, fixture.data), Error);
    std::ostringstream full;
    full.setstate(std::ios::badbit);
    fixture = Fixture();
    fixture.data.graph = &fixture.people;
    CHECK_THROWS_AS(writeGraphml(full, fixture.data), Error);
}

TEST_CASE("numbers are written shortest and without a locale", "[graph]")
{
    CHECK(numberText(0.1) == "0.1");
    CHECK(numberText(1.25, 1) == "1.2");
    CHECK(numberText(3.0, 2) == "3");
    CHECK(numberText(-0.001, 2) == "0");
    CHECK(numberText(std::numeric_limits<double>::quiet_NaN()) == "0");
    CHECK(numberText(1234567.5) == "1234567.5");
}
