#include "ui/concerns/concerns.h"

#include <QDir>
#include <QListWidget>

#include "core/store/communities.h"
#include "tests/support/village.h"
#include "tests/ui/fits.h"
#include "tests/ui/shell.h"

#include <catch2/catch.hpp>

namespace kith::tests {

namespace {

struct Village {
    Shell shell;
    TempFolder folder;

    Village()
    {
        {
            const auto made = village(folder);
        }
        REQUIRE(shell.document().open(folder.path() / "village.kith"));
        REQUIRE(shell.settle());
        REQUIRE(within([&] { return shell.says("All ties"); }));
        CHECK_FALSE(shell.says("All concerns"));  // there are none yet
    }

    ConcernsDialog* open()
    {
        shell.command("Concerns")->trigger();
        auto* dialog = shell.window.findChild<ConcernsDialog*>();
        REQUIRE(dialog != nullptr);
        REQUIRE(within([&] { return dialog->isVisible(); }));
        return dialog;
    }

    void type(const char* name, const char* text)
    {
        auto* line = shell.named<QLineEdit>(name);
        line->clear();
        QTest::keyClicks(line, QString::fromUtf8(text));
    }

    void name(const char* called, const char* words)
    {
        type("concernName", called);
        type("concernWords", words);
        shell.click("keepConcern");
    }
};

}  // namespace

TEST_CASE("a concern is named, looked at, and taken back", "[ui][concerns]")
{
    Village town;
    Shell& shell = town.shell;
    auto* dialog = town.open();
    CHECK_FALSE(shell.named<QWidget>("keepConcern")->isEnabled());
    CHECK(shell.says("None yet."));

    town.type("concernWords", "mould");
    REQUIRE(within([&] { return shell.says("messages hold these words. One says:"); }));
    town.type("concernWords", "zeppelin");
    REQUIRE(within([&] { return shell.says("No message holds these words."); }));

    town.name("Damp homes", "mould");
    auto* list = shell.named<QListWidget>("namedConcerns");
    REQUIRE(list->count() == 1);
    CHECK(list->item(0)->text() == QStringLiteral("Damp homes: mould"));
    REQUIRE(within([&] { return shell.says("lives in the group"); }));
    CHECK(cutTexts(*dialog).join(QStringLiteral("; ")).toStdString() == "");
    QDir().mkpath(QStringLiteral(KITH_BINARY_DIR "/screens"));
    CHECK(dialog->grab().save(QStringLiteral(KITH_BINARY_DIR "/screens/concerns.png")));

    shell.click("lookAtConcern");
    REQUIRE(shell.settle());
    REQUIRE(
        within([&] { return shell.document().analysis()->options.selection.concern.has_value(); }));
    REQUIRE(within([&] {
        return shell.named<QAbstractButton>("concern")->text() == QStringLiteral("Damp homes");
    }));
    // Nobody of Station Road speaks of mould.
    for (const auto& person : shell.document().analysis()->persons) {
        INFO(person.name);
        CHECK_FALSE(person.name.starts_with("Bus"));
    }

    shell.takeFromMenu("concern", "All concerns");
    REQUIRE(within([&] { return shell.says("All concerns"); }));
    shell.takeFromMenu("concern", "Damp homes");
    CHECK(shell.document().options().selection.concern.has_value());
    shell.document().undo();  // the naming: what is looked at is gone
    REQUIRE(within([&] { return !shell.document().options().selection.concern.has_value(); }));
    CHECK_FALSE(shell.named<QWidget>("concern")->isVisible());
}

TEST_CASE("in a narrow window the summary gives way to what can be chosen", "[ui][concerns]")
{
    Village town;
    Shell& shell = town.shell;
    auto* dialog = town.open();
    town.name("A concern with a rather long name", "mould");
    dialog->reject();
    REQUIRE(within([&] { return shell.says("All concerns"); }));
    CHECK(shell.says("25 people"));
    shell.window.resize(683, 384);
    REQUIRE(within([&] { return !shell.says("312 messages"); }));
    CHECK(shell.says("All concerns"));
    CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
}

TEST_CASE("two concerns cannot have one name, and one is removed", "[ui][concerns]")
{
    Village town;
    Shell& shell = town.shell;
    town.open();
    town.name("Damp", "mould");
    town.name("Damp", "landlord");
    REQUIRE(within([&] { return shell.says("there is a concern called"); }));
    CHECK(shell.named<QListWidget>("namedConcerns")->count() == 1);
    town.name("Buses", "bus OR timetable");
    auto* list = shell.named<QListWidget>("namedConcerns");
    REQUIRE(list->count() == 2);
    list->setCurrentRow(0);
    shell.click("removeConcern");
    REQUIRE(list->count() == 1);
    CHECK(concerns(shell.document().workspace()).size() == 1);
    shell.document().undo();
    REQUIRE(within([&] { return list->count() == 2; }));
}

TEST_CASE("Kith suggests concerns, and the words of one are taken over", "[ui][concerns]")
{
    Village town;
    Shell& shell = town.shell;
    town.open();
    shell.click("suggestConcerns");
    auto* topics = shell.named<QListWidget>("suggestedConcerns");
    REQUIRE(within([&] { return topics->isVisible() || shell.says("are needed"); }, 60'000));
    REQUIRE(topics->count() >= 2);
    topics->setCurrentRow(0);
    CHECK(shell.named<QLineEdit>("concernWords")->text().contains(QStringLiteral(" OR ")));
    CHECK_FALSE(shell.named<QLineEdit>("concernName")->text().isEmpty());
    CHECK(shell.named<QWidget>("keepConcern")->isEnabled());
}

TEST_CASE("where nothing is said there are no concerns to suggest", "[ui][concerns]")
{
    Shell shell;
    shell.importSmallChat();
    REQUIRE(shell.settle());
    shell.command("Concerns")->trigger();
    REQUIRE(within([&] { return shell.window.findChild<ConcernsDialog*>() != nullptr; }));
    shell.click("suggestConcerns");
    REQUIRE(within([&] { return shell.says("30 are needed"); }));
    CHECK(shell.named<QWidget>("suggestConcerns")->isEnabled());
}

}  // namespace kith::tests
