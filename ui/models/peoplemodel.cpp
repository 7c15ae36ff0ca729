#include "ui/models/peoplemodel.h"

#include <QPainter>
#include <QPixmap>

#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int firstTrait = static_cast<int>(PeopleColumn::FirstTrait);

bool isFigure(int column)
{
    return column == static_cast<int>(PeopleColumn::Accounts) ||
           column == static_cast<int>(PeopleColumn::Messages) ||
           column == static_cast<int>(PeopleColumn::Ties);
}

}  // namespace

void PeopleModel::setTable(std::shared_ptr<const PeopleTable> table,
                           std::vector<std::uint32_t> rows)
{
    beginResetModel();
    table_ = std::move(table);
    rows_ = std::move(rows);
    const auto stored = [this](const QString& name) {
        return std::any_of(
            table_->traits.begin(), table_->traits.end(),
            [&](const TraitColumn& trait) { return QString::fromStdString(trait.name) == name; });
    };
    if (table_)
        newTraits_.erase(std::remove_if(newTraits_.begin(), newTraits_.end(), stored),
                         newTraits_.end());
    endResetModel();
}

void PeopleModel::setRows(std::vector<std::uint32_t> rows)
{
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

void PeopleModel::addTrait(const QString& name)
{
    const int at = columnCount();
    beginInsertColumns({}, at, at);
    newTraits_.push_back(name);
    endInsertColumns();
}

PersonId PeopleModel::personAt(int row) const
{
    return table_->people[rows_.at(static_cast<std::size_t>(row))].id;
}

QString PeopleModel::nameAt(int row) const
{
    return shownLine(table_->people[rows_.at(static_cast<std::size_t>(row))].name, 80);
}

std::uint64_t PeopleModel::messagesOf(PersonId person) const
{
    const std::size_t row = table_ ? table_->rowOf(person) : 0;
    return table_ && row < table_->size() ? table_->messages[row] : 0;
}

int PeopleModel::rowOf(PersonId person) const
{
    if (!table_) return -1;
    const std::size_t row = table_->rowOf(person);
    const auto at = std::find(rows_.begin(), rows_.end(), row);
    return at == rows_.end() ? -1 : static_cast<int>(at - rows_.begin());
}

int PeopleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int PeopleModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return firstTrait + static_cast<int>(knownTraits() + newTraits_.size());
}

QString PeopleModel::traitName(std::size_t trait) const
{
    if (trait < knownTraits()) return shownLine(table_->traits[trait].name, 40);
    return newTraits_.at(trait - knownTraits());
}

QString PeopleModel::traitText(std::uint32_t row, std::size_t trait) const
{
    if (trait >= knownTraits()) return {};
    const TraitColumn& column = table_->traits[trait];
    const std::int32_t value = column.valueOf[row];
    return value < 0 ? QString() : shownLine(column.values[static_cast<std::size_t>(value)], 120);
}

QString PeopleModel::text(std::uint32_t row, int column) const
{
    if (column >= firstTrait) return traitText(row, static_cast<std::size_t>(column - firstTrait));
    switch (static_cast<PeopleColumn>(column)) {
    case PeopleColumn::Name: return shownLine(table_->people[row].name, 120);
    case PeopleColumn::Kind:
        return table_->people[row].kind == PersonKind::Organisation ? tr("Organisation")
                                                                    : tr("Person");
    case PeopleColumn::Accounts: return number(std::uint64_t{table_->accounts[row]});
    case PeopleColumn::Messages: return number(table_->messages[row]);
    case PeopleColumn::Ties: return number(std::uint64_t{table_->ties[row]});
    case PeopleColumn::Group: {
        const std::int32_t group = table_->group[row];
        if (group < 0) return {};
        return shownLine(table_->analysis->clusters[static_cast<std::size_t>(group)].label, 80);
    }
    case PeopleColumn::FirstTrait: break;
    }
    return {};
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::uint32_t row = rows_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::EditRole) return text(row, index.column());
    if (role == Qt::TextAlignmentRole && isFigure(index.column())) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    if (role == Qt::DecorationRole && index.column() == static_cast<int>(PeopleColumn::Group) &&
        table_->group[row] >= 0) {
        const auto& cluster =
            table_->analysis->clusters[static_cast<std::size_t>(table_->group[row])];
        QPixmap spot(12, 12);
        spot.fill(Qt::transparent);
        QPainter painter(&spot);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme().territoryEdge(cluster.colour));
        painter.setBrush(theme().territory(cluster.colour));
        painter.drawEllipse(1, 1, 10, 10);
        return spot;
    }
    return {};
}

bool PeopleModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !index.isValid()) return false;
    const QString words = value.toString().trimmed();
    if (words == data(index, Qt::EditRole).toString()) return false;
    const PersonId person = personAt(index.row());
    if (index.column() == static_cast<int>(PeopleColumn::Name)) {
        if (words.isEmpty()) return false;
        Q_EMIT renameWanted(person, words);
        return true;
    }
    if (index.column() < firstTrait) return false;
    const auto trait = static_cast<std::size_t>(index.column() - firstTrait);
    const QString name = trait < knownTraits() ? QString::fromStdString(table_->traits[trait].name)
                                               : traitName(trait);
    Q_EMIT traitWanted(person, name, words);
    return true;
}

QString PeopleModel::heading(int section) const
{
    if (section >= firstTrait) {
        const auto name = traitName(static_cast<std::size_t>(section - firstTrait));
        return traitWords(name.toStdString());
    }
    switch (static_cast<PeopleColumn>(section)) {
    case PeopleColumn::Name: return tr("Name");
    case PeopleColumn::Kind: return tr("Kind");
    case PeopleColumn::Accounts: return tr("Accounts");
    case PeopleColumn::Messages: return tr("Messages");
    case PeopleColumn::Ties: return tr("Ties");
    case PeopleColumn::Group: return tr("Group");
    case PeopleColumn::FirstTrait: break;
    }
    return {};
}

void PeopleModel::setSorted(int column, bool ascending)
{
    sorted_ = column;
    ascending_ = ascending;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

QVariant PeopleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const auto across = isFigure(section) ? Qt::AlignRight : Qt::AlignLeft;
        return QVariant::fromValue(Qt::Alignment(across | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) return {};
    if (section != sorted_) return heading(section);
    const QChar arrow(ascending_ ? 0x2191 : 0x2193);
    return QStringLiteral("%1 %2").arg(heading(section), arrow);
}

Qt::ItemFlags PeopleModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const bool name = index.column() == static_cast<int>(PeopleColumn::Name);
    if (index.isValid() && (name || index.column() >= firstTrait)) flags |= Qt::ItemIsEditable;
    return flags;
}

}  // namespace kith
