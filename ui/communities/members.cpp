#include "ui/communities/members.h"

#include <QCompleter>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "core/store/communities.h"
#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/map/rows.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

namespace kith {
namespace {

constexpr int tableHeight = 240;

QVariant day(std::optional<Time> time)
{
    return QVariant::fromValue<qlonglong>(time ? toMillis(*time) : 0);
}

QString dayShown(const QVariant& value)
{
    const auto millis = value.toLongLong();
    return millis == 0 ? QString() : dayText(fromMillis(millis));
}

}  // namespace

MembersView::MembersView(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      rows_(new RowsModel(this)),
      table_(rowsTable(rows_, tr("Members"), this)),
      end_(new QPushButton(tr("&End membership"), this)),
      who_(new QLineEdit(this)),
      add_(new QPushButton(tr("Add &member"), this)),
      hint_(new Text({}, TextSize::Small, Tone::Attention, this))
{
    table_->setMinimumHeight(tableHeight);
    table_->setObjectName(QStringLiteral("members"));
    end_->setToolTip(tr("They stay on record as former members"));
    end_->setEnabled(false);
    who_->setPlaceholderText(tr("Name, handle or address"));
    who_->setAccessibleName(tr("Person to add"));
    who_->setObjectName(QStringLiteral("memberName"));
    hint_->hide();
    auto* tools = new QWidget(this);
    auto* row = new FlowLayout(tools, space::small);
    row->addWidget(who_);
    row->addWidget(add_);
    row->addWidget(end_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(table_);
    column->addWidget(tools);
    column->addWidget(hint_);
    connect(add_, &QPushButton::clicked, this, &MembersView::add);
    connect(who_, &QLineEdit::returnPressed, this, &MembersView::add);
    connect(end_, &QPushButton::clicked, this, &MembersView::endChosen);
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { end_->setEnabled(!chosenPresent().empty()); });
    connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto at = static_cast<std::size_t>(sourceRow(table_, index.row()));
        document_.selectPeople({community_.members[at].person});
    });
    connect(&document_, &Document::analysisReady, this, &MembersView::offerNames);
    offerNames();
}

void MembersView::offerNames()
{
    const auto analysis = document_.analysis();
    QStringList names;
    if (analysis) {
        for (const auto& person : analysis->persons) names.append(shownLine(person.name, 80));
    }
    auto* completer = new QCompleter(names, who_);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    who_->setCompleter(completer);
}

void MembersView::setCommunity(const Community& community,
                               const std::map<PersonId, std::string>& names)
{
    if (community.id != community_.id) {
        who_->clear();
        hint_->hide();
    }
    community_ = community;
    names_ = names;
    const auto at = [this](std::size_t row) -> const Member& { return community_.members[row]; };
    rows_->setRows(community_.members.size(),
                   {{tr("Name"),
                     [=, this](std::size_t row) {
                         const auto name = names_.find(at(row).person);
                         return name == names_.end() ? tr("Somebody") : shownLine(name->second, 80);
                     },
                     {}},
                    {tr("How known"),
                     [=](std::size_t row) {
                         return at(row).origin == MemberOrigin::FromCluster ? tr("from the map")
                                                                            : tr("added by hand");
                     },
                     {}},
                    {tr("Since"), [=](std::size_t row) { return day(at(row).since); }, dayShown},
                    {tr("Until"), [=](std::size_t row) { return day(at(row).until); }, dayShown}});
    table_->setColumnWidth(0, 200);
    table_->setColumnWidth(1, 130);
    end_->setEnabled(false);
}

std::vector<PersonId> MembersView::chosenPresent() const
{
    std::vector<PersonId> present;
    for (const auto row : chosenRows(table_)) {
        const auto& member = community_.members[row];
        if (!member.until) present.push_back(member.person);
    }
    return present;
}

void MembersView::add()
{
    const auto text = who_->text().trimmed();
    if (text.isEmpty()) return;
    const auto found = peopleCalled(document_.workspace(), text.toStdString());
    if (found.size() != 1) {
        hint_->setText(
            found.empty()
                ? tr("Nobody is called “%1”. Look the name up under People.").arg(text)
                : tr("Several people are called “%1”. Give a handle or address.").arg(text));
        hint_->show();
        return;
    }
    hint_->hide();
    who_->clear();
    document_.edit(Change::Communities,
                   [&](Workspace& workspace) { addMembers(workspace, community_.id, found); });
}

void MembersView::endChosen()
{
    for (const auto person : chosenPresent()) {
        document_.edit(Change::Communities, [&](Workspace& workspace) {
            endMembership(workspace, community_.id, person);
        });
    }
}

}  // namespace kith
