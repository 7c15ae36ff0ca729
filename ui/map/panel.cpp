#include "ui/map/panel.h"

#include <QEvent>
#include <QVBoxLayout>

#include "core/analysis/sentences.h"
#include "ui/map/adopt.h"
#include "ui/map/gaps.h"
#include "ui/map/legend.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::size_t mostCrossers = 9;
constexpr int panelWidth = 248;  // at ordinary text size
constexpr int widest = 380;

}  // namespace

MapPanel::MapPanel(QWidget* parent)
    : QWidget(parent),
      legend_(new MapLegend(this)),
      adopt_(new AdoptBox(this)),
      adoptCard_(new Card(this)),
      gapCard_(new Card(this)),
      gaps_(new GapList(gapCard_)),
      crossCard_(new Card(this)),
      crossers_(new QVBoxLayout)
{
    setWidth();
    auto* column = scrollingColumn(this);
    column->setSpacing(space::medium);
    adoptCard_->body()->addWidget(adopt_);
    adoptCard_->hide();
    column->addWidget(adoptCard_);
    auto* legendCard = new Card(this);
    legendCard->body()->setContentsMargins(space::hair, space::small, space::hair, space::small);
    legendCard->body()->addWidget(legend_);
    column->addWidget(legendCard);
    gapCard_->body()->addWidget(new SectionHeader(tr("Same concerns, no contact"), gapCard_));
    gapCard_->body()->addWidget(gaps_);
    gapCard_->hide();
    column->addWidget(gapCard_);
    crossers_->setSpacing(space::medium);
    crossCard_->body()->addWidget(new SectionHeader(tr("Who crosses"), crossCard_));
    crossCard_->body()->addLayout(crossers_);
    column->addWidget(crossCard_);
    column->addStretch(1);
}

void MapPanel::setWidth()
{
    setFixedWidth(std::min(panelWidth * theme().textScale() / 100, widest));
}

void MapPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) setWidth();
    QWidget::changeEvent(event);
}

void MapPanel::setDrawing(const MapDrawing& drawing)
{
    legend_->setEntries(drawing.legend);
    listCrossers(drawing);
}

void MapPanel::listCrossers(const MapDrawing& drawing)
{
    removeAll(crossers_);
    const auto& bridges = drawing.analysis->bridges;
    crossCard_->setVisible(!bridges.empty() && gapCard_->isHidden());
    for (std::size_t i = 0; i < std::min(mostCrossers, bridges.size()); ++i) {
        const auto& bridge = bridges[i];
        const auto& who = drawing.labels[bridge.person];
        const auto sentence = bridgeSentence(*drawing.analysis, bridge, who);
        auto* name = addLinkedRow(crossers_, who.empty() ? tr("Somebody") : shownLine(who, 40),
                                  shown(sentence.finding));
        connect(name, &QPushButton::clicked, this,
                [this, person = bridge.person] { Q_EMIT personWanted(person); });
    }
}

void MapPanel::showGaps(const MapDrawing& drawing, const GapStudy* study)
{
    gapCard_->setVisible(study != nullptr);
    crossCard_->setVisible(study == nullptr && !drawing.analysis->bridges.empty());
    if (study != nullptr) gaps_->setStudy(drawing, *study);
}

void MapPanel::offerAdoption(const QString& who, const QString& name)
{
    adopt_->offer(who, name);
    adoptCard_->show();
}

void MapPanel::withdrawOffer()
{
    adoptCard_->hide();
}

}  // namespace kith
