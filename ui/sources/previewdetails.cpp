#include "ui/sources/previewdetails.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "core/import/shows.h"
#include "ui/sources/failure.h"
#include "ui/widgets/problems.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

QString showsText(const std::string& format, bool flat)
{
    QStringList sentences;
    for (const std::string& sentence : showsInWords(format, flat)) sentences << shown(sentence);
    return sentences.join(QLatin1Char(' '));
}

QStringList warningsToShow(const std::vector<std::string>& warnings)
{
    QStringList words;
    for (const std::string& warning : warnings) {
        if (warning != onePersonsViewNote) words << asSentence(screenWords(warning));
    }
    return words;
}

QString contentsLine(const ImportReport& report)
{
    QStringList parts;
    const auto tr = [](const char* text) { return PreviewDetails::tr(text); };
    if (report.messages > 0) parts << counted(report.messages, tr("message"), tr("messages"));
    if (report.votes > 0) parts << counted(report.votes, tr("vote"), tr("votes"));
    if (report.people > 0) {
        parts << (report.people == 1 ? tr("1 person") : tr("%1 people").arg(number(report.people)));
    }
    const auto given = report.ties.find(TieKind::Given);
    if (given != report.ties.end()) parts << counted(given->second, tr("tie"), tr("ties"));
    if (report.first) parts << spanText(report.first, report.last);
    if (report.skipped + report.refused > 0)
        parts << tr("%1 left out").arg(number(report.skipped + report.refused));
    if (report.repaired > 0) parts << tr("%1 mended").arg(number(report.repaired));
    if (report.withheld > 0) {
        parts << tr("%1 of people who asked to be forgotten").arg(number(report.withheld));
    }
    return parts.isEmpty() ? tr("Nothing that can be stored") : parts.join(QStringLiteral(" · "));
}

QString zoneText(const std::string& zone)
{
    if (zone == "Etc/UTC" || zone == "Etc/UCT" || zone == "Etc/Zulu") return QStringLiteral("UTC");
    return shownLine(zone, 40).replace(QLatin1Char('_'), QLatin1Char(' '));
}

PreviewDetails::PreviewDetails(const ImportReport& report, QWidget* parent)
    : QWidget(parent), column_(new QVBoxLayout(this))
{
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space::small);
    addShows(report);
    addMessages(report);
    addProblems(report);
}

void PreviewDetails::addShows(const ImportReport& report)
{
    const bool flat = report.ties.contains(TieKind::Adjacent) || report.flat;
    const QString text = showsText(report.format, flat);
    if (!text.isEmpty()) column_->addWidget(new Text(text, TextSize::Body, Tone::Muted, this));
    for (const QString& warning : warningsToShow(report.warnings))
        column_->addWidget(new Text(warning, TextSize::Body, Tone::Attention, this));
}

void PreviewDetails::addMessages(const ImportReport& report)
{
    if (report.preview.empty()) return;
    column_->addWidget(new Text(tr("The first messages, as they will be stored"), TextSize::Small,
                                Tone::Muted, this));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::large);
    grid->setVerticalSpacing(space::hair);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const PreviewMessage& message : report.preview) {
        const QString when = message.timed ? timeText(message.time) : tr("no date");
        auto* time = new Text(when, TextSize::Small, Tone::Muted, this);
        auto* who = new Text(message.system ? tr("notice") : shownLine(message.author, 28),
                             TextSize::Small, message.system ? Tone::Muted : Tone::Accent, this);
        time->setWordWrap(false);
        who->setWordWrap(false);
        grid->addWidget(time, row, 0, Qt::AlignTop);
        grid->addWidget(who, row, 1, Qt::AlignTop);
        grid->addWidget(new Text(shownLine(message.text, 160), TextSize::Small, Tone::Plain, this),
                        row, 2);
        ++row;
    }
    column_->addLayout(grid);
}

void PreviewDetails::addProblems(const ImportReport& report)
{
    // What is noted of the whole file stands among the warnings already.
    std::vector<Problem> records = report.problems;
    std::erase_if(records, [](const Problem& each) { return each.outcome == Outcome::Noted; });
    const auto noted = report.problems.size() - records.size();
    if (records.empty()) return;
    auto* list = new ProblemList(this);
    list->setProblems(records, report.problemCount - noted);
    column_->addWidget(list);
}

}  // namespace kith
