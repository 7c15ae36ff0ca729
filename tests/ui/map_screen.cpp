#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "core/store/communities.h"
#include "tests/ui/sample.h"
#include "ui/map/canvas.h"
#include "ui/map/legend.h"
#include "ui/map/screen.h"
#include "ui/map/tables.h"

#include <algorithm>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

struct OnMap : Sample {
    MapScreen screen{document};

    OnMap()
    {
        present(screen);
        REQUIRE(waitFor([this] { return screen.canvas()->scene().people.size() == 25; }));
        REQUIRE(waitFor([this] { return screen.canvas()->settled(); }));
    }

    MapCanvas& canvas() { return *screen.canvas(); }

    LegendRow* row(std::uint32_t cluster)
    {
        return screen.findChild<MapLegend*>()->row(static_cast<int>(cluster));
    }
};

std::set<std::string> names(const Document& document, const std::vector<PersonId>& people)
{
    std::set<std::string> found;
    for (const auto id : people)
        found.insert(document.analysis()->persons[*document.analysis()->people.vertexOf(id)].name);
    return found;
}

}  // namespace

TEST_CASE("the map says what its groups are worth and names them in their words", "[ui][map]")
{
    OnMap on;
    REQUIRE(on.canvas().scene().territories.size() == 2);
    auto* row = on.row(on.clusterSaying("mould"));
    REQUIRE(row != nullptr);
    CHECK(row->accessibleName().contains(QStringLiteral("mould")));
    CHECK(row->accessibleName().endsWith(QStringLiteral("Alike and close-knit")));
    CHECK(part<QWidget>(on.screen, "mapStatus")
              ->accessibleName()
              .startsWith(QStringLiteral("25 people in 2 groups")));
}

TEST_CASE("pressing a line of the legend shows that group alone, again shows all", "[ui][map]")
{
    OnMap on;
    const auto damp = on.clusterSaying("mould");
    const auto bus = on.clusterSaying("bus");
    QTest::mouseClick(on.row(damp), Qt::LeftButton);
    CHECK(on.canvas().look().lit == std::set<int>{static_cast<int>(damp)});
    CHECK(on.document.selectedCluster() == damp);
    const auto& analysis = *on.document.analysis();
    for (Vertex v = 0; v < 25; ++v) {
        CHECK(on.canvas().look().isDimmed(v) == (analysis.clusterOf[v] != static_cast<int>(damp)));
    }
    on.row(bus)->setFocus();
    QTest::keyClick(on.row(bus), Qt::Key_Space);
    CHECK(on.document.selectedCluster() == bus);
    QTest::mouseClick(on.row(bus), Qt::LeftButton);
    CHECK(on.canvas().look().lit.empty());
    CHECK_FALSE(on.document.selectedCluster());
}

TEST_CASE("a group is adopted from the map under the name that was typed", "[ui][map]")
{
    OnMap on;
    const auto damp = on.clusterSaying("mould");
    auto* name = part<QLineEdit>(on.screen, "adoptName");
    CHECK_FALSE(name->isVisible());
    QTest::mouseClick(on.row(damp), Qt::LeftButton);
    REQUIRE(name->isVisible());
    CHECK(name->text().contains(QStringLiteral("mould")));
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Damp homes"));
    QTest::mouseClick(part<QPushButton>(on.screen, "adopt"), Qt::LeftButton);
    const auto kept = communityNamed(on.document.workspace(), "Damp homes");
    REQUIRE(kept);
    CHECK(kept->members.size() == on.document.analysis()->clusters[damp].members.size());
    CHECK(on.failures.isEmpty());
    on.document.undo();
    CHECK_FALSE(communityNamed(on.document.workspace(), "Damp homes"));
}

TEST_CASE("people circled on the map are adopted as they are", "[ui][map]")
{
    OnMap on;
    on.canvas().setTool(MapCanvas::Tool::Lasso);
    const auto size = on.canvas().size();
    const QPoint corners[] = {{2, 2},
                              {size.width() / 2, 2},
                              {size.width() / 2, size.height() - 3},
                              {2, size.height() - 3}};
    std::set<std::string> expected;
    for (const auto& person : on.canvas().scene().people) {
        if (on.canvas().view().toSurface(person.at).x() < size.width() / 2.0)
            expected.insert(person.label);
    }
    REQUIRE(expected.size() > 2);
    QTest::mousePress(&on.canvas(), Qt::LeftButton, {}, corners[0]);
    for (const auto corner : corners) QTest::mouseMove(&on.canvas(), corner);
    QTest::mouseRelease(&on.canvas(), Qt::LeftButton, {}, corners[3]);
    CHECK(names(on.document, on.document.selectedPeople()) == expected);
    auto* name = part<QLineEdit>(on.screen, "adoptName");
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("The left half"));
    QTest::keyClick(name, Qt::Key_Return);
    const auto kept = communityNamed(on.document.workspace(), "The left half");
    REQUIRE(kept);
    std::vector<PersonId> members;
    for (const auto& member : kept->members) members.push_back(member.person);
    CHECK(names(on.document, members) == expected);
}

TEST_CASE("the map as tables has everybody, and shares what is chosen", "[ui][map]")
{
    OnMap on;
    QTest::mouseClick(part<QToolButton>(on.screen, "showAsTable"), Qt::LeftButton);
    auto* tables = on.screen.findChild<MapTables*>();
    REQUIRE(tables->isVisible());
    CHECK(tables->groups()->model()->rowCount() == 2);
    CHECK(tables->people()->model()->rowCount() == 25);
    CHECK(tables->ties()->model()->rowCount() == static_cast<int>(on.canvas().scene().ties.size()));
    tables->setCurrentWidget(tables->people());
    tables->people()->selectRow(3);
    const auto name = tables->people()->model()->index(3, 0).data().toString().toStdString();
    CHECK(names(on.document, on.document.selectedPeople()) == std::set<std::string>{name});
    REQUIRE(on.canvas().chosen().size() == 1);

    const auto other = on.document.analysis()->people.people[7];
    on.document.selectPeople({other});
    const auto rows = tables->people()->selectionModel()->selectedRows();
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().data().toString().toStdString() == on.document.analysis()->persons[7].name);
}

TEST_CASE("without a workspace the map invites to import", "[ui][map]")
{
    Sample sample(false);
    MapScreen screen(sample.document);
    present(screen);
    QString where;
    QObject::connect(&screen, &Screen::wanted, [&](const QString& id) { where = id; });
    auto buttons = screen.findChildren<QPushButton*>();
    buttons.removeIf([](const QPushButton* button) { return !button->isVisible(); });
    REQUIRE(buttons.size() == 1);
    QTest::mouseClick(buttons.front(), Qt::LeftButton);
    CHECK(where == QStringLiteral("sources"));
}
