#include "ui/communities/screen.h"

#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/text.h"
#include "core/store/communities.h"
#include "ui/communities/detail.h"
#include "ui/communities/found.h"
#include "ui/communities/overlap.h"
#include "ui/document/document.h"
#include "ui/map/rows.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int leastName = 22;  // characters of a name that always have room

}  // namespace

CommunitiesScreen::CommunitiesScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      pages_(new QStackedWidget(this)),
      empty_(new EmptyState({}, tr("Go to the map"), this)),
      rows_(new RowsModel(this)),
      none_(new Text(tr("No community is kept yet. Keep a group that was found, or adopt one on "
                        "the map."),
                     TextSize::Body, Tone::Muted, this)),
      list_(rowsTable(rows_, tr("Communities"), this)),
      found_(new FoundGroups(document, this)),
      right_(new QStackedWidget(this)),
      detail_(new CommunityDetail(document, this))
{
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setObjectName(QStringLiteral("communities"));
    list_->viewport()->installEventFilter(this);
    auto* nothing = new Text(tr("Choose a community on the left, or keep one of the groups found."),
                             TextSize::Reading, Tone::Muted, this);
    nothing->setAlignment(Qt::AlignCenter);
    right_->addWidget(nothing);
    right_->addWidget(detail_);

    left_ = new QSplitter(Qt::Vertical, this);
    left_->addWidget(list_);
    auto* below = new QWidget(left_);
    auto* lines = new QVBoxLayout(below);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addWidget(none_);
    lines->addWidget(found_, 1);
    left_->addWidget(below);
    left_->setChildrenCollapsible(false);
    left_->setMinimumWidth(240);
    list_->setMinimumHeight(120);
    found_->setMinimumHeight(150);
    auto* both = new QSplitter(Qt::Horizontal, this);
    both->addWidget(left_);
    auto* padded = new QWidget(both);
    auto* inside = new QVBoxLayout(padded);
    inside->setContentsMargins(space::large, 0, 0, 0);
    inside->addWidget(right_);
    both->addWidget(padded);
    both->setSizes({420, 490});
    both->setChildrenCollapsible(false);
    padded->setMinimumWidth(280);
    both->setStretchFactor(0, 4);
    both->setStretchFactor(1, 5);
    pages_->addWidget(empty_);
    pages_->addWidget(both);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages_);

    connect(empty_, &EmptyState::clicked, this, [this] { Q_EMIT wanted(QStringLiteral("map")); });
    connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = chosenRows(list_);
        if (following_ || rows.empty()) return;
        this->document().selectCommunity(communities_[rows.front()].id);
    });
    connect(&document, &Document::opened, this, &CommunitiesScreen::reload);
    connect(&document, &Document::changed, this, &CommunitiesScreen::reload);
    connect(&document, &Document::analysisReady, this, &CommunitiesScreen::reload);
    connect(&document, &Document::selectionChanged, this, &CommunitiesScreen::followSelection);
    connect(&theme(), &Theme::changed, this, [this] {
        fitColumns();
        fitHeight();
    });
    reload();
}

QWidget* CommunitiesScreen::firstFocus()
{
    if (pages_->currentIndex() == 0) return empty_->button();
    return communities_.empty() ? static_cast<QWidget*>(found_) : list_;
}

void CommunitiesScreen::reload()
{
    communities_ =
        document().isOpen() ? communities(document().workspace()) : std::vector<Community>{};
    const auto analysis = document().isOpen() ? document().analysis() : nullptr;
    const bool nothing = communities_.empty() && (!analysis || analysis->clusters.empty());
    empty_->setSentence(
        tr("No community is kept yet. Adopt a group on the map, and follow it here."));
    pages_->setCurrentIndex(nothing ? 0 : 1);
    none_->setVisible(communities_.empty());
    list_->setVisible(!communities_.empty());
    fillList();
    found_->reload(communities_);
    fitHeight();
    presented_ = {};
    followSelection();
}

void CommunitiesScreen::fillList()
{
    following_ = true;
    const auto at = [this](std::size_t row) -> const Community& { return communities_[row]; };
    rows_->setRows(
        communities_.size(),
        {{tr("Name"), [=](std::size_t row) { return shownLine(at(row).name, 80); }, {}},
         {tr("People"),
          [=](std::size_t row) {
              return QVariant::fromValue<qulonglong>(presentMembers(at(row)).size());
          },
          {}},
         {tr("Tags"), [=](std::size_t row) { return shownLine(join(at(row).tags, ", "), 80); }, {}},
         {tr("Since"),
          [=](std::size_t row) {
              return QVariant::fromValue<qlonglong>(toMillis(at(row).created));
          },
          [](const QVariant& value) { return dayText(fromMillis(value.toLongLong())); }}});
    auto* header = list_->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    fitColumns();
    following_ = false;
}

void CommunitiesScreen::fitHeight()
{
    const int rows = static_cast<int>(communities_.size()) + 1;  // and room for a scroll bar
    const int whole = list_->horizontalHeader()->sizeHint().height() +
                      rows * list_->verticalHeader()->defaultSectionSize();
    list_->setMaximumHeight(std::max(list_->minimumHeight(), whole));
}

void CommunitiesScreen::fitColumns()
{
    if (rows_->columnCount() == 0) return;
    const QFontMetrics metrics(theme().tableFont());
    const int name = metrics.averageCharWidth() * leastName;
    list_->setColumnWidth(1, metrics.horizontalAdvance(tr("People")) + 2 * space::large);
    // The name comes first: the day goes when it has no room, then the tags.
    const int room = list_->viewport()->width() - name - list_->columnWidth(1);
    const int tags = metrics.horizontalAdvance(tr("housing")) + 3 * space::large;
    const int day = metrics.horizontalAdvance(tr("00 May 0000")) + 2 * space::medium;
    list_->setColumnWidth(2, tags);
    list_->setColumnWidth(3, day);
    list_->setColumnHidden(3, room < tags + day);
    list_->setColumnHidden(2, room < tags);
}

bool CommunitiesScreen::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == list_->viewport() && event->type() == QEvent::Resize) fitColumns();
    return Screen::eventFilter(watched, event);
}

void CommunitiesScreen::followSelection()
{
    const auto id = document().selectedCommunity();
    auto found = std::ranges::find_if(communities_, [&](const auto& c) { return c.id == id; });
    if (found == communities_.end()) found = communities_.begin();
    if (communities_.empty()) {
        right_->setCurrentIndex(0);
        return;
    }
    if (!id && presented_) return;  // something else was chosen: keep showing what was shown
    following_ = true;
    chooseRows(list_, {static_cast<std::size_t>(found - communities_.begin())});
    following_ = false;
    present(*found);
}

void CommunitiesScreen::present(const Community& community)
{
    right_->setCurrentIndex(1);
    if (presented_ == community.id) return;
    presented_ = community.id;
    detail_->setCommunity(community);
}

}  // namespace kith
