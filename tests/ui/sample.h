#pragma once

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include "core/layout/scene.h"
#include "tests/support/village.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"

#include <catch2/catch.hpp>

#include <functional>
#include <memory>

/// What the tests of the screens share: a small map made by hand, and the village as a document.
namespace kith::tests {

/// Two groups of three, left "mould" (0, 1, 2) and right "buses" (3, 4, 5); 2 and 3 are tied
/// across.
inline std::shared_ptr<const MapScene> handMap()
{
    auto scene = std::make_shared<MapScene>();
    const auto square = [](double x, double y, double half) {
        return std::vector<Point>{
            {x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}};
    };
    scene->territories = {{0, 0, "mould", 3, {square(0.25, 0.5, 0.22)}, {0.25, 0.4}},
                          {1, 4, "buses", 3, {square(0.75, 0.5, 0.22)}, {0.75, 0.4}}};
    const std::vector<Point> at{{0.1, 0.5}, {0.25, 0.65}, {0.4, 0.5},
                                {0.6, 0.5}, {0.75, 0.65}, {0.9, 0.5}};
    const char* names[] = {"Ann", "Bob", "Cat", "Dan", "Eve", "Fay"};
    for (Vertex v = 0; v < 6; ++v) {
        MapPerson person;
        person.vertex = v;
        person.cluster = v < 3 ? 0 : 1;
        person.colour = v < 3 ? 0 : 4;
        person.at = at[v];
        person.size = 0.2 + 0.1 * v;
        person.bridge = v == 2 || v == 3;
        person.label = names[v];
        scene->people.push_back(person);
    }
    const auto tie = [&](Vertex a, Vertex b, double strength) {
        scene->ties.push_back({a, b, at[a], at[b], strength, (a < 3) != (b < 3)});
    };
    tie(0, 2, 0.2);
    tie(2, 3, 0.4);
    tie(3, 4, 0.5);
    tie(1, 2, 0.6);
    tie(4, 5, 0.8);
    tie(0, 1, 1.0);
    scene->peopleInAll = 6;
    scene->tiesInAll = 6;
    return scene;
}

inline bool waitFor(const std::function<bool()>& done, int milliseconds = 20'000)
{
    return QTest::qWaitFor(done, milliseconds);
}

/// The village, opened and analysed.
struct Sample {
    TempFolder folder;
    Jobs jobs;
    Document document{jobs};
    QStringList failures;

    explicit Sample(bool open = true)
    {
        QObject::connect(&document, &Document::failed,
                         [this](const QString& text) { failures.append(text); });
        if (!open) return;
        {
            const auto made = village(folder);
        }
        REQUIRE(document.open(folder.path() / "village.kith"));
        settle();
        REQUIRE(document.analysis());
        REQUIRE(document.analysis()->clusters.size() == 2);
    }

    void settle()
    {
        REQUIRE(waitFor([this] { return !document.isAnalysing(); }));
    }

    std::uint32_t clusterSaying(const char* word) const
    {
        for (const auto& cluster : document.analysis()->clusters) {
            if (cluster.label.find(word) != std::string::npos) return cluster.id;
        }
        FAIL("no group says " << word);
        return 0;
    }
};

/// Shows a widget as a window that has the keys.
inline void present(QWidget& widget, QSize size = {900, 640})
{
    widget.resize(size);
    widget.show();
    REQUIRE(QTest::qWaitForWindowExposed(&widget));
    widget.activateWindow();
    QApplication::setActiveWindow(&widget);
}

template <class Widget = QWidget>
Widget* part(const QWidget& whole, const char* name)
{
    auto* found = whole.findChild<Widget*>(QString::fromLatin1(name));
    INFO(name);
    REQUIRE(found != nullptr);
    return found;
}

}  // namespace kith::tests
