#include "ui/sources/preview.h"

#include <QGridLayout>

#include "core/analysis/answers.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/source.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/sources/questions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/problems.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

/// Rows of a table's head are at most this many bytes.
constexpr std::size_t headBytes = 64U << 10U;

/// What only the user can answer, found in a failure.
struct Asked {
    bool dates = false;
    bool columns = false;
    QString text;  ///< without the remedy, which speaks of the command line
};

std::optional<Asked> askedBy(const std::exception_ptr& reason)
{
    try {
        std::rethrow_exception(reason);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::NeedsAnswer) return std::nullopt;
        Asked asked;
        asked.dates = error.remedy().find("--dates") != std::string::npos;
        asked.columns = error.remedy().find("--column") != std::string::npos;
        asked.text = shown(error.cause());
        return asked;
    } catch (const std::exception&) {
        return std::nullopt;  // no question; the caller shows the failure itself
    }
}

/// The first row of a table; empty when the file is none.
std::vector<std::string> headersOf(const std::filesystem::path& file)
{
    const auto package = Package::open(file);
    if (package->entries().size() != 1) return {};
    const auto source = package->open(0);
    std::vector<char> buffer(headBytes);
    std::string head;
    while (head.size() < headBytes) {
        const std::size_t got = source->read(buffer);
        if (got == 0) break;
        head.append(buffer.data(), got);
    }
    if (head.compare(0, 3, "\xEF\xBB\xBF") == 0) head.erase(0, 3);
    if (firstBadUtf8(head.substr(0, head.find('\n')))) return {};
    const auto rows = firstRows(head, head.size() < headBytes, 1);
    return rows.empty() ? std::vector<std::string>{} : rows.front().fields;
}

std::vector<ImportReport> look(const std::filesystem::path& workspace,
                               const std::filesystem::path& file, const ImportOptions& options,
                               Task& task)
{
    if (workspace.empty()) return previewFile(nullptr, file, options, task);
    const Workspace own = Workspace::open(workspace, Workspace::Mode::ReadOnly);
    return previewFile(&own, file, options, task);
}

}  // namespace

PreviewCard::PreviewCard(Document& document, std::filesystem::path file, QWidget* parent)
    : QFrame(parent),
      document_(document),
      file_(std::move(file)),
      reading_(new JobRunner(this)),
      headers_(new JobRunner(this)),
      card_(new Card(this)),
      questions_(new Questions(this))
{
    document.jobs().list(reading_);
    connect(headers_, &JobRunner::failed, &document, &Document::failed);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(card_);
    auto* head = new SectionHeader(shownLine(file_.filename().string(), 80), card_);
    auto* leave = linkButton(tr("Leave this file out"), head);
    leave->setAccessibleName(tr("Leave out %1").arg(shownLine(file_.filename().string(), 80)));
    head->addRight(leave);
    card_->body()->addWidget(head);
    questions_->setParent(card_);
    card_->body()->addWidget(questions_);
    questions_->hide();
    connect(leave, &QPushButton::clicked, this, &PreviewCard::leftOut, Qt::QueuedConnection);
    connect(questions_, &Questions::answered, this, &PreviewCard::preview);
    connect(questions_, &Questions::peopleTableChosen, this, &PreviewCard::isPeopleTable,
            Qt::QueuedConnection);
    preview();
}

ImportOptions PreviewCard::options() const
{
    ImportOptions options;
    options.read = questions_->answers();
    options.answers = answerFinder();
    options.guess = true;  // the preview says what it was taken for
    return options;
}

std::uint64_t PreviewCard::records() const
{
    std::uint64_t sum = 0;
    for (const ImportReport& report : reports_) {
        sum +=
            report.messages > 0 ? report.messages : report.seen - report.skipped - report.refused;
    }
    return sum;
}

void PreviewCard::fresh(const QString& remark)
{
    delete found_;
    found_ = new QWidget(card_);
    column_ = new QVBoxLayout(found_);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space::small);
    card_->body()->insertWidget(1, found_);
    if (!remark.isEmpty())
        column_->addWidget(new Text(remark, TextSize::Body, Tone::Muted, found_));
}

void PreviewCard::preview()
{
    ready_ = false;
    reports_.clear();
    fresh(tr("Looking into it…"));
    // Who answers whom costs time and changes nothing that a preview shows.
    ImportOptions quick = options();
    quick.answers = {};
    reading_->start(
        tr("Looking into %1").arg(shownLine(file_.filename().string(), 60)),
        [workspace = document_.path(), file = file_, quick](Task& task) {
            return look(workspace, file, quick, task);
        },
        [this](std::vector<ImportReport>& reports) {
            reports_ = std::move(reports);
            present();
        },
        [this](const Stopped& how) {
            if (how.cancelled) return presentFailure(tr("Stopped before it was read."), false);
            const auto asked = askedBy(how.reason);
            if (!asked) return presentFailure(how.text, false);
            if (asked->dates) questions_->askDates();
            if (asked->columns) askColumns();
            presentFailure(asked->text, true);
        });
    Q_EMIT changed();
}

void PreviewCard::presentFailure(const QString& text, bool question)
{
    fresh({});
    column_->addWidget(
        new Text(text, TextSize::Body, question ? Tone::Plain : Tone::Attention, found_));
    questions_->setVisible(question || questions_->hasQuestion());
    Q_EMIT changed();
}

void PreviewCard::present()
{
    fresh({});
    ready_ = !reports_.empty();
    for (const ImportReport& report : reports_) presentReport(report);
    questions_->consider(reports_);
    const bool table =
        std::any_of(reports_.begin(), reports_.end(),
                    [](const ImportReport& report) { return report.format == "table"; });
    if (table && reports_.size() == 1) askColumns();
    questions_->setVisible(questions_->hasQuestion());
    Q_EMIT changed();
}

void PreviewCard::askColumns()
{
    headers_->start(
        {}, [file = file_](Task&) { return headersOf(file); },
        [this](const std::vector<std::string>& headers) {
            if (!headers.empty()) questions_->offerColumns(headers);
            questions_->setVisible(questions_->hasQuestion());
        });
}

void PreviewCard::presentReport(const ImportReport& report)
{
    const QString format = shownLine(report.formatName, 60);
    const QString taken =
        report.reason.empty() ? format : tr("%1: %2").arg(format, shownLine(report.reason));
    if (reports_.size() > 1) {
        column_->addWidget(
            new Text(shownLine(report.file, 120), TextSize::Body, Tone::Muted, found_));
    }
    column_->addWidget(new Text(taken, TextSize::Body, Tone::Plain, found_));
    addCounts(report);
    for (const std::string& warning : report.warnings) {
        column_->addWidget(new Text(shown(warning), TextSize::Body, Tone::Attention, found_));
    }
    addMessages(report);
    if (report.problemCount == 0) return;
    auto* problems = new ProblemList(found_);
    problems->setProblems(report.problems, report.problemCount);
    column_->addWidget(problems);
}

void PreviewCard::addCounts(const ImportReport& report)
{
    QStringList parts;
    if (report.messages > 0) {
        parts << counted(report.messages, tr("message"), tr("messages"));
        if (report.newMessages < report.messages)
            parts << tr("%1 of them new").arg(number(report.newMessages));
    }
    if (report.people > 0) {
        parts << (report.people == 1 ? tr("1 person") : tr("%1 people").arg(number(report.people)));
    }
    if (report.first) parts << spanText(report.first, report.last);
    if (!report.zone.empty()) parts << tr("times read as %1").arg(shownLine(report.zone, 40));
    if (report.skipped + report.refused > 0) {
        parts << tr("%1 left out").arg(number(report.skipped + report.refused));
    }
    column_->addWidget(
        new Text(parts.join(QStringLiteral(" · ")), TextSize::Reading, Tone::Plain, found_));
}

void PreviewCard::addMessages(const ImportReport& report)
{
    if (report.preview.empty()) return;
    column_->addSpacing(space::hair);
    column_->addWidget(new Text(tr("The first messages, as they will be stored"), TextSize::Small,
                                Tone::Muted, found_));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::large);
    grid->setVerticalSpacing(space::hair);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const PreviewMessage& message : report.preview) {
        const QString when = message.timed ? timeText(message.time) : tr("no date");
        auto* time = new Text(when, TextSize::Small, Tone::Muted, found_);
        auto* who = new Text(message.system ? tr("notice") : shownLine(message.author, 28),
                             TextSize::Small, message.system ? Tone::Muted : Tone::Accent, found_);
        time->setWordWrap(false);
        who->setWordWrap(false);
        grid->addWidget(time, row, 0, Qt::AlignTop);
        grid->addWidget(who, row, 1, Qt::AlignTop);
        grid->addWidget(
            new Text(shownLine(message.text, 160), TextSize::Small, Tone::Plain, found_), row, 2);
        ++row;
    }
    column_->addLayout(grid);
}

}  // namespace kith
