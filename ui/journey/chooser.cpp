#include "ui/journey/chooser.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QKeyEvent>
#include <QRadioButton>

#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

namespace kith {

LevelChooser::LevelChooser(QWidget* parent) : QWidget(parent), group_(new QButtonGroup(this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::small);
    grid->setVerticalSpacing(space::small);
    grid->setColumnStretch(1, 1);
    for (int level = 0; level < 5; ++level) {
        const auto at = static_cast<std::size_t>(level);
        buttons_[at] = new QRadioButton(QString::number(level), this);
        buttons_[at]->setObjectName(QStringLiteral("level%1").arg(level));
        words_[at] = new Text({}, TextSize::Body, Tone::Plain, this);
        words_[at]->setBuddy(buttons_[at]);
        group_->addButton(buttons_[at], level);
        grid->addWidget(buttons_[at], level, 0, Qt::AlignTop);
        grid->addWidget(words_[at], level, 1);
    }
    connect(group_, &QButtonGroup::idClicked, this, &LevelChooser::levelChanged);
}

void LevelChooser::setRubric(const RubricRow& row, std::optional<int> level)
{
    for (std::size_t i = 0; i < words_.size(); ++i) {
        words_[i]->setText(shown(row.levels[i]));
        buttons_[i]->setAccessibleName(tr("Level %1: %2").arg(i).arg(words_[i]->text()));
    }
    setLevel(level);
}

std::optional<int> LevelChooser::level() const
{
    if (group_->checkedId() < 0) return std::nullopt;
    return group_->checkedId();
}

void LevelChooser::setLevel(std::optional<int> level)
{
    group_->setExclusive(false);  // only so can none be checked
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        buttons_[i]->setChecked(level == static_cast<int>(i));
    }
    group_->setExclusive(true);
    Q_EMIT levelChanged();
}

QWidget* LevelChooser::focusTarget() const
{
    return buttons_[static_cast<std::size_t>(level().value_or(0))];
}

void LevelChooser::keyPressEvent(QKeyEvent* event)
{
    if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_4) {
        setLevel(event->key() - Qt::Key_0);
        focusTarget()->setFocus();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT confirmed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace kith
