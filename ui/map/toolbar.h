#pragma once

#include <QWidget>

#include "core/model/trait.h"
#include "ui/map/canvas.h"
#include "ui/map/drawing.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QSlider;
class QToolButton;

namespace kith {

class FlowLayout;

/// The controls above the map.
class MapToolbar final : public QWidget {
    Q_OBJECT

public:
    explicit MapToolbar(QWidget* parent = nullptr);

    /// The traits that can colour the map; keeps the choice where it can.
    void setTraits(const std::vector<Trait>& traits);
    void setTool(MapCanvas::Tool tool);

    MapChoices choices() const;
    double tiesAtLeast() const;
    MapLabels labels() const;
    bool gaps() const;
    void setGaps(bool shown);
    /// @param possible false where people stand by what they talk about already
    void offerGaps(bool possible);

Q_SIGNALS:
    void choicesChanged();  ///< another scene is needed
    void lookChanged();     ///< the same scene, drawn otherwise
    void toolChosen(MapCanvas::Tool tool);
    void fitWanted();
    void zoomInWanted();
    void zoomOutWanted();
    void tableWanted(bool table);
    void gapsWanted(bool shown);

private:
    QToolButton* button(const QString& text, const QString& tip, const QKeySequence& keys);
    QComboBox* choice(const QString& label, const QString& name, const QStringList& items);
    void addTools();
    void addChoices();

    FlowLayout* row_;
    QToolButton* lasso_ = nullptr;
    QComboBox* colour_ = nullptr;
    QComboBox* size_ = nullptr;
    QComboBox* labels_ = nullptr;
    QSlider* ties_ = nullptr;
    QCheckBox* pseudonyms_ = nullptr;
    QToolButton* gaps_ = nullptr;
    QToolButton* table_ = nullptr;
    std::vector<Trait> traits_;
};

}  // namespace kith
