#pragma once

#include "ui/window/screen.h"

class QStackedWidget;

namespace kith {

class CellPanel;
class EmptyState;
class JourneyModel;
class JourneyTable;

/// How far has it come, and what is next?
class JourneyScreen final : public Screen {
    Q_OBJECT

public:
    explicit JourneyScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("journey"); }
    QString title() const override { return tr("Journey"); }
    QString question() const override { return tr("How far has it come, and what is next?"); }
    QString iconName() const override { return QStringLiteral("journey"); }
    QWidget* firstFocus() override;

    JourneyTable* board() const { return board_; }
    CellPanel* cell() const { return cell_; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitBoard();
    void reload();
    void followSelection();
    void showCell(const QModelIndex& index);

    QStackedWidget* pages_;
    EmptyState* empty_;
    JourneyModel* model_;
    JourneyTable* board_;
    CellPanel* cell_;
};

}  // namespace kith
