#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>

namespace kith {

Card::Card(QWidget* parent) : QFrame(parent), body_(new QVBoxLayout(this))
{
    body_->setContentsMargins(space::large, space::large, space::large, space::large);
    body_->setSpacing(space::small);
}

void Card::setLit(bool lit)
{
    lit_ = lit;
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(lit_ ? tokens.wash : tokens.raised);
    painter.setPen(QPen(lit_ ? tokens.accent : tokens.line, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

SectionHeader::SectionHeader(const QString& title, QWidget* parent)
    : QWidget(parent),
      title_(new Text(title, TextSize::Body, Tone::Plain, this)),
      remark_(new Text({}, TextSize::Small, Tone::Muted, this)),
      row_(new QHBoxLayout(this))
{
    title_->setStrong(true);
    row_->setContentsMargins(0, space::small, 0, 0);
    row_->setSpacing(space::small);
    row_->addWidget(title_);
    row_->addWidget(remark_, 1);
    setRemark({});
}

void SectionHeader::setTitle(const QString& title)
{
    title_->setText(title);
}
void SectionHeader::setRemark(const QString& remark)
{
    remark_->setText(remark);
    remark_->setVisible(!remark.isEmpty());
    row_->setStretchFactor(title_, remark.isEmpty() ? 1 : 0);
}
void SectionHeader::addRight(QWidget* widget)
{
    row_->addWidget(widget);
}

EmptyState::EmptyState(const QString& sentence, const QString& button, QWidget* parent)
    : QWidget(parent),
      sentence_(new Text(sentence, TextSize::Reading, Tone::Muted, this)),
      button_(primaryButton(button, this))
{
    sentence_->setAlignment(Qt::AlignHCenter);
    fit();
    connect(&theme(), &Theme::changed, this, &EmptyState::fit);
    button_->setVisible(!button.isEmpty());
    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::large);
    column->addStretch(2);
    // Stretches and not an alignment: an aligned label gets the height of a wider one.
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(sentence_, 1000);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(button_, &QPushButton::clicked, this, &EmptyState::clicked);
}

void EmptyState::fit()
{
    constexpr int readable = 460;  // at ordinary text size
    sentence_->setMaximumWidth(readable * theme().textScale() / 100);
}

void EmptyState::setSentence(const QString& sentence)
{
    sentence_->setText(sentence);
}

QVBoxLayout* scrollingColumn(QWidget* page, int width)
{
    auto* outer = new QVBoxLayout(page);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea(page);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(area);
    auto* inside = new QWidget(area);
    area->setWidget(inside);
    area->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    auto* row = new QHBoxLayout(inside);
    row->setContentsMargins(0, 0, space::small, space::huge);
    auto* holder = new QWidget(inside);
    if (width > 0) holder->setMaximumWidth(width);
    row->addWidget(holder, 1);
    if (width > 0) row->addStretch(0);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::large);
    return column;
}

void removeAll(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

QPushButton* addLinkedRow(QVBoxLayout* rows, const QString& name, const QString& about)
{
    auto* row = new QWidget;
    auto* lines = new QVBoxLayout(row);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    auto* link = linkButton(name, row);
    lines->addWidget(link, 0, Qt::AlignLeft);
    lines->addWidget(new Text(about, TextSize::Small, Tone::Muted, row));
    rows->addWidget(row);
    return link;
}

}  // namespace kith
