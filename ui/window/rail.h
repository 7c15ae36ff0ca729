#pragma once

#include <QToolButton>

namespace kith {

/// One entry of the rail: icon and word, a bar in the accent at its left when it is the one shown.
class RailButton final : public QToolButton {
    Q_OBJECT

public:
    RailButton(const QString& iconName, const QString& word, int number, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    void setBrief(bool brief);  ///< only the icon

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString iconName_;
    bool brief_ = false;
};

}  // namespace kith
