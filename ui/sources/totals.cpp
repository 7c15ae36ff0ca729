#include "ui/sources/totals.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/widgets/words.h"

namespace kith {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("totals", text);
}

}  // namespace

void Totals::add(const std::vector<ImportReport>& reports)
{
    ++files;
    for (const ImportReport& report : reports) {
        messages += report.messages;
        votes += report.votes;
        if (report.messages > 0) continue;
        people += report.people;
        const auto given = report.ties.find(TieKind::Given);
        if (given != report.ties.end()) ties += given->second;
    }
}

QString contentsOf(const Totals& totals)
{
    QStringList parts;
    if (totals.messages > 0) parts << counted(totals.messages, tr("message"), tr("messages"));
    if (totals.votes > 0) parts << counted(totals.votes, tr("vote"), tr("votes"));
    if (totals.people > 0) parts << counted(totals.people, tr("person"), tr("people"));
    if (totals.ties > 0) parts << counted(totals.ties, tr("tie"), tr("ties"));
    if (parts.isEmpty()) return tr("nothing");
    if (parts.size() == 1) return parts.first();
    const QString last = parts.takeLast();
    return tr("%1 and %2").arg(parts.join(QStringLiteral(", ")), last);
}

QString importText(const Totals& totals)
{
    if (totals.files == 0) return tr("Import");
    return tr("Import %1 from %2")
        .arg(contentsOf(totals), counted(totals.files, tr("file"), tr("files")));
}

}  // namespace kith
