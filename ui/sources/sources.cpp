#include "ui/sources/sources.h"

#include <QApplication>
#include <QFileDialog>
#include <QStandardPaths>
#include <QTimer>

#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/sources/importing.h"
#include "ui/sources/peoplereport.h"
#include "ui/sources/preview.h"
#include "ui/sources/queue.h"
#include "ui/sources/sameperson.h"
#include "ui/sources/sourcelist.h"
#include "ui/sources/totals.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <utility>

namespace kith {

namespace {

constexpr int columnWidth = 980;
constexpr std::size_t mostCards = 1000;  ///< more wait until some of these are imported
constexpr std::size_t shownAtOnce = 30;  ///< of those that need nothing; more on demand
constexpr int cardsAtOnce = 8;           ///< made before the window may draw again

}  // namespace

SourcesScreen::SourcesScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      previews_(new QVBoxLayout),
      peopleReport_(new PeopleReport(this)),
      list_(new SourceList(document, this)),
      finding_(new JobRunner(this)),
      queue_(new PreviewQueue(document, this))
{
    document.jobs().list(finding_);
    QVBoxLayout* column = scrollingColumn(this, columnWidth);
    buildDropCard(column);
    buildImportRow(column);
    previews_->setSpacing(space::small);
    column->addLayout(previews_);
    more_ = linkButton({}, this);
    more_->setObjectName(QStringLiteral("showAll"));
    column->addWidget(more_);
    connect(more_, &QPushButton::clicked, this, [this] {
        allShown_ = true;
        refresh();
    });
    column->addWidget(peopleReport_);
    column->addWidget(list_);
    column->addWidget(new SamePersonList(document, this));
    column->addStretch(1);
    connect(&document, &Document::opened, this, [this] {
        peopleReport_->hide();
        refresh();
    });
    connect(&document, &Document::changed, this, &SourcesScreen::refresh);
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, [this] {
        if (std::exchange(stale_, false)) refresh();
    });
    refresh();
}

QWidget* SourcesScreen::firstFocus()
{
    return import_->isVisible() && import_->isEnabled() ? import_ : choose_;
}

void SourcesScreen::buildDropCard(QVBoxLayout* column)
{
    auto* card = new Card(this);
    card->body()->addWidget(
        new Text(tr("Drop exported conversations here"), TextSize::Reading, Tone::Plain, card));
    hint_ = new Text(
        tr("Chats, mailing lists, forums, tables, map files; one or many, also zipped or as a "
           "folder. You see what was understood before anything is stored."),
        TextSize::Body, Tone::Muted, card);
    card->body()->addWidget(hint_);
    card->body()->addSpacing(space::hair);
    choose_ = new QPushButton(tr("Choose files…"), card);
    auto* folder = new QPushButton(tr("Choose a folder…"), card);
    people_ = new QPushButton(tr("Add a table of people…"), card);
    people_->setToolTip(
        tr("Wards, roles, unions: whatever you know of people, as a table with headings"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    for (QPushButton* button : {choose_, folder, people_}) row->addWidget(button);
    row->addStretch(1);
    card->body()->addLayout(row);
    column->addWidget(card);
    connect(choose_, &QPushButton::clicked, this, &SourcesScreen::askFiles);
    connect(folder, &QPushButton::clicked, this, &SourcesScreen::askFolder);
    connect(people_, &QPushButton::clicked, this, &SourcesScreen::askPeople);
}

void SourcesScreen::buildImportRow(QVBoxLayout* page)
{
    importRow_ = new QWidget(this);
    auto* column = new QVBoxLayout(importRow_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::hair);
    import_ = primaryButton(tr("Import"), importRow_);
    import_->setObjectName(QStringLiteral("import"));
    importRemark_ = new Text({}, TextSize::Body, Tone::Muted, importRow_);
    clear_ = linkButton({}, importRow_);
    clear_->setObjectName(QStringLiteral("clear"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::medium);
    row->addWidget(import_);
    row->addWidget(clear_, 0, Qt::AlignVCenter);  // or its fixed height would be the row's
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(importRemark_);
    page->addWidget(importRow_);
    connect(clear_, &QPushButton::clicked, this, &SourcesScreen::leaveOutUnreadable);
    connect(import_, &QPushButton::clicked, this, &SourcesScreen::importAll);
}

void SourcesScreen::askFiles()
{
    const QStringList chosen = QFileDialog::getOpenFileNames(
        this, tr("Choose exported conversations"),
        QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    std::vector<std::filesystem::path> files;
    for (const QString& file : chosen) files.emplace_back(file.toStdString());
    addFiles(files);
}

void SourcesScreen::askFolder()
{
    const QString chosen = QFileDialog::getExistingDirectory(
        this, tr("Choose the folder of an export"),
        QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    if (!chosen.isEmpty()) addFiles({chosen.toStdString()});
}

void SourcesScreen::askPeople()
{
    const QString chosen = QFileDialog::getOpenFileName(
        this, tr("Choose a table of people"),
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
        tr("Tables (*.csv *.tsv *.txt)"));
    if (!chosen.isEmpty()) importPeople(chosen.toStdString());
}

void SourcesScreen::addFiles(const std::vector<std::filesystem::path>& files)
{
    dropped_.insert(dropped_.end(), files.begin(), files.end());
    lookForFiles();
}

void SourcesScreen::lookForFiles()
{
    if (dropped_.empty() || finding_->isRunning()) return;
    const auto ended = [this] { QTimer::singleShot(0, this, &SourcesScreen::lookForFiles); };
    finding_->start(
        tr("Looking for conversations"),
        [paths = std::exchange(dropped_, {})](Task& task) {
            std::vector<Pick> picks;
            for (const auto& path : paths) {
                for (Pick& pick : picksIn(path, task)) picks.push_back(std::move(pick));
            }
            return picks;
        },
        [this, ended](std::vector<Pick>& picks) {
            std::move(picks.begin(), picks.end(), std::back_inserter(found_));
            addCards();
            ended();
        },
        [this, ended](const Stopped& how) {
            if (!how.cancelled) document().report(how.text);
            refresh();
            ended();
        });
    refresh();
}

bool SourcesScreen::isListed(const Pick& pick) const
{
    return cardOf(pick) != nullptr;
}

PreviewCard* SourcesScreen::cardOf(const Pick& pick) const
{
    const auto found = std::find_if(cards_.begin(), cards_.end(),
                                    [&](const PreviewCard* card) { return card->pick() == pick; });
    return found == cards_.end() ? nullptr : *found;
}

/// A few at a time, so that the window stays alive however many were dropped.
void SourcesScreen::addCards()
{
    for (int made = 0; made < cardsAtOnce && !found_.empty() && cards_.size() < mostCards;) {
        const Pick pick = std::move(found_.front());
        found_.pop_front();
        if (isListed(pick)) continue;
        addCard(pick);
        ++made;
    }
    if (!found_.empty() && cards_.size() < mostCards)
        QTimer::singleShot(0, this, &SourcesScreen::addCards);
    refreshOnce();
}

void SourcesScreen::addCard(const Pick& pick)
{
    auto* card = new PreviewCard(pick, this);
    previews_->addWidget(card);
    cards_.push_back(card);
    connect(card, &PreviewCard::changed, this, &SourcesScreen::refreshOnce);
    connect(card, &PreviewCard::againWanted, this, [this, card] { queue_->add(card); });
    connect(card, &PreviewCard::leftOut, this, [this, card] { leaveOut(card); });
    connect(card, &PreviewCard::isPeopleTable, this, [this, card] {
        const auto table = card->pick().path;
        leaveOut(card);
        importPeople(table);
    });
    queue_->add(card);
}

void SourcesScreen::leaveOut(PreviewCard* card)
{
    queue_->remove(card);
    auto at = cards_.erase(std::find(cards_.begin(), cards_.end(), card));
    if (card->isAncestorOf(QApplication::focusWidget()))
        (at == cards_.end() ? choose_ : (*at)->firstFocus())->setFocus();
    card->hide();
    card->deleteLater();
    addCards();
}

void SourcesScreen::leaveOutUnreadable()
{
    const auto all = cards_;
    for (PreviewCard* card : all) {
        if (card->state() == PreviewCard::State::Unreadable) leaveOut(card);
    }
}

QString SourcesScreen::remark() const
{
    if (document().isWriting()) return tr("Importing. You can go on looking around.");
    ListCounts counts;
    counts.finding = finding_->isRunning();
    counts.waiting = found_.size();
    for (const PreviewCard* card : cards_) {
        switch (card->state()) {
        case PreviewCard::State::Waiting:
        case PreviewCard::State::Reading: ++counts.waiting; break;
        case PreviewCard::State::Asking: ++counts.asking; break;
        case PreviewCard::State::Unreadable: ++counts.unreadable; break;
        case PreviewCard::State::Stopped: ++counts.stopped; break;
        case PreviewCard::State::Ready: break;
        }
    }
    return remarkOn(counts);
}

/// A long list shows its beginning and whatever wants something of the user.
void SourcesScreen::showCards()
{
    std::uint64_t quiet = 0;
    std::uint64_t hidden = 0;
    for (PreviewCard* card : cards_) {
        const auto state = card->state();
        const bool wants =
            state == PreviewCard::State::Asking || state == PreviewCard::State::Unreadable;
        const bool fits = wants || allShown_ || quiet < shownAtOnce;
        if (!wants) ++quiet;
        if (!fits) ++hidden;
        card->setVisible(fits);
    }
    more_->setText(tr("Show all files (%1 more)").arg(number(hidden)));
    more_->setVisible(hidden > 0);
    if (cards_.empty()) allShown_ = false;
}

/// At once the first time, then once for all the changes until the window comes to draw: two
/// hundred files that leave the list together must not lay it out two hundred times.
void SourcesScreen::refreshOnce()
{
    stale_ = soon_.isActive();
    if (stale_) return;
    soon_.start();
    refresh();
}

void SourcesScreen::refresh()
{
    Totals totals;
    std::uint64_t unreadable = 0;
    for (PreviewCard* card : cards_) {
        if (card->state() == PreviewCard::State::Ready) totals.add(card->reports());
        if (card->state() == PreviewCard::State::Unreadable) ++unreadable;
        card->suggestOpen(cards_.size() == 1);
    }
    showCards();
    people_->setEnabled(document().isOpen());
    hint_->setVisible(cards_.empty());
    importRow_->setVisible(!cards_.empty() || finding_->isRunning());
    import_->setEnabled(totals.files > 0 && !document().isWriting());
    import_->setText(importText(totals));
    importRemark_->setText(remark());
    clear_->setText(tr("Leave out what cannot be read (%1)").arg(number(unreadable)));
    clear_->setVisible(unreadable > 1);
}

bool SourcesScreen::needWorkspace()
{
    if (document().isOpen()) return true;
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Where should Kith keep this workspace?"),
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
            tr("/My community.kith"),
        tr("Kith workspaces (*.kith)"));
    if (chosen.isEmpty()) return false;
    std::filesystem::path path = chosen.toStdString();
    if (path.extension() != ".kith") path += ".kith";
    return document().create(path);
}

void SourcesScreen::importAll()
{
    if (document().isWriting() || !needWorkspace()) return;
    const auto importing = std::make_shared<Importing>();
    for (const PreviewCard* card : cards_) {
        if (card->state() == PreviewCard::State::Ready)
            importing->files.push_back({card->pick(), card->options()});
    }
    const std::uint64_t count = importing->files.size();
    if (count == 0) return;
    const QString what = count == 1
                             ? tr("Importing %1").arg(shownLine(importing->files[0].pick.name, 60))
                             : tr("Importing %1 files").arg(number(count));
    document().write(
        what, everything,
        [importing](Workspace& own, Task& task) {
            importEach(own, *importing, task);
            return 0;
        },
        [this, importing](int) { takeImported(*importing); },
        [this, importing](const Stopped& how) {
            takeImported(*importing);
            if (!how.cancelled) return document().report(how.text);
            document().say(stoppedText(*importing));
        });
    if (import_->hasFocus()) choose_->setFocus();  // the button rests until the import has ended
    refresh();
}

/// Files that are stored leave the list; those that failed stay and say why.
void SourcesScreen::takeImported(const Importing& importing)
{
    for (const Pick& pick : importing.done) {
        if (PreviewCard* card = cardOf(pick)) leaveOut(card);
    }
    for (const auto& [pick, reason] : importing.failed) {
        if (PreviewCard* card = cardOf(pick)) card->fail(failureOf(reason));
    }
    if (!importing.done.empty()) document().say(importedText(importing));
    refresh();
}

void SourcesScreen::importPeople(const std::filesystem::path& table)
{
    if (document().isWriting() || !document().isOpen()) return;
    document().write(
        tr("Reading %1").arg(QString::fromStdString(table.filename().string())),
        Change::People | Change::Traits,
        [table](Workspace& own, Task& task) { return importTraits(own, table, task); },
        [this](const TraitsReport& report) {
            peopleReport_->tell(report);
            refresh();
        },
        [this](const Stopped& how) {
            if (how.cancelled) document().say(tr("Stopped. Nothing of the table was stored."));
            if (!how.cancelled) document().report(how.text);
            refresh();
        });
    refresh();
}

}  // namespace kith
