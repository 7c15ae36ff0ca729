#include "ui/widgets/messagebar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

#include "ui/theme/icons.h"
#include "ui/widgets/text.h"

namespace kith {

namespace {
constexpr int newsMillis = 8000;
constexpr int sign = 18;
}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      text_(new Text({}, TextSize::Body, Tone::Plain, this)),
      close_(new QToolButton(this)),
      fading_(new QTimer(this))
{
    setObjectName(QStringLiteral("messageBar"));
    close_->setIcon(icon(QStringLiteral("close")));
    close_->setAccessibleName(tr("Close the message"));
    close_->setToolTip(tr("Close"));
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::large + sign + space::small, space::small, space::small,
                            space::small);
    row->addWidget(text_, 1);
    row->addWidget(close_, 0, Qt::AlignTop);
    fading_->setSingleShot(true);
    connect(fading_, &QTimer::timeout, this, &QWidget::hide);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

QString MessageBar::text() const
{
    return text_->text();
}

void MessageBar::present(const QString& text, bool failure)
{
    failure_ = failure;
    text_->setText(text);
    setAccessibleName(text);
    fading_->stop();
    show();
    update();
}

void MessageBar::showFailure(const QString& text)
{
    present(text, true);
}

void MessageBar::showNews(const QString& text)
{
    // News must not cover a failure that nobody has read yet.
    if (isVisible() && failure_) return;
    present(text, false);
    fading_->start(newsMillis);
}

void MessageBar::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    const QColor& ink = failure_ ? tokens.attention : tokens.accent;
    QPainter painter(this);
    painter.fillRect(rect(), tokens.raised);
    painter.fillRect(QRect(0, 0, 3, height()), ink);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
    const QString which = failure_ ? QStringLiteral("attention") : QStringLiteral("info");
    painter.drawPixmap(space::large, space::small + 3,
                       iconPixmap(which, sign, ink, devicePixelRatioF()));
}

}  // namespace kith
