#include "ui/window/selectionbar.h"

#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QWidgetAction>

#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

QDate dateOf(std::optional<Time> time)
{
    return time ? QDateTime::fromMSecsSinceEpoch(toMillis(*time), Qt::UTC).date() : QDate();
}

QString layerWords(Layer layer)
{
    return layer == Layer::Interest ? SelectionBar::tr("Who talks about the same")
                                    : SelectionBar::tr("Who talks with whom");
}

Time startOf(QDate date)
{
    return fromMillis(date.startOfDay(Qt::UTC).toMSecsSinceEpoch());
}

}  // namespace

QString tieWord(TieKind kind)
{
    switch (kind) {
    case TieKind::Reply: return SelectionBar::tr("replies");
    case TieKind::Mention: return SelectionBar::tr("mentions");
    case TieKind::Repost: return SelectionBar::tr("passed on");
    case TieKind::Quote: return SelectionBar::tr("quotes");
    case TieKind::Reaction: return SelectionBar::tr("reactions");
    case TieKind::Thread: return SelectionBar::tr("same thread");
    case TieKind::Adjacent: return SelectionBar::tr("likely answers");
    case TieKind::Given: return SelectionBar::tr("from a map file");
    }
    return {};
}

SelectionBar::SelectionBar(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      counting_(new JobRunner(this)),
      summary_(new Text({}, TextSize::Small, Tone::Muted, this)),
      layer_(new Chip({}, this)),
      ties_(new Chip({}, this)),
      time_(new Chip({}, this))
{
    summary_->setWordWrap(false);
    layer_->setObjectName(QStringLiteral("layer"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::medium);
    row->addWidget(summary_);
    row->addWidget(layer_);
    row->addWidget(ties_);
    row->addWidget(time_);
    connect(layer_, &Chip::clicked, this, &SelectionBar::openLayers);
    connect(ties_, &Chip::clicked, this, &SelectionBar::openTies);
    connect(time_, &Chip::clicked, this, &SelectionBar::openTime);
    connect(counting_, &JobRunner::failed, &document_, &Document::failed);
    connect(&document_, &Document::opened, this, &SelectionBar::reload);
    connect(&document_, &Document::changed, this, &SelectionBar::reload);
    describe();
}

void SelectionBar::reload()
{
    if (!document_.isOpen()) {
        info_.reset();
        describe();
        return;
    }
    counting_->start(
        {},
        [path = document_.path()](Task&) {
            return info(Workspace::open(path, Workspace::Mode::ReadOnly));
        },
        [this](const WorkspaceInfo& found) {
            info_ = found;
            describe();
        });
}

void SelectionBar::describe()
{
    const bool useful = document_.isOpen() && info_ && info_->people > 0;
    const bool interaction = document_.options().selection.layer == Layer::Interaction;
    layer_->setVisible(useful && info_->messages > 0);
    ties_->setVisible(useful && interaction);
    time_->setVisible(useful);
    if (!document_.isOpen())
        return summary_->setText(tr("Nothing is open. Nothing leaves this computer."));
    if (!info_) return summary_->clear();
    summary_->setText(
        QStringLiteral("%1 · %2 · %3")
            .arg(counted(info_->sources, tr("source"), tr("sources")),
                 counted(info_->messages, tr("message"), tr("messages")),
                 info_->people == 1 ? tr("1 person") : tr("%1 people").arg(number(info_->people))));
    const Selection& selection = document_.options().selection;
    layer_->setText(layerWords(selection.layer));
    QStringList words;
    for (const TieKind kind : selection.kinds) words << tieWord(kind);
    ties_->setText(words.isEmpty() ? tr("All ties")
                                   : tr("Ties: %1").arg(words.join(QStringLiteral(", "))));
    const bool all = !selection.from && !selection.until;
    const auto from = selection.from ? selection.from : info_->first;
    const auto last = selection.until ? selection.until : info_->last;
    time_->setText(all ? tr("All time: %1").arg(spanText(from, last)) : spanText(from, last));
    for (Chip* chip : {layer_, ties_, time_}) {
        chip->setAccessibleName(chip->text());
        chip->updateGeometry();
    }
}

void SelectionBar::setLayer(Layer layer)
{
    AnalysisOptions options = document_.options();
    if (options.selection.layer == layer) return;
    options.selection.layer = layer;
    options.selection.kinds.clear();  // talking about the same has no kinds
    document_.setOptions(options);
}

void SelectionBar::openLayers()
{
    QMenu menu(this);
    for (const Layer layer : {Layer::Interaction, Layer::Interest}) {
        QAction* action = menu.addAction(layerWords(layer));
        action->setCheckable(true);
        action->setChecked(document_.options().selection.layer == layer);
        connect(action, &QAction::triggered, this, [this, layer] { setLayer(layer); });
    }
    menu.exec(layer_->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void SelectionBar::setKind(TieKind kind, bool counts)
{
    AnalysisOptions options = document_.options();
    auto& kinds = options.selection.kinds;
    if (kinds.empty() && info_) {
        for (const auto& [each, rows] : info_->ties) kinds.push_back(each);
    }
    kinds.erase(std::remove(kinds.begin(), kinds.end(), kind), kinds.end());
    if (counts) kinds.push_back(kind);
    std::sort(kinds.begin(), kinds.end());
    if (info_ && kinds.size() == info_->ties.size()) kinds.clear();
    document_.setOptions(options);
}

void SelectionBar::openTies()
{
    if (!info_) return;
    QMenu menu(this);
    const auto& kinds = document_.options().selection.kinds;
    for (const auto& [kind, rows] : info_->ties) {
        QAction* action =
            menu.addAction(QStringLiteral("%1 (%2)").arg(tieWord(kind), number(rows)));
        action->setCheckable(true);
        const bool counts =
            kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
        action->setChecked(counts);
        // The last kind cannot be taken away: an empty choice means all of them.
        action->setEnabled(!counts || kinds.size() != 1);
        connect(action, &QAction::toggled, this,
                [this, kind = kind](bool on) { setKind(kind, on); });
    }
    menu.exec(ties_->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void SelectionBar::openTime()
{
    if (!info_) return;
    QMenu menu(this);
    auto* panel = new QWidget(&menu);
    auto* form = new QFormLayout(panel);
    const Selection& selection = document_.options().selection;
    auto* from = new QDateEdit(dateOf(selection.from ? selection.from : info_->first), panel);
    auto* until = new QDateEdit(dateOf(selection.until ? selection.until : info_->last), panel);
    for (QDateEdit* edit : {from, until}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    }
    from->setAccessibleName(tr("From"));
    until->setAccessibleName(tr("Up to and with"));
    form->addRow(tr("From"), from);
    form->addRow(tr("Up to and with"), until);
    auto* use = primaryButton(tr("Look at this time"), panel);
    auto* all = new QPushButton(tr("All time"), panel);
    form->addRow(use);
    form->addRow(all);
    auto* holder = new QWidgetAction(&menu);
    holder->setDefaultWidget(panel);
    menu.addAction(holder);
    connect(use, &QPushButton::clicked, &menu, [&] {
        AnalysisOptions options = document_.options();
        options.selection.from = startOf(from->date());
        options.selection.until = startOf(until->date().addDays(1));
        menu.close();
        document_.setOptions(options);
    });
    connect(all, &QPushButton::clicked, &menu, [&] {
        AnalysisOptions options = document_.options();
        options.selection.from.reset();
        options.selection.until.reset();
        menu.close();
        document_.setOptions(options);
    });
    menu.exec(time_->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

}  // namespace kith
