#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/map/grid.h"
#include "ui/map/renderer.h"
#include "ui/map/walk.h"

#include <memory>
#include <optional>
#include <vector>

namespace kith {

/// The map on screen. Shows a scene, lets people be found, walked, picked and circled, and says
/// what was chosen; decides nothing. While moving it shows the picture it has; the full one is
/// drawn in a worker once the movement has rested.
class MapCanvas final : public QWidget {
    Q_OBJECT

public:
    enum class Tool { Hand, Lasso };

    explicit MapCanvas(QWidget* parent = nullptr);

    /// Keeps the view where it is unless `fitAgain`.
    void setScene(std::shared_ptr<const MapScene> scene, bool fitAgain);
    void setLook(const MapStyle& look);
    void setTool(Tool tool);
    /// Marks people without saying so: for choices that were made elsewhere.
    void setChosen(std::vector<Vertex> chosen);

    const MapScene& scene() const { return *scene_; }
    const MapStyle& look() const { return look_; }
    const MapView& view() const { return view_; }
    Tool tool() const { return tool_; }
    const std::vector<Vertex>& chosen() const { return chosen_; }

    /// "412 people in 6 groups; largest damp · mould with 120; 9 who cross."
    QString summary() const;

    /// Whether the full picture of what should be shown is on screen.
    bool settled() const;

    QSize sizeHint() const override { return {720, 480}; }
    QSize minimumSizeHint() const override { return {280, 260}; }

public Q_SLOTS:
    void fit();
    void zoomIn();
    void zoomOut();

Q_SIGNALS:
    void choiceChanged(const std::vector<Vertex>& chosen);
    void opened(Vertex person);                       ///< Enter or double click
    void circled(const std::vector<Vertex>& people);  ///< a lasso was closed
    void toolChanged(MapCanvas::Tool tool);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void moveTo(const MapView& view);
    void zoomBy(double factor, QPointF about);
    void drawSoon();
    void drawNow();
    void receive(const MapPicture& picture);
    void choose(std::vector<Vertex> chosen);
    void walk(Direction direction, bool adding);
    void walkRound(int step);
    void reveal(Vertex person);
    bool panBy(int key);
    bool walkBy(int key, bool adding);
    void closeLasso(bool adding);
    std::optional<std::size_t> personAt(QPointF at) const;
    QString groupOf(const MapPerson& person) const;

    void paintPicture(QPainter& painter) const;
    void paintChosen(QPainter& painter) const;
    void paintLasso(QPainter& painter) const;
    void paintTip(QPainter& painter) const;
    void ring(QPainter& painter, const MapPerson& person, double width) const;

    std::shared_ptr<const MapScene> scene_;
    std::unique_ptr<MapGrid> grid_;
    std::unique_ptr<MapWalk> walk_;
    MapStyle look_;
    MapView view_;
    MapView fitted_;
    bool viewIsFitted_ = true;  ///< stays fitted when the widget grows
    Tool tool_ = Tool::Hand;

    std::vector<Vertex> chosen_;
    std::optional<Vertex> walkedFrom_;  ///< whose neighbours [ and ] go through
    std::optional<std::size_t> hovered_;

    std::optional<QPointF> grabbed_;  ///< where a drag holds the map
    bool dragged_ = false;
    std::vector<Point> lasso_;  ///< in map units, while it is drawn
    bool circling_ = false;

    MapPicture picture_;
    QTimer rest_;
    MapRenderer renderer_;
};

}  // namespace kith
