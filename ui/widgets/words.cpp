#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "core/base/text.h"

namespace kith {

namespace {

bool hidesOrReorders(QChar letter)
{
    const ushort code = letter.unicode();
    return (code >= 0x200B && code <= 0x200C) || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF;
}

QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedKingdom);
}

QDateTime utc(Time time)
{
    return QDateTime::fromMSecsSinceEpoch(toMillis(time), Qt::UTC);
}

}  // namespace

QString shown(std::string_view text)
{
    QString result = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar& letter : result) {
        const bool control = letter.category() == QChar::Other_Control &&
                             letter != QLatin1Char('\n') && letter != QLatin1Char('\t');
        if (control || hidesOrReorders(letter)) letter = QChar(0xFFFD);
    }
    return result;
}

QString shownLine(std::string_view text, int most)
{
    // Cutting before converting keeps a cell cheap however long the message is.
    const std::string head = shorten(text, static_cast<std::size_t>(most) * 4);
    QString line = shown(head);
    for (QChar& letter : line) {
        if (letter == QLatin1Char('\n') || letter == QLatin1Char('\t')) letter = QLatin1Char(' ');
    }
    if (line.size() > most) line = line.left(most) + QChar(0x2026);
    return line;
}

QString traitWords(std::string_view name)
{
    return shownLine(name, 40).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString screenWords(std::string_view sentence)
{
    QString text = shown(sentence);
    const auto option = text.indexOf(QStringLiteral("--"));
    if (option < 0) return text;
    const auto cut = qMax(text.lastIndexOf(QLatin1Char(';'), option),
                          text.lastIndexOf(QStringLiteral(". "), option));
    return cut < 0 ? text.left(option).trimmed() : text.left(cut);
}

QString platformName(std::string_view id)
{
    constexpr std::pair<std::string_view, const char*> names[] = {
        {"whatsapp", "WhatsApp"},
        {"telegram", "Telegram"},
        {"slack", "Slack"},
        {"discord", "Discord"},
        {"mail", QT_TRANSLATE_NOOP("words", "E-mail")},
        {"x", "X (Twitter)"},
        {"reddit", "Reddit"},
        {"mastodon", "Mastodon"},
        {"bluesky", "Bluesky"},
        {"youtube", "YouTube"},
        {"facebook", "Facebook"},
        {"messenger", "Facebook Messenger"},
        {"instagram", "Instagram"},
        {"irc", "IRC"},
        {"signal", "Signal"},
        {"googlechat", "Google Chat"},
        {"google-chat", "Google Chat"},
        {"mattermost", "Mattermost"},
        {"rocketchat", "Rocket.Chat"},
        {"discourse", "Discourse"},
        {"teams", "Microsoft Teams"},
        {"zulip", "Zulip"},
        {"matrix", "Matrix"},
        {"polis", "Polis"},
        {"votes", QT_TRANSLATE_NOOP("words", "A table of votes")},
        {"convokit", "ConvoKit"},
        {"tiktok", "TikTok"},
        {"telegramchannel", "Telegram"},
        {"4chan", "4chan"},
        {"tumblr", "Tumblr"},
        {"linkedin", "LinkedIn"},
        {"table", QT_TRANSLATE_NOOP("words", "A table")},
        {"graph", QT_TRANSLATE_NOOP("words", "A map file")},
    };
    for (const auto& [known, name] : names) {
        if (known == id) return QCoreApplication::translate("words", name);
    }
    QString name = shownLine(id, 40);
    if (!name.isEmpty()) name[0] = name[0].toUpper();
    return name;
}

QString menuText(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString toolTipOf(const QString& text)
{
    return QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

QString number(std::int64_t value)
{
    return QString::fromStdString(withSeparators(value));
}
QString number(std::uint64_t value)
{
    return number(static_cast<std::int64_t>(value));
}

QString counted(std::uint64_t count, const QString& one, const QString& many)
{
    return number(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

QString dayText(std::optional<Time> time)
{
    if (!time) return QCoreApplication::translate("words", "no date");
    return english().toString(utc(*time).date(), QStringLiteral("d MMM yyyy"));
}

QString timeText(std::optional<Time> time)
{
    if (!time) return QCoreApplication::translate("words", "no date");
    return english().toString(utc(*time), QStringLiteral("d MMM yyyy, HH:mm"));
}

QString spanText(std::optional<Time> first, std::optional<Time> last)
{
    if (!first || !last) return dayText(first ? first : last);
    const QDate from = utc(*first).date();
    const QDate to = utc(*last).date();
    if (from == to) return dayText(first);
    const QString form =
        from.year() == to.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy");
    return QStringLiteral("%1 – %2").arg(english().toString(from, form), dayText(last));
}

}  // namespace kith
