#pragma once

#include <QWidget>

#include <optional>

namespace kith {

/// A level from 0 to 4 as four steps, filled from the left; unrated steps are dotted. Editable ones
/// are set by mouse, by the keys 0 to 4 and by arrows.
class LevelSteps final : public QWidget {
    Q_OBJECT

public:
    /// @param name what is rated, for screen readers
    explicit LevelSteps(const QString& name, QWidget* parent = nullptr);

    std::optional<int> level() const { return level_; }
    void setLevel(std::optional<int> level);
    void setEditable(bool editable);
    void setTrend(int trend);  ///< -1, 0, 1: a small arrow behind the steps

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void levelChosen(int level);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void choose(int level);
    void describe();
    QRect stepRect(int step) const;

    QString name_;
    std::optional<int> level_;
    bool editable_ = false;
    int trend_ = 0;
};

}  // namespace kith
