#pragma once

#include <QWidget>

#include "core/store/ingest.h"

#include <optional>
#include <vector>

class QComboBox;
class QVBoxLayout;

namespace kith {

/// What only the user can decide about a file: the order of day and month, the zone of its clock,
/// which column of a table is what. Asked in words, answered by buttons and lists; every answer
/// reads the file again.
class Questions final : public QWidget {
    Q_OBJECT

public:
    explicit Questions(QWidget* parent = nullptr);

    ReadOptions answers() const { return answers_; }
    bool hasQuestion() const;

    /// Shows both readings of a date.
    void askDates();
    /// What each column of a table holds.
    void offerColumns(const std::vector<std::string>& headers);
    /// Looks for what a preview leaves open: the zone.
    void consider(const std::vector<ImportReport>& reports);

Q_SIGNALS:
    void answered();
    void peopleTableChosen();

private:
    void buildDates();
    void buildZone();
    void mapColumns();

    ReadOptions answers_;
    QWidget* dates_;
    QWidget* zone_;
    QWidget* columns_ = nullptr;
    QVBoxLayout* column_;
    QComboBox* zones_ = nullptr;
    bool asksDates_ = false;
    bool asksZone_ = false;
    std::vector<std::string> headers_;
    std::vector<QComboBox*> roles_;
};

}  // namespace kith
