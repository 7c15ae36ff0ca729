#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/sample.h"
#include "ui/map/canvas.h"
#include "ui/map/labels.h"
#include "ui/map/picture.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

struct Shown {
    MapCanvas canvas;

    Shown()
    {
        MapStyle look;
        look.colours = mapColours(theme().tokens());
        look.font = theme().font();
        canvas.setLook(look);
        canvas.setScene(handMap(), true);
        present(canvas, {800, 500});
        REQUIRE(waitFor([this] { return canvas.settled(); }));
    }

    QPoint at(Vertex person) const
    {
        return canvas.view().toSurface(canvas.scene().people[person].at).toPoint();
    }

    void draw(const std::vector<QPoint>& line, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        QTest::mousePress(&canvas, Qt::LeftButton, keys, line.front());
        for (const auto& point : line) move(point);
        QTest::mouseRelease(&canvas, Qt::LeftButton, keys, line.back());
    }

    void move(QPoint point)
    {
        QMouseEvent event(QEvent::MouseMove, point, canvas.mapToGlobal(point), Qt::NoButton,
                          Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&canvas, &event);
    }

    std::set<Vertex> chosen() const { return {canvas.chosen().begin(), canvas.chosen().end()}; }
};

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

TEST_CASE("a click chooses the person under it, a click beside chooses nobody", "[ui][map]")
{
    Shown shown;
    const QSignalSpy choices(&shown.canvas, &MapCanvas::choiceChanged);
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.at(3));
    CHECK(shown.chosen() == std::set<Vertex>{3});
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::ShiftModifier, shown.at(5));
    CHECK(shown.chosen() == std::set<Vertex>{3, 5});
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, QPoint(4, 4));
    CHECK(shown.chosen().empty());
    CHECK(choices.count() == 3);
}

TEST_CASE("the lasso chooses those it goes round and no others", "[ui][map]")
{
    Shown shown;
    const QSignalSpy circled(&shown.canvas, &MapCanvas::circled);
    shown.canvas.setTool(MapCanvas::Tool::Lasso);
    const auto first = shown.at(0);
    const auto third = shown.at(2);
    shown.draw({{first.x() - 30, first.y() - 60},
                {third.x() + 30, first.y() - 60},
                {third.x() + 30, first.y() + 160},
                {first.x() - 30, first.y() + 160}});
    CHECK(shown.chosen() == std::set<Vertex>{0, 1, 2});
    CHECK(circled.count() == 1);
    CHECK(shown.canvas.tool() == MapCanvas::Tool::Hand);
}

TEST_CASE("Shift and drag is a lasso that adds", "[ui][map]")
{
    Shown shown;
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.at(0));
    const auto at = shown.at(5);
    shown.draw(
        {at + QPoint(-40, -40), at + QPoint(40, -40), at + QPoint(40, 40), at + QPoint(-40, 40)},
        Qt::ShiftModifier);
    CHECK(shown.chosen() == std::set<Vertex>{0, 5});
}

TEST_CASE("keys zoom about the middle and bring the whole map back", "[ui][map]")
{
    Shown shown;
    const auto fitted = shown.canvas.view();
    const auto middle = fitted.toMap({400, 250});
    QTest::keyClick(&shown.canvas, Qt::Key_Plus);
    CHECK(shown.canvas.view().scale == Approx(fitted.scale * 1.25));
    CHECK(distance(shown.canvas.view().toSurface(middle), {400, 250}) < 1e-6);
    QTest::keyClick(&shown.canvas, Qt::Key_Minus);
    CHECK(shown.canvas.view().scale == Approx(fitted.scale));
    for (int i = 0; i < 4; ++i) QTest::keyClick(&shown.canvas, Qt::Key_Plus);
    QTest::keyClick(&shown.canvas, Qt::Key_Home);
    CHECK(shown.canvas.view() == fitted);
}

TEST_CASE("the wheel zooms and keeps what is under the pointer", "[ui][map]")
{
    Shown shown;
    const QPointF at = shown.at(4);
    const auto scale = shown.canvas.view().scale;
    QWheelEvent event(at, shown.canvas.mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&shown.canvas, &event);
    CHECK(shown.canvas.view().scale == Approx(scale * 1.44));
    CHECK(distance(shown.at(4), at) <= 1);
}

TEST_CASE("arrows move the map until somebody is chosen, then walk along ties", "[ui][map]")
{
    Shown shown;
    const auto before = shown.canvas.view();
    QTest::keyClick(&shown.canvas, Qt::Key_Right);
    CHECK(shown.canvas.view().origin.x() < before.origin.x());
    QTest::keyClick(&shown.canvas, Qt::Key_Home);

    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.at(2));
    QTest::keyClick(&shown.canvas, Qt::Key_Right);
    CHECK(shown.chosen() == std::set<Vertex>{3});
    QTest::keyClick(&shown.canvas, Qt::Key_Left);
    CHECK(shown.chosen() == std::set<Vertex>{2});
    // ] goes round everybody 2 has ties with, strongest first: 1, then 3, then 0.
    QTest::keyClick(&shown.canvas, Qt::Key_BracketRight);
    CHECK(shown.chosen() == std::set<Vertex>{1});
    QTest::keyClick(&shown.canvas, Qt::Key_BracketRight);
    CHECK(shown.chosen() == std::set<Vertex>{3});
    QTest::keyClick(&shown.canvas, Qt::Key_BracketRight);
    CHECK(shown.chosen() == std::set<Vertex>{0});
}

TEST_CASE("Space begins, Enter opens, Escape lets go", "[ui][map]")
{
    Shown shown;
    const QSignalSpy opened(&shown.canvas, &MapCanvas::opened);
    QTest::keyClick(&shown.canvas, Qt::Key_Space);
    CHECK(shown.chosen() == std::set<Vertex>{5});
    QTest::keyClick(&shown.canvas, Qt::Key_Return);
    CHECK(opened.count() == 1);
    QTest::keyClick(&shown.canvas, Qt::Key_Escape);
    CHECK(shown.chosen().empty());
}

TEST_CASE("dragging moves the map at once and the full picture follows", "[ui][map]")
{
    Shown shown;
    const auto before = shown.canvas.view();
    shown.draw({{400, 20}, {440, 50}, {460, 70}});
    CHECK(shown.canvas.view().origin == before.origin + QPointF(60, 50));
    CHECK_FALSE(shown.canvas.settled());
    CHECK(shown.chosen().empty());
    CHECK(waitFor([&] { return shown.canvas.settled(); }));
}

TEST_CASE("a screen reader hears the map as a picture with a summary", "[ui][map]")
{
    Shown shown;
    auto* heard = QAccessible::queryAccessibleInterface(&shown.canvas);
    REQUIRE(heard != nullptr);
    CHECK(heard->role() == QAccessible::Graphic);
    CHECK(heard->text(QAccessible::Name) == QStringLiteral("Map"));
    CHECK(heard->text(QAccessible::Description) ==
          QStringLiteral("6 people in 2 groups; largest: mould, with 3 people; 2 who cross."));
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.at(2));
    CHECK(heard->text(QAccessible::Description)
              .startsWith(QStringLiteral("Chosen: Cat, mould · crosses.")));
}

TEST_CASE("labels never cover one another or leave the surface", "[ui][map]")
{
    LabelPlaces places({0, 0, 100, 100});
    CHECK(places.take({{10, 10, 40, 20}}));
    CHECK_FALSE(places.take({{30, 20, 40, 20}}));
    CHECK_FALSE(places.take({{80, 10, 40, 20}}));
    const auto second = places.take({{30, 20, 40, 20}, {30, 60, 40, 20}});
    REQUIRE(second);
    CHECK(*second == QRectF(30, 60, 40, 20));
}

TEST_CASE("a picture of the map has exactly its size, its ground and its territories", "[ui][map]")
{
    const auto scene = handMap();
    const bool dark = GENERATE(false, true);
    const auto picture = renderMap(*scene, {640, 400}, dark);
    CHECK(picture.size() == QSize(640, 400));
    const auto& tokens = dark ? darkTokens() : lightTokens();
    CHECK(picture.pixelColor(2, 2) == tokens.surface);
    std::set<QRgb> colours;
    for (int x = 0; x < 640; x += 3) colours.insert(picture.pixel(x, 200));
    CHECK(colours.size() > 8);
    CHECK(picture == renderMap(*scene, {640, 400}, dark));
}

TEST_CASE("an empty scene is an empty map, not a crash", "[ui][map]")
{
    MapCanvas canvas;
    present(canvas, {300, 200});
    QTest::keyClick(&canvas, Qt::Key_Space);
    QTest::keyClick(&canvas, Qt::Key_Plus);
    QTest::mouseClick(&canvas, Qt::LeftButton);
    CHECK(canvas.summary() == QStringLiteral("Nobody is on the map."));
}
