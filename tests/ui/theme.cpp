#include "ui/theme/theme.h"

#include <QApplication>
#include <QPalette>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/levels.h"
#include "ui/widgets/words.h"

#include <catch2/catch.hpp>

#include <atomic>

namespace kith {

TEST_CASE("text reads at 4.5 to 1 and marks at 3 to 1, light and dark", "[ui][theme]")
{
    for (const Tokens* tokens : {&lightTokens(), &darkTokens()}) {
        CAPTURE(tokens == &darkTokens());
        for (const QColor& ground : {tokens->surface, tokens->raised, tokens->wash}) {
            CAPTURE(ground.name().toStdString());
            for (const QColor& ink :
                 {tokens->text, tokens->muted, tokens->accent, tokens->attention}) {
                CAPTURE(ink.name().toStdString());
                CHECK(contrast(ink, ground) >= 4.5);
            }
            for (const QColor& mark : {tokens->mark, tokens->focus}) {
                CAPTURE(mark.name().toStdString());
                CHECK(contrast(mark, ground) >= 3.0);
            }
        }
        CHECK(contrast(tokens->onAccent, tokens->accent) >= 4.5);
    }
}

TEST_CASE("the contrast of black and white is 21", "[ui][theme]")
{
    CHECK(contrast(Qt::black, Qt::white) == Approx(21));
    CHECK(contrast(Qt::white, Qt::white) == Approx(1));
}

TEST_CASE("a palette fills every role, place holders too", "[ui][theme]")
{
    const QPalette dark = paletteOf(darkTokens());
    CHECK(dark.color(QPalette::PlaceholderText) == darkTokens().muted);
    CHECK(dark.color(QPalette::Window) == darkTokens().surface);
    CHECK(contrast(dark.color(QPalette::ToolTipText), dark.color(QPalette::ToolTipBase)) >= 4.5);
}

TEST_CASE("changing the theme changes the application's palette", "[ui][theme]")
{
    theme().setChoice(ThemeChoice::Dark);
    CHECK(QApplication::palette().color(QPalette::Window) == darkTokens().surface);
    theme().setChoice(ThemeChoice::Light);
    CHECK(QApplication::palette().color(QPalette::Window) == lightTokens().surface);
    theme().setChoice(ThemeChoice::System);
}

TEST_CASE("territories keep an edge of 3 to 1 and readable letters", "[ui][theme]")
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        theme().setChoice(choice);
        for (int colour = -1; colour < 7; ++colour) {
            CAPTURE(colour);
            CHECK(contrast(theme().territoryEdge(colour), theme().tokens().surface) >= 3.0);
            CHECK(contrast(theme().onTerritory(colour), theme().territory(colour)) >= 4.5);
        }
    }
    theme().setChoice(ThemeChoice::System);
}

TEST_CASE("hidden and reordering marks in a name are made visible", "[ui][words]")
{
    CHECK(shown("Ann\u202Enworb") == QString::fromUtf8("Ann\uFFFDnworb"));
    CHECK(shown("A\u200Bnn") == QString::fromUtf8("A\uFFFDnn"));
    CHECK(shownLine("two\nlines", 80) == QStringLiteral("two lines"));
    CHECK(shownLine("abcdef", 3) == QString::fromUtf8("abc…"));
    CHECK(toolTipOf(QStringLiteral("<b>x</b>")) ==
          QStringLiteral("<span>&lt;b&gt;x&lt;/b&gt;</span>"));
}

TEST_CASE("a level is set by its key and told", "[ui][widgets]")
{
    LevelSteps steps(QStringLiteral("Goals"));
    QSignalSpy told(&steps, &LevelSteps::levelChosen);
    QTest::keyClick(&steps, Qt::Key_3);
    CHECK(told.isEmpty());
    steps.setEditable(true);
    QTest::keyClick(&steps, Qt::Key_3);
    QTest::keyClick(&steps, Qt::Key_Right);
    QTest::keyClick(&steps, Qt::Key_Right);
    REQUIRE(told.size() == 3);
    CHECK(steps.level() == 4);
    CHECK(steps.accessibleName() == QStringLiteral("Goals: level 4 of 4"));
}

TEST_CASE("a row of tools may be cleared by one of its own buttons", "[ui][widgets]")
{
    QWidget holder;
    auto* row = new FlowLayout(&holder);
    QPointer<QPushButton> button = new QPushButton(QStringLiteral("clear"));
    row->addWidget(button);
    holder.show();
    QObject::connect(button, &QPushButton::clicked, &holder, [&] {
        row->clear();
        REQUIRE(button);  // still speaking
        CHECK_FALSE(button->isVisible());
    });
    QTest::mouseClick(button, Qt::LeftButton);
    CHECK(row->count() == 0);
    REQUIRE(QTest::qWaitFor([&] { return button.isNull(); }, 2000));
}

TEST_CASE("tools in a row stand on one middle line, and go on below", "[ui][widgets]")
{
    QWidget holder;
    auto* row = new FlowLayout(&holder, 8);
    QWidget tools[3];
    for (QWidget& tool : tools) {
        tool.setFixedSize(100, &tool == &tools[1] ? 40 : 20);
        row->addWidget(&tool);
    }
    row->setGeometry(QRect(0, 0, 210, 200));
    CHECK(tools[0].geometry().center().y() == tools[1].geometry().center().y());
    CHECK(tools[2].geometry().topLeft() == QPoint(0, 48));
    CHECK(row->heightForWidth(210) == 68);
    for (QWidget& tool : tools) tool.setParent(nullptr);
}

TEST_CASE("a job started again supersedes the first, whose result is dropped", "[ui][jobs]")
{
    Jobs jobs;
    JobRunner* runner = jobs.makeRunner();
    int got = 0;
    runner->start(
        QStringLiteral("first"),
        [](Task& task) {
            for (;;) task.advance();
            return 1;
        },
        [&](int value) { got += value; });
    CHECK(jobs.rowCount() == 1);
    runner->start(
        QStringLiteral("second"), [](Task&) { return 10; }, [&](int value) { got += value; });
    REQUIRE(QTest::qWaitFor([&] { return got != 0; }, 5000));
    CHECK(got == 10);
    CHECK(jobs.rowCount() == 0);
}

TEST_CASE("a job ends when it is cancelled, and a failure comes as words", "[ui][jobs]")
{
    Jobs jobs;
    JobRunner* runner = jobs.makeRunner();
    bool cancelled = false;
    std::atomic<bool> running{false};
    runner->start(
        QStringLiteral("endless"),
        [&running](Task& task) {
            running = true;
            for (;;) task.advance();
            return 0;
        },
        [](int) {}, [&](const Stopped& how) { cancelled = how.cancelled; });
    REQUIRE(QTest::qWaitFor([&] { return running.load(); }, 5000));
    runner->cancel();
    REQUIRE(QTest::qWaitFor([&] { return cancelled; }, 5000));

    QSignalSpy failed(&jobs, &Jobs::failed);
    runner->start(
        QStringLiteral("broken"),
        [](Task&) -> int { throw std::runtime_error("a bolt is missing"); }, [](int) {});
    REQUIRE(QTest::qWaitFor([&] { return !failed.isEmpty(); }, 5000));
    CHECK(failed[0][0].toString().contains(QStringLiteral("a bolt is missing")));
}

}  // namespace kith
