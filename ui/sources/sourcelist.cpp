#include "ui/sources/sourcelist.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

#include "core/store/messages.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/models/sourcesmodel.h"
#include "ui/sources/previewdetails.h"
#include "ui/widgets/card.h"
#include "ui/widgets/problems.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/words.h"

namespace kith {

SourceList::SourceList(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      loading_(new JobRunner(this)),
      model_(new SourcesModel(this)),
      table_(new QTableView(this)),
      details_(new Card(this)),
      weighing_(new JobRunner(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(new SectionHeader(tr("In this workspace"), this));
    column->addWidget(table_);
    column->addWidget(details_);
    table_->setModel(model_);
    table_->setAccessibleName(tr("Imported sources"));
    prepareTable(*table_);
    table_->setTextElideMode(Qt::ElideMiddle);  // exports of one program begin alike
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* header = table_->horizontalHeader();
    header->setSectionResizeMode(SourcesModel::File, QHeaderView::Stretch);
    // Dates and numbers say nothing when they are cut.
    for (const auto whole :
         {SourcesModel::Messages, SourcesModel::First, SourcesModel::Last, SourcesModel::LeftOut})
        header->setSectionResizeMode(whole, QHeaderView::ResizeToContents);
    details_->hide();
    connect(loading_, &JobRunner::failed, &document_, &Document::failed);
    connect(weighing_, &JobRunner::failed, &document_, &Document::failed);
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SourceList::showDetails);
    connect(&document_, &Document::opened, this, &SourceList::reload);
    connect(&document_, &Document::changed, this, [this](Changes changes) {
        if (changes.testFlag(Change::Sources)) reload();
    });
    reload();
}

void SourceList::reload()
{
    if (!document_.isOpen()) {
        model_->setSources({});
        hide();
        return;
    }
    loading_->start(
        {},
        [path = document_.path()](Task&) {
            return sources(Workspace::open(path, Workspace::Mode::ReadOnly));
        },
        [this](std::vector<SourceInfo>& found) {
            const bool any = !found.empty();
            model_->setSources(std::move(found));
            details_->hide();
            fitHeight(*table_);
            setVisible(any);
        });
}

/// Where there is little room the names have it: what a source is stands among its details too.
void SourceList::resizeEvent(QResizeEvent* event)
{
    constexpr int lettersOfAll = 96;
    const int least = lettersOfAll * QFontMetrics(table_->font()).averageCharWidth();
    table_->setColumnHidden(SourcesModel::Format, width() < least);
    QWidget::resizeEvent(event);
}

void SourceList::clearDetails()
{
    removeAll(details_->body());
}

void SourceList::showDetails()
{
    const QModelIndexList rows = table_->selectionModel()->selectedRows();
    if (rows.isEmpty()) return details_->hide();
    const int row = rows.front().row();
    loading_->start(
        {},
        [path = document_.path(), source = model_->at(row).id](Task&) {
            return problemsOf(Workspace::open(path, Workspace::Mode::ReadOnly), source);
        },
        [this, row](const std::vector<Problem>& problems) { fillDetails(row, problems); });
}

void SourceList::fillDetails(int row, const std::vector<Problem>& problems)
{
    if (row >= model_->rowCount()) return;
    const SourceInfo& source = model_->at(row);
    clearDetails();
    QVBoxLayout* body = details_->body();
    body->addWidget(
        new Text(shownLine(source.file, 160), TextSize::Reading, Tone::Plain, details_));
    QStringList parts{shownLine(source.formatName, 60), platformName(source.platform),
                      tr("imported %1").arg(timeText(source.imported)),
                      counted(source.messages, tr("message"), tr("messages"))};
    if (source.system > 0) parts << counted(source.system, tr("notice"), tr("notices"));
    if (!source.zone.empty()) parts << tr("times read as %1").arg(zoneText(source.zone));
    body->addWidget(
        new Text(parts.join(QStringLiteral(" · ")), TextSize::Body, Tone::Muted, details_));
    const QString shows = showsText(source.format, source.flat);
    if (!shows.isEmpty()) body->addWidget(new Text(shows, TextSize::Body, Tone::Muted, details_));
    for (const QString& warning : warningsToShow(source.warnings))
        body->addWidget(new Text(warning, TextSize::Body, Tone::Attention, details_));
    if (!problems.empty()) {
        auto* list = new ProblemList(details_);
        list->setProblems(problems, problems.size());
        body->addWidget(list);
    }
    addRemoval(source.id);
    details_->show();
}

void SourceList::addRemoval(SourceId source)
{
    removal_ = nullptr;
    auto* ask = new QPushButton(tr("Remove this source…"), details_);
    ask->setObjectName(QStringLiteral("remove"));
    ask->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    details_->body()->addWidget(ask);
    connect(ask, &QPushButton::clicked, this, [this, source, ask] {
        ask->setEnabled(false);
        askRemoval(source);
    });
}

/// How much would go is counted first: a very large removal cannot be taken back.
void SourceList::askRemoval(SourceId source)
{
    weighing_->start(
        {},
        [path = document_.path(), source](Task&) {
            return forecastRemoval(Workspace::open(path, Workspace::Mode::ReadOnly), source);
        },
        [this, source](const RemovalForecast& forecast) { showRemoval(source, forecast); });
}

void SourceList::showRemoval(SourceId source, const RemovalForecast& forecast)
{
    if (removal_ != nullptr) return;
    removal_ = new QWidget(details_);
    auto* column = new QVBoxLayout(removal_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    const QString goes = tr("%1 that no other source holds will go.")
                             .arg(counted(forecast.messages, tr("message"), tr("messages")));
    const QString back =
        forecast.undoable()
            ? tr("Edit > Undo brings everything back.")
            : tr("This source is so large that its removal cannot be taken back. You can import "
                 "the file again.");
    column->addWidget(new Text(goes + QLatin1Char(' ') + back, TextSize::Body,
                               forecast.undoable() ? Tone::Plain : Tone::Attention, removal_));
    auto* forGood =
        new QCheckBox(tr("Keep nothing of it in the workspace (cannot be undone)"), removal_);
    forGood->setObjectName(QStringLiteral("forGood"));
    forGood->setVisible(forecast.undoable());
    column->addWidget(forGood);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    auto* yes =
        new QPushButton(forecast.undoable() ? tr("Remove it") : tr("Remove it for good"), removal_);
    auto* no = new QPushButton(tr("Keep it"), removal_);
    yes->setObjectName(QStringLiteral("removeYes"));
    row->addWidget(yes);
    row->addWidget(no);
    row->addStretch(1);
    column->addLayout(row);
    details_->body()->addWidget(removal_);
    no->setFocus();
    connect(no, &QPushButton::clicked, this, &SourceList::showDetails, Qt::QueuedConnection);
    connect(yes, &QPushButton::clicked, this, [this, source, forGood, forecast] {
        const bool keepsStep = forecast.undoable() && !forGood->isChecked();
        remove(source, keepsStep ? Removal::Undoable : Removal::ForGood);
    });
}

void SourceList::remove(SourceId source, Removal how)
{
    details_->hide();
    document_.write(
        tr("Removing a source"), everything,
        [source, how](Workspace& own, Task& task) { return removeSource(own, source, task, how); },
        [this, how](std::uint64_t gone) {
            const QString went =
                tr("Removed, with %1.").arg(counted(gone, tr("message"), tr("messages")));
            document_.say(how == Removal::Undoable ? tr("%1 Edit > Undo brings it back.").arg(went)
                                                   : went);
        },
        [this](const Stopped& stopped) {
            if (stopped.cancelled) document_.say(tr("Stopped. The source is still there."));
            if (!stopped.cancelled) document_.report(stopped.text);
        });
}

}  // namespace kith
