#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include "core/store/communities.h"
#include "tests/ui/sample.h"
#include "ui/communities/detail.h"
#include "ui/communities/members.h"
#include "ui/communities/overlap.h"
#include "ui/communities/screen.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/text.h"

#include <algorithm>

using namespace kith;
using namespace kith::tests;

namespace {

struct AtCommunities : Sample {
    CommunitiesScreen screen{document};

    AtCommunities() { present(screen); }

    /// Keeps the group that speaks of mould.
    CommunityId adopt()
    {
        const auto id = document.adoptCluster(clusterSaying("mould"), QStringLiteral("Damp homes"));
        REQUIRE(id);
        document.selectCommunity(*id);
        settle();
        REQUIRE(waitFor([&] { return table().model()->rowCount() > 0; }));
        return *id;
    }

    QTableView& table() { return *screen.detail()->members()->table(); }
    Community now(CommunityId id) { return community(document.workspace(), id).value(); }

    Chip* removable(const QString& text)
    {
        for (auto* chip : screen.findChildren<Chip*>()) {
            if (chip->isVisible() && chip->text() == text) return chip;
        }
        return nullptr;
    }

    bool saysNow(const QString& words) const
    {
        const auto texts = screen.findChildren<Text*>();
        return std::any_of(texts.begin(), texts.end(), [&](const Text* text) {
            return text->isVisible() && text->text().contains(words);
        });
    }

    /// Also when it takes a moment to be laid out.
    bool says(const QString& words) const
    {
        return waitFor([&] { return saysNow(words); }, 3000);
    }
};

}  // namespace

TEST_CASE("groups found on the map are offered, and keeping one makes it a community",
          "[ui][communities]")
{
    AtCommunities at;
    const auto group = at.clusterSaying("mould");
    auto* keep = part<QPushButton>(at.screen, qPrintable(QStringLiteral("keep%1").arg(group)));
    QTest::mouseClick(keep, Qt::LeftButton);
    const auto kept = communities(at.document.workspace());
    REQUIRE(kept.size() == 1);
    CHECK(at.screen.list()->model()->rowCount() == 1);
    CHECK(kept.front().members.size() == at.document.analysis()->clusters[group].members.size());
    at.settle();
    CHECK(groupsNotKept(*at.document.analysis(), kept).size() == 1);
}

TEST_CASE("a community lists its members and what is known of its group", "[ui][communities]")
{
    AtCommunities at;
    const auto id = at.adopt();
    CHECK(at.table().model()->rowCount() == static_cast<int>(at.now(id).members.size()));
    QStringList names;
    for (int row = 0; row < at.table().model()->rowCount(); ++row)
        names.append(at.table().model()->index(row, 0).data().toString());
    CHECK(names.contains(QStringLiteral("Damp3")));
    CHECK(at.table().model()->index(0, 1).data().toString() == QStringLiteral("from the map"));
    CHECK(at.says(QStringLiteral("stand in the group")));
    CHECK(at.says(QStringLiteral("live in Eastfield")));
    CHECK(at.says(QStringLiteral("the mould")));
}

TEST_CASE("tags are added by Return, taken off by Delete, and undone", "[ui][communities]")
{
    AtCommunities at;
    const auto id = at.adopt();
    auto* tag = part<QLineEdit>(at.screen, "newTag");
    QTest::keyClicks(tag, QStringLiteral("housing"));
    QTest::keyClick(tag, Qt::Key_Return);
    CHECK(at.now(id).tags == std::vector<std::string>{"housing"});
    QTest::qWait(10);
    auto* chip = at.removable(QStringLiteral("housing"));
    REQUIRE(chip != nullptr);
    QTest::keyClick(chip, Qt::Key_Delete);
    CHECK(waitFor([&] { return at.now(id).tags.empty(); }, 3000));
    at.document.undo();
    CHECK(at.now(id).tags == std::vector<std::string>{"housing"});
    QTest::qWait(10);
    CHECK(at.removable(QStringLiteral("housing")) != nullptr);
}

TEST_CASE("a community is renamed where its name stands; an empty name is refused",
          "[ui][communities]")
{
    AtCommunities at;
    const auto id = at.adopt();
    auto* name = part<QLineEdit>(at.screen, "communityName");
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Dry homes"));
    QTest::keyClick(name, Qt::Key_Return);
    CHECK(at.now(id).name == "Dry homes");
    CHECK(at.screen.list()->model()->index(0, 0).data().toString() == QStringLiteral("Dry homes"));
    name->clear();
    QTest::keyClick(name, Qt::Key_Return);
    CHECK(at.now(id).name == "Dry homes");
    CHECK(name->text() == QStringLiteral("Dry homes"));
}

TEST_CASE("members are added by name and leave with a date", "[ui][communities]")
{
    AtCommunities at;
    const auto id = at.adopt();
    const auto before = presentMembers(at.now(id)).size();
    auto* who = part<QLineEdit>(at.screen, "memberName");
    QTest::keyClicks(who, QStringLiteral("Nobody Here"));
    QTest::keyClick(who, Qt::Key_Return);
    CHECK(at.says(QStringLiteral("Nobody is called “Nobody Here”")));
    who->clear();
    QTest::keyClicks(who, QStringLiteral("Bus4"));
    QTest::keyClick(who, Qt::Key_Return);
    CHECK(presentMembers(at.now(id)).size() == before + 1);

    at.settle();
    REQUIRE(
        waitFor([&] { return at.table().model()->rowCount() == static_cast<int>(before) + 1; }));
    at.table().selectRow(0);
    for (auto* button : at.screen.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("&End membership"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    const auto after = at.now(id);
    CHECK(presentMembers(after).size() == before);
    CHECK(after.members.size() == before + 1);
    at.document.undo();
    CHECK(presentMembers(at.now(id)).size() == before + 1);
}

TEST_CASE("a dissolved community comes back by undo", "[ui][communities]")
{
    AtCommunities at;
    const auto id = at.adopt();
    auto* dissolve = part<QPushButton>(at.screen, "dissolve");
    QTest::mouseClick(dissolve, Qt::LeftButton);
    CHECK_FALSE(community(at.document.workspace(), id));
    CHECK(at.screen.list()->model()->rowCount() == 0);
    at.document.undo();
    CHECK(at.now(id).name == "Damp homes");
    CHECK(at.screen.list()->model()->rowCount() == 1);
    CHECK(at.failures.isEmpty());
}
