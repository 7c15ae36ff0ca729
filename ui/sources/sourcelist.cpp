#include "ui/sources/sourcelist.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

#include "core/store/messages.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/models/sourcesmodel.h"
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
      details_(new Card(this))
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
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->horizontalHeader()->setSectionResizeMode(SourcesModel::File, QHeaderView::Stretch);
    details_->hide();
    connect(loading_, &JobRunner::failed, &document_, &Document::failed);
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

void SourceList::clearDetails()
{
    while (QLayoutItem* item = details_->body()->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
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
    QStringList parts{shownLine(source.formatName, 60),
                      tr("imported %1").arg(timeText(source.imported)),
                      counted(source.messages, tr("message"), tr("messages"))};
    if (source.system > 0) parts << counted(source.system, tr("notice"), tr("notices"));
    if (!source.zone.empty()) parts << tr("times read as %1").arg(shownLine(source.zone, 40));
    if (source.flat) parts << tr("who answers whom is worked out from the order");
    body->addWidget(
        new Text(parts.join(QStringLiteral(" · ")), TextSize::Body, Tone::Muted, details_));
    for (const std::string& warning : source.warnings) {
        body->addWidget(new Text(shown(warning), TextSize::Body, Tone::Attention, details_));
    }
    if (!problems.empty()) {
        auto* list = new ProblemList(details_);
        list->setProblems(problems, problems.size());
        body->addWidget(list);
    }
    addRemoval(source.id, source.messages);
    details_->show();
}

void SourceList::addRemoval(SourceId source, std::uint64_t messages)
{
    auto* row = new QWidget(details_);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* ask = new QPushButton(tr("Remove this source…"), row);
    auto* sure =
        new Text(tr("%1 that no other source holds will go. You can import the file again.")
                     .arg(counted(messages, tr("message"), tr("messages"))),
                 TextSize::Body, Tone::Plain, row);
    auto* yes = new QPushButton(tr("Remove it"), row);
    auto* no = new QPushButton(tr("Keep it"), row);
    ask->setObjectName(QStringLiteral("remove"));
    yes->setObjectName(QStringLiteral("removeYes"));
    line->addWidget(ask);
    line->addWidget(sure, 1);
    line->addWidget(yes);
    line->addWidget(no);
    const auto asking = [=](bool on) {
        ask->setVisible(!on);
        for (QWidget* part :
             {static_cast<QWidget*>(sure), static_cast<QWidget*>(yes), static_cast<QWidget*>(no)}) {
            part->setVisible(on);
        }
    };
    asking(false);
    line->addStretch(0);
    details_->body()->addWidget(row);
    connect(ask, &QPushButton::clicked, row, [=] {
        asking(true);
        no->setFocus();
    });
    connect(no, &QPushButton::clicked, row, [=] { asking(false); });
    connect(yes, &QPushButton::clicked, this, [this, source] { remove(source); });
}

void SourceList::remove(SourceId source)
{
    details_->hide();
    document_.write(
        tr("Removing a source"), everything,
        [source](Workspace& own, Task& task) { return removeSource(own, source, task); },
        [this](std::uint64_t gone) {
            document_.say(
                tr("Removed, with %1.").arg(counted(gone, tr("message"), tr("messages"))));
        },
        [this](const Stopped& how) {
            if (how.cancelled) document_.say(tr("Stopped. The source is still there."));
            if (!how.cancelled) document_.report(how.text);
        });
}

}  // namespace kith
