#pragma once

#include <QAbstractListModel>

#include <vector>

namespace kith {

class JobRunner;

/// The running work of all runners, for the bottom bar: what, how far. One row a running job.
class Jobs final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PhaseRole = Qt::UserRole + 1, FractionRole };

    using QAbstractListModel::QAbstractListModel;

    /// Makes a runner whose work is listed, and whose failures are passed on as failed(). Owned.
    JobRunner* makeRunner();

    /// The same for a runner that belongs to somebody else; it may go at any time.
    void list(JobRunner* runner);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    JobRunner* at(int row) const { return running_.at(static_cast<std::size_t>(row)); }
    bool anyRunning() const { return !running_.empty(); }

Q_SIGNALS:
    void failed(const QString& text);

private:
    void begin(JobRunner* runner);
    void end(const QObject* runner);
    int rowOf(const QObject* runner) const;

    std::vector<JobRunner*> running_;
};

}  // namespace kith
