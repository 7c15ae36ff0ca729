#include "tests/ui/shell.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTimer>

#include "core/store/communities.h"
#include "core/store/people.h"
#include "tests/ui/fits.h"
#include "ui/models/peoplemodel.h"
#include "ui/people/people.h"
#include "ui/sources/sources.h"
#include "ui/widgets/messagebar.h"

#include <catch2/catch.hpp>

namespace kith::tests {

void Shell::takeFromMenu(const char* opener, const char* beginning)
{
    bool taken = false;
    QTimer::singleShot(300, &window, [&] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr) return;
        for (QAction* action : menu->actions()) {
            if (!action->text().startsWith(QString::fromUtf8(beginning))) continue;
            action->trigger();
            taken = true;
        }
        menu->close();
    });
    click(opener);
    REQUIRE(within([&] { return taken; }));
    REQUIRE(settle());
}

void Shell::importSmallChat()
{
    REQUIRE(create());
    window.openPath(write("WhatsApp Chat with Damp homes.txt", smallChat));
    auto* import = named<QAbstractButton>("import");
    REQUIRE(within([&] { return import->isVisible() && import->isEnabled(); }));
    QTest::mouseClick(import, Qt::LeftButton);
    REQUIRE(settle());
    REQUIRE(within([this] { return says("1 source · 6 messages · 3 people"); }));
}

namespace {

/// Every visible widget that Tab can reach and that a screen reader could not name.
QStringList nameless(const QWidget& window)
{
    QStringList found;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        if (face == nullptr || face->text(QAccessible::Name).isEmpty()) {
            found << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                         widget->objectName();
        }
    }
    return found;
}

}  // namespace

TEST_CASE("a closed window offers what can be done", "[ui][shell]")
{
    Shell shell;
    CHECK(shell.window.currentScreen()->id() == QStringLiteral("start"));
    CHECK(shell.says("New workspace…"));
    CHECK(shell.says("Try Millbrook"));
    CHECK(shell.named<QAbstractButton>("rail-sources")->isEnabled());
    CHECK_FALSE(shell.named<QAbstractButton>("rail-people")->isEnabled());
    CHECK_FALSE(shell.command("Undo")->isEnabled());
    CHECK_FALSE(shell.command("Save report")->isEnabled());
    CHECK(nameless(shell.window).join(QStringLiteral("; ")).toStdString().empty());
}

TEST_CASE("a chat is previewed, and stored only when Import is chosen", "[ui][shell]")
{
    Shell shell;
    REQUIRE(shell.create());
    shell.window.openPath(shell.write("WhatsApp Chat with Damp homes.txt", smallChat));
    REQUIRE(within([&] { return shell.says("Is anybody else's kitchen damp?"); }));
    CHECK(shell.says("6 messages"));
    CHECK(shell.says("14 Mar 2024"));
    CHECK(people(shell.document().workspace()).empty());

    QTest::mouseClick(shell.named<QAbstractButton>("import"), Qt::LeftButton);
    REQUIRE(shell.settle());
    REQUIRE(within([&] { return shell.says("1 source · 6 messages · 3 people"); }));
    CHECK(people(shell.document().workspace()).size() == 3);
    CHECK(shell.says("1 file imported: 6 new messages."));
    CHECK_FALSE(shell.named<QAbstractButton>("import")->isVisible());
}

TEST_CASE("a file that is no export says so and stores nothing", "[ui][shell]")
{
    Shell shell;
    REQUIRE(shell.create());
    shell.window.openPath(
        shell.write("holiday.html", "<!DOCTYPE html><html><body>Hello</body></html>"));
    auto* import = shell.named<QAbstractButton>("import");
    REQUIRE(within([&] { return import->isVisible(); }));
    REQUIRE(within([&] { return !shell.says("Looking into it…"); }));
    CHECK_FALSE(import->isEnabled());
    CHECK(people(shell.document().workspace()).empty());
}

TEST_CASE("a cancelled import leaves nothing behind", "[ui][shell]")
{
    Shell shell;
    REQUIRE(shell.create());
    std::string chat;
    for (int i = 0; i < 200'000; ++i) {
        chat += "14/03/2024, 18:04 - Ann Brown: message number " + std::to_string(i) + "\n";
    }
    shell.window.openPath(shell.write("WhatsApp Chat with Many.txt", chat));
    auto* import = shell.named<QAbstractButton>("import");
    REQUIRE(within([&] { return import->isVisible() && import->isEnabled(); }, 60'000));
    QTest::mouseClick(import, Qt::LeftButton);
    REQUIRE(shell.document().isWriting());
    QAbstractButton* stop = nullptr;
    REQUIRE(within([&] {
        for (QAbstractButton* button : shell.window.findChildren<QAbstractButton*>()) {
            if (button->accessibleName().startsWith(QStringLiteral("Stop: Importing")))
                stop = button;
        }
        return stop != nullptr;
    }));
    QTest::mouseClick(stop, Qt::LeftButton);
    REQUIRE(within([&] { return !shell.document().isWriting(); }));
    REQUIRE(shell.settle());
    CHECK(shell.says("Stopped. The file being imported was not stored."));
    CHECK(people(shell.document().workspace()).empty());
}

TEST_CASE("a trait is edited in the table, taken back and done again from the menu", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    shell.window.showScreen(QStringLiteral("people"));
    auto* screen = qobject_cast<PeopleScreen*>(shell.window.currentScreen());
    REQUIRE(screen != nullptr);
    QAbstractItemModel* model = screen->table()->model();
    REQUIRE(within([&] { return model->rowCount() == 3; }));

    auto* people = qobject_cast<PeopleModel*>(model);
    people->addTrait(QStringLiteral("ward"));
    const int ward = model->columnCount() - 1;
    const QModelIndex cell = model->index(0, ward);
    const PersonId whose = people->personAt(0);
    REQUIRE(model->setData(cell, QStringLiteral("Eastfield")));
    REQUIRE(shell.settle());
    const auto value = [&] { return traitsOf(shell.document().workspace(), whose); };
    CHECK(value().at("ward") == "Eastfield");
    REQUIRE(within([&] {
        const int row = people->rowOf(whose);
        return row >= 0 && model->index(row, ward).data().toString() == QStringLiteral("Eastfield");
    }));

    QAction* undo = shell.command("Undo");
    REQUIRE(undo->isEnabled());
    CHECK(undo->text().size() > QStringLiteral("&Undo").size());
    undo->trigger();
    REQUIRE(shell.settle());
    CHECK(value().count("ward") == 0);
    shell.command("Redo")->trigger();
    REQUIRE(shell.settle());
    CHECK(value().at("ward") == "Eastfield");
}

TEST_CASE("the filter keeps the people it names, and sorting turns the order", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    shell.window.showScreen(QStringLiteral("people"));
    auto* screen = qobject_cast<PeopleScreen*>(shell.window.currentScreen());
    QAbstractItemModel* model = screen->table()->model();
    REQUIRE(within([&] { return model->rowCount() == 3; }));

    QTest::keyClicks(shell.named<QLineEdit>("filter"), QStringLiteral("cole"));
    REQUIRE(within([&] { return model->rowCount() == 1; }));
    CHECK(model->index(0, 0).data().toString() == QStringLiteral("Bob Cole"));
    CHECK(shell.says("1 of 3 people"));

    shell.named<QLineEdit>("filter")->clear();
    REQUIRE(within([&] { return model->rowCount() == 3; }));
    screen->table()->sortByColumn(0, Qt::AscendingOrder);
    REQUIRE(within(
        [&] { return model->index(0, 0).data().toString() == QStringLiteral("Ann Brown"); }));
    screen->table()->sortByColumn(0, Qt::DescendingOrder);
    REQUIRE(
        within([&] { return model->index(0, 0).data().toString() == QStringLiteral("Cat Dunn"); }));
}

TEST_CASE("two people who are one are joined, and parted again by undo", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    shell.window.showScreen(QStringLiteral("people"));
    auto* screen = qobject_cast<PeopleScreen*>(shell.window.currentScreen());
    QAbstractItemModel* model = screen->table()->model();
    REQUIRE(within([&] { return model->rowCount() == 3; }));
    auto* join = shell.named<QAbstractButton>("join");
    CHECK_FALSE(join->isEnabled());
    auto* rows = qobject_cast<PeopleModel*>(model);
    shell.document().selectPeople({rows->personAt(0), rows->personAt(1)});
    REQUIRE(join->isEnabled());
    QTest::mouseClick(join, Qt::LeftButton);
    REQUIRE(within([&] { return model->rowCount() == 2; }));
    REQUIRE(shell.settle());
    shell.command("Undo")->trigger();
    REQUIRE(within([&] { return model->rowCount() == 3; }));
}

TEST_CASE("the search finds a person, a word in a message, and a command", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
    auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    REQUIRE(field != nullptr);
    const auto list = [&]() -> QString {
        QStringList lines;
        for (const auto* results : shell.window.findChildren<QListWidget*>()) {
            if (!results->isVisible()) continue;
            for (int i = 0; i < results->count(); ++i) lines << results->item(i)->text();
        }
        return lines.join(QLatin1Char('\n'));
    };
    QTest::keyClicks(field, QStringLiteral("mould"));
    REQUIRE(within([&] { return list().contains(QStringLiteral("Cat Dunn: Yes please")); }));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("short"));
    REQUIRE(within([&] { return list().contains(QStringLiteral("Keyboard shortcuts")); }));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("ann"));
    REQUIRE(within([&] { return list().contains(QStringLiteral("Ann Brown")); }));
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(shell.document().selectedPeople().size() == 1);
    REQUIRE(within([&] {
        return shell.says("Latest messages") || !shell.window.currentScreen()->isVisible() ||
               shell.says("Accounts");
    }));
}

TEST_CASE("every screen has names for what Tab reaches, and nothing is cut off", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        theme().setChoice(choice);
        for (const char* id : {"start", "sources", "map", "people", "communities", "journey"}) {
            shell.window.showScreen(QString::fromLatin1(id));
            QTest::qWait(100);
            CAPTURE(id);
            CHECK(nameless(shell.window).join(QStringLiteral("; ")).toStdString() == "");
            CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
        }
    }
    theme().setChoice(ThemeChoice::System);
}

TEST_CASE("a note leaves the map alone, a name does not", "[ui][shell]")
{
    Shell shell;
    shell.importSmallChat();
    REQUIRE(shell.settle());
    Document& document = shell.document();
    const auto who = people(document.workspace());
    REQUIRE_FALSE(who.empty());
    CommunityId kept;
    REQUIRE(document.edit(Change::Communities, [&](Workspace& workspace) {
        kept = adoptCommunity(workspace, "Damp homes", {who.front().id}, MemberOrigin::ByHand);
    }));
    REQUIRE(shell.settle());
    QSignalSpy started(&document, &Document::analysisStarted);
    QSignalSpy changed(&document, &Document::changed);
    REQUIRE(document.edit(Change::Notes,
                          [&](Workspace& workspace) { tagCommunity(workspace, kept, "housing"); }));
    CHECK(changed.size() == 1);
    CHECK(started.isEmpty());
    REQUIRE(document.renamePerson(who.front().id, QStringLiteral("Anna")));
    CHECK(started.size() == 1);
    REQUIRE(shell.settle());
}

TEST_CASE("an empty page shows its whole sentence at every text size", "[ui][shell]")
{
    Shell shell;
    REQUIRE(shell.create());
    REQUIRE(shell.settle());
    for (const int scale : {80, 100, 130, 160, 200}) {
        theme().setTextScale(scale);
        for (const char* id : {"map", "people", "communities", "journey"}) {
            shell.window.showScreen(QString::fromLatin1(id));
            QTest::qWait(60);
            CAPTURE(scale, id);
            CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
        }
    }
    theme().setTextScale(100);
}

TEST_CASE("markup in a name stays text", "[ui][shell]")
{
    Shell shell;
    REQUIRE(shell.create());
    shell.window.openPath(
        shell.write("WhatsApp Chat with X.txt",
                    "14/03/2024, 18:04 - <b>Ann</b>: look <img src=\"file:///etc/passwd\"> here\n"
                    "14/03/2024, 18:06 - Bob: hello\n15/03/2024, 18:06 - Bob: hello again\n"));
    REQUIRE(within([&] { return shell.says("<img src=\"file:///etc/passwd\">"); }));
    for (const QLabel* label : shell.window.findChildren<QLabel*>()) {
        INFO(label->text().toStdString());
        CHECK(label->textFormat() == Qt::PlainText);
    }
}

}  // namespace kith::tests
