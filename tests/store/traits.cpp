#include "core/store/history.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

struct Street : Fixture {
    Street()
    {
        Chat chat;
        chat.accounts = {{"u1", "Ana Silva", "ana@example.org", false},
                         {"u2", "Jo Brown", "jo1", false},
                         {"u3", "Jo Brown", "jo2", false},
                         {"u4", "Cy", "", false}};
        for (const char* key : {"u1", "u2", "u3", "u4"}) chat.say(key, "hello");
        chat.into(workspace);
    }

    TraitsReport add(const std::string& table)
    {
        writeFile(folder.path() / "people.csv", table);
        return importTraits(workspace, folder.path() / "people.csv", task);
    }

    PersonId who(const std::string& name) const { return peopleCalled(workspace, name).at(0); }
    std::string value(const std::string& name, const std::string& trait) const
    {
        return traitsOf(workspace, who(name))[trait];
    }
};

}  // namespace

TEST_CASE("a table of people sets traits by name, handle and key", "[store]")
{
    Street s;
    const auto report = s.add(
        "name,handle,ward,kind,sector\n"
        "ana SILVA,,Eastfield,,\n"
        ",@jo2,Westfield,,\n"
        "Cy,,,organisation,third\n");
    CHECK(report.rows == 3);
    CHECK(report.matched == 3);
    CHECK(report.unmatched.empty());
    CHECK(report.traits == std::vector<std::string>{"ward"});
    CHECK(s.value("u1", "ward") == "Eastfield");
    CHECK(s.value("u3", "ward") == "Westfield");
    CHECK(s.value("u2", "ward").empty());
    CHECK(person(s.workspace, s.who("Cy"))->kind == PersonKind::Organisation);
    CHECK(person(s.workspace, s.who("Cy"))->sector == "third");
    CHECK(history(s.workspace).size() == 1);
    undo(s.workspace);
    CHECK(traits(s.workspace).empty());
    CHECK(verify(s.workspace, s.task).empty());
}

TEST_CASE("a name that several people share matches nobody and is listed", "[store]")
{
    Street s;
    const auto report = s.add("name,ward\nJo Brown,North\nNobody Known,South\n,East\n");
    CHECK(report.matched == 0);
    REQUIRE(report.unmatched.size() == 3);
    CHECK(report.unmatched[0] == "Jo Brown (line 2): several people have that name");
    CHECK(report.unmatched[1] == "Nobody Known (line 3): nobody has that name");
}

TEST_CASE("a row that names accounts of two people joins them", "[store]")
{
    Street s;
    const auto report = s.add("email,username,ward\nana@example.org,jo1,North\n");
    CHECK(report.merged == 1);
    CHECK(people(s.workspace).size() == 3);
    CHECK(s.who("u1") == s.who("u2"));
    undo(s.workspace);
    CHECK(people(s.workspace).size() == 4);
}

TEST_CASE("a trait is numeric when all its values are and more than ten differ", "[store]")
{
    Fixture f;
    Chat chat;
    std::string table = "id,age,ward\n";
    for (int i = 0; i < 12; ++i) {
        chat.say("u" + std::to_string(i), "hello", i);
        table += "u" + std::to_string(i) + "," + std::to_string(20 + i) + "," +
                 std::to_string(i % 3) + "\n";
    }
    chat.into(f.workspace);
    writeFile(f.folder.path() / "p.csv", table);
    importTraits(f.workspace, f.folder.path() / "p.csv", f.task);
    CHECK(traitNamed(f.workspace, "age")->scale == TraitScale::Numeric);
    CHECK(traitNamed(f.workspace, "ward")->scale == TraitScale::Nominal);
    CHECK_THROWS_AS(setTrait(f.workspace, people(f.workspace)[0].id, "age", "old"), Error);
}

TEST_CASE("a table without a column that says whose row it is changes nothing", "[store]")
{
    Street s;
    const auto before = dump(s.workspace);
    CHECK_THROWS_WITH(s.add("ward,age\nNorth,3\n"), Catch::Contains("whose row it is"));
    CHECK_THROWS_AS(s.add(""), Error);
    CHECK(dump(s.workspace) == before);
}
