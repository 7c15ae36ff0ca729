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
#include <tuple>
#include <utility>

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
      concern_(new Chip({}, this)),
      ties_(new Chip({}, this)),
      time_(new Chip({}, this))
{
    summary_->setWordWrap(false);
    layer_->setObjectName(QStringLiteral("layer"));
    concern_->setObjectName(QStringLiteral("concern"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::medium);
    row->addWidget(summary_);
    row->addWidget(layer_);
    row->addWidget(concern_);
    row->addWidget(ties_);
    row->addWidget(time_);
    row->addStretch(1);
    connect(layer_, &Chip::clicked, this, &SelectionBar::openLayers);
    connect(concern_, &Chip::clicked, this, &SelectionBar::openConcerns);
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
            const auto workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
            return std::pair(info(workspace), concerns(workspace));
        },
        [this](const std::pair<WorkspaceInfo, std::vector<Concern>>& found) {
            std::tie(info_, concerns_) = found;
            // One that was removed, or whose naming was undone, is looked at no longer.
            if (document_.options().selection.concern && !chosenConcern()) setConcern({});
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
    concern_->setVisible(useful && !concerns_.empty());
    if (!document_.isOpen()) {
        summary_->setText(tr("Nothing is open. Nothing leaves this computer."));
        return fit();
    }
    if (!info_) return summary_->clear();
    summary_->setText(
        QStringLiteral("%1 · %2 · %3")
            .arg(counted(info_->sources, tr("source"), tr("sources")),
                 counted(info_->messages, tr("message"), tr("messages")),
                 info_->people == 1 ? tr("1 person") : tr("%1 people").arg(number(info_->people))));
    const Selection& selection = document_.options().selection;
    layer_->setText(layerWords(selection.layer));
    const Concern* concern = chosenConcern();
    concern_->setText(concern == nullptr ? tr("All concerns") : shownLine(concern->name, 40));
    QStringList words;
    for (const TieKind kind : selection.kinds) words << tieWord(kind);
    ties_->setText(words.isEmpty() ? tr("All ties")
                                   : tr("Ties: %1").arg(words.join(QStringLiteral(", "))));
    const bool all = !selection.from && !selection.until;
    const auto from = selection.from ? selection.from : info_->first;
    const auto last = selection.until ? selection.until : info_->last;
    time_->setText(all ? tr("All time: %1").arg(spanText(from, last)) : spanText(from, last));
    for (Chip* chip : {layer_, concern_, ties_, time_}) {
        chip->setAccessibleName(chip->text());
        chip->updateGeometry();
    }
    fit();
}

QSize SelectionBar::minimumSizeHint() const
{
    QSize least(0, summary_->sizeHint().height());
    for (const Chip* chip : {layer_, concern_, ties_, time_}) {
        if (chip->isHidden()) continue;
        const QSize hint = chip->sizeHint();
        least = {least.width() + hint.width() + (least.width() > 0 ? space::medium : 0),
                 std::max(least.height(), hint.height())};
    }
    return least;
}

void SelectionBar::fit()
{
    const int chips = minimumSizeHint().width();
    summary_->setVisible(chips == 0 ||
                         chips + space::medium + summary_->sizeHint().width() <= width());
    updateGeometry();
}

void SelectionBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
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

const Concern* SelectionBar::chosenConcern() const
{
    const auto wanted = document_.options().selection.concern;
    const auto found = std::ranges::find_if(
        concerns_, [&](const Concern& one) { return wanted && one.id == *wanted; });
    return found == concerns_.end() ? nullptr : &*found;
}

void SelectionBar::setConcern(std::optional<ConcernId> concern)
{
    AnalysisOptions options = document_.options();
    if (options.selection.concern == concern) return;
    options.selection.concern = concern;
    document_.setOptions(options);
}

void SelectionBar::openConcerns()
{
    QMenu menu(this);
    const auto wanted = document_.options().selection.concern;
    const auto offer = [&](const QString& words, std::optional<ConcernId> concern) {
        QAction* action = menu.addAction(menuText(words));
        action->setCheckable(true);
        action->setChecked(wanted == concern);
        connect(action, &QAction::triggered, this, [this, concern] { setConcern(concern); });
    };
    offer(tr("All concerns"), {});
    for (const Concern& one : concerns_) offer(shownLine(one.name, 80), one.id);
    menu.addSeparator();
    menu.addAction(tr("Name concerns…"), this, [this] { Q_EMIT concernsWanted(); });
    menu.exec(concern_->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
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
