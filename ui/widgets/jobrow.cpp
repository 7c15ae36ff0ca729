#include "ui/widgets/jobrow.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QProgressBar>
#include <QToolButton>

#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/theme/icons.h"
#include "ui/widgets/text.h"

namespace kith {

JobRow::JobRow(QWidget* parent)
    : QWidget(parent),
      what_(new Text({}, TextSize::Small, Tone::Muted, this)),
      progress_(new QProgressBar(this)),
      cancel_(new QToolButton(this))
{
    what_->setWordWrap(false);
    progress_->setFixedWidth(120);
    progress_->setTextVisible(false);
    cancel_->setIcon(icon(QStringLiteral("close")));
    cancel_->setIconSize({14, 14});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(what_);
    row->addWidget(progress_, 0, Qt::AlignVCenter);
    row->addWidget(cancel_);
    connect(cancel_, &QToolButton::clicked, this, [this] {
        cancel_->setEnabled(false);
        Q_EMIT cancelWanted();
    });
}

void JobRow::setWork(const QString& what, const QString& phase, double fraction)
{
    what_->setText(phase.isEmpty() || phase == what ? what
                                                    : QStringLiteral("%1 · %2").arg(what, phase));
    progress_->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0) progress_->setValue(static_cast<int>(fraction * 1000));
    progress_->setAccessibleName(what);
    cancel_->setAccessibleName(tr("Stop: %1").arg(what));
    cancel_->setToolTip(tr("Stop"));
}

JobStrip::JobStrip(Jobs& jobs, QWidget* parent) : QWidget(parent), jobs_(jobs)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::huge);
    // Later, for a job may end because the window around this strip is going away.
    connect(&jobs, &Jobs::rowsInserted, this, &JobStrip::rebuild, Qt::QueuedConnection);
    connect(&jobs, &Jobs::rowsRemoved, this, &JobStrip::rebuild, Qt::QueuedConnection);
    connect(&jobs, &Jobs::dataChanged, this, &JobStrip::refresh);
}

void JobStrip::rebuild()
{
    for (JobRow* row : rows_) row->deleteLater();
    rows_.clear();
    for (int i = 0; i < jobs_.rowCount(); ++i) {
        auto* row = new JobRow(this);
        layout()->addWidget(row);
        rows_.push_back(row);
        connect(row, &JobRow::cancelWanted, this, [runner = QPointer<JobRunner>(jobs_.at(i))] {
            if (runner) runner->cancel();
        });
    }
    refresh();
}

void JobStrip::refresh()
{
    if (rows_.size() != static_cast<std::size_t>(jobs_.rowCount())) return;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const JobRunner& runner = *jobs_.at(static_cast<int>(i));
        rows_[i]->setWork(runner.what(), runner.phase(), runner.fraction());
    }
}

}  // namespace kith
