// What the analysis says of a community: the group it lies on, evidence, words, who crosses.

#include <QVBoxLayout>

#include "core/analysis/sentences.h"
#include "ui/communities/detail.h"
#include "ui/communities/overlap.h"
#include "ui/document/document.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/evidence.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <set>

namespace kith {
namespace {

constexpr std::size_t mostWords = 14;
constexpr std::size_t mostCrossers = 5;

}  // namespace

void CommunityDetail::showFindings()
{
    removeAll(findings_);
    const auto analysis = document_.analysis();
    const auto overlap = analysis ? closestGroup(*analysis, community_) : std::nullopt;
    if (!overlap) {
        const auto why = analysis ? tr("None of its members has ties in what is chosen below.")
                                  : tr("The map is being worked out.");
        findings_->addWidget(new Text(why, TextSize::Body, Tone::Muted, this));
        return;
    }
    const auto& group = analysis->clusters[overlap->cluster];
    findings_->addWidget(new Text(
        tr("%1 of its %2 members stand in the group “%3” on the map, which has %4. What follows is "
           "about that group.")
            .arg(number(std::uint64_t{overlap->common}), number(std::uint64_t{overlap->members}),
                 shownLine(group.label, 80),
                 counted(group.members.size(), tr("person"), tr("people"))),
        TextSize::Body, Tone::Muted, this));
    for (const auto& sentence : clusterSentences(*analysis, overlap->cluster)) {
        findings_->addWidget(new EvidenceView(sentence, this));
    }
    addWords(group);
    const auto present = presentMembers(community_);
    std::size_t shownCrossers = 0;
    for (const auto& bridge : analysis->bridges) {
        const auto& who = analysis->persons[bridge.person];
        if (!std::ranges::binary_search(present, who.id)) continue;
        if (++shownCrossers > mostCrossers) break;
        findings_->addWidget(new EvidenceView(bridgeSentence(*analysis, bridge, who.name), this));
    }
}

void CommunityDetail::addWords(const ClusterFinding& group)
{
    if (group.words.empty()) return;
    auto* holder = new QWidget(this);
    auto* flow = new FlowLayout(holder, space::small);
    for (std::size_t i = 0; i < std::min(mostWords, group.words.size()); ++i) {
        auto* chip = new Chip(shownLine(group.words[i].word, 40), holder);
        chip->setQuiet();
        chip->setToolTip(
            tr("%1 said it").arg(counted(group.words[i].authors, tr("person"), tr("people"))));
        flow->addWidget(chip);
    }
    findings_->addWidget(
        new Text(tr("Words that set this group apart"), TextSize::Small, Tone::Muted, this));
    findings_->addWidget(holder);
}

}  // namespace kith
