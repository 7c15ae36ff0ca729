#include <QAbstractItemModel>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QProcess>
#include <QSet>
#include <QTableView>

#include "core/scenario/scenario.h"
#include "core/store/communities.h"
#include "core/store/people.h"
#include "tests/ui/fits.h"
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

const QStringList everyScreen{QStringLiteral("sources"), QStringLiteral("map"),
                              QStringLiteral("people"), QStringLiteral("communities"),
                              QStringLiteral("journey")};

void each(Shell& shell, const QString& state, const QStringList& ids)
{
    for (const bool dark : {false, true}) {
        theme().setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        for (const QString& id : ids) {
            shell.window.showScreen(id);
            QTest::qWait(400);
            const QString mode = dark ? QStringLiteral("dark") : QStringLiteral("light");
            CAPTURE(id.toStdString(), dark);
            CHECK(save(shell, id + QLatin1Char('-') + state + QLatin1Char('-') + mode) > 10);
            CHECK(cutTexts(shell.window).join(QStringLiteral("; ")).toStdString() == "");
        }
    }
    theme().setChoice(ThemeChoice::System);
}

void rateSome(Document& document, CommunityId id)
{
    struct Rated {
        Characteristic characteristic;
        int level;
    };
    const Rated ratings[] = {{Characteristic::Sponsorship, 2},
                             {Characteristic::Vision, 1},
                             {Characteristic::Vision, 3},
                             {Characteristic::Goals, 3},
                             {Characteristic::Goals, 2}};
    int day = 0;
    for (const auto& [characteristic, level] : ratings) {
        Assessment rating;
        rating.community = id;
        rating.characteristic = characteristic;
        rating.level = level;
        rating.on = fromMillis(1'740'000'000'000 + 86'400'000LL * ++day);
        rating.assessor = "Ann";
        rating.note = "The ward councillor said so at the hall";
        document.edit(Change::Notes, [&](Workspace& workspace) { assess(workspace, rating); });
    }
}

/// A town with two communities kept, tagged and rated, and somebody who crosses chosen.
void fill(Shell& shell)
{
    Task quiet;
    ScenarioOptions options;
    options.people = 120;
    options.weeks = 8;
    const auto town =
        buildTown("millbrook", shell.folder.path() / "Millbrook.kith", options, quiet);
    Document& document = shell.document();
    REQUIRE(document.open(town));
    REQUIRE(within([&] { return document.analysis() != nullptr; }, 120'000));
    REQUIRE(people(document.workspace()).size() > 50);
    const auto damp = document.adoptCluster(0, QStringLiteral("Damp homes in Eastfield"));
    const auto buses = document.adoptCluster(1, QStringLiteral("Buses that come"));
    REQUIRE(damp);
    REQUIRE(buses);
    document.edit(Change::Notes, [&](Workspace& workspace) {
        tagCommunity(workspace, *damp, "housing");
        tagCommunity(workspace, *damp, "urgent");
        noteCommunity(workspace, *damp, "Meets on Tuesdays above the library.");
    });
    rateSome(document, *damp);
    REQUIRE(within([&] { return !document.isAnalysing(); }, 120'000));
    const auto& analysis = *document.analysis();
    REQUIRE_FALSE(analysis.bridges.empty());
    document.selectCommunity(*damp);
    document.selectPeople({analysis.people.people[analysis.bridges.front().person]});
    shell.window.openPath(shell.write("WhatsApp Chat with Damp homes.txt", smallChat));
}

}  // namespace

TEST_CASE("the empty window can be looked at", "[ui][pictures]")
{
    Shell shell;
    save(shell, QStringLiteral("start-closed"));
    REQUIRE(shell.create());
    REQUIRE(shell.settle());
    each(shell, QStringLiteral("empty"), everyScreen);
}

TEST_CASE("the window can be looked at with Millbrook in it", "[ui][pictures]")
{
    Shell shell;
    fill(shell);
    each(shell, QStringLiteral("full"), QStringList{QStringLiteral("start")} + everyScreen);
}

// What is left of 1366 x 768 for a reader who has everything at 200 %.
TEST_CASE("the window can be looked at on a small laptop at 200 %", "[ui][pictures]")
{
    Shell shell({683, 384});
    REQUIRE(shell.window.width() == 683);
    REQUIRE(shell.create());
    REQUIRE(shell.settle());
    each(shell, QStringLiteral("small-empty"), everyScreen);
    fill(shell);
    each(shell, QStringLiteral("small-full"), QStringList{QStringLiteral("start")} + everyScreen);
}

TEST_CASE("the window can be looked at with letters twice as large", "[ui][pictures]")
{
    if (atScaleTwo()) return;
    Shell shell;
    fill(shell);
    theme().setTextScale(200);
    QTest::qWait(400);
    each(shell, QStringLiteral("large-full"), QStringList{QStringLiteral("start")} + everyScreen);
    theme().setTextScale(100);
}

TEST_CASE("the window can be looked at on a screen with twice the pixels", "[ui][pictures]")
{
    if (atScaleTwo()) return;  // this is the process that the other one started
    QProcess twice;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    twice.setProcessEnvironment(surroundings);
    twice.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("the empty window can be looked at,"
                                "the window can be looked at with Millbrook in it,"
                                "the window can be looked at on a small laptop at 200 %")});
    REQUIRE(twice.waitForFinished(300'000));
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
