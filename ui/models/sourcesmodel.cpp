#include "ui/models/sourcesmodel.h"

#include "ui/widgets/words.h"

namespace kith {

void SourcesModel::setSources(std::vector<SourceInfo> sources)
{
    beginResetModel();
    sources_ = std::move(sources);
    endResetModel();
}

int SourcesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(sources_.size());
}

int SourcesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant SourcesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const bool figure = index.column() == Messages || index.column() == LeftOut;
    if (role == Qt::TextAlignmentRole && figure)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    const SourceInfo& source = at(index.row());
    switch (static_cast<Column>(index.column())) {
    case File: return shownLine(source.file, 120);
    case Format: return shownLine(source.formatName, 60);
    case Messages: return number(source.messages);
    case First: return dayText(source.first);
    case Last: return dayText(source.last);
    case LeftOut: return number(source.skipped + source.refused);
    case ColumnCount: break;
    }
    return {};
}

QVariant SourcesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    const bool figure = section == Messages || section == LeftOut;
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::Alignment(figure ? Qt::AlignRight | Qt::AlignVCenter
                                                        : Qt::AlignLeft | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
    case File: return tr("File");
    case Format: return tr("What it is");
    case Messages: return tr("Messages");
    case First: return tr("First");
    case Last: return tr("Last");
    case LeftOut: return tr("Left out");
    case ColumnCount: break;
    }
    return {};
}

}  // namespace kith
