#include <QDir>
#include <QPixmap>
#include <QToolButton>

#include "tests/support/fourgroups.h"
#include "tests/support/village.h"
#include "tests/ui/fits.h"
#include "tests/ui/shell.h"
#include "ui/map/canvas.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

struct OnMap : Shell {
    TempFolder town;

    explicit OnMap(const std::function<void(const TempFolder&)>& make, const char* file)
    {
        make(town);
        REQUIRE(document().open(town.path() / file));
        REQUIRE(settle());
        window.showScreen(QStringLiteral("map"));
        REQUIRE(within([this] { return canvas().isVisible() && canvas().settled(); }));
    }

    MapCanvas& canvas() const { return *named<MapCanvas>("mapCanvas"); }
    bool nameBeginsWith(PersonId person, char letter)
    {
        const auto& analysis = *document().analysis();
        return analysis.persons[*analysis.people.vertexOf(person)].name.front() == letter;
    }
};

void makeFourGroups(const TempFolder& folder)
{
    const auto made = fourGroups(folder, 1);
}

}  // namespace

TEST_CASE("the map shows what is missing: the same words and no contact", "[ui][map]")
{
    OnMap on(makeFourGroups, "groups.kith");
    CHECK_FALSE(on.canvas().look().gaps.shown);
    on.click("showGaps");
    REQUIRE(within([&] { return on.says("Same concerns, no contact"); }));
    REQUIRE(on.says("talk about the same things"));
    CHECK_FALSE(on.says("Who crosses"));
    const auto& gaps = on.canvas().look().gaps;
    CHECK(gaps.shown);
    CHECK(gaps.groups.size() == 1);
    CHECK(gaps.people.size() == 20);
    CHECK(cutTexts(on.window).join(QStringLiteral("; ")).toStdString() == "");
    REQUIRE(within([&] { return on.canvas().settled(); }));
    QDir().mkpath(QStringLiteral(KITH_BINARY_DIR "/screens"));
    CHECK(on.window.grab().save(QStringLiteral(KITH_BINARY_DIR "/screens/window-map-gaps.png")));

    // Below the groups stand pairs of people; one of them chooses both.
    const auto lines = on.named<QWidget>("gapList")->findChildren<QAbstractButton*>();
    REQUIRE(lines.size() > 1);
    lines[0]->click();
    CHECK(on.canvas().look().lit.size() == 2);
    lines[1]->click();
    const auto chosen = on.document().selectedPeople();
    REQUIRE(chosen.size() == 2);
    CHECK(on.nameBeginsWith(chosen[0], 'A') != on.nameBeginsWith(chosen[1], 'A'));
    CHECK(on.nameBeginsWith(chosen[0], 'B') != on.nameBeginsWith(chosen[1], 'B'));

    on.click("showGaps");
    CHECK_FALSE(on.canvas().look().gaps.shown);
    CHECK_FALSE(on.says("Same concerns, no contact"));
}

TEST_CASE("the map says where nothing is missing", "[ui][map]")
{
    OnMap on([](const TempFolder& folder) { const auto made = village(folder); }, "village.kith");
    on.click("showGaps");
    REQUIRE(within([&] { return on.says("No people or groups were found"); }));
    CHECK(on.canvas().look().gaps.people.empty());

    // By what people talk about there is nothing to compare with.
    on.takeFromMenu("layer", "Who talks about the same");
    REQUIRE(within([&] { return !on.named<QToolButton>("showGaps")->isEnabled(); }));
    CHECK_FALSE(on.canvas().look().gaps.shown);
    CHECK_FALSE(on.says("No people or groups were found"));
}

TEST_CASE("where too few say enough to be compared the map says so", "[ui][map]")
{
    Shell shell;
    shell.importSmallChat();
    REQUIRE(shell.settle());
    shell.window.showScreen(QStringLiteral("map"));
    REQUIRE(within([&] { return shell.named<QWidget>("mapCanvas")->isVisible(); }));
    shell.click("showGaps");
    REQUIRE(within([&] { return shell.says("are needed"); }));
    CHECK_FALSE(shell.named<QToolButton>("showGaps")->isChecked());
}
