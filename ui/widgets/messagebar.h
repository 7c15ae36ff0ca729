#pragma once

#include <QFrame>

class QPushButton;
class QTimer;
class QToolButton;

namespace kith {

class Text;

/// One line across the top of the page for what went wrong or is good to know. Never a box in the
/// way: it stays until it is closed (failures) or fades after a while (news).
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void showFailure(const QString& text);
    void showNews(const QString& text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void present(const QString& text, bool failure);

    Text* text_;
    QToolButton* close_;
    QTimer* fading_;
    bool failure_ = false;
};

}  // namespace kith
