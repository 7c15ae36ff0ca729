#include "ui/sources/totals.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/sources/importing.h"
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

QString importedText(const Importing& importing)
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
    return text;
}

QString stoppedText(const Importing& importing)
{
    if (importing.done.empty()) return tr("Stopped. The file being imported was not stored.");
    return tr("Stopped. %1 of %2 files were imported, each whole; the others are still in the "
              "list.")
        .arg(number(std::uint64_t{importing.done.size()}),
             number(std::uint64_t{importing.files.size()}));
}

QString remarkOn(const ListCounts& counts)
{
    QStringList parts;
    if (counts.finding) parts << tr("looking for conversations");
    if (counts.waiting > 0) parts << tr("%1 still to look into").arg(number(counts.waiting));
    if (counts.asking == 1) parts << tr("1 waits for an answer");
    if (counts.asking > 1) parts << tr("%1 wait for an answer").arg(number(counts.asking));
    if (counts.unreadable > 0) parts << tr("%1 cannot be read").arg(number(counts.unreadable));
    if (counts.stopped > 0) parts << tr("%1 not looked into").arg(number(counts.stopped));
    const QString promise = tr("Nothing is stored until you choose Import.");
    if (parts.isEmpty()) return promise;
    QString text = parts.join(QStringLiteral(" · "));
    text[0] = text[0].toUpper();
    return QStringLiteral("%1. %2").arg(text, promise);
}

}  // namespace kith
