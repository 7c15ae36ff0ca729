// Pictures of the screens, to be looked at: build/.../screens/*.png.

#include <QDir>
#include <QPixmap>
#include <QTest>

#include "core/scenario/scenario.h"
#include "core/store/communities.h"
#include "tests/ui/sample.h"
#include "ui/communities/screen.h"
#include "ui/journey/screen.h"
#include "ui/map/canvas.h"
#include "ui/map/screen.h"
#include "ui/theme/theme.h"

#include <array>
#include <set>

using namespace kith;
using namespace kith::tests;

namespace {

const QSize page{920, 660};  // what a window of 1366 x 768 leaves between rail and inspector

QString folder()
{
    const auto where = QStringLiteral(KITH_BINARY_DIR "/screens");
    QDir().mkpath(where);
    return where;
}

/// Saves it and tells how many colours it has: a blank page has few.
std::size_t save(QWidget& widget, const QString& name)
{
    const auto picture = widget.grab().toImage();
    REQUIRE(picture.save(folder() + QStringLiteral("/%1.png").arg(name)));
    std::set<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 3) {
        for (int x = 0; x < picture.width(); x += 3) colours.insert(picture.pixel(x, y));
    }
    return colours.size();
}

struct Town : Sample {
    Town() : Sample(false)
    {
        Task task;
        ScenarioOptions options;
        options.people = 160;
        options.weeks = 8;
        const auto files = writeScenario("millbrook", folder.path() / "files", options, task);
        {
            auto workspace = Workspace::create(folder.path() / "millbrook.kith");
            for (const auto& file : files.exports) importFile(workspace, file, {}, task);
            importTraits(workspace, files.members, task);
        }
        REQUIRE(document.open(folder.path() / "millbrook.kith"));
        REQUIRE(waitFor([this] { return !document.isAnalysing(); }, 120'000));
        REQUIRE(document.analysis());
    }
};

void dress(bool dark)
{
    theme().setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    theme().apply();
    QTest::qWait(200);
}

void rateSome(Document& document, CommunityId id)
{
    const std::array<std::pair<Characteristic, int>, 5> levels{{{Characteristic::Sponsorship, 2},
                                                                {Characteristic::Vision, 1},
                                                                {Characteristic::Vision, 3},
                                                                {Characteristic::Goals, 3},
                                                                {Characteristic::Goals, 2}}};
    int day = 0;
    for (const auto& [characteristic, level] : levels) {
        Assessment rating;
        rating.community = id;
        rating.characteristic = characteristic;
        rating.level = level;
        rating.on = fromMillis(1'740'000'000'000 + 86'400'000LL * ++day);
        rating.assessor = "Ann";
        document.edit(Change::Communities,
                      [&](Workspace& workspace) { assess(workspace, rating); });
    }
}

}  // namespace

TEST_CASE("every screen can be looked at, light and dark, full and empty", "[ui][pictures]")
{
    Town town;
    MapScreen map(town.document);
    CommunitiesScreen communities(town.document);
    JourneyScreen journey(town.document);
    present(map, page);
    REQUIRE(waitFor([&] { return map.canvas()->scene().people.size() > 20; }));
    for (const bool dark : {false, true}) {
        const auto suffix = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        dress(dark);
        REQUIRE(waitFor([&] { return map.canvas()->settled(); }));
        CHECK(save(map, QStringLiteral("map") + suffix) > 60);
    }
    dress(false);
    for (int i = 0; i < 8; ++i) map.canvas()->zoomIn();
    REQUIRE(waitFor([&] { return map.canvas()->settled(); }));
    save(map, QStringLiteral("map-near"));
    map.canvas()->fit();
    town.document.selectCluster(0);
    REQUIRE(waitFor([&] { return map.canvas()->settled(); }));
    save(map, QStringLiteral("map-group"));

    const auto first = town.document.adoptCluster(0, QStringLiteral("Damp homes in Eastfield"));
    const auto second = town.document.adoptCluster(1, QStringLiteral("Buses that come"));
    REQUIRE(first);
    REQUIRE(second);
    town.document.edit(Change::Communities, [&](Workspace& workspace) {
        tagCommunity(workspace, *first, "housing");
        tagCommunity(workspace, *first, "urgent");
    });
    rateSome(town.document, *first);
    town.document.selectCommunity(*first);
    REQUIRE(waitFor([&] { return !town.document.isAnalysing(); }, 120'000));
    present(communities, page);
    present(journey, page);
    QTest::qWait(1500);
    for (const bool dark : {false, true}) {
        const auto suffix = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        dress(dark);
        CHECK(save(communities, QStringLiteral("communities") + suffix) > 40);
        CHECK(save(journey, QStringLiteral("journey") + suffix) > 30);
    }
    dress(false);
    theme().setTextScale(200);
    theme().apply();
    QTest::qWait(400);
    save(map, QStringLiteral("map-large-text"));
    save(communities, QStringLiteral("communities-large-text"));
    save(journey, QStringLiteral("journey-large-text"));
    theme().setTextScale(100);
    theme().apply();
}

TEST_CASE("empty screens invite", "[ui][pictures]")
{
    Sample sample(false);
    MapScreen map(sample.document);
    CommunitiesScreen communities(sample.document);
    JourneyScreen journey(sample.document);
    present(map, page);
    present(communities, page);
    present(journey, page);
    CHECK(save(map, QStringLiteral("map-empty")) > 3);
    CHECK(save(communities, QStringLiteral("communities-empty")) > 3);
    CHECK(save(journey, QStringLiteral("journey-empty")) > 3);
}
