#include "ui/map/adopt.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/text.h"

namespace kith {

AdoptBox::AdoptBox(QWidget* parent)
    : QWidget(parent),
      who_(new Text({}, TextSize::Body, Tone::Plain, this)),
      name_(new QLineEdit(this)),
      adopt_(primaryButton(tr("&Adopt as community"), this))
{
    name_->setObjectName(QStringLiteral("adoptName"));
    name_->setAccessibleName(tr("Name of the new community"));
    name_->setPlaceholderText(tr("Name of the community"));
    name_->setMaxLength(120);
    adopt_->setObjectName(QStringLiteral("adopt"));
    adopt_->setToolTip(
        tr("Keeps these people as a community that can be tagged, rated and followed"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(who_);
    column->addWidget(name_);
    column->addWidget(adopt_, 0, Qt::AlignLeft);
    const auto ask = [this] {
        if (adopt_->isEnabled()) Q_EMIT wanted(name_->text().trimmed());
    };
    connect(adopt_, &QPushButton::clicked, this, ask);
    connect(name_, &QLineEdit::returnPressed, this, ask);
    connect(name_, &QLineEdit::textChanged, this,
            [this](const QString& text) { adopt_->setEnabled(!text.trimmed().isEmpty()); });
    adopt_->setEnabled(false);
}

void AdoptBox::offer(const QString& who, const QString& name)
{
    who_->setText(who);
    name_->setText(name);
    name_->setCursorPosition(0);
}

void AdoptBox::focusName()
{
    name_->setFocus();
    name_->selectAll();
}

}  // namespace kith
