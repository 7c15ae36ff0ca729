#pragma once

#include <QWidget>

namespace kith {

/// Lies over the window while files are held above it, and says what dropping them will do.
class DropVeil final : public QWidget {
    Q_OBJECT

public:
    explicit DropVeil(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A hairline across.
class Line final : public QWidget {
    Q_OBJECT

public:
    explicit Line(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace kith
