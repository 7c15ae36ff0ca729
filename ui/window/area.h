#pragma once

#include <QScrollArea>

namespace kith {

/// Holds one screen: as large as there is room, and where there is less than it needs it scrolls
/// rather than cut anything off.
class ScreenArea final : public QScrollArea {
    Q_OBJECT

public:
    explicit ScreenArea(QWidget* screen, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
};

}  // namespace kith
