#pragma once

#include <QAbstractButton>

#include <optional>

namespace kith {

/// A tag, a filter or an entry of a legend. A checkable chip is a filter; with setRemovable() a
/// cross at its end asks for removal (Delete does the same).
class Chip final : public QAbstractButton {
    Q_OBJECT

public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);

    /// A spot in a territory's colour before the text.
    void setTerritory(std::optional<int> colour);
    void setRemovable(bool removable);
    /// No focus, no hand: it only says something.
    void setQuiet();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removalWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect crossRect() const;

    std::optional<int> territory_;
    bool removable_ = false;
};

}  // namespace kith
