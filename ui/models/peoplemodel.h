#pragma once

#include <QAbstractTableModel>

#include "ui/models/peopletable.h"

#include <memory>
#include <vector>

namespace kith {

/// A window onto a PeopleTable, in some order. Holds no text of its own: every cell is read from
/// the table when it is drawn. Names and traits can be edited; an edit is only asked for, and shows
/// once the workspace has taken it.
class PeopleModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(std::shared_ptr<const PeopleTable> table, std::vector<std::uint32_t> rows);
    void setRows(std::vector<std::uint32_t> rows);
    const std::shared_ptr<const PeopleTable>& table() const { return table_; }

    /// A column for a trait that nobody has yet.
    void addTrait(const QString& name);

    /// Which heading carries the arrow.
    void setSorted(int column, bool ascending);

    PersonId personAt(int row) const;
    QString nameAt(int row) const;
    std::uint64_t messagesOf(PersonId person) const;
    /// The shown row of a person, -1 when it is not shown. Time O(rows).
    int rowOf(PersonId person) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void renameWanted(kith::PersonId person, const QString& name);
    void traitWanted(kith::PersonId person, const QString& trait, const QString& value);

private:
    QString text(std::uint32_t row, int column) const;
    QString traitText(std::uint32_t row, std::size_t trait) const;
    QString heading(int section) const;
    QString traitName(std::size_t trait) const;
    std::size_t knownTraits() const { return table_ ? table_->traits.size() : 0; }

    std::shared_ptr<const PeopleTable> table_;
    std::vector<std::uint32_t> rows_;
    std::vector<QString> newTraits_;
    int sorted_ = -1;
    bool ascending_ = true;
};

}  // namespace kith
