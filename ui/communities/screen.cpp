#include "ui/communities/screen.h"

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

CommunitiesScreen::CommunitiesScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      pages_(new QStackedWidget(this)),
      empty_(new EmptyState({}, tr("Go to the map"), this)),
      rows_(new RowsModel(this)),
      list_(rowsTable(rows_, tr("Communities"), this)),
      found_(new FoundGroups(document, this)),
      right_(new QStackedWidget(this)),
      detail_(new CommunityDetail(document, this))
{
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setObjectName(QStringLiteral("communities"));
    auto* nothing = new Text(tr("Choose a community on the left, or keep one of the groups found."),
                             TextSize::Reading, Tone::Muted, this);
    nothing->setAlignment(Qt::AlignCenter);
    right_->addWidget(nothing);
    right_->addWidget(detail_);

    auto* left = new QSplitter(Qt::Vertical, this);
    left->addWidget(list_);
    left->addWidget(found_);
    left->setChildrenCollapsible(false);
    left->setSizes({280, 380});
    auto* both = new QSplitter(Qt::Horizontal, this);
    both->addWidget(left);
    auto* padded = new QWidget(both);
    auto* inside = new QVBoxLayout(padded);
    inside->setContentsMargins(space::large, 0, 0, 0);
    inside->addWidget(right_);
    both->addWidget(padded);
    both->setSizes({420, 490});
    both->setChildrenCollapsible(false);
    both->setStretchFactor(1, 1);
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
    connect(&theme(), &Theme::changed, this, &CommunitiesScreen::fitColumns);
    reload();
}

QWidget* CommunitiesScreen::firstFocus()
{
    return pages_->currentIndex() == 0 ? static_cast<QWidget*>(empty_->button()) : list_;
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
    fillList();
    found_->reload(communities_);
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

void CommunitiesScreen::fitColumns()
{
    if (rows_->columnCount() == 0) return;
    const QFontMetrics metrics(theme().tableFont());
    list_->setColumnWidth(1, metrics.horizontalAdvance(tr("People")) + 2 * space::large);
    list_->setColumnWidth(2, metrics.horizontalAdvance(tr("housing")) + 2 * space::large);
    list_->setColumnWidth(3, metrics.horizontalAdvance(tr("00 May 0000")) + 2 * space::medium);
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
