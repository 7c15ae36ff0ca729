#pragma once

#include "ui/models/peopletable.h"
#include "ui/window/screen.h"

#include <memory>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace kith {

class EmptyState;
class JobRunner;
class PeopleModel;
class Text;

/// Everybody: sorted, filtered, edited in place, joined when two are one.
class PeopleScreen final : public Screen {
    Q_OBJECT

public:
    explicit PeopleScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("people"); }
    QString title() const override { return tr("People"); }
    QString question() const override { return tr("Who is here?"); }
    QString iconName() const override { return QStringLiteral("people"); }
    QWidget* firstFocus() override;

    QTableView* table() const { return table_; }

private:
    void fitColumns();
    QWidget* buildTools();
    void buildTable();
    void reload();
    void rearrange();
    void shownAgain();
    void followSelection();
    void tellSelection();
    void describeChoice();
    void joinChosen();
    void addTrait();

    JobRunner* loading_;
    JobRunner* arranging_;
    PeopleModel* model_;
    QStackedWidget* pages_;
    EmptyState* empty_;
    QTableView* table_;
    QLineEdit* filter_ = nullptr;
    QLineEdit* trait_ = nullptr;
    QPushButton* join_ = nullptr;
    Text* count_ = nullptr;
    PeopleOrder order_;
    bool following_ = false;
};

}  // namespace kith
