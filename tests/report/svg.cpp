#include "core/base/error.h"
#include "core/report/report.h"
#include "tests/layout/town.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <sstream>

using namespace kith;

namespace {

const std::array<std::string, 8> names{
    "bins collections", "allotment", "choir rehearsals", "damp & mould",
    "school <gate>",    "library",   "cycle lane",       "food bank volunteers"};

MapScene sceneOf(std::uint32_t people, int clusters, std::uint64_t seed = 3)
{
    const auto town = tests::town(people, clusters, seed);
    Task task;
    SceneInput input;
    input.positions = layoutMap(town.graph, town.clusterOf, {}, task);
    input.clusterOf = town.clusterOf;
    for (int c = 0; c < clusters; ++c) {
        input.clusterColour.push_back(c < 7 ? c : -1);
        input.clusterLabel.push_back(names[static_cast<std::size_t>(c) % names.size()]);
    }
    for (Vertex v = 0; v < people; ++v) {
        input.personLabel.push_back("Person " + std::to_string(v));
        input.personSize.push_back(town.graph.strength[v]);
        input.bridge.push_back(town.crosses[v] && v % 3 == 0);
        input.organisation.push_back(v % 37 == 5);
    }
    return mapScene(town.graph, input);
}

std::string svg(const MapScene& scene, int width = 1200, int height = 900)
{
    std::ostringstream out;
    writeMapSvg(out, scene, width, height);
    return out.str();
}

}  // namespace

TEST_CASE("a map is a static, self-contained, well-formed picture", "[report]")
{
    const std::string picture = svg(sceneOf(300, 6));

    CHECK(picture.find("<script") == std::string::npos);
    CHECK(picture.find("href") == std::string::npos);
    CHECK(picture.find("<title") != std::string::npos);
    CHECK(picture.find("damp &amp; mould") != std::string::npos);
    CHECK(picture.find("<gate>") == std::string::npos);
    CHECK(picture == svg(sceneOf(300, 6)));
    if (std::system("command -v xmllint >/dev/null 2>&1") == 0) {
        const tests::TempFolder folder;
        tests::writeFile(folder.path() / "map.svg", picture);
        CHECK(std::system(("xmllint --noout " + (folder.path() / "map.svg").string()).c_str()) ==
              0);
    }
}

TEST_CASE("whatever a label holds, it stays text", "[report]")
{
    MapScene scene = sceneOf(60, 2);
    scene.territories[0].label = "\x01<script>alert(\"1\")</script> \xff ]]>";
    const std::string picture = svg(scene);
    CHECK(picture.find("<script") == std::string::npos);
    CHECK(picture.find('\x01') == std::string::npos);
    CHECK(picture.find('\xff') == std::string::npos);
    CHECK(picture.find("\xef\xbf\xbd") != std::string::npos);
}

TEST_CASE("an empty map is a picture, too; a speck is refused", "[report]")
{
    CHECK(svg(MapScene{}).find("0 people and 0 ties") != std::string::npos);
    CHECK(svg(sceneOf(300, 6), 600, 900).find("</svg>") != std::string::npos);
    CHECK_THROWS_AS(svg(MapScene{}, 10, 10), Error);
}

TEST_CASE("maps to look at", "[.][look]")
{
    const char* folder = std::getenv("KITH_LOOK");
    if (folder == nullptr) {
        WARN("name a folder in KITH_LOOK");
        return;
    }
    const std::filesystem::path path(folder);
    tests::writeFile(path / "small.svg", svg(sceneOf(120, 4)));
    tests::writeFile(path / "town.svg", svg(sceneOf(300, 8)));
    tests::writeFile(path / "tall.svg", svg(sceneOf(300, 8), 700, 1000));
    tests::writeFile(path / "large.svg", svg(sceneOf(5000, 24), 1600, 1200));
}
