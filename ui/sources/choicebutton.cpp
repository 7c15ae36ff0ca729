#include "ui/sources/choicebutton.h"

#include <QPainter>
#include <QStyleOptionButton>

#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int least = 150;  // pixels: a finger's width, and room for a date

int heightOf(const QString& text, TextSize size)
{
    return text.isEmpty() ? 0 : QFontMetrics(theme().font(size)).height();
}

}  // namespace

ChoiceButton::ChoiceButton(const QString& title, const QString& detail, QWidget* parent)
    : QPushButton(parent), title_(title), detail_(detail)
{
    // Painted by us; kept as the button's text for whoever asks what it says.
    const QString words = detail.isEmpty() ? title : title + QLatin1Char('\n') + detail;
    setText(menuText(words));
    setAccessibleName(detail.isEmpty() ? title : tr("%1: %2").arg(title, detail));
    setProperty("choice", true);
    setCheckable(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

QSize ChoiceButton::sizeHint() const
{
    const int title = QFontMetrics(theme().font(TextSize::Reading, true)).horizontalAdvance(title_);
    const int detail = QFontMetrics(theme().font(TextSize::Small)).horizontalAdvance(detail_);
    const int wide = std::max({title, detail, least}) + 2 * space::huge;
    return {wide, heightOf(title_, TextSize::Reading) + heightOf(detail_, TextSize::Small) +
                      2 * space::medium};
}

void ChoiceButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);
    const Tokens& tokens = theme().tokens();
    QRect line = rect().adjusted(0, space::medium, 0, 0);
    line.setHeight(heightOf(title_, TextSize::Reading));
    painter.setFont(theme().font(TextSize::Reading, true));
    painter.setPen(isChecked() ? tokens.accent : tokens.text);
    painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine, title_);
    line.translate(0, line.height());
    line.setHeight(heightOf(detail_, TextSize::Small));
    painter.setFont(theme().font(TextSize::Small));
    painter.setPen(tokens.muted);
    painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine, detail_);
}

}  // namespace kith
