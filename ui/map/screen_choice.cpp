// What is chosen on the map, and adopting it.

#include "core/analysis/sentences.h"
#include "core/store/communities.h"
#include "ui/document/document.h"
#include "ui/map/canvas.h"
#include "ui/map/legend.h"
#include "ui/map/panel.h"
#include "ui/map/screen.h"
#include "ui/map/tables.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

void MapScreen::choose(const std::vector<Vertex>& people)
{
    if (!drawing_) return;
    std::vector<PersonId> ids;
    for (const auto vertex : people) ids.push_back(drawing_->analysis->people.people[vertex]);
    document().selectPeople(std::move(ids));
}

void MapScreen::chooseGroup(int key)
{
    if (key < 0)
        document().selectCluster(std::nullopt);
    else
        document().selectCluster(static_cast<std::uint32_t>(key));
}

std::vector<Vertex> MapScreen::chosenVertices() const
{
    std::vector<Vertex> chosen;
    for (const auto id : document().selectedPeople()) {
        if (const auto vertex = drawing_->analysis->people.vertexOf(id)) chosen.push_back(*vertex);
    }
    return chosen;
}

void MapScreen::followSelection()
{
    if (!drawing_) return;
    const auto chosen = chosenVertices();
    canvas_->setChosen(chosen);
    tables_->setChosen(chosen);
    const auto cluster = document().selectedCluster();
    if (!drawing_->choices.trait && cluster && chosen.empty()) {
        const std::set<int> keys{static_cast<int>(*cluster)};
        if (lit_ != keys) {
            panel_->legend()->setLit(keys);
            light(keys);
        }
    }
    offerAdoption();
    describeChoice();
}

void MapScreen::offerAdoption()
{
    const auto chosen = chosenVertices();
    const auto cluster = document().selectedCluster();
    if (chosen.size() > 1) {
        panel_->offerAdoption(tr("%1 people are chosen.").arg(number(std::uint64_t{chosen.size()})),
                              wordsOf(chosen));
    } else if (chosen.empty() && cluster && *cluster < drawing_->analysis->clusters.size()) {
        const auto& group = drawing_->analysis->clusters[*cluster];
        panel_->offerAdoption(tr("%1 people talk mostly to each other here.")
                                  .arg(number(std::uint64_t{group.members.size()})),
                              shownLine(group.label, 100));
    } else {
        panel_->withdrawOffer();
    }
}

QString MapScreen::wordsOf(const std::vector<Vertex>& people) const
{
    std::map<int, std::size_t> counts;
    for (const auto vertex : people) ++counts[drawing_->analysis->clusterOf[vertex]];
    const auto most = std::ranges::max_element(
        counts, [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == counts.end() || most->first < 0) return {};
    return shownLine(drawing_->analysis->clusters[static_cast<std::size_t>(most->first)].label,
                     100);
}

void MapScreen::adopt(const QString& name)
{
    const auto people = document().selectedPeople();
    std::optional<CommunityId> kept;
    if (people.size() > 1) {
        const bool done = document().edit(Change::Communities, [&](Workspace& workspace) {
            kept = adoptCommunity(workspace, name.toStdString(), people, MemberOrigin::ByHand);
        });
        if (!done) kept.reset();
    } else if (const auto cluster = document().selectedCluster()) {
        kept = document().adoptCluster(*cluster, name);
    }
    if (!kept) return;
    document().say(tr("“%1” is kept as a community. You find it under Communities.").arg(name));
    panel_->withdrawOffer();
}

void MapScreen::describeChoice()
{
    const auto chosen = chosenVertices();
    if (chosen.empty()) {
        status_->setText(canvas_->summary());
    } else if (chosen.size() > 1) {
        status_->setText(tr("%1 people chosen").arg(number(std::uint64_t{chosen.size()})));
    } else {
        const auto& analysis = *drawing_->analysis;
        const int cluster = analysis.clusterOf[chosen.front()];
        const auto group = cluster < 0
                               ? tr("in no group")
                               : shown(analysis.clusters[static_cast<std::size_t>(cluster)].label);
        status_->setText(tr("%1 · %2 · ties to %3")
                             .arg(shownLine(drawing_->labels[chosen.front()], 60), group,
                                  counted(analysis.people.graph.degree(chosen.front()),
                                          tr("person"), tr("people"))));
    }
    status_->setAccessibleName(status_->text());
}

}  // namespace kith
