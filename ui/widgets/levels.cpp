#include "ui/widgets/levels.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace kith {

namespace {
constexpr int steps = 4;
constexpr int stepWidth = 14;
constexpr int stepHeight = 12;
constexpr int arrow = 14;
}  // namespace

LevelSteps::LevelSteps(const QString& name, QWidget* parent) : QWidget(parent), name_(name)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describe();
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LevelSteps::setLevel(std::optional<int> level)
{
    level_ = level;
    describe();
    update();
}

void LevelSteps::setEditable(bool editable)
{
    editable_ = editable;
    setFocusPolicy(editable ? Qt::StrongFocus : Qt::NoFocus);
    if (editable) setCursor(Qt::PointingHandCursor);
}

void LevelSteps::setTrend(int trend)
{
    trend_ = trend;
    describe();
    update();
}

void LevelSteps::describe()
{
    QString words = level_ ? tr("%1: level %2 of 4").arg(name_).arg(*level_)
                           : tr("%1: not rated yet").arg(name_);
    if (trend_ > 0) words += tr(", rising");
    if (trend_ < 0) words += tr(", falling");
    setAccessibleName(words);
    setToolTip(words.toHtmlEscaped());
}

QSize LevelSteps::sizeHint() const
{
    return {steps * (stepWidth + space::hair) + arrow + 2 * space::hair,
            stepHeight + 2 * space::small};
}

QRect LevelSteps::stepRect(int step) const
{
    return {space::hair + step * (stepWidth + space::hair), (height() - stepHeight) / 2, stepWidth,
            stepHeight};
}

void LevelSteps::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int step = 0; step < steps; ++step) {
        const bool filled = level_ && step < *level_;
        QPen pen(filled ? tokens.accent : tokens.mark, 1);
        if (!level_) pen.setStyle(Qt::DotLine);
        painter.setPen(pen);
        painter.setBrush(filled ? QBrush(tokens.accent) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(stepRect(step)).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    }
    if (trend_ != 0) {
        const QString which = trend_ > 0 ? QStringLiteral("up") : QStringLiteral("down");
        const QPoint at(stepRect(steps).left(), (height() - arrow) / 2);
        painter.drawPixmap(at,
                           iconPixmap(which, arrow, trend_ > 0 ? tokens.accent : tokens.attention,
                                      devicePixelRatioF()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void LevelSteps::choose(int level)
{
    if (!editable_) return;
    setLevel(std::clamp(level, 0, steps));
    Q_EMIT levelChosen(*level_);
}

void LevelSteps::mousePressEvent(QMouseEvent* event)
{
    if (!editable_) return QWidget::mousePressEvent(event);
    int chosen = 0;
    for (int step = 0; step < steps; ++step) {
        if (event->position().x() >= stepRect(step).left()) chosen = step + 1;
    }
    // The first step again takes the level back to nothing.
    choose(chosen == 1 && level_ == 1 ? 0 : chosen);
}

void LevelSteps::keyPressEvent(QKeyEvent* event)
{
    const int now = level_.value_or(0);
    if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_4)
        return choose(event->key() - Qt::Key_0);
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Up) return choose(now + 1);
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Down) return choose(now - 1);
    QWidget::keyPressEvent(event);
}

void LevelSteps::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void LevelSteps::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace kith
