#include "ui/jobs/jobs.h"

#include "ui/jobs/runner.h"

#include <algorithm>

namespace kith {

JobRunner* Jobs::makeRunner()
{
    auto* runner = new JobRunner(this);
    list(runner);
    return runner;
}

void Jobs::list(JobRunner* runner)
{
    connect(runner, &QObject::destroyed, this, [this](const QObject* gone) { end(gone); });
    connect(runner, &JobRunner::started, this, [this, runner] { begin(runner); });
    connect(runner, &JobRunner::ended, this, [this, runner] { end(runner); });
    connect(runner, &JobRunner::failed, this, &Jobs::failed);
    connect(runner, &JobRunner::progressed, this, [this, runner] {
        const int row = rowOf(runner);
        if (row >= 0) Q_EMIT dataChanged(index(row), index(row));
    });
}

int Jobs::rowOf(const QObject* runner) const
{
    const auto at = std::find(running_.begin(), running_.end(), runner);
    return at == running_.end() ? -1 : static_cast<int>(at - running_.begin());
}

void Jobs::begin(JobRunner* runner)
{
    const int row = rowOf(runner);
    if (row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    const int count = rowCount();
    beginInsertRows({}, count, count);
    running_.push_back(runner);
    endInsertRows();
}

void Jobs::end(const QObject* runner)
{
    const int row = rowOf(runner);
    if (row < 0) return;
    beginRemoveRows({}, row, row);
    running_.erase(running_.begin() + row);
    endRemoveRows();
}

int Jobs::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(running_.size());
}

QVariant Jobs::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const JobRunner& runner = *at(index.row());
    if (role == Qt::DisplayRole) return runner.what();
    if (role == PhaseRole) return runner.phase();
    if (role == FractionRole) return runner.fraction();
    return {};
}

}  // namespace kith
