#pragma once

#include <QWidget>

#include "core/model/community.h"

#include <map>
#include <string>
#include <vector>

class QLineEdit;
class QPushButton;
class QTableView;

namespace kith {

class Document;
class RowsModel;
class Text;

/// Who belongs to a community, since when, and how that is known.
class MembersView final : public QWidget {
    Q_OBJECT

public:
    explicit MembersView(Document& document, QWidget* parent = nullptr);

    void setCommunity(const Community& community, const std::map<PersonId, std::string>& names);
    QTableView* table() const { return table_; }

private:
    void add();
    void endChosen();
    std::vector<PersonId> chosenPresent() const;
    void offerNames();

    Document& document_;
    Community community_;
    std::map<PersonId, std::string> names_;
    RowsModel* rows_;
    QTableView* table_;
    QPushButton* end_;
    QLineEdit* who_;
    QPushButton* add_;
    Text* hint_;
};

}  // namespace kith
