#include "core/analysis/keptresults.h"

#include "core/analysis/bridgestudy.h"
#include "core/base/hash.h"
#include "core/store/database.h"
#include "core/store/history.h"
#include "core/store/packed.h"
#include "core/store/people.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <set>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

/// 1,200 people in rings of twelve who all know each other, each ring tied to the next.
std::string rings()
{
    std::string text = "source,target\n";
    for (int ring = 0; ring < 100; ++ring) {
        for (int a = 0; a < 12; ++a)
            for (int b = a + 1; b < 12; ++b)
                text += fmt::format("p{},p{}\n", ring * 12 + a, ring * 12 + b);
        text += fmt::format("p{},p{}\n", ring * 12, (ring * 12 + 13) % 1200);
    }
    return text;
}

AnalysisOptions quick()
{
    AnalysisOptions options;
    options.runs = 3;
    options.nullSamples = 5;
    options.traits = options.text = options.layout = false;
    return options;
}

struct Rings {
    TempFolder folder;
    fs::path path = folder.path() / "rings.kith";

    Rings()
    {
        auto workspace = Workspace::create(path);
        import(workspace, "rings.csv", rings());
    }
    void import(Workspace& workspace, const std::string& name, const std::string& text) const
    {
        writeFile(folder.path() / name, text);
        Task task;
        importFile(workspace, folder.path() / name, {}, task);
    }
};

/// An analysis by somebody who only reads, and the phases that were worked out.
struct Run {
    std::shared_ptr<const Analysis> found;
    std::set<std::string> phases;

    explicit Run(const fs::path& path, const AnalysisOptions& options = quick(),
                 const Analysis* before = nullptr)
    {
        Task task({}, [this](const std::string& phase, double) { phases.insert(phase); });
        found = analyse(Workspace::open(path, Workspace::Mode::ReadOnly), options, task, before);
    }
    bool lookedForGroups() const { return phases.contains("Finding clusters"); }
    bool comparedWithChance() const { return phases.contains("Comparing with chance"); }
    bool followedPaths() const { return phases.contains("Following shortest paths"); }
};

bool same(const Analysis& a, const Analysis& b)
{
    const auto& x = a.consensus;
    const auto& y = b.consensus;
    bool equal = x.partition == y.partition && x.modularity == y.modularity && x.runs == y.runs &&
                 x.stability == y.stability && x.overall == y.overall &&
                 x.instability == y.instability && x.together == y.together &&
                 x.personStability == y.personStability;
    equal = equal && a.options.resolution == b.options.resolution && a.null.z == b.null.z &&
            a.null.observed == b.null.observed && a.null.mean == b.null.mean &&
            a.null.sd == b.null.sd && a.null.p == b.null.p && a.null.samples == b.null.samples &&
            a.structured == b.structured;
    return equal && a.betweenness.value == b.betweenness.value &&
           a.betweenness.exact == b.betweenness.exact &&
           a.betweenness.draws == b.betweenness.draws &&
           a.betweenness.error == b.betweenness.error && a.bridges.size() == b.bridges.size() &&
           a.clusterOf == b.clusterOf;
}

std::int64_t rowsKept(const fs::path& path)
{
    const Database db(path, Database::Access::ReadOnly);
    Statement row(db, "SELECT count(*) FROM kept");
    row.next();
    return row.integer(0);
}

std::string keptBytes(const fs::path& path, const std::string& key)
{
    return kept(Workspace::open(path, Workspace::Mode::ReadOnly), key).value();
}

void overwrite(const fs::path& path, const std::string& key, const std::string& bytes)
{
    auto workspace = Workspace::open(path);
    const KeptRow row{key, bytes};
    REQUIRE(keep(workspace, workspace.version(), {&row, 1}));
}

/// Numbers with the hash that belongs to them, as somebody would who means to mislead.
std::string forged(const std::string& key, const std::string& numbers)
{
    const auto mark = hashOf(std::string_view(key), std::string_view(numbers));
    return numbers + std::string(reinterpret_cast<const char*>(mark.data()), mark.size());
}

}  // namespace

TEST_CASE("a second analysis takes what the first one kept, and is the same", "[analysis][kept]")
{
    const Rings rings;
    const Run first(rings.path);
    CHECK(first.lookedForGroups());
    CHECK(first.comparedWithChance());
    CHECK(first.followedPaths());
    CHECK_FALSE(first.found->unkept);
    CHECK(first.found->consensus.modularity > 0.9);
    CHECK(rowsKept(rings.path) == 3);
    CHECK(std::distance(fs::directory_iterator(rings.folder.path()), {}) == 2);  // nothing beside

    const Run second(rings.path);
    CHECK_FALSE(second.lookedForGroups());
    CHECK_FALSE(second.comparedWithChance());
    CHECK_FALSE(second.followedPaths());
    CHECK(same(*first.found, *second.found));

    auto threads = quick();
    threads.threads = 1;
    CHECK_FALSE(Run(rings.path, threads).lookedForGroups());
    Task task;
    const auto workspace = Workspace::open(rings.path, Workspace::Mode::ReadOnly);
    const auto study = studyBridges(workspace, quick(), false, task);
    CHECK(study.betweenness.value == first.found->betweenness.value);
}

TEST_CASE("other parameters are worked out for themselves", "[analysis][kept]")
{
    const Rings rings;
    const Run first(rings.path);
    auto seed = quick();
    seed.seed = 2;
    CHECK(Run(rings.path, seed).lookedForGroups());
    auto finer = quick();
    finer.resolution = 3;
    CHECK(Run(rings.path, finer).lookedForGroups());
    CHECK(Run(rings.path, finer).found->options.resolution == 3);
    auto more = quick();
    more.runs = 4;
    CHECK(Run(rings.path, more).found->consensus.runs == 4);
    auto samples = quick();
    samples.nullSamples = 6;
    const Run compared(rings.path, samples);
    CHECK_FALSE(compared.lookedForGroups());
    CHECK(compared.found->null.samples == 6);
    auto heavy = quick();
    heavy.selection.minWeight = 100;
    CHECK(Run(rings.path, heavy).found->people.graph.ties() == 0);
    CHECK(same(*first.found, *Run(rings.path).found));
}

TEST_CASE("what is kept goes with every change", "[analysis][kept]")
{
    const Rings rings;
    const Run first(rings.path);
    REQUIRE(rowsKept(rings.path) == 3);
    {
        auto workspace = Workspace::open(rings.path);
        rings.import(workspace, "more.csv", "source,target\np0,p600\np3,p700\n");
    }
    CHECK(rowsKept(rings.path) == 0);
    const Run imported(rings.path);
    CHECK(imported.lookedForGroups());
    CHECK(imported.found->people.graph.ties() == first.found->people.graph.ties() + 2);

    REQUIRE(rowsKept(rings.path) == 3);
    const auto who = imported.found->persons;
    {
        auto workspace = Workspace::open(rings.path);
        mergePeople(workspace, who[0].id, who[1].id);
    }
    CHECK(rowsKept(rings.path) == 0);
    const Run merged(rings.path);
    CHECK(merged.lookedForGroups());
    CHECK(merged.found->people.people.size() == 1199);

    REQUIRE(rowsKept(rings.path) == 3);
    {
        auto workspace = Workspace::open(rings.path);
        REQUIRE(undo(workspace));
    }
    CHECK(rowsKept(rings.path) == 0);
    const Run undone(rings.path);
    CHECK(undone.lookedForGroups());
    CHECK(same(*undone.found, *imported.found));
}

TEST_CASE("damaged and forged results are worked out anew", "[analysis][kept]")
{
    const Rings rings;
    const Run first(rings.path);
    const auto& keys = first.found->keys;
    for (const auto& key : {keys.groups, keys.chance, keys.paths}) {
        const auto good = keptBytes(rings.path, key);
        const auto tried = [&](const std::string& bytes) {
            overwrite(rings.path, key, bytes);
            const Run again(rings.path);
            CHECK(again.lookedForGroups() == (key == keys.groups));
            CHECK(again.comparedWithChance() == (key == keys.chance));
            CHECK(again.followedPaths() == (key == keys.paths));
            CHECK(same(*first.found, *again.found));
            CHECK(keptBytes(rings.path, key) == good);
        };
        for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
            auto bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 4);
            tried(bad);
        }
        tried("");
        tried(good.substr(0, good.size() - 1));
        tried(good + "x");
        const auto numbers = good.substr(0, good.size() - 16);
        tried(forged(key, ""));
        tried(forged(key, numbers.substr(0, numbers.size() - 1)));
        tried(forged(key, numbers + '\0'));
        tried(forged(key, std::string(numbers.size(), '\xff')));
    }
    // Whole, with the right hash, and of another graph: two people change their groups.
    auto numbers = keptBytes(rings.path, keys.groups);
    numbers.resize(numbers.size() - 16);
    const auto at = numbers.find(std::string(12, '\x05'));
    REQUIRE(at != std::string::npos);
    std::swap(numbers[at], numbers[at + 12]);
    overwrite(rings.path, keys.groups, forged(keys.groups, numbers));
    const Run again(rings.path);
    CHECK(again.lookedForGroups());
    CHECK(same(*first.found, *again.found));
}

TEST_CASE("a workspace that somebody else holds is analysed, and its holder can keep the results",
          "[analysis][kept]")
{
    const Rings rings;
    auto holder = std::make_unique<Workspace>(Workspace::open(rings.path));
    const Run first(rings.path);
    CHECK(first.found->unkept);
    CHECK(rowsKept(rings.path) == 0);
    const auto rows = rowsToKeep(*first.found);
    CHECK(rows.size() == 3);
    REQUIRE(keep(*holder, first.found->workspaceVersion, rows));
    const Run second(rings.path);
    CHECK_FALSE(second.lookedForGroups());
    CHECK_FALSE(second.found->unkept);
    CHECK(same(*first.found, *second.found));
    holder.reset();
    CHECK_FALSE(Run(rings.path).lookedForGroups());
}

TEST_CASE("an edit that leaves the graph as it was needs no groups anew", "[analysis][kept]")
{
    const Rings rings;
    const Run first(rings.path);
    auto workspace = Workspace::open(rings.path);
    renamePerson(workspace, first.found->persons[3].id, "Ann");
    CHECK(rowsKept(rings.path) == 0);
    const Run renamed(rings.path, quick(), first.found.get());
    CHECK(renamed.phases.count("Finding clusters") == 0);
    CHECK(renamed.phases.count("Comparing with chance") == 0);
    CHECK(renamed.phases.count("Following shortest paths") == 0);
    CHECK(same(*first.found, *renamed.found));
    CHECK(renamed.found->persons[3].name == "Ann");
    CHECK(renamed.found->unkept);
    mergePeople(workspace, first.found->persons[0].id, first.found->persons[1].id);
    CHECK(Run(rings.path, quick(), first.found.get()).lookedForGroups());
}

TEST_CASE("little workspaces are left alone", "[analysis][kept]")
{
    const TempFolder folder;
    const auto made = village(folder);
    const auto found = analysed(made);
    CHECK(found->keys.groups.empty());
    CHECK_FALSE(found->unkept);
    CHECK(rowsToKeep(*found).empty());
    CHECK(rowsKept(made.path()) == 0);
}

TEST_CASE("keys stand for every weight", "[analysis][kept]")
{
    std::vector<WeightedTie> ties;
    for (Vertex v = 0; v + 1 < 1500; ++v) ties.push_back({v, v + 1, 1});
    const auto one = keptKeys(buildGraph(1500, ties), {}, 19);
    CHECK(one.groups == keptKeys(buildGraph(1500, ties), {}, 19).groups);
    CHECK(one.groups == keptKeys(buildGraph(1500, ties), {}, 20).groups);
    CHECK(one.chance != keptKeys(buildGraph(1500, ties), {}, 20).chance);
    ties[700].weight = 1.0000001F;
    CHECK(one.groups != keptKeys(buildGraph(1500, ties), {}, 19).groups);
    ties[700] = {700, 702, 1};
    CHECK(one.paths != keptKeys(buildGraph(1500, ties), {}, 19).paths);
}
