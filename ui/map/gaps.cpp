#include "ui/map/gaps.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::size_t mostGroups = 3;
constexpr std::size_t mostPairs = 9;
constexpr int nameLetters = 14;  // two names on one line

}  // namespace

GapList::GapList(QWidget* parent) : QWidget(parent), rows_(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("gapList"));
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(space::medium);
}

void GapList::setStudy(const MapDrawing& drawing, const GapStudy& study)
{
    removeAll(rows_);
    const auto& analysis = *drawing.analysis;
    const auto ends = [](const std::string& a, const std::string& b) {
        const auto name = [](const std::string& one) {
            return one.empty() ? tr("Somebody") : shownLine(one, nameLetters);
        };
        return tr("%1 and %2").arg(name(a), name(b));
    };
    std::size_t groups = 0;
    for (const auto& one : study.groups) {
        if (!one.gap || groups++ == mostGroups) break;
        add(tr("Show these two groups"), gapSentence(analysis, one),
            [this, keys = std::set{static_cast<int>(one.a), static_cast<int>(one.b)}] {
                Q_EMIT groupsWanted(keys);
            });
    }
    for (std::size_t i = 0; i < std::min(mostPairs, study.pairs.size()); ++i) {
        const auto& pair = study.pairs[i];
        add(ends(drawing.labels[pair.a], drawing.labels[pair.b]),
            gapSentence(study, pair, drawing.labels),
            [this, both = std::vector{pair.a, pair.b}] { Q_EMIT peopleWanted(both); });
    }
    if (rows_->count() == 0) {
        const auto nothing = gapSentences(analysis, study, drawing.labels).front();
        rows_->addWidget(new Text(shown(nothing.certainty), TextSize::Small, Tone::Muted, this));
    }
}

void GapList::add(const QString& ends, const EvidenceSentence& sentence,
                  const std::function<void()>& wanted)
{
    auto* name = addLinkedRow(rows_, ends, shown(sentence.finding));
    name->setToolTip(toolTipOf(shown(sentence.figures)));
    connect(name, &QPushButton::clicked, this, wanted);
}

}  // namespace kith
