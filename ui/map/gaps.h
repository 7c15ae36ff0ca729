#pragma once

#include <QWidget>

#include "core/analysis/gapstudy.h"
#include "ui/map/drawing.h"

#include <set>
#include <vector>

class QVBoxLayout;

namespace kith {

/// Who talks about the same, but not with each other: groups first, then pairs of people, each with
/// what it says.
class GapList final : public QWidget {
    Q_OBJECT

public:
    explicit GapList(QWidget* parent = nullptr);

    void setStudy(const MapDrawing& drawing, const GapStudy& study);

Q_SIGNALS:
    void peopleWanted(const std::vector<Vertex>& people);
    void groupsWanted(const std::set<int>& groups);

private:
    void add(const QString& ends, const EvidenceSentence& sentence,
             const std::function<void()>& wanted);

    QVBoxLayout* rows_;
};

}  // namespace kith
