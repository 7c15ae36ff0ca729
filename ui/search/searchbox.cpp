#include "ui/search/searchbox.h"

#include <QAction>
#include <QKeyEvent>
#include <QListWidget>
#include <QTimer>

#include "core/base/text.h"
#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/textindex.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

/// Folded names of everybody, kept between keystrokes for one version of one workspace.
struct SearchNames {
    std::filesystem::path path;
    std::int64_t version = -1;
    std::vector<std::pair<std::string, PersonId>> folded;
    std::vector<std::string> shownNames;
};

struct SearchFound {
    QString words;
    std::vector<std::pair<PersonId, std::string>> people;
    std::vector<std::pair<CommunityId, std::string>> communities;
    std::vector<SearchHit> messages;
    std::uint64_t notSearchable = 0;  ///< messages that the index does not hold yet
};

namespace {

constexpr std::size_t mostPeople = 8;
constexpr std::size_t mostMessages = 12;
constexpr int pauseMillis = 150;
constexpr int opener = Qt::UserRole + 1;

void readNames(const Workspace& workspace, SearchNames& names, Task& task)
{
    if (names.path == workspace.path() && names.version == workspace.version()) return;
    names = {workspace.path(), workspace.version(), {}, {}};
    for (const Person& person : people(workspace)) {
        task.advance();
        names.folded.emplace_back(foldForMatching(person.name), person.id);
        names.shownNames.push_back(person.name);
    }
}

SearchFound lookUp(const std::filesystem::path& path, const QString& words, SearchNames& names,
                   Task& task)
{
    const Workspace workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
    readNames(workspace, names, task);
    SearchFound found;
    found.words = words;
    const std::string query = words.toStdString();
    const std::string folded = foldForMatching(query);
    for (std::size_t i = 0; i < names.folded.size() && found.people.size() < mostPeople; ++i) {
        task.advance();
        if (names.folded[i].first.find(folded) == std::string::npos) continue;
        found.people.emplace_back(names.folded[i].second, names.shownNames[i]);
    }
    for (const Community& community : communities(workspace)) {
        if (foldForMatching(community.name).find(folded) == std::string::npos) continue;
        found.communities.emplace_back(community.id, community.name);
    }
    found.messages = search(workspace, query, mostMessages);
    const TextIndexState index = textIndexState(workspace);
    if (!index.complete()) found.notSearchable = index.messages - index.indexed;
    return found;
}

}  // namespace

SearchBox::SearchBox(Document& document, QWidget* parent)
    : QLineEdit(parent),
      document_(document),
      searching_(new JobRunner(this)),
      waiting_(new QTimer(this)),
      results_(new QListWidget(parent)),
      names_(std::make_shared<SearchNames>())
{
    setPlaceholderText(tr("Search (Ctrl+K)"));
    setAccessibleName(tr("Search people, communities, messages and commands"));
    setClearButtonEnabled(true);
    addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    setFixedWidth(260);
    results_->setAccessibleName(tr("Search results"));
    results_->setFocusPolicy(Qt::NoFocus);
    results_->setWordWrap(false);
    results_->setTextElideMode(Qt::ElideRight);
    results_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    results_->hide();
    waiting_->setSingleShot(true);
    waiting_->setInterval(pauseMillis);
    connect(this, &QLineEdit::textEdited, waiting_, qOverload<>(&QTimer::start));
    connect(waiting_, &QTimer::timeout, this, &SearchBox::search);
    connect(searching_, &JobRunner::failed, &document_, &Document::failed);
    connect(results_, &QListWidget::itemClicked, this, &SearchBox::openRow);
}

void SearchBox::setCommands(std::vector<QAction*> commands)
{
    commands_ = std::move(commands);
}

void SearchBox::search()
{
    const QString words = text().trimmed();
    if (words.isEmpty()) {
        searching_->cancel();
        results_->hide();
        return;
    }
    if (!document_.isOpen()) return present({words, {}, {}, {}, 0});
    searching_->start(
        {},
        [path = document_.path(), words, names = names_](Task& task) {
            return lookUp(path, words, *names, task);
        },
        [this](const SearchFound& found) { present(found); });
}

void SearchBox::addGroup(const QString& title)
{
    auto* item = new QListWidgetItem(title, results_);
    item->setFlags(Qt::NoItemFlags);
    item->setForeground(theme().tokens().muted);
    item->setFont(theme().font(TextSize::Small));
}

QListWidgetItem* SearchBox::addRow(const QString& text, std::function<void()> open)
{
    auto* item = new QListWidgetItem(text, results_);
    item->setData(opener, static_cast<int>(openers_.size()));
    openers_.push_back(std::move(open));
    return item;
}

void SearchBox::addCommands(const QString& words)
{
    bool headed = false;
    for (QAction* action : commands_) {
        const QString name = action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        if (!action->isEnabled() || !name.contains(words, Qt::CaseInsensitive)) continue;
        if (!headed) addGroup(tr("Commands"));
        headed = true;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        addRow(keys.isEmpty() ? name : QStringLiteral("%1   %2").arg(name, keys),
               [action] { action->trigger(); });
    }
}

void SearchBox::present(const SearchFound& found)
{
    results_->clear();
    openers_.clear();
    if (!found.people.empty()) addGroup(tr("People"));
    for (const auto& [id, name] : found.people) {
        addRow(shownLine(name, 80), [this, id = id] { Q_EMIT personChosen(id); });
    }
    if (!found.communities.empty()) addGroup(tr("Communities"));
    for (const auto& [id, name] : found.communities) {
        addRow(shownLine(name, 80), [this, id = id] { Q_EMIT communityChosen(id); });
    }
    if (!found.messages.empty()) addGroup(tr("Messages"));
    for (const SearchHit& hit : found.messages) {
        std::string snippet = replaceAll(replaceAll(hit.snippet, "\u2068", ""), "\u2069", "");
        const QString line = QStringLiteral("%1: %2").arg(shownLine(hit.message.authorName, 30),
                                                          shownLine(snippet, 120));
        auto* row = addRow(line, [this, id = hit.message.author] {
            if (id) Q_EMIT personChosen(id);
        });
        row->setToolTip(toolTipOf(shown(hit.message.text)));
    }
    addCommands(found.words);
    if (openers_.empty()) addGroup(tr("Nothing found for “%1”").arg(found.words));
    if (found.notSearchable > 0) {
        addGroup(found.notSearchable == 1
                     ? tr("1 message is not searchable yet")
                     : tr("%1 messages are not searchable yet").arg(number(found.notSearchable)));
    }
    place();
    step(1);
}

void SearchBox::place()
{
    constexpr int wide = 440;
    constexpr int high = 420;
    QWidget* over = results_->parentWidget();
    const QPoint below = mapTo(over, QPoint(width(), height() + space::hair));
    int rows = 2 * space::small;
    for (int i = 0; i < results_->count(); ++i) rows += results_->sizeHintForRow(i);
    results_->setGeometry(below.x() - wide, below.y(), wide, qMin(rows, high));
    results_->show();
    results_->raise();
}

void SearchBox::step(int by)
{
    int row = results_->currentRow();
    for (int tries = 0; tries < results_->count(); ++tries) {
        row = (row + by + results_->count()) % results_->count();
        if (results_->item(row)->flags() & Qt::ItemIsSelectable) break;
    }
    if (results_->item(row) != nullptr) results_->setCurrentRow(row);
}

void SearchBox::openRow(QListWidgetItem* item)
{
    const QVariant number = item == nullptr ? QVariant() : item->data(opener);
    if (!number.isValid()) return;
    const auto open = openers_.at(static_cast<std::size_t>(number.toInt()));
    results_->hide();
    clear();
    open();
}

void SearchBox::keyPressEvent(QKeyEvent* event)
{
    const bool shown = results_->isVisible();
    switch (event->key()) {
    case Qt::Key_Down:
        if (shown) step(1);
        return;
    case Qt::Key_Up:
        if (shown) step(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (shown) openRow(results_->currentItem());
        return;
    case Qt::Key_Escape:
        results_->hide();
        clear();
        return;
    default: QLineEdit::keyPressEvent(event);
    }
}

void SearchBox::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) results_->hide();
}

}  // namespace kith
