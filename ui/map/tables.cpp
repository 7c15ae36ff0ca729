#include "ui/map/tables.h"

#include <QItemSelectionModel>
#include <QTableView>

#include "core/analysis/sentences.h"
#include "ui/map/rows.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

QVariant amount(std::uint64_t value)
{
    return QVariant::fromValue<qulonglong>(value);
}

QString percentText(const QVariant& value)
{
    return QString::fromStdString(percent(value.toDouble()));
}

}  // namespace

MapTables::MapTables(QWidget* parent)
    : QTabWidget(parent),
      groupRows_(new RowsModel(this)),
      peopleRows_(new RowsModel(this)),
      tieRows_(new RowsModel(this)),
      groups_(rowsTable(groupRows_, tr("Groups on the map"), this)),
      people_(rowsTable(peopleRows_, tr("People on the map"), this)),
      ties_(rowsTable(tieRows_, tr("Ties on the map"), this))
{
    setDocumentMode(true);
    setAccessibleName(tr("The map as tables"));
    addTab(groups_, tr("&Groups"));
    addTab(people_, tr("&People"));
    addTab(ties_, tr("&Ties"));
    groups_->setSelectionMode(QAbstractItemView::SingleSelection);
    ties_->setSelectionMode(QAbstractItemView::SingleSelection);
    connectChoices();
}

void MapTables::connectChoices()
{
    connect(people_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (following_) return;
        std::vector<Vertex> chosen;
        for (const auto row : chosenRows(people_)) chosen.push_back(static_cast<Vertex>(row));
        Q_EMIT choiceChanged(chosen);
    });
    connect(ties_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = chosenRows(ties_);
        if (following_ || rows.empty()) return;
        const auto& ties = drawing_.scene->ties;
        const auto& tie = ties[ties.size() - 1 - rows.front()];
        Q_EMIT choiceChanged({tie.a, tie.b});
    });
    connect(groups_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = chosenRows(groups_);
        if (following_ || rows.empty()) return;
        Q_EMIT groupChosen(static_cast<int>(drawing_.analysis->clusters[rows.front()].id));
    });
    connect(people_, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT opened(static_cast<Vertex>(sourceRow(people_, index.row())));
    });
}

void MapTables::setDrawing(const MapDrawing& drawing)
{
    following_ = true;
    drawing_ = drawing;
    groupLabels_.clear();
    for (const auto& cluster : drawing_.analysis->clusters) {
        groupLabels_.push_back(shown(cluster.label));
    }
    crosses_.assign(drawing_.analysis->persons.size(), false);
    for (const auto& person : drawing_.scene->people) crosses_[person.vertex] = person.bridge;
    fillGroups();
    fillPeople();
    fillTies();
    for (auto* table : {groups_, people_, ties_}) {
        table->setColumnWidth(0, 230);
        table->setColumnWidth(1, 170);
    }
    following_ = false;
}

QString MapTables::groupOf(Vertex vertex) const
{
    const int cluster = drawing_.analysis->clusterOf[vertex];
    return cluster < 0 ? tr("none") : groupLabels_[static_cast<std::size_t>(cluster)];
}

void MapTables::fillGroups()
{
    const auto* analysis = drawing_.analysis.get();
    const auto at = [analysis](std::size_t row) -> const auto&
    {
        return analysis->clusters[row];
    };
    groupRows_->setRows(
        analysis->clusters.size(),
        {{tr("Group"), [at](std::size_t row) { return shown(at(row).label); }, {}},
         {tr("In a few words"),
          [at](std::size_t row) { return QString::fromStdString(plainVerdict(at(row).verdict)); },
          {}},
         {tr("People"), [at](std::size_t row) { return amount(at(row).members.size()); }, {}},
         {tr("Talk that stays inside"), [at](std::size_t row) { return 1 - at(row).conductance; },
          percentText},
         {tr("How settled"), [at](std::size_t row) { return at(row).stability; }, percentText}});
}

void MapTables::fillPeople()
{
    const auto* analysis = drawing_.analysis.get();
    peopleRows_->setRows(
        analysis->persons.size(),
        {{tr("Name"), [this](std::size_t row) { return shownLine(drawing_.labels[row]); }, {}},
         {tr("Group"), [this](std::size_t row) { return groupOf(static_cast<Vertex>(row)); }, {}},
         {tr("Messages"),
          [analysis](std::size_t row) { return amount(analysis->messages[row]); },
          {}},
         {tr("Ties to people"),
          [analysis](std::size_t row) {
              return amount(analysis->people.graph.degree(static_cast<Vertex>(row)));
          },
          {}},
         {tr("Crosses"),
          [this](std::size_t row) { return crosses_[row] ? tr("yes") : QString(); },
          {}}});
}

void MapTables::fillTies()
{
    // Strongest first; the scene lists them the other way round.
    const auto at = [scene = drawing_.scene](std::size_t row) -> const MapTie& {
        return scene->ties[scene->ties.size() - 1 - row];
    };
    tieRows_->setRows(
        drawing_.scene->ties.size(),
        {{tr("Between"),
          [=, this](std::size_t row) { return shownLine(drawing_.labels[at(row).a]); },
          {}},
         {tr("and"),
          [=, this](std::size_t row) { return shownLine(drawing_.labels[at(row).b]); },
          {}},
         {tr("Strength, of the strongest"), [at](std::size_t row) { return at(row).strength; },
          percentText},
         {tr("Crosses"),
          [at](std::size_t row) { return at(row).crossing ? tr("yes") : QString(); },
          {}}});
}

void MapTables::setChosen(const std::vector<Vertex>& chosen)
{
    if (!drawing_.scene) return;
    following_ = true;
    const std::vector<std::size_t> rows(chosen.begin(), chosen.end());
    if (chosenRows(people_) != rows) chooseRows(people_, rows);
    following_ = false;
}

}  // namespace kith
