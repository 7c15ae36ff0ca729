#include "core/import/catalogue.h"
#include "core/import/neo4jheader.h"
#include "core/import/readers.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

std::string ties(const Collected& all)
{
    std::string out;
    for (const auto& one : all.givenTies) {
        out += one.from + (one.directed ? ">" : "-") + one.to + ' ' +
               std::to_string(one.weight).substr(0, 3) + "; ";
    }
    return out;
}

std::string traitOf(const Collected& all, const std::string& account, const std::string& trait)
{
    for (const auto& one : all.traits) {
        if (one.account == account && one.trait == trait)
            return one.value + (one.numeric ? " (number)" : "");
    }
    return "none";
}

}  // namespace

TEST_CASE("a folder of Neo4j's is one graph, found by what its files hold")
{
    const auto parts = recognise(fixture("import/data/graph/neo4j"));
    REQUIRE(parts.size() == 1);
    CHECK(parts.front().reader->info().id == "neo4j");
    const auto all = collect(*parts.front().reader, *parts.front().package);

    CHECK(graphAdds(all));
    REQUIRE(all.accounts.size() == 4);
    CHECK(all.accounts[0].key == "Person:ada");
    CHECK(all.accounts[0].name == "Ada Okoro");
    CHECK(all.accounts[1].name == "Bo \"Boots\" Lind");
    CHECK(all.accounts[3].key == "Place:ada");  // an id of another space is somebody else
    CHECK(traitOf(all, "Person:ada", "born") == "1971 (number)");
    CHECK(traitOf(all, "Person:ada", "skills") == "baking; welding");
    CHECK(traitOf(all, "Person:ada", "label") == "Person; Chair");
    CHECK(traitOf(all, "Person:ada", "note") == "none");
    CHECK(ties(all) ==
          "Person:ada>Person:bo 2.5; Person:bo>Person:cy 1.0; Person:ada>Person:cy 1.0; "
          "Person:ada>Place:ada 1.0; ");
    CHECK(isoText(all.givenTies.front().time.value()) == "2024-03-01T09:00:00Z");
    CHECK(!all.givenTies[2].time);

    const auto* again = all.problemWith("the node Person:bo is already described in people-1.csv");
    REQUIRE(again != nullptr);
    CHECK(again->outcome == Outcome::Refused);
    CHECK(again->place.entry == "people-2.csv");
    CHECK(again->place.line == 2);
    const auto* stranger = all.problemWith("Person:dee");
    REQUIRE(stranger != nullptr);
    CHECK(stranger->place.entry == "knows.csv");
    CHECK(stranger->place.line == 5);
    REQUIRE(all.problemWith("no header says what its columns are") != nullptr);
    CHECK(all.problemWith("no header says")->place.entry == "other.csv");
    CHECK(all.problemWith("which count alike: HELPS, KNOWS, LIVES_IN") != nullptr);
    CHECK(all.problemWith("is not kept: role") != nullptr);
    CHECK(all.problemWith("the times of 1 ties could not be read") != nullptr);
}

TEST_CASE("one file of Neo4j's is read by itself")
{
    const auto alone =
        collect(neo4jFileReader(), readFile(fixture("import/data/graph/neo4j/knows.csv")));
    CHECK(graphAdds(alone));
    CHECK(alone.accounts.size() == 4);
    CHECK(alone.givenTies.size() == 4);
    CHECK(alone.accounts.front().key == "Person:ada");

    const auto people = collect(neo4jFileReader(), ":ID;name;x:float\n1;Ann;1.5\n2;Bo;2\n3;Cy\n");
    CHECK(people.accounts.size() == 2);
    CHECK(traitOf(people, "2", "x") == "2 (number)");
    CHECK(people.problemWith("2 fields instead of 3")->place.line == 4);
    CHECK(graphAdds(people));

    CHECK(failure(neo4jFileReader(), ":ID,name\n")->cause() ==
          "the file holds only the header of a table");
    CHECK(failure(neo4jFileReader(), "1,Ann\n")->kind() == Error::Kind::BadInput);
    CHECK(failure(neo4jFileReader(), ":ID,name\n1,Ren\xE9\n")->kind() == Error::Kind::NeedsAnswer);
    ReadOptions western;
    western.encoding = "windows-1252";
    CHECK(collect(neo4jFileReader(), ":ID,name\n1,Ren\xE9\n", western).accounts.front().name ==
          "Ren\xC3\xA9");
}

TEST_CASE("headers of Neo4j's are told from others")
{
    using Role = Neo4jColumn::Role;
    const auto header = neo4jHeader({"personId:ID(Person){label:Person}", "name", "at:time", "a:b",
                                     "tags:string[]", ":IGNORE", ":LABEL"});
    CHECK(header.kind == Neo4jHeader::Kind::People);
    CHECK(header.columns[0].role == Role::Id);
    CHECK(header.columns[0].space == "Person");
    CHECK(header.columns[3].name == "a:b");
    CHECK(header.columns[4].array);
    CHECK(header.columns[5].role == Role::Ignored);
    CHECK(header.display == 1);
    CHECK(neo4jHeader({":START_ID", ":END_ID"}).kind == Neo4jHeader::Kind::Ties);
    CHECK(neo4jHeader({":START_ID", "b"}).kind == Neo4jHeader::Kind::None);
    CHECK(neo4jHeader({"source", "target"}).kind == Neo4jHeader::Kind::None);
    CHECK(neo4jId(neo4jHeader({"a:ID", "b:ID"}), Role::Id, {"x", "y"}) == "xy");
    CHECK(neo4jHeaderStem("in/Persons_Header.csv") == "persons");
    CHECK(!neo4jHeaderStem("persons.csv"));

    CHECK(recognition(neo4jFileReader(), ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n").confidence > 90);
    CHECK(recognition(edgeListReader(), ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n").confidence < 50);
    CHECK(recognition(neo4jFileReader(), "source,target\n1,2\n").confidence == 0);
}

TEST_CASE("a cut file of Neo4j's gives what is whole")
{
    const auto text = readFile(fixture("import/data/graph/neo4j/knows.csv"));
    CHECK(readCut(neo4jFileReader(), text, 60) > 0);
    const auto cut = collect(neo4jFileReader(), text.substr(0, text.rfind("cy,,,,dee")));
    CHECK(cut.givenTies.size() == 3);
}
