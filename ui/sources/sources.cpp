#include "ui/sources/sources.h"

#include <QFileDialog>
#include <QStandardPaths>

#include "core/store/ingest.h"
#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/sources/preview.h"
#include "ui/sources/sourcelist.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr int columnWidth = 980;
constexpr std::size_t mostUnmatched = 20;

struct Wanted {
    std::filesystem::path file;
    ImportOptions options;
};

struct ImportSum {
    std::size_t files = 0;
    std::uint64_t messages = 0;  ///< that are new
    std::uint64_t known = 0;     ///< that were there before
};

ImportSum importFiles(Workspace& own, const std::vector<Wanted>& files, Task& task)
{
    ImportSum sum;
    for (const Wanted& wanted : files) {
        for (const ImportReport& report : importFile(own, wanted.file, wanted.options, task)) {
            sum.messages += report.newMessages;
            sum.known += report.messages - report.newMessages;
        }
        ++sum.files;
    }
    return sum;
}

}  // namespace

SourcesScreen::SourcesScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      previews_(new QVBoxLayout),
      peopleReport_(new Card(this)),
      list_(new SourceList(document, this))
{
    QVBoxLayout* column = scrollingColumn(this, columnWidth);
    buildDropCard(column);
    previews_->setSpacing(space::medium);
    column->addLayout(previews_);
    buildImportRow(column);
    peopleReport_->hide();
    column->addWidget(peopleReport_);
    column->addWidget(list_);
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
    card->body()->addWidget(new Text(
        tr("WhatsApp and Telegram chats, Slack exports, mailing lists, tables, map files and more; "
           "also zipped or as a folder. You see what was understood before anything is stored."),
        TextSize::Body, Tone::Muted, card));
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

void SourcesScreen::buildImportRow(QVBoxLayout* column)
{
    importRow_ = new QWidget(this);
    auto* row = new QHBoxLayout(importRow_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::medium);
    import_ = primaryButton(tr("Import"), importRow_);
    import_->setObjectName(QStringLiteral("import"));
    importRemark_ = new Text({}, TextSize::Body, Tone::Muted, importRow_);
    row->addWidget(import_);
    row->addWidget(importRemark_, 1);
    column->addWidget(importRow_);
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
    for (const std::filesystem::path& file : files) {
        const bool there = std::any_of(cards_.begin(), cards_.end(), [&](const PreviewCard* card) {
            return card->file() == file;
        });
        if (there) continue;
        auto* card = new PreviewCard(document(), file, this);
        previews_->addWidget(card);
        cards_.push_back(card);
        connect(card, &PreviewCard::changed, this, &SourcesScreen::refresh);
        connect(card, &PreviewCard::leftOut, this, [this, card] { leaveOut(card); });
        connect(card, &PreviewCard::isPeopleTable, this, [this, card] {
            const auto table = card->file();
            leaveOut(card);
            importPeople(table);
        });
    }
    refresh();
}

void SourcesScreen::leaveOut(PreviewCard* card)
{
    cards_.erase(std::remove(cards_.begin(), cards_.end(), card), cards_.end());
    card->hide();
    card->deleteLater();
    refresh();
}

void SourcesScreen::refresh()
{
    std::uint64_t messages = 0;
    std::size_t ready = 0;
    for (const PreviewCard* card : cards_) {
        if (!card->isReady()) continue;
        ++ready;
        messages += card->records();
    }
    people_->setEnabled(document().isOpen());
    importRow_->setVisible(!cards_.empty());
    import_->setEnabled(ready > 0 && !document().isWriting());
    import_->setText(ready == 0
                         ? tr("Import")
                         : tr("Import %1").arg(counted(messages, tr("record"), tr("records"))));
    importRemark_->setText(document().isWriting() ? tr("Importing. You can go on looking around.")
                           : ready < cards_.size()
                               ? tr("Some files still wait for an answer; they are not imported.")
                               : tr("Nothing is stored until you choose Import."));
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
    std::vector<Wanted> wanted;
    std::vector<PreviewCard*> done;
    for (PreviewCard* card : cards_) {
        if (!card->isReady()) continue;
        wanted.push_back({card->file(), card->options()});
        done.push_back(card);
    }
    if (wanted.empty()) return;
    const QString what =
        wanted.size() == 1
            ? tr("Importing %1").arg(QString::fromStdString(wanted[0].file.filename().string()))
            : tr("Importing %1 files").arg(wanted.size());
    document().write(
        what, everything,
        [wanted](Workspace& own, Task& task) { return importFiles(own, wanted, task); },
        [this, done](const ImportSum& sum) {
            for (PreviewCard* card : done) {
                if (std::find(cards_.begin(), cards_.end(), card) != cards_.end()) leaveOut(card);
            }
            imported(sum.files, sum.messages, sum.known);
        },
        [this](const Stopped& how) {
            // Files are stored one at a time, each whole: those before may be there.
            if (how.cancelled)
                document().say(tr("Stopped. The file being imported was not stored."));
            if (!how.cancelled) document().report(how.text);
            refresh();
        });
    refresh();
}

void SourcesScreen::imported(std::size_t files, std::uint64_t messages, std::uint64_t known)
{
    QString text = tr("%1 imported: %2.")
                       .arg(counted(files, tr("file"), tr("files")),
                            counted(messages, tr("new message"), tr("new messages")));
    if (known > 0) text += tr(" %1 were there already.").arg(number(known));
    document().say(text);
    refresh();
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
