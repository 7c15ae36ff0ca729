#include <QDir>
#include <QPixmap>
#include <QProcess>
#include <QTableView>

#include "tests/ui/fits.h"
#include "tests/ui/shell.h"
#include "ui/sources/preview.h"
#include "ui/sources/sources.h"

#include <catch2/catch.hpp>

#include <filesystem>

// Pictures of the Sources screen at work, for a reviewer's eye; the test itself checks that nothing
// is cut off.
namespace kith::tests {

namespace {

bool atScaleTwo()
{
    return qEnvironmentVariable("QT_SCALE_FACTOR") == QStringLiteral("2");
}

void save(Shell& shell, const QString& name)
{
    const QString folder = QStringLiteral(KITH_BINARY_DIR "/screens");
    QDir().mkpath(folder);
    for (const bool dark : {false, true}) {
        theme().setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        QTest::qWait(300);
        CAPTURE(name.toStdString(), dark);
        CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
        const QString end = atScaleTwo() ? QStringLiteral("-x2.png") : QStringLiteral(".png");
        const QString mode = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        REQUIRE(shell.window.grab().save(folder + QStringLiteral("/sources-") + name + mode + end));
    }
    theme().setChoice(ThemeChoice::System);
}

bool settled(const SourcesScreen& screen, int files)
{
    return within([&] {
        int done = 0;
        for (const PreviewCard* card : screen.findChildren<PreviewCard*>()) {
            if (card->isHidden()) continue;
            const auto state = card->state();
            done += state != PreviewCard::State::Waiting && state != PreviewCard::State::Reading;
        }
        return done == files;
    });
}

/// The screen with a list, with a question, with columns, with what is imported.
void walkThrough(Shell& shell, const QString& name)
{
    REQUIRE(shell.create());
    shell.window.showScreen(QStringLiteral("sources"));
    auto* screen = qobject_cast<SourcesScreen*>(shell.window.currentScreen());
    REQUIRE(screen != nullptr);
    const auto chat = shell.write("WhatsApp Chat with Damp homes.txt", smallChat);
    screen->addFiles({chat});
    REQUIRE(settled(*screen, 1));
    save(shell, name + QStringLiteral("-one"));

    const auto folder = shell.folder.path() / "Downloads";
    std::filesystem::create_directories(folder);
    writeFile(folder / "holiday.html", "<!DOCTYPE html><html><body>Hello</body></html>");
    writeFile(folder / "cut.zip", std::string("PK\x03\x04\x14\x00\x00\x00", 8) + "chat");
    writeFile(folder / "WhatsApp Chat with Buses.txt", smallChat);
    writeFile(folder / "meetings.csv",
              "author,time,text,phone\nAnn,03/04/2024 10:00,hello,020 7946 0001\n"
              "Bob,03/04/2024 10:05,hello to you,020 7946 0002\n");
    screen->addFiles({folder});
    REQUIRE(settled(*screen, 5));
    save(shell, name + QStringLiteral("-several"));

    QTest::mouseClick(shell.named<QAbstractButton>("import"), Qt::LeftButton);
    REQUIRE(shell.settle());
    for (PreviewCard* card : screen->findChildren<PreviewCard*>()) {
        if (!card->isHidden()) Q_EMIT card->leftOut();
    }
    screen->addFiles({shell.write("notes.csv",
                                  "Speaker,Moment,Remark,Phone\n"
                                  "Ann,2024-04-03 10:00,hello,020 7946 0001\n"
                                  "Bob,2024-04-03 10:05,hello to you,020 7946 0002\n")});
    REQUIRE(settled(*screen, 1));
    save(shell, name + QStringLiteral("-columns"));
    for (PreviewCard* card : screen->findChildren<PreviewCard*>()) {
        if (!card->isHidden()) Q_EMIT card->leftOut();
    }
    auto* table = screen->findChildren<QTableView*>().back();
    REQUIRE(within([&] { return table->model()->rowCount() == 2; }));
    table->selectRow(0);
    REQUIRE(within([&] { return shell.says("Remove this source…"); }));
    shell.click("remove");
    REQUIRE(within([&] { return shell.says("Keep it"); }));
    save(shell, name + QStringLiteral("-stored"));
}

}  // namespace

TEST_CASE("the Sources screen can be looked at", "[ui][pictures][sourcepictures]")
{
    Shell shell;
    walkThrough(shell, QStringLiteral("window"));
}

TEST_CASE("the Sources screen can be looked at on a small laptop at 200 %",
          "[ui][pictures][sourcepictures]")
{
    Shell shell({683, 384});
    walkThrough(shell, QStringLiteral("small"));
}

TEST_CASE("the Sources screen can be looked at with large letters",
          "[ui][pictures][sourcepictures]")
{
    if (atScaleTwo()) return;
    Shell shell;
    theme().setTextScale(160);
    walkThrough(shell, QStringLiteral("large"));
    theme().setTextScale(100);
}

TEST_CASE("the Sources screen can be looked at with twice the pixels",
          "[ui][pictures][sourcepictures]")
{
    if (atScaleTwo()) return;  // this is the process that the other one started
    QProcess twice;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    twice.setProcessEnvironment(surroundings);
    twice.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("the Sources screen can be looked at,"
                                "the Sources screen can be looked at on a small laptop at 200 %")});
    REQUIRE(twice.waitForFinished(300'000));
    INFO(twice.readAllStandardOutput().toStdString());
    CHECK(twice.exitCode() == 0);
}

}  // namespace kith::tests
