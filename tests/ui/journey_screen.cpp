#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

#include "core/store/communities.h"
#include "tests/ui/sample.h"
#include "ui/journey/board.h"
#include "ui/journey/cell.h"
#include "ui/journey/evidence.h"
#include "ui/journey/screen.h"
#include "ui/widgets/text.h"

#include <algorithm>

using namespace kith;
using namespace kith::tests;

namespace {

struct AtJourney : Sample {
    JourneyScreen screen{document};
    CommunityId damp;

    AtJourney()
    {
        const auto id = document.adoptCluster(clusterSaying("mould"), QStringLiteral("Damp homes"));
        REQUIRE(id);
        damp = *id;
        REQUIRE(document.adoptCluster(clusterSaying("bus"), QStringLiteral("Better buses")));
        settle();
        present(screen);
        screen.board()->setFocus();
    }

    int level(int row, int column) const
    {
        return screen.board()->model()->index(row, column).data(JourneyModel::LevelRole).toInt();
    }

    void go(int row, int column)
    {
        screen.board()->setCurrentIndex(screen.board()->model()->index(row, column));
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

TEST_CASE("the board has a row for each community and a column for each characteristic",
          "[ui][journey]")
{
    AtJourney at;
    const QAbstractItemModelTester rules(at.screen.board()->model(),
                                         QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(at.screen.board()->model()->rowCount() == 2);
    CHECK(at.screen.board()->model()->columnCount() == 9);
    CHECK(at.screen.board()->model()->index(0, 0).data().toString() ==
          QStringLiteral("Damp homes, Sponsorship: not rated yet"));
    CHECK(at.level(0, 0) == -1);
}

TEST_CASE("a number key rates the cell one stands on, and undo takes it back", "[ui][journey]")
{
    AtJourney at;
    at.go(0, 0);
    QTest::keyClick(at.screen.board(), Qt::Key_Right);
    QTest::keyClick(at.screen.board(), Qt::Key_2);
    CHECK(at.level(0, 1) == 2);
    CHECK(at.screen.board()->currentIndex().column() == 1);
    QTest::keyClick(at.screen.board(), Qt::Key_3);
    CHECK(at.level(0, 1) == 3);
    CHECK(at.screen.board()->model()->index(0, 1).data().toString().endsWith(
        QStringLiteral("level 3 of 4, rising")));
    CHECK(assessments(at.document.workspace(), at.damp).size() == 2);
    at.document.undo();
    CHECK(at.level(0, 1) == 2);
    at.document.undo();
    CHECK(at.level(0, 1) == -1);
    at.document.redo();
    CHECK(at.level(0, 1) == 2);
    CHECK(at.failures.isEmpty());
}

TEST_CASE("an opened cell explains the levels and keeps who rated and why", "[ui][journey]")
{
    AtJourney at;
    at.go(0, 0);
    QTest::keyClick(at.screen.board(), Qt::Key_Return);
    CHECK(part<Text>(at.screen, "cellTitle")->text() == QStringLiteral("Sponsorship · Damp homes"));
    CHECK(at.says(QStringLiteral("A named person speaks up for the group when asked.")));
    CHECK(at.says(QStringLiteral("Private support, and budgets.")));
    auto* focus = QApplication::focusWidget();
    REQUIRE(qobject_cast<QRadioButton*>(focus) != nullptr);
    QTest::keyClicks(part<QLineEdit>(at.screen, "assessor"), QStringLiteral("Ann"));
    QTest::keyClicks(part<QLineEdit>(at.screen, "ratingNote"),
                     QStringLiteral("the ward councillor came"));
    part<QRadioButton>(at.screen, "level0")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
    CHECK(part<QRadioButton>(at.screen, "level2")->isChecked());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    const auto ratings = assessments(at.document.workspace(), at.damp);
    REQUIRE(ratings.size() == 1);
    CHECK(ratings[0].level == 2);
    CHECK(ratings[0].assessor == "Ann");
    CHECK(ratings[0].note == "the ward councillor came");
    CHECK(at.level(0, 0) == 2);
    CHECK(at.says(QStringLiteral("Ann · the ward councillor came")));
}

TEST_CASE("messages are offered as evidence and kept for or against", "[ui][journey]")
{
    AtJourney at;
    const QSignalSpy offers(at.screen.cell()->evidence(), &EvidencePane::offersShown);
    at.go(0, 2);  // goals: "the mould inspector comes by friday"
    REQUIRE(waitFor([&] { return offers.count() > 0; }));
    CHECK(at.says(QStringLiteral("by friday")));
    const auto before = at.screen.findChildren<QPushButton*>(QStringLiteral("keepFor")).size();
    REQUIRE(before > 1);
    QTest::mouseClick(part<QPushButton>(at.screen, "keepFor"), Qt::LeftButton);
    const auto kept = evidence(at.document.workspace(), at.damp);
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].kind == EvidenceKind::Message);
    CHECK(kept[0].supports);
    CHECK(kept[0].characteristic == Characteristic::Goals);
    QTest::qWait(10);
    CHECK(at.screen.findChildren<QPushButton*>(QStringLiteral("keepFor")).size() == before - 1);
}

TEST_CASE("notes and links of one's own are evidence too", "[ui][journey]")
{
    AtJourney at;
    at.go(0, 6);
    auto* own = part<QLineEdit>(at.screen, "ownEvidence");
    QTest::keyClicks(own, QStringLiteral("https://example.org/minutes"));
    QTest::mouseClick(part<QPushButton>(at.screen, "ownFor"), Qt::LeftButton);
    QTest::keyClicks(own, QStringLiteral("Nobody took notes in May"));
    QTest::mouseClick(part<QPushButton>(at.screen, "ownAgainst"), Qt::LeftButton);
    const auto kept = evidence(at.document.workspace(), at.damp);
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].kind == EvidenceKind::Link);
    CHECK(kept[1].kind == EvidenceKind::Note);
    CHECK_FALSE(kept[1].supports);
    CHECK(at.says(QStringLiteral("Nobody took notes in May")));
    at.document.undo();
    CHECK(waitFor([&] { return !at.saysNow(QStringLiteral("Nobody took notes in May")); }));
}
