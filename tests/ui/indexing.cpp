#include <QListWidget>

#include "core/store/ingest.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/textindex.h"
#include "tests/ui/shell.h"

#include <catch2/catch.hpp>

namespace kith::tests {

namespace {

/// A workspace whose messages are not yet searchable, as an import leaves it.
std::filesystem::path unindexed(Shell& shell, int messages)
{
    std::string chat;
    for (int i = 0; i < messages; ++i) {
        chat += "14/03/2024, 18:04 - " + std::string(i % 2 == 0 ? "Ann Brown" : "Bob Cole") +
                ": the damp in number " + std::to_string(i) + " is back and nobody answers\n";
    }
    const auto file = shell.write("WhatsApp Chat with Many.txt", chat);
    const auto path = shell.folder.path() / "many.kith";
    auto workspace = Workspace::create(path);
    ImportOptions options;
    options.read.zone = Zone::find("UTC");
    Task quiet;
    importFile(workspace, file, options, quiet);
    REQUIRE_FALSE(textIndexState(workspace).complete());
    return path;
}

bool complete(Shell& shell)
{
    return textIndexState(shell.document().workspace()).complete();
}

QAbstractButton* stopButton(Shell& shell)
{
    for (QAbstractButton* button : shell.window.findChildren<QAbstractButton*>()) {
        if (button->accessibleName().startsWith(QStringLiteral("Stop: Making messages searchable")))
            return button;
    }
    return nullptr;
}

QString found(Shell& shell)
{
    QStringList lines;
    for (const auto* results : shell.window.findChildren<QListWidget*>()) {
        if (!results->isVisible()) continue;
        for (int i = 0; i < results->count(); ++i) lines << results->item(i)->text();
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

TEST_CASE("what was imported becomes searchable behind the screen", "[ui][index]")
{
    Shell shell;
    shell.importSmallChat();
    REQUIRE(within([&] { return complete(shell); }));
    CHECK(search(shell.document().workspace(), "mould", 5).size() == 1);
}

TEST_CASE("a stopped index says what is missing, and goes on at the next opening", "[ui][index]")
{
    Shell shell;
    const auto path = unindexed(shell, 120'000);
    REQUIRE(shell.document().open(path));
    REQUIRE(within([&] { return stopButton(shell) != nullptr; }));
    QTest::mouseClick(stopButton(shell), Qt::LeftButton);
    REQUIRE(within([&] { return stopButton(shell) == nullptr; }));
    REQUIRE_FALSE(complete(shell));

    QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
    auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    REQUIRE(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("damp"));
    REQUIRE(within(
        [&] { return found(shell).contains(QStringLiteral("messages are not searchable yet")); }));
    QTest::keyClick(field, Qt::Key_Escape);

    shell.document().close();
    REQUIRE(shell.document().open(path));
    REQUIRE(within([&] { return complete(shell); }, 60'000));
    QTest::keyClicks(field, QStringLiteral("damp"));
    REQUIRE(within([&] { return found(shell).contains(QStringLiteral("the damp in number")); }));
    CHECK_FALSE(found(shell).contains(QStringLiteral("searchable yet")));
}

TEST_CASE("edits and imports do not wait for the index, which goes on behind them", "[ui][index]")
{
    Shell shell;
    QStringList failures;
    QObject::connect(&shell.document(), &Document::failed,
                     [&](const QString& text) { failures << text; });
    REQUIRE(shell.document().open(unindexed(shell, 120'000)));
    REQUIRE(within([&] { return stopButton(shell) != nullptr; }));
    const auto everybody = people(shell.document().workspace());
    REQUIRE(everybody.size() == 2);
    CHECK(shell.document().renamePerson(everybody[0].id, QStringLiteral("Anna")));
    CHECK(person(shell.document().workspace(), everybody[0].id)->name == "Anna");
    CHECK_FALSE(complete(shell));

    const auto more = shell.write("WhatsApp Chat with Damp homes.txt", smallChat);
    bool stored = false;
    REQUIRE(shell.document().write(
        QStringLiteral("Importing"), everything,
        [more](Workspace& own, Task& task) { return importFile(own, more, {}, task).size(); },
        [&](std::size_t) { stored = true; }));
    REQUIRE(within([&] { return stored; }));
    CHECK_FALSE(complete(shell));
    REQUIRE(within([&] { return complete(shell); }, 60'000));
    CHECK(search(shell.document().workspace(), "mould", 5).size() == 1);
    CHECK(failures.join(QLatin1Char('|')).toStdString() == "");
}

}  // namespace kith::tests
