#pragma once

#include <QPushButton>

namespace kith {

/// One of a few large choices: what it is, and small under it what that means.
class ChoiceButton final : public QPushButton {
    Q_OBJECT

public:
    ChoiceButton(const QString& title, const QString& detail, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString title_;
    QString detail_;
};

}  // namespace kith
