#include <QAbstractItemModel>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QProcess>
#include <QSet>
#include <QTableView>

#include "core/store/people.h"
#include "tests/ui/shell.h"
#include "ui/models/peoplemodel.h"
#include "ui/people/people.h"
#include "ui/start/town.h"

#include <catch2/catch.hpp>

// Pictures of the whole window in the build folder, for a reviewer's eye; the test itself checks
// that each shows something.
namespace kith::tests {

namespace {

bool atScaleTwo()
{
    return qEnvironmentVariable("QT_SCALE_FACTOR") == QStringLiteral("2");
}

int save(Shell& shell, const QString& name)
{
    const QString folder = QStringLiteral(KITH_BINARY_DIR "/screens");
    QDir().mkpath(folder);
    QTest::qWait(150);
    const QPixmap picture = shell.window.grab();
    const QString end = atScaleTwo() ? QStringLiteral("-x2.png") : QStringLiteral(".png");
    REQUIRE(picture.save(folder + QStringLiteral("/window-") + name + end));
    QSet<QRgb> colours;
    const QImage image = picture.toImage();
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) colours.insert(image.pixel(x, y));
    }
    return static_cast<int>(colours.size());
}

void each(Shell& shell, const QString& state, const QStringList& ids)
{
    for (const bool dark : {false, true}) {
        theme().setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        for (const QString& id : ids) {
            shell.window.showScreen(id);
            QTest::qWait(600);
            const QString mode = dark ? QStringLiteral("dark") : QStringLiteral("light");
            CAPTURE(id.toStdString(), dark);
            CHECK(save(shell, id + QLatin1Char('-') + state + QLatin1Char('-') + mode) > 10);
        }
    }
    theme().setChoice(ThemeChoice::System);
}

}  // namespace

TEST_CASE("the empty window can be looked at", "[ui][pictures]")
{
    Shell shell;
    save(shell, QStringLiteral("start-closed"));
    REQUIRE(shell.create());
    REQUIRE(shell.settle());
    each(shell, QStringLiteral("empty"),
         {QStringLiteral("sources"), QStringLiteral("map"), QStringLiteral("people"),
          QStringLiteral("communities"), QStringLiteral("journey")});
}

TEST_CASE("the window can be looked at with Millbrook in it", "[ui][pictures]")
{
    Shell shell;
    Task quiet;
    ScenarioOptions options;
    options.people = 120;
    options.weeks = 8;
    const auto town =
        buildTown("millbrook", shell.folder.path() / "Millbrook.kith", options, quiet);
    REQUIRE(shell.document().open(town));
    REQUIRE(within([&] { return shell.document().analysis() != nullptr; }, 120'000));
    const auto everybody = people(shell.document().workspace());
    REQUIRE(everybody.size() > 50);
    const auto& analysis = *shell.document().analysis();
    REQUIRE_FALSE(analysis.bridges.empty());
    shell.document().selectPeople({analysis.people.people[analysis.bridges.front().person]});
    shell.window.openPath(shell.write("WhatsApp Chat with Damp homes.txt", smallChat));
    each(shell, QStringLiteral("full"),
         {QStringLiteral("start"), QStringLiteral("sources"), QStringLiteral("map"),
          QStringLiteral("people"), QStringLiteral("communities"), QStringLiteral("journey")});
}

TEST_CASE("the window can be looked at on a screen with twice the pixels", "[ui][pictures]")
{
    if (atScaleTwo()) return;  // this is the process that the other one started
    QProcess twice;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    twice.setProcessEnvironment(surroundings);
    twice.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("the empty window can be looked at")});
    REQUIRE(twice.waitForFinished(120'000));
    INFO(twice.readAllStandardOutput().toStdString());
    CHECK(twice.exitCode() == 0);
}

TEST_CASE("a table of a million people sorts and filters away from the window", "[ui][people]")
{
    PeopleTable table;
    constexpr std::uint32_t many = 1'000'000;
    for (std::uint32_t i = 0; i < many; ++i) {
        Person person;
        person.id = PersonId{i + 1};
        person.name = "person " + std::to_string(i);
        table.people.push_back(person);
        table.folded.push_back(person.name);
        table.nameRank.push_back(i);
    }
    table.accounts.assign(many, 1);
    table.messages.assign(many, 0);
    for (std::uint32_t i = 0; i < many; ++i) table.messages[i] = (i * 7919U) % 1000U;
    table.ties.assign(many, 0);
    table.group.assign(many, -1);
    Task quiet;
    QElapsedTimer clock;
    clock.start();
    const auto rows = arrange(table, PeopleOrder{}, quiet);
    const auto sorted = clock.restart();
    PeopleOrder named;
    named.filter = "person 99999";
    const auto few = arrange(table, named, quiet);
    const auto filtered = clock.elapsed();
    REQUIRE(rows.size() == many);
    CHECK(table.messages[rows.front()] == 999);
    CHECK(table.messages[rows.back()] == 0);
    CHECK(few.size() == 11);
    WARN("a million people: sorted in " << sorted << " ms, filtered in " << filtered << " ms");
}

}  // namespace kith::tests
