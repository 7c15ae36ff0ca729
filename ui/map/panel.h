#pragma once

#include <QWidget>

#include "ui/map/drawing.h"

class QVBoxLayout;

namespace kith {

class AdoptBox;
class Card;
class GapList;
struct GapStudy;
class MapLegend;

/// Beside the map: the legend, what can be adopted, and who crosses.
class MapPanel final : public QWidget {
    Q_OBJECT

public:
    explicit MapPanel(QWidget* parent = nullptr);

    void setDrawing(const MapDrawing& drawing);
    MapLegend* legend() const { return legend_; }
    AdoptBox* adopt() const { return adopt_; }
    void offerAdoption(const QString& who, const QString& name);
    void withdrawOffer();
    GapList* gaps() const { return gaps_; }
    /// What is missing, in place of who crosses; nullptr = who crosses again.
    void showGaps(const MapDrawing& drawing, const GapStudy* study);

Q_SIGNALS:
    void personWanted(Vertex person);

protected:
    void changeEvent(QEvent* event) override;

private:
    void setWidth();
    void listCrossers(const MapDrawing& drawing);

    MapLegend* legend_;
    AdoptBox* adopt_;
    Card* adoptCard_;
    Card* gapCard_;
    GapList* gaps_;
    Card* crossCard_;
    QVBoxLayout* crossers_;
};

}  // namespace kith
