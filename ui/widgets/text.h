#pragma once

#include <QLabel>
#include <QPushButton>

#include "ui/theme/theme.h"

namespace kith {

enum class Tone { Plain, Muted, Attention, Accent };

/// The only label there is: plain text always, wraps, and follows theme and text size.
class Text final : public QLabel {
    Q_OBJECT

public:
    explicit Text(const QString& text = {}, TextSize size = TextSize::Body, Tone tone = Tone::Plain,
                  QWidget* parent = nullptr);

    void setTone(Tone tone);
    void setStrong(bool strong);

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();

    TextSize size_;
    Tone tone_;
    bool strong_ = false;
    bool restyling_ = false;
};

/// A button for the one thing to do here.
QPushButton* primaryButton(const QString& text, QWidget* parent = nullptr);
/// A button that reads like a link: "How was this worked out?"
QPushButton* linkButton(const QString& text, QWidget* parent = nullptr);

}  // namespace kith
