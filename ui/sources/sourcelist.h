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
enum class Removal;
struct Problem;
struct RemovalForecast;

/// What has been imported: a table, and under it the details of the chosen source, with its
/// removal.
class SourceList final : public QWidget {
    Q_OBJECT

public:
    explicit SourceList(Document& document, QWidget* parent = nullptr);

    QTableView* table() const { return table_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void reload();
    void showDetails();
    void fillDetails(int row, const std::vector<Problem>& problems);
    void addRemoval(SourceId source);
    void askRemoval(SourceId source);
    void showRemoval(SourceId source, const RemovalForecast& forecast);
    void remove(SourceId source, Removal how);
    void clearDetails();

    Document& document_;
    JobRunner* loading_;
    SourcesModel* model_;
    QTableView* table_;
    Card* details_;
    JobRunner* weighing_;
    QWidget* removal_ = nullptr;  ///< the question whether to remove, under the details
};

}  // namespace kith
