#include <QDir>
#include <QPixmap>

#include "tests/support/village.h"
#include "tests/ui/fits.h"
#include "tests/ui/shell.h"
#include "ui/window/selectionbar.h"

#include <catch2/catch.hpp>

namespace kith::tests {

TEST_CASE("the map shows who talks about the same", "[ui][layer]")
{
    Shell shell;
    TempFolder folder;
    {
        const auto made = village(folder);
    }
    REQUIRE(shell.document().open(folder.path() / "village.kith"));
    REQUIRE(shell.settle());
    REQUIRE(within([&] { return shell.says("Who talks with whom"); }));
    CHECK(shell.says("All ties"));
    shell.window.showScreen(QStringLiteral("map"));

    shell.takeFromMenu("layer", "Who talks about the same");
    const auto interest = shell.document().analysis();
    REQUIRE(interest);
    CHECK(interest->options.selection.layer == Layer::Interest);
    CHECK(interest->people.tieRows.empty());
    REQUIRE(within([&] { return shell.says("Who talks about the same"); }));
    CHECK_FALSE(shell.says("All ties"));
    CHECK(interest->clusters.size() >= 2);
    CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
    QTest::qWait(400);
    QDir().mkpath(QStringLiteral(KITH_BINARY_DIR "/screens"));
    CHECK(shell.window.grab().save(
        QStringLiteral(KITH_BINARY_DIR "/screens/window-map-interest.png")));

    shell.takeFromMenu("layer", "Who talks with whom");
    CHECK(shell.document().analysis()->options.selection.layer == Layer::Interaction);
    REQUIRE(within([&] { return shell.says("All ties"); }));
}

TEST_CASE("where too few say enough the layer says so", "[ui][layer]")
{
    Shell shell;
    shell.importSmallChat();
    REQUIRE(shell.settle());
    shell.takeFromMenu("layer", "Who talks about the same");
    REQUIRE(within([&] { return shell.says("10 are needed"); }));
    shell.takeFromMenu("layer", "Who talks with whom");
    REQUIRE(shell.document().analysis());
    CHECK(shell.document().analysis()->persons.size() == 3);
}

}  // namespace kith::tests
