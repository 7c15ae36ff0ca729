#pragma once

#include <QAbstractTableModel>

#include "core/store/messages.h"

#include <vector>

namespace kith {

/// The imported sources, one a row.
class SourcesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { File, Format, Messages, First, Last, LeftOut, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSources(std::vector<SourceInfo> sources);
    const SourceInfo& at(int row) const { return sources_.at(static_cast<std::size_t>(row)); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::vector<SourceInfo> sources_;
};

}  // namespace kith
