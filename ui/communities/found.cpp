#include "ui/communities/found.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "core/analysis/sentences.h"
#include "ui/communities/overlap.h"
#include "ui/document/document.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/words.h"

namespace kith {
namespace {

constexpr std::size_t mostOffered = 12;

}  // namespace

FoundGroups::FoundGroups(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), rows_(new QVBoxLayout)
{
    auto* column = scrollingColumn(this);
    column->setSpacing(space::small);
    column->addWidget(new SectionHeader(tr("Found on the map, not kept yet"), this));
    rows_->setSpacing(space::medium);
    column->addLayout(rows_);
    column->addStretch(1);
}

void FoundGroups::reload(const std::vector<Community>& kept)
{
    removeAll(rows_);
    const auto analysis = document_.analysis();
    const auto groups = analysis ? groupsNotKept(*analysis, kept) : std::vector<std::uint32_t>{};
    setVisible(!groups.empty());
    for (std::size_t i = 0; i < std::min(mostOffered, groups.size()); ++i) {
        addRow(analysis->clusters[groups[i]]);
    }
}

void FoundGroups::addRow(const ClusterFinding& group)
{
    auto* row = new QWidget(this);
    auto* lines = new QVBoxLayout(row);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::hair);
    const auto label = shownLine(group.label, 100);
    auto* pair = new QWidget(row);
    auto* top = new FlowLayout(pair, space::medium);
    auto* chip = new Chip(counted(group.members.size(), tr("person"), tr("people")), row);
    chip->setTerritory(group.colour);
    chip->setQuiet();
    auto* keep = new QPushButton(tr("Keep"), row);
    keep->setObjectName(QStringLiteral("keep%1").arg(group.id));
    keep->setAccessibleName(tr("Keep “%1” as a community").arg(label));
    keep->setToolTip(
        tr("Keeps these people as a community under these words; rename it afterwards"));
    connect(keep, &QPushButton::clicked, this, [this, id = group.id, label] {
        if (const auto kept = document_.adoptCluster(id, label)) document_.selectCommunity(kept);
    });
    top->addWidget(chip);
    top->addWidget(keep);
    lines->addWidget(new Text(label, TextSize::Body, Tone::Plain, row));
    lines->addWidget(pair);
    lines->addWidget(new Text(QString::fromStdString(plainVerdict(group.verdict)), TextSize::Small,
                              Tone::Muted, row));
    rows_->addWidget(row);
}

}  // namespace kith
