#include "ui/journey/screen.h"

#include <QEvent>
#include <QItemSelectionModel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/journey/journey.h"
#include "ui/document/document.h"
#include "ui/journey/board.h"
#include "ui/journey/cell.h"
#include "ui/widgets/card.h"

#include <algorithm>

namespace kith {

JourneyScreen::JourneyScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      pages_(new QStackedWidget(this)),
      empty_(new EmptyState(
          tr("No community is kept yet. Adopt a group on the map; then rate here how "
             "far it has come."),
          tr("Go to the map"), this)),
      model_(new JourneyModel(this)),
      board_(new JourneyTable(this)),
      cell_(new CellPanel(document, this))
{
    board_->setModel(model_);
    cell_->setMinimumHeight(240);
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::large);
    column->addWidget(board_);
    column->addWidget(cell_, 1);
    pages_->addWidget(empty_);
    pages_->addWidget(page);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages_);

    connect(empty_, &EmptyState::clicked, this, [this] { Q_EMIT wanted(QStringLiteral("map")); });
    connect(board_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                showCell(index);
                if (isVisible() && index.isValid()) {
                    const auto row = static_cast<std::size_t>(index.row());
                    this->document().selectCommunity(model_->board()[row].community.id);
                }
            });
    connect(board_, &JourneyTable::rated, this,
            [this](const QModelIndex&, int level) { cell_->rate(level); });
    connect(board_, &JourneyTable::opened, this, [this] { cell_->focusLevels(); });
    connect(&document, &Document::opened, this, &JourneyScreen::reload);
    connect(&document, &Document::changed, this, &JourneyScreen::reload);
    connect(&document, &Document::selectionChanged, this, &JourneyScreen::followSelection);
    reload();
}

QWidget* JourneyScreen::firstFocus()
{
    return pages_->currentIndex() == 0 ? static_cast<QWidget*>(empty_->button()) : board_;
}

void JourneyScreen::reload()
{
    model_->setBoard(document().isOpen() ? journeyBoard(document().workspace())
                                         : std::vector<JourneyRow>{});
    fitBoard();
    pages_->setCurrentIndex(model_->rowCount() == 0 ? 0 : 1);
    if (model_->rowCount() == 0) return;
    if (board_->currentIndex().isValid())
        showCell(board_->currentIndex());
    else
        board_->setCurrentIndex(model_->index(0, 0));
    followSelection();
}

void JourneyScreen::fitBoard()
{
    constexpr int least = 120;
    board_->setFixedHeight(std::clamp(board_->wholeHeight(), least, std::max(least, height() / 2)));
}

void JourneyScreen::resizeEvent(QResizeEvent*)
{
    fitBoard();
}

void JourneyScreen::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        QMetaObject::invokeMethod(this, &JourneyScreen::fitBoard, Qt::QueuedConnection);
    Screen::changeEvent(event);
}

void JourneyScreen::followSelection()
{
    if (!document().isOpen() || !document().selectedCommunity()) return;
    const int row = model_->rowOf(*document().selectedCommunity());
    if (row < 0 || row == board_->currentIndex().row()) return;
    board_->setCurrentIndex(model_->index(row, std::max(0, board_->currentIndex().column())));
}

void JourneyScreen::showCell(const QModelIndex& index)
{
    if (!index.isValid()) return;
    const auto& row = model_->board()[static_cast<std::size_t>(index.row())];
    cell_->setCell(row.community, allCharacteristics[static_cast<std::size_t>(index.column())]);
}

}  // namespace kith
