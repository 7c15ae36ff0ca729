#pragma once

#include "ui/map/drawing.h"
#include "ui/map/painter.h"
#include "ui/window/screen.h"

#include <memory>
#include <optional>
#include <set>

class QStackedWidget;

namespace kith {

class EmptyState;
class EvidenceView;
class JobRunner;
class MapCanvas;
class MapPanel;
class MapTables;
class MapToolbar;
class Text;
struct GapStudy;

/// Who lives where, who crosses, what is missing?
class MapScreen final : public Screen {
    Q_OBJECT

public:
    explicit MapScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("map"); }
    QString title() const override { return tr("Map"); }
    QString question() const override
    {
        return tr("Who lives where, who crosses, what is missing?");
    }
    QString iconName() const override { return QStringLiteral("map"); }
    QWidget* firstFocus() override;

    MapCanvas* canvas() const { return canvas_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeMapPage();
    void connectParts();
    void connectDocument();
    void reload();
    void redraw();  ///< makes the scene anew, in a worker
    void showDrawing(const MapDrawing& drawing);
    void refreshLook();
    void light(const std::set<int>& keys);
    void findGaps();  ///< in a worker, where they are wanted and not known yet
    void showGaps();  ///< or no longer
    MapGaps gapsToDraw() const;
    void followSelection();
    void choose(const std::vector<Vertex>& people);
    void chooseGroup(int key);
    void offerAdoption();
    void adopt(const QString& name);
    std::vector<Vertex> chosenVertices() const;
    QString wordsOf(const std::vector<Vertex>& people) const;
    void describeChoice();

    QStackedWidget* pages_;
    EmptyState* empty_;
    Text* waiting_ = nullptr;
    QWidget* waitingPage_ = nullptr;
    QWidget* mapPage_ = nullptr;
    EvidenceView* structure_ = nullptr;
    MapToolbar* toolbar_ = nullptr;
    QStackedWidget* views_ = nullptr;
    MapCanvas* canvas_ = nullptr;
    MapTables* tables_ = nullptr;
    MapPanel* panel_ = nullptr;
    Text* status_ = nullptr;
    JobRunner* drawer_;
    JobRunner* gapFinder_;
    std::shared_ptr<const GapStudy> gaps_;  ///< of drawing_->analysis; null while not known
    std::optional<MapDrawing> drawing_;
    std::set<int> lit_;
};

}  // namespace kith
