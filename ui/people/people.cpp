#include "ui/people/people.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>

#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/models/peoplemodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int nameWidth = 200;
constexpr int groupWidth = 190;
constexpr int figureWidth = 96;

struct Loaded {
    std::shared_ptr<const PeopleTable> table;
    std::vector<std::uint32_t> rows;
};

}  // namespace

PeopleScreen::PeopleScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      loading_(new JobRunner(this)),
      arranging_(new JobRunner(this)),
      model_(new PeopleModel(this)),
      pages_(new QStackedWidget(this)),
      empty_(
          new EmptyState(tr("Nobody is here yet. Import a conversation, and everybody who speaks "
                            "in it will be."),
                         tr("Import a conversation"), this)),
      table_(new QTableView(this))
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, space::medium);
    column->setSpacing(space::medium);
    column->addWidget(buildTools());
    buildTable();
    column->addWidget(table_, 1);
    pages_->addWidget(empty_);
    pages_->addWidget(page);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages_);
    connect(empty_, &EmptyState::clicked, this,
            [this] { Q_EMIT wanted(QStringLiteral("sources")); });
    for (JobRunner* runner : {loading_, arranging_}) {
        connect(runner, &JobRunner::failed, &document, &Document::failed);
    }
    connect(&document, &Document::opened, this, &PeopleScreen::reload);
    connect(&document, &Document::changed, this, &PeopleScreen::reload);
    connect(&document, &Document::analysisReady, this, &PeopleScreen::reload);
    connect(&document, &Document::selectionChanged, this, &PeopleScreen::followSelection);
    reload();
}

QWidget* PeopleScreen::firstFocus()
{
    return pages_->currentIndex() == 0 ? empty_->button() : static_cast<QWidget*>(table_);
}

QWidget* PeopleScreen::buildTools()
{
    auto* tools = new QWidget(this);
    auto* row = new FlowLayout(tools, space::small);
    filter_ = new QLineEdit(tools);
    filter_->setObjectName(QStringLiteral("filter"));
    filter_->setPlaceholderText(tr("Filter by name or trait"));
    filter_->setAccessibleName(tr("Filter by name or trait"));
    filter_->setClearButtonEnabled(true);
    count_ = new Text({}, TextSize::Small, Tone::Muted, tools);
    trait_ = new QLineEdit(tools);
    trait_->setPlaceholderText(tr("New trait, then Return"));
    trait_->setAccessibleName(tr("Name of a new trait"));
    join_ = new QPushButton(tr("Join two into one"), tools);
    join_->setObjectName(QStringLiteral("join"));
    row->addWidget(filter_);
    row->addWidget(count_);
    row->addWidget(trait_);
    row->addWidget(join_);
    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        order_.filter = text.toStdString();
        rearrange();
    });
    connect(trait_, &QLineEdit::returnPressed, this, &PeopleScreen::addTrait);
    connect(join_, &QPushButton::clicked, this, &PeopleScreen::joinChosen);
    return tools;
}

void PeopleScreen::buildTable()
{
    table_->setModel(model_);
    table_->setAccessibleName(tr("People"));
    prepareTable(*table_);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    QHeaderView* head = table_->horizontalHeader();
    head->setSectionResizeMode(QHeaderView::Interactive);
    head->setSectionsClickable(true);
    head->setSortIndicatorShown(true);
    head->setSortIndicator(order_.column,
                           order_.ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
    connect(head, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder how) {
        order_.column = column;
        order_.ascending = how == Qt::AscendingOrder;
        model_->setSorted(order_.column, order_.ascending);
        rearrange();
    });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PeopleScreen::tellSelection);
    connect(model_, &PeopleModel::renameWanted, this, [this](PersonId person, const QString& name) {
        document().renamePerson(person, name);
    });
    connect(model_, &PeopleModel::traitWanted, this,
            [this](PersonId person, const QString& trait, const QString& value) {
                document().setTrait(person, trait, value);
            });
    model_->setSorted(order_.column, order_.ascending);
    fitColumns();
    connect(&theme(), &Theme::changed, this, &PeopleScreen::fitColumns);
}

void PeopleScreen::fitColumns()
{
    const auto scaled = [](int width) { return width * theme().textScale() / 100; };
    table_->horizontalHeader()->setDefaultSectionSize(scaled(figureWidth + space::huge));
    for (int column = 0; column < model_->columnCount(); ++column) {
        const bool isTrait = column >= static_cast<int>(PeopleColumn::FirstTrait);
        table_->setColumnWidth(column, scaled(figureWidth + (isTrait ? space::huge : 0)));
    }
    table_->setColumnWidth(static_cast<int>(PeopleColumn::Name), scaled(nameWidth));
    table_->setColumnWidth(static_cast<int>(PeopleColumn::Group), scaled(groupWidth));
}

void PeopleScreen::reload()
{
    if (!document().isOpen()) {
        model_->setTable(nullptr, {});
        pages_->setCurrentIndex(0);
        return;
    }
    loading_->start(
        {},
        [path = document().path(), analysis = document().analysis(), order = order_](Task& task) {
            const Workspace own = Workspace::open(path, Workspace::Mode::ReadOnly);
            Loaded loaded;
            loaded.table = readPeopleTable(own, analysis, task);
            loaded.rows = arrange(*loaded.table, order, task);
            return loaded;
        },
        [this, asked = order_](Loaded& loaded) {
            model_->setTable(loaded.table, std::move(loaded.rows));
            pages_->setCurrentIndex(loaded.table->size() == 0 ? 0 : 1);
            shownAgain();
            if (asked != order_) rearrange();  // it was filtered or sorted anew meanwhile
        });
}

void PeopleScreen::rearrange()
{
    if (!model_->table()) return;
    arranging_->start(
        {},
        [table = model_->table(), order = order_](Task& task) {
            return arrange(*table, order, task);
        },
        [this, table = model_->table()](std::vector<std::uint32_t>& rows) {
            if (table != model_->table()) return rearrange();
            model_->setRows(std::move(rows));
            shownAgain();
        });
}

void PeopleScreen::shownAgain()
{
    const auto all = std::uint64_t{model_->table()->size()};
    const auto here = static_cast<std::uint64_t>(model_->rowCount());
    count_->setText(here == all ? tr("%1 people").arg(number(all))
                                : tr("%1 of %2 people").arg(number(here), number(all)));
    followSelection();
}

void PeopleScreen::followSelection()
{
    constexpr std::size_t mostShown = 2000;  // finding a row walks the table
    const auto& chosen = document().selectedPeople();
    following_ = true;
    QItemSelection rows;
    for (std::size_t i = 0; i < chosen.size() && i < mostShown; ++i) {
        const int row = model_->rowOf(chosen[i]);
        if (row >= 0) rows.select(model_->index(row, 0), model_->index(row, 0));
    }
    table_->selectionModel()->select(
        rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (!rows.isEmpty()) table_->scrollTo(rows.first().topLeft());
    following_ = false;
    describeChoice();
}

void PeopleScreen::tellSelection()
{
    if (following_) return;
    std::vector<PersonId> chosen;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
        chosen.push_back(model_->personAt(index.row()));
    }
    following_ = true;
    document().selectPeople(std::move(chosen));
    following_ = false;
    describeChoice();
}

void PeopleScreen::describeChoice()
{
    const bool two = document().selectedPeople().size() == 2;
    join_->setEnabled(two);
    join_->setToolTip(two ? tr("The two chosen become one person; Edit > Undo takes it back")
                          : tr("Choose two people who are one (hold Ctrl for the second)"));
}

void PeopleScreen::joinChosen()
{
    const auto chosen = document().selectedPeople();
    if (chosen.size() != 2) return;
    // Whoever said more is the one people know.
    const bool first = model_->messagesOf(chosen[0]) >= model_->messagesOf(chosen[1]);
    document().mergePeople(first ? chosen[0] : chosen[1], first ? chosen[1] : chosen[0]);
}

void PeopleScreen::addTrait()
{
    const QString name = trait_->text().trimmed();
    if (name.isEmpty()) return;
    trait_->clear();
    model_->addTrait(name);
    table_->scrollTo(model_->index(0, model_->columnCount() - 1));
    document().say(tr("“%1” is the last column now. Double-click a cell to fill it in.").arg(name));
}

}  // namespace kith
