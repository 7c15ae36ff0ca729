#include "ui/map/toolbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include "ui/theme/theme.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

namespace kith {

MapToolbar::MapToolbar(QWidget* parent) : QWidget(parent), row_(new FlowLayout(this, space::hair))
{
    setAccessibleName(tr("Map controls"));
    addTools();
    addChoices();
}

QToolButton* MapToolbar::button(const QString& text, const QString& tip, const QKeySequence& keys)
{
    auto* made = new QToolButton(this);
    made->setText(text);
    made->setAccessibleName(tip);
    made->setToolTip(keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys.toString()));
    made->setShortcut(keys);
    made->setProperty("outlined", true);
    made->setFocusPolicy(Qt::StrongFocus);
    row_->addWidget(made);
    return made;
}

void MapToolbar::addTools()
{
    lasso_ = button(tr("Lasso"), tr("Draw a line round people to choose them"),
                    QKeySequence(Qt::ALT | Qt::Key_L));
    lasso_->setCheckable(true);
    connect(lasso_, &QToolButton::clicked, this, [this](bool on) {
        Q_EMIT toolChosen(on ? MapCanvas::Tool::Lasso : MapCanvas::Tool::Hand);
    });
    // Short words stand in narrow buttons, so that all controls have room on one line.
    auto* out = button(tr("−"), tr("Zoom out"), QKeySequence(Qt::ALT | Qt::Key_Minus));
    auto* in = button(tr("+"), tr("Zoom in"), QKeySequence(Qt::ALT | Qt::Key_Plus));
    auto* fit = button(tr("Fit"), tr("Show the whole map"), QKeySequence(Qt::ALT | Qt::Key_0));
    connect(out, &QToolButton::clicked, this, &MapToolbar::zoomOutWanted);
    connect(in, &QToolButton::clicked, this, &MapToolbar::zoomInWanted);
    connect(fit, &QToolButton::clicked, this, &MapToolbar::fitWanted);
}

QComboBox* MapToolbar::choice(const QString& label, const QString& name, const QStringList& items)
{
    auto* pair = new QWidget(this);
    auto* line = new QHBoxLayout(pair);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::hair);
    auto* said = new Text(label, TextSize::Small, Tone::Muted, pair);
    said->setWordWrap(false);
    line->addWidget(said);
    auto* box = new QComboBox(pair);
    box->addItems(items);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    said->setBuddy(box);
    line->addWidget(box);
    row_->addWidget(pair);
    return box;
}

void MapToolbar::addChoices()
{
    colour_ = choice(tr("Colour"), tr("What the colours mean"), {tr("group")});
    size_ = choice(tr("Size"), tr("What the size of a person means"),
                   {tr("messages"), tr("ties"), tr("crossing")});
    labels_ =
        choice(tr("Labels"), tr("Which people are named"), {tr("some"), tr("all"), tr("none")});
    labels_->setObjectName(QStringLiteral("mapLabels"));
    auto* pair = new QWidget(this);
    auto* line = new QHBoxLayout(pair);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::hair);
    auto* said = new Text(tr("Ties"), TextSize::Small, Tone::Muted, pair);
    said->setWordWrap(false);
    line->addWidget(said);
    ties_ = new QSlider(Qt::Horizontal, pair);
    ties_->setRange(0, 100);
    ties_->setFixedWidth(36);
    ties_->setAccessibleName(tr("Weakest ties that are drawn"));
    ties_->setToolTip(tr("Weakest ties that are drawn, compared with the strongest"));
    line->addWidget(ties_);
    row_->addWidget(pair);
    pseudonyms_ = new QCheckBox(tr("Pseudonyms"), this);
    pseudonyms_->setToolTip(tr("Show pseudonyms in place of names"));
    row_->addWidget(pseudonyms_);
    gaps_ = button(tr("Gaps"), tr("Show who talks about the same, but not with each other"),
                   QKeySequence(Qt::ALT | Qt::Key_G));
    gaps_->setObjectName(QStringLiteral("showGaps"));
    gaps_->setCheckable(true);
    connect(gaps_, &QToolButton::toggled, this, &MapToolbar::gapsWanted);
    table_ = button(tr("Table"), tr("Show the map as tables"), QKeySequence(Qt::ALT | Qt::Key_T));
    table_->setObjectName(QStringLiteral("showAsTable"));
    table_->setCheckable(true);
    connect(colour_, &QComboBox::currentIndexChanged, this, &MapToolbar::choicesChanged);
    connect(size_, &QComboBox::currentIndexChanged, this, &MapToolbar::choicesChanged);
    connect(pseudonyms_, &QCheckBox::toggled, this, &MapToolbar::choicesChanged);
    connect(labels_, &QComboBox::currentIndexChanged, this, &MapToolbar::lookChanged);
    connect(ties_, &QSlider::valueChanged, this, &MapToolbar::lookChanged);
    connect(table_, &QToolButton::toggled, this, &MapToolbar::tableWanted);
}

void MapToolbar::setTraits(const std::vector<Trait>& traits)
{
    const QSignalBlocker quiet(colour_);
    const auto before = choices().trait;
    traits_ = traits;
    colour_->clear();
    colour_->addItem(tr("group"));
    for (std::size_t i = 0; i < traits.size(); ++i) {
        colour_->addItem(traitWords(traits[i].name));
        if (traits[i].id == before) colour_->setCurrentIndex(static_cast<int>(i) + 1);
    }
}

void MapToolbar::setTool(MapCanvas::Tool tool)
{
    lasso_->setChecked(tool == MapCanvas::Tool::Lasso);
}

bool MapToolbar::gaps() const
{
    return gaps_->isChecked();
}

void MapToolbar::setGaps(bool shown)
{
    gaps_->setChecked(shown);
}

void MapToolbar::offerGaps(bool possible)
{
    if (!possible) gaps_->setChecked(false);
    gaps_->setEnabled(possible);
}

MapChoices MapToolbar::choices() const
{
    MapChoices choices;
    const int trait = colour_->currentIndex() - 1;
    if (trait >= 0) choices.trait = traits_.at(static_cast<std::size_t>(trait)).id;
    choices.size = size_->currentIndex() == 0   ? MapSize::Messages
                   : size_->currentIndex() == 1 ? MapSize::Ties
                                                : MapSize::Crossing;
    choices.naming = pseudonyms_->isChecked() ? Naming::Pseudonyms : Naming::Real;
    return choices;
}

double MapToolbar::tiesAtLeast() const
{
    const double share = ties_->value() / 100.0;
    return share * share;  // most ties are weak: the slider is finer where they are
}

MapLabels MapToolbar::labels() const
{
    return labels_->currentIndex() == 0   ? MapLabels::Some
           : labels_->currentIndex() == 1 ? MapLabels::All
                                          : MapLabels::None;
}

}  // namespace kith
