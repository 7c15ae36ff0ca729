#pragma once

#include <QWidget>

#include "core/model/ids.h"

class QTableView;
class QVBoxLayout;

namespace kith {

class Card;
class Document;
class JobRunner;
class SourcesModel;
struct Problem;

/// What has been imported: a table, and under it the details of the chosen source, with its
/// removal.
class SourceList final : public QWidget {
    Q_OBJECT

public:
    explicit SourceList(Document& document, QWidget* parent = nullptr);

    QTableView* table() const { return table_; }

private:
    void reload();
    void showDetails();
    void fillDetails(int row, const std::vector<Problem>& problems);
    void addRemoval(SourceId source, std::uint64_t messages);
    void remove(SourceId source);
    void clearDetails();

    Document& document_;
    JobRunner* loading_;
    SourcesModel* model_;
    QTableView* table_;
    Card* details_;
};

}  // namespace kith
