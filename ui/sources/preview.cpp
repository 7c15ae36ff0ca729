#include "ui/sources/preview.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/analysis/answers.h"
#include "core/import/tablesample.h"
#include "ui/sources/adjust.h"
#include "ui/sources/columns.h"
#include "ui/sources/previewdetails.h"
#include "ui/sources/questions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

QString stateWords(PreviewCard::State state)
{
    switch (state) {
    case PreviewCard::State::Waiting: return PreviewCard::tr("Waiting");
    case PreviewCard::State::Reading: return PreviewCard::tr("Looking into it…");
    case PreviewCard::State::Ready: return PreviewCard::tr("Ready");
    case PreviewCard::State::Asking: return PreviewCard::tr("Has a question");
    case PreviewCard::State::Unreadable: return PreviewCard::tr("Cannot be read");
    case PreviewCard::State::Stopped: return PreviewCard::tr("Not looked into");
    }
    return {};
}

Tone toneOf(PreviewCard::State state)
{
    const bool wants =
        state == PreviewCard::State::Asking || state == PreviewCard::State::Unreadable;
    return wants ? Tone::Attention : Tone::Muted;
}

bool isTable(const std::vector<ImportReport>& reports)
{
    return reports.size() == 1 && reports.front().format == "table";
}

}  // namespace

Looked lookInto(const Pick& pick, const ImportOptions& options, Task& task)
{
    Looked looked;
    try {
        looked.reports = previewFile(nullptr, pick.path, options, task);
    } catch (const AnswerNeeded& asked) {
        looked.question = asked.question();
        looked.cause = asked.cause();
    }
    const bool columns = looked.question && looked.question->about == Question::About::Columns;
    if (looked.reports.size() == 1) looked.columns = looked.reports.front().columns;
    if (looked.columns.empty() && (columns || isTable(looked.reports)))
        looked.columns = columnSamples(pick.path, pick.entry);
    return looked;
}

PreviewCard::PreviewCard(Pick pick, QWidget* parent)
    : QFrame(parent), pick_(std::move(pick)), card_(new Card(this))
{
    // An export is most often read where it was made: that is the reading to begin with.
    answers_.read.zone = Zone::local();
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(card_);
    card_->body()->setContentsMargins(space::large, space::medium, space::large, space::medium);
    card_->body()->setSpacing(space::hair);
    addHead();
    summary_ = new Text({}, TextSize::Body, Tone::Muted, card_);
    counts_ = new Text({}, TextSize::Body, Tone::Plain, card_);
    for (Text* line : {summary_, counts_}) {
        card_->body()->addWidget(line);
        line->hide();
    }
    setState(State::Waiting);
}

void PreviewCard::addHead()
{
    const QString name = shownLine(pick_.name, 120);
    auto* row = new QWidget(card_);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::medium);
    auto* title = new Text(name, TextSize::Body, Tone::Plain, row);
    title->setStrong(true);
    stateText_ = new Text({}, TextSize::Small, Tone::Muted, row);
    stateText_->setWordWrap(false);
    stateText_->setObjectName(QStringLiteral("state"));
    unfold_ = linkButton({}, row);
    unfold_->setObjectName(QStringLiteral("unfold"));
    retry_ = linkButton(tr("Look into it"), row);
    retry_->setAccessibleName(tr("Look into %1").arg(name));
    leave_ = linkButton(tr("Leave out"), row);
    leave_->setObjectName(QStringLiteral("leaveOut"));
    leave_->setAccessibleName(tr("Leave out %1").arg(name));
    line->addWidget(title, 1);
    for (QWidget* each : {static_cast<QWidget*>(stateText_), static_cast<QWidget*>(unfold_),
                          static_cast<QWidget*>(retry_), static_cast<QWidget*>(leave_)}) {
        line->addWidget(each);
    }
    card_->body()->addWidget(row);
    connect(leave_, &QPushButton::clicked, this, &PreviewCard::leftOut, Qt::QueuedConnection);
    connect(retry_, &QPushButton::clicked, this, &PreviewCard::again);
    connect(unfold_, &QPushButton::clicked, this, [this] {
        chosen_ = true;
        setOpen(!open_);
    });
}

ImportOptions PreviewCard::options() const
{
    ImportOptions options;
    options.read = answers_.read;
    options.format = answers_.format;
    options.raiseLimits = answers_.raiseLimits;
    options.entry = pick_.entry;
    options.answers = answerFinder();
    options.guess = answers_.formatRight;
    return options;
}

Questions& PreviewCard::questions()
{
    if (questions_ != nullptr) return *questions_;
    questions_ = new Questions(answers_, card_);
    card_->body()->insertWidget(3, questions_);
    connect(questions_, &Questions::answered, this, &PreviewCard::again);
    connect(questions_, &Questions::leaveOutWanted, this, &PreviewCard::leftOut,
            Qt::QueuedConnection);
    return *questions_;
}

void PreviewCard::setState(State state)
{
    state_ = state;
    stateText_->setText(stateWords(state));
    stateText_->setTone(toneOf(state));
    retry_->setVisible(state == State::Stopped);
    const bool folds = state == State::Ready || (state == State::Asking && !reports_.empty());
    unfold_->setVisible(folds);
    Q_EMIT changed();
}

void PreviewCard::again()
{
    setState(State::Waiting);
    Q_EMIT againWanted();
}

void PreviewCard::begin()
{
    setState(State::Reading);
}

void PreviewCard::stop()
{
    setState(State::Stopped);
}

void PreviewCard::fail(const FileFailure& failure)
{
    reports_.clear();
    fill();
    summary_->setText(failure.what);
    summary_->setTone(Tone::Attention);
    counts_->setText(failure.remedy);
    summary_->show();
    counts_->setVisible(!failure.remedy.isEmpty());
    if (questions_ != nullptr) questions_->settle();
    setState(State::Unreadable);
}

void PreviewCard::take(Looked&& looked)
{
    reports_ = std::move(looked.reports);
    samples_ = std::move(looked.columns);
    present();
    fill();
    if (looked.question) {
        questions().ask(*looked.question, looked.cause);
        return setState(State::Asking);
    }
    const auto guess = std::find_if(reports_.begin(), reports_.end(),
                                    [](const ImportReport& report) { return report.guess; });
    if (guess != reports_.end()) {
        questions().confirmFormat(*guess);
        return setState(State::Asking);
    }
    if (questions_ != nullptr) questions_->settle();
    setState(State::Ready);
}

void PreviewCard::present()
{
    QStringList taken;
    QStringList counts;
    for (const ImportReport& report : reports_) {
        const QString format = shownLine(report.formatName, 60);
        taken << (report.reason.empty() ? format
                                        : tr("%1: %2").arg(format, shownLine(report.reason)));
        counts << contentsLine(report);
    }
    taken.removeDuplicates();
    summary_->setTone(Tone::Muted);
    summary_->setText(taken.join(QLatin1Char('\n')));
    counts_->setText(counts.join(QLatin1Char('\n')));
    summary_->setVisible(!taken.isEmpty());
    counts_->setVisible(!counts.isEmpty());
}

void PreviewCard::setOpen(bool open)
{
    open_ = open;
    fill();
}

void PreviewCard::suggestOpen(bool open)
{
    if (!chosen_ && open != open_) setOpen(open);
}

void PreviewCard::buildDetails()
{
    details_ = new QWidget(card_);
    auto* column = new QVBoxLayout(details_);
    column->setContentsMargins(0, space::hair, 0, 0);
    column->setSpacing(space::medium);
    adjustments_ = new Adjustments(answers_, details_);
    columns_ = new ColumnMapping(answers_, details_);
    column->addWidget(adjustments_);
    column->addWidget(columns_);
    card_->body()->addWidget(details_);
    connect(adjustments_, &Adjustments::adjusted, this, &PreviewCard::again);
    connect(columns_, &ColumnMapping::mapped, this, &PreviewCard::again);
    connect(columns_, &ColumnMapping::peopleTableChosen, this, &PreviewCard::isPeopleTable,
            Qt::QueuedConnection);
}

/// What was found is shown anew for every preview; what can be set stays, and keeps the keys.
void PreviewCard::fill()
{
    unfold_->setText(open_ ? tr("Fold") : tr("Look closer"));
    unfold_->setAccessibleName(tr("%1: %2").arg(unfold_->text(), shownLine(pick_.name, 120)));
    if (found_ != nullptr) {
        found_->hide();
        found_->deleteLater();
        found_ = nullptr;
    }
    const bool read = open_ && !reports_.empty();
    const bool asked = reports_.empty() && !samples_.empty();
    if (details_ == nullptr && (read || asked)) buildDetails();
    if (details_ == nullptr) return;
    details_->setVisible(read || asked);
    if (read) {
        found_ = new QWidget(details_);
        auto* column = new QVBoxLayout(found_);
        column->setContentsMargins(0, 0, 0, 0);
        for (const ImportReport& report : reports_)
            column->addWidget(new PreviewDetails(report, found_));
        qobject_cast<QVBoxLayout*>(details_->layout())->insertWidget(0, found_);
    }
    adjustments_->consider(reports_);
    columns_->offer(samples_, reports_.empty() ? "table" : reports_.front().format);
}

}  // namespace kith
