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
#include "ui/sources/preview.h"
#include "ui/sources/queue.h"
#include "ui/sources/sameperson.h"
#include "ui/sources/sourcelist.h"
#include "ui/sources/totals.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int columnWidth = 980;
constexpr std::size_t mostUnmatched = 20;
constexpr std::size_t mostCards = 1000;  ///< more wait until some of these are imported
constexpr std::size_t shownAtOnce = 30;  ///< of those that need nothing; more on demand
constexpr int cardsAtOnce = 8;           ///< made before the window may draw again

}  // namespace

SourcesScreen::SourcesScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      previews_(new QVBoxLayout),
      peopleReport_(new Card(this)),
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
    peopleReport_->hide();
    column->addWidget(peopleReport_);
    column->addWidget(list_);
    column->addWidget(new SamePersonList(document, this));
    column->addStretch(1);
    connect(&document, &Document::opened, this, [this] {
        peopleReport_->hide();
        refresh();
    });
    connect(&document, &Document::changed, this, &SourcesScreen::refresh);
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
    refresh();
}

void SourcesScreen::addCard(const Pick& pick)
{
    auto* card = new PreviewCard(pick, this);
    previews_->addWidget(card);
    cards_.push_back(card);
    connect(card, &PreviewCard::changed, this, &SourcesScreen::refresh);
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
    std::size_t states[6] = {};
    for (const PreviewCard* card : cards_) ++states[static_cast<std::size_t>(card->state())];
    const auto in = [&](PreviewCard::State state) {
        return std::uint64_t{states[static_cast<std::size_t>(state)]};
    };
    using State = PreviewCard::State;
    QStringList parts;
    const auto reading = in(State::Waiting) + in(State::Reading) + found_.size();
    const auto asking = in(State::Asking);
    if (finding_->isRunning()) parts << tr("looking for conversations");
    if (reading > 0) parts << tr("%1 still to look into").arg(number(std::uint64_t{reading}));
    if (asking > 0) {
        parts << (asking == 1 ? tr("1 waits for an answer")
                              : tr("%1 wait for an answer").arg(number(asking)));
    }
    if (in(State::Unreadable) > 0)
        parts << tr("%1 cannot be read").arg(number(in(State::Unreadable)));
    if (in(State::Stopped) > 0) parts << tr("%1 not looked into").arg(number(in(State::Stopped)));
    const QString promise = tr("Nothing is stored until you choose Import.");
    if (parts.isEmpty()) return promise;
    QString counts = parts.join(QStringLiteral(" · "));
    counts[0] = counts[0].toUpper();
    return QStringLiteral("%1. %2").arg(counts, promise);
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
            document().say(importing->done.empty()
                               ? tr("Stopped. The file being imported was not stored.")
                               : tr("Stopped. %1 of %2 files were imported, each whole; the "
                                    "others are still in the list.")
                                     .arg(number(std::uint64_t{importing->done.size()}),
                                          number(std::uint64_t{importing->files.size()})));
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
    if (!importing.done.empty()) tellImported(importing);
    refresh();
}

void SourcesScreen::tellImported(const Importing& importing)
{
    QStringList parts;
    if (importing.messages > 0 || importing.people == 0)
        parts << counted(importing.messages, tr("new message"), tr("new messages"));
    if (importing.people > 0) parts << counted(importing.people, tr("person"), tr("people"));
    QString text = tr("%1 imported: %2.")
                       .arg(counted(importing.done.size(), tr("file"), tr("files")),
                            parts.join(QStringLiteral(", ")));
    if (importing.known > 0) text += tr(" %1 were there already.").arg(number(importing.known));
    if (!importing.failed.empty()) {
        text += tr(" %1 could not be imported; see the list.")
                    .arg(counted(importing.failed.size(), tr("file"), tr("files")));
    }
    document().say(text);
}

void SourcesScreen::importPeople(const std::filesystem::path& table)
{
    if (document().isWriting() || !document().isOpen()) return;
    document().write(
        tr("Reading %1").arg(QString::fromStdString(table.filename().string())),
        Change::People | Change::Traits,
        [table](Workspace& own, Task& task) { return importTraits(own, table, task); },
        [this](const TraitsReport& report) { showPeopleReport(report); },
        [this](const Stopped& how) {
            if (how.cancelled) document().say(tr("Stopped. Nothing of the table was stored."));
            if (!how.cancelled) document().report(how.text);
            refresh();
        });
    refresh();
}

void SourcesScreen::showPeopleReport(const TraitsReport& report)
{
    while (QLayoutItem* item = peopleReport_->body()->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](const QString& text, TextSize size, Tone tone) {
        peopleReport_->body()->addWidget(new Text(text, size, tone, peopleReport_));
    };
    add(tr("%1 of %2 rows found their person.").arg(number(report.matched), number(report.rows)),
        TextSize::Reading, Tone::Plain);
    QStringList names;
    for (const std::string& trait : report.traits) names << shownLine(trait, 40);
    if (!names.isEmpty())
        add(tr("Traits: %1").arg(names.join(QStringLiteral(", "))), TextSize::Body, Tone::Plain);
    if (report.merged > 0) {
        add(tr("%1 people were joined, because one row named accounts of both. Edit > Undo takes "
               "it back.")
                .arg(number(report.merged)),
            TextSize::Body, Tone::Muted);
    }
    for (const std::string& warning : report.warnings)
        add(shown(warning), TextSize::Body, Tone::Attention);
    std::size_t told = 0;
    for (const std::string& row : report.unmatched) {
        if (++told > mostUnmatched) break;
        add(shownLine(row), TextSize::Small, Tone::Muted);
    }
    if (report.unmatched.size() > mostUnmatched) {
        add(tr("and %1 more").arg(number(std::uint64_t{report.unmatched.size() - mostUnmatched})),
            TextSize::Small, Tone::Muted);
    }
    peopleReport_->show();
    refresh();
}

}  // namespace kith
