#pragma once

#include <QWidget>

#include "ui/sources/answers.h"

#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace kith {

/// What the columns of a table hold, shown by samples: a role for each, and beside it a tick to
/// leave the column out altogether.
class ColumnMapping final : public QWidget {
    Q_OBJECT

public:
    explicit ColumnMapping(FileAnswers& answers, QWidget* parent = nullptr);

    /// Shows these columns; what was chosen for the same ones stays.
    void offer(const std::vector<ColumnSample>& columns, const std::string& format);
    bool isEmpty() const { return rows_.empty(); }

Q_SIGNALS:
    void mapped();
    void peopleTableChosen();

private:
    struct Row {
        std::string header;
        QComboBox* role = nullptr;
        QCheckBox* out = nullptr;
    };

    void addRow(const ColumnSample& column, int row, QGridLayout& grid);
    void addRoles(QComboBox& box, const std::string& role) const;
    void takeRoles();
    void takeOut();

    FileAnswers& answers_;
    std::string format_;
    QWidget* inside_ = nullptr;
    std::vector<Row> rows_;
};

}  // namespace kith
