#include "ui/sources/failure.h"

#include <QCoreApplication>

#include "core/base/error.h"
#include "ui/jobs/explain.h"
#include "ui/widgets/words.h"

namespace kith {

QString asSentence(QString clause)
{
    if (clause.isEmpty()) return clause;
    clause[0] = clause[0].toUpper();
    const bool ended = clause.endsWith(QLatin1Char('.')) || clause.endsWith(QLatin1Char('?'));
    return ended ? clause : clause + QLatin1Char('.');
}

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("failure", text);
}

bool speaksOfCommands(const QString& text)
{
    return text.contains(QStringLiteral("--")) || text.contains(QStringLiteral("command"));
}

/// The sentences of a remedy that make sense on a screen.
QString withoutCommands(const QString& remedy)
{
    QStringList kept;
    for (QString& each : remedy.split(QStringLiteral(". "), Qt::SkipEmptyParts)) {
        if (!speaksOfCommands(each)) kept << asSentence(each.trimmed());
    }
    return kept.join(QLatin1Char(' '));
}

QString remedyFor(const Error& error)
{
    const QString own = withoutCommands(shown(error.remedy()));
    if (!own.isEmpty()) return own;
    const Error::Kind kind = error.kind();
    if (kind == Error::Kind::FileUnreadable)
        return tr("Check that it exists and that you may read it.");
    if (kind == Error::Kind::BadInput) return tr("Export it again, or leave this file out.");
    if (kind == Error::Kind::FormatUnknown)
        return tr("Choose the file that the platform gave you.");
    return {};
}

}  // namespace

FileFailure failureOf(const Error& error)
{
    Place inside = error.where();
    inside.file.clear();
    QString what = shown(error.cause());
    const QString where = shownLine(inside.text(), 120);
    if (!where.isEmpty()) what += QStringLiteral(" (%1)").arg(where);
    return {asSentence(what), remedyFor(error)};
}

FileFailure failureOf(const std::exception_ptr& reason)
{
    try {
        std::rethrow_exception(reason);
    } catch (const Error& error) {
        return failureOf(error);
    } catch (const std::exception&) {
        return {explain(reason), {}};
    }
}

}  // namespace kith
