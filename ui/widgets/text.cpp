#include "ui/widgets/text.h"

#include <QEvent>

namespace kith {

Text::Text(const QString& text, TextSize size, Tone tone, QWidget* parent)
    : QLabel(text, parent), size_(size), tone_(tone)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    restyle();
    connect(&theme(), &Theme::changed, this, &Text::restyle);
}

void Text::setTone(Tone tone)
{
    tone_ = tone;
    restyle();
}

void Text::setStrong(bool strong)
{
    strong_ = strong;
    restyle();
}

void Text::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ParentChange) restyle();
}

void Text::restyle()
{
    if (restyling_) return;
    restyling_ = true;
    setFont(theme().font(size_, strong_ || size_ == TextSize::Title));
    const Tokens& tokens = theme().tokens();
    QPalette colours = paletteOf(tokens);
    const QColor ink = tone_ == Tone::Muted       ? tokens.muted
                       : tone_ == Tone::Attention ? tokens.attention
                       : tone_ == Tone::Accent    ? tokens.accent
                                                  : tokens.text;
    colours.setColor(QPalette::All, QPalette::WindowText, ink);
    setPalette(colours);
    restyling_ = false;
}

QPushButton* primaryButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("primary", true);
    return button;
}

QPushButton* linkButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("link", true);
    button->setFlat(true);
    button->setCursor(Qt::PointingHandCursor);
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return button;
}

}  // namespace kith
