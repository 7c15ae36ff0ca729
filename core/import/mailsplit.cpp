#include "core/import/mailsplit.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/tabledates.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

constexpr std::array<std::string_view, 14> mailHeaders{
    "from",         "date",    "message-id", "received",     "return-path",
    "delivered-to", "subject", "sender",     "mime-version", "in-reply-to",
    "references",   "to",      "reply-to",   "x-original-to"};

std::string_view headerName(std::string_view line)
{
    return line.substr(0, line.find(':'));
}

/// From the weekday on: "Mon Nov  7 18:44:27 2016".
std::string_view datePart(std::string_view line)
{
    constexpr std::array<std::string_view, 7> days{" Mon ", " Tue ", " Wed ", " Thu ",
                                                   " Fri ", " Sat ", " Sun "};
    for (const auto day : days) {
        const auto at = line.rfind(day);
        if (at != std::string_view::npos) return trim(line.substr(at));
    }
    return {};
}

}  // namespace

bool isFromLine(std::string_view line)
{
    if (!line.starts_with("From ")) return false;
    const auto date = datePart(line);
    const bool clock = date.find(':') != std::string_view::npos;
    return clock && std::ranges::count_if(date, isDigit) >= 7;
}

std::optional<Time> fromLineTime(std::string_view line)
{
    // The weekday is dropped because archives of old hosts get it wrong.
    const auto moment = TableDates().read(datePart(line), Zone());
    if (!moment) return std::nullopt;
    return moment->time;
}

bool isHeaderLine(std::string_view line)
{
    const auto name = headerName(line);
    if (name.empty() || name.size() == line.size() || name.size() > 76) return false;
    return std::ranges::all_of(name, [](char c) { return c > ' ' && c < 127; });
}

bool isMailHeader(std::string_view line)
{
    return isHeaderLine(line) &&
           std::ranges::find(mailHeaders, asciiLower(headerName(line))) != mailHeaders.end();
}

MailSplitter::MailSplitter(ByteSource& source, std::string name) : lines_(source, std::move(name))
{
    fetch();
    while (fetch() && trim(line_).empty()) {
    }
}

/// Moves one line on; the first call only fills the line ahead.
bool MailSplitter::fetch()
{
    afterBlank_ = !hasLine_ || trim(line_).empty();
    line_.swap(ahead_);
    hasLine_ = hasAhead_;
    if (hasLine_) ++number_;
    const auto line = lines_.next();
    hasAhead_ = line.has_value();
    if (line) ahead_.assign(*line);
    return hasLine_;
}

bool MailSplitter::startsMail() const
{
    if (!line_.starts_with("From ") || !hasAhead_ || !isFromLine(line_)) return false;
    return afterBlank_ ? isHeaderLine(ahead_) : isMailHeader(ahead_);
}

std::optional<RawMail> MailSplitter::next()
{
    if (!hasLine_) return std::nullopt;
    RawMail mail;
    mail.line = number_;
    if (startsMail()) {
        mail.crowded = !afterBlank_;
        mail.fromLine = line_;
        fetch();
    }
    for (; hasLine_ && !startsMail(); fetch()) {
        std::string_view line = line_;
        const auto marks = std::min(line.find_first_not_of('>'), line.size());
        if (mail.fromInside == 0 && marks == 0 && isFromLine(line)) mail.fromInside = number_;
        if (marks > 0 && line.substr(marks).starts_with("From ")) line.remove_prefix(1);
        mail.tooLong = mail.tooLong || mail.bytes.size() + line.size() >= longest;
        if (mail.tooLong) continue;
        mail.bytes += line;
        mail.bytes += '\n';
    }
    return mail;
}

}  // namespace kith
