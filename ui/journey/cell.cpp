#include "ui/journey/cell.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/store/communities.h"
#include "ui/document/document.h"
#include "ui/journey/chooser.h"
#include "ui/journey/evidence.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <chrono>

namespace kith {

CellPanel::CellPanel(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      title_(new Text({}, TextSize::Reading, Tone::Plain, this)),
      question_(new Text({}, TextSize::Body, Tone::Muted, this)),
      levels_(new LevelChooser(this)),
      assessor_(new QLineEdit(this)),
      note_(new QLineEdit(this)),
      rate_(primaryButton(tr("&Rate"), this)),
      history_(new QVBoxLayout),
      seen_(new Text({}, TextSize::Small, Tone::Muted, this)),
      unseen_(new Text({}, TextSize::Small, Tone::Muted, this)),
      evidence_(new EvidencePane(document, this))
{
    title_->setStrong(true);
    title_->setObjectName(QStringLiteral("cellTitle"));
    auto* column = scrollingColumn(this);
    column->setSpacing(space::medium);
    auto* head = new QVBoxLayout;
    head->setSpacing(0);
    head->addWidget(title_);
    head->addWidget(question_);
    column->addLayout(head);
    sides_ = new QHBoxLayout;
    sides_->setSpacing(space::huge);
    auto* right = new QVBoxLayout;
    right->addWidget(evidence_);
    right->addStretch(1);
    sides_->addWidget(makeRating(), 1);
    sides_->addLayout(right, 1);
    column->addLayout(sides_);
    column->addStretch(1);
}

QWidget* CellPanel::makeRating()
{
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::medium);
    column->addWidget(new Text(tr("Choose the highest line that is fully true."), TextSize::Small,
                               Tone::Muted, side));
    column->addWidget(levels_);
    assessor_->setPlaceholderText(tr("Who rates"));
    assessor_->setAccessibleName(tr("Who rates"));
    assessor_->setObjectName(QStringLiteral("assessor"));
    assessor_->setMaxLength(80);
    note_->setPlaceholderText(tr("Why this level"));
    note_->setAccessibleName(tr("Why this level"));
    note_->setObjectName(QStringLiteral("ratingNote"));
    note_->setMaxLength(500);
    rate_->setObjectName(QStringLiteral("rate"));
    rate_->setToolTip(tr("Keeps this level with today's date; earlier ratings stay"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(assessor_, 1);
    row->addWidget(note_, 2);
    row->addWidget(rate_);
    column->addLayout(row);
    history_->setSpacing(space::hair);
    column->addWidget(new SectionHeader(tr("Ratings so far"), side));
    column->addLayout(history_);
    column->addWidget(new SectionHeader(tr("What data cannot show"), side));
    column->addWidget(unseen_);
    column->addWidget(seen_);
    column->addStretch(1);
    const auto keep = [this] {
        if (const auto level = levels_->level()) rate(*level);
    };
    connect(rate_, &QPushButton::clicked, this, keep);
    connect(note_, &QLineEdit::returnPressed, this, keep);
    connect(levels_, &LevelChooser::confirmed, this, keep);
    connect(levels_, &LevelChooser::levelChanged, this,
            [this] { rate_->setEnabled(levels_->level().has_value()); });
    return side;
}

void CellPanel::resizeEvent(QResizeEvent*)
{
    constexpr int roomy = 560;  // for two columns at ordinary text size
    sides_->setDirection(width() * 100 < roomy * theme().textScale() ? QBoxLayout::TopToBottom
                                                                     : QBoxLayout::LeftToRight);
}

void CellPanel::setCell(const Community& community, Characteristic characteristic)
{
    const bool another = community.id != community_.id || characteristic != characteristic_;
    community_ = community;
    characteristic_ = characteristic;
    const auto& row = rubricOf(characteristic);
    title_->setText(tr("%1 · %2").arg(shown(row.title), shownLine(community.name, 80)));
    question_->setText(shown(row.question));
    seen_->setText(tr("Conversation can show: %1").arg(shown(row.evidence)));
    unseen_->setText(shown(row.unseen));
    if (another) note_->clear();
    evidence_->setCell(community.id, characteristic, another);
    refresh();
}

void CellPanel::refresh()
{
    if (!document_.isOpen() || !community_.id) return;
    auto ratings = assessments(document_.workspace(), community_.id);
    std::erase_if(ratings, [this](const Assessment& rating) {
        return rating.characteristic != characteristic_;
    });
    std::optional<int> level;
    if (!ratings.empty()) level = ratings.back().level;
    levels_->setRubric(rubricOf(characteristic_), level);
    showHistory(ratings);
}

void CellPanel::showHistory(const std::vector<Assessment>& ratings)
{
    removeAll(history_);
    if (ratings.empty()) {
        history_->addWidget(new Text(tr("Not rated yet."), TextSize::Body, Tone::Muted, this));
    }
    for (auto rating = ratings.rbegin(); rating != ratings.rend(); ++rating) {
        auto line = tr("Level %1 · %2").arg(rating->level).arg(dayText(rating->on));
        if (!rating->assessor.empty()) line += tr(" · %1").arg(shownLine(rating->assessor, 80));
        if (!rating->note.empty()) line += tr(" · %1").arg(shownLine(rating->note, 500));
        history_->addWidget(new Text(line, TextSize::Body, Tone::Plain, this));
    }
}

void CellPanel::focusLevels()
{
    levels_->focusTarget()->setFocus();
}

bool CellPanel::rate(int level)
{
    Assessment rating;
    rating.community = community_.id;
    rating.characteristic = characteristic_;
    rating.level = level;
    rating.on = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    rating.assessor = assessor_->text().trimmed().toStdString();
    rating.note = note_->text().trimmed().toStdString();
    if (!community_.id) return false;
    return document_.edit(Change::Notes, [&](Workspace& workspace) { assess(workspace, rating); });
}

}  // namespace kith
