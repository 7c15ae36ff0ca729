#include "core/store/database.h"
#include "tests/ui/sample.h"

using namespace kith;
using namespace kith::tests;

namespace {

/// 1,200 people in rings of twelve, each ring tied to the next.
void makeRings(const std::filesystem::path& folder)
{
    std::string text = "source,target\n";
    for (int ring = 0; ring < 100; ++ring) {
        for (int a = 0; a < 12; ++a)
            for (int b = 0; b < a; ++b)
                text += fmt::format("p{},p{}\n", 12 * ring + a, 12 * ring + b);
        text += fmt::format("p{},p{}\n", 12 * ring, (12 * ring + 13) % 1200);
    }
    writeFile(folder / "rings.csv", text);
    auto workspace = Workspace::create(folder / "rings.kith");
    Task task;
    importFile(workspace, folder / "rings.csv", {}, task);
}

std::int64_t rowsKept(const std::filesystem::path& path)
{
    const Database db(path, Database::Access::ReadOnly);
    Statement row(db, "SELECT count(*) FROM kept");
    row.next();
    return row.integer(0);
}

}  // namespace

TEST_CASE("what the window worked out is kept for the next time it is opened", "[ui][document]")
{
    Sample sample(false);
    makeRings(sample.folder.path());
    const auto path = sample.folder.path() / "rings.kith";
    REQUIRE(sample.document.open(path));
    sample.settle();
    REQUIRE(sample.document.analysis());
    const auto first = sample.document.analysis();
    CHECK(first->unkept);
    REQUIRE(waitFor([&] { return rowsKept(path) == 3; }));
    sample.document.close();
    CHECK_FALSE(std::filesystem::exists(path.string() + "-wal"));

    REQUIRE(sample.document.open(path));
    sample.settle();
    const auto second = sample.document.analysis();
    REQUIRE(second);
    CHECK_FALSE(second->unkept);
    CHECK(second->clusterOf == first->clusterOf);
    CHECK(second->null.z == first->null.z);
    CHECK(second->betweenness.value == first->betweenness.value);

    // A name leaves the graph as it was: the groups are those at hand, and are kept again.
    REQUIRE(sample.document.renamePerson(second->persons.front().id, QStringLiteral("Ann")));
    sample.settle();
    CHECK(sample.document.analysis()->persons.front().name == "Ann");
    CHECK(sample.document.analysis()->clusterOf == first->clusterOf);
    REQUIRE(waitFor([&] { return rowsKept(path) == 3; }));
    CHECK(sample.failures.isEmpty());
}
