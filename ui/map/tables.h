#pragma once

#include <QTabWidget>

#include "ui/map/drawing.h"

#include <vector>

class QTableView;

namespace kith {

class RowsModel;

/// The map as tables: groups, people, ties. What is chosen here is chosen on the map.
class MapTables final : public QTabWidget {
    Q_OBJECT

public:
    explicit MapTables(QWidget* parent = nullptr);

    void setDrawing(const MapDrawing& drawing);
    void setChosen(const std::vector<Vertex>& chosen);
    QTableView* groups() const { return groups_; }
    QTableView* people() const { return people_; }
    QTableView* ties() const { return ties_; }

Q_SIGNALS:
    void choiceChanged(const std::vector<Vertex>& chosen);
    void groupChosen(int key);
    void opened(Vertex person);

private:
    void fillGroups();
    void fillPeople();
    void fillTies();
    QString groupOf(Vertex vertex) const;
    void connectChoices();

    MapDrawing drawing_;
    std::vector<QString> groupLabels_;  ///< by cluster
    std::vector<bool> crosses_;         ///< by vertex
    RowsModel* groupRows_;
    RowsModel* peopleRows_;
    RowsModel* tieRows_;
    QTableView* groups_;
    QTableView* people_;
    QTableView* ties_;
    bool following_ = false;  ///< the choice came from elsewhere
};

}  // namespace kith
