#pragma once

#include <QString>

#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kith {

/// Text that came from a file, as it may be shown: marks that reorder or hide letters are made
/// visible, so that nobody can pass as somebody else by them. Show it as plain text only.
QString shown(std::string_view text);

/// On one line: line ends become spaces, at most `most` letters, with "…" when cut.
QString shownLine(std::string_view text, int most = 200);

/// The name of a trait as people write it: "age band" for "age_band".
QString traitWords(std::string_view name);

/// A sentence of the core as a screen may say it: without the part that speaks of options of the
/// command line.
QString screenWords(std::string_view sentence);

/// A platform as people call it: "WhatsApp" for "whatsapp".
QString platformName(std::string_view id);

/// For menus and buttons, where a lone "&" would make the letter behind it a shortcut.
QString menuText(QString text);

/// For tool tips and other places where Qt guesses the format: escaped, so that it stays text.
QString toolTipOf(const QString& text);

QString number(std::int64_t value);  ///< "1,234,567"
QString number(std::uint64_t value);

/// "1 message", "1,234 messages".
QString counted(std::uint64_t count, const QString& one, const QString& many);

QString dayText(std::optional<Time> time);   ///< "14 Mar 2024", in UTC; "no date"
QString timeText(std::optional<Time> time);  ///< "14 Mar 2024, 18:04"
QString spanText(std::optional<Time> first, std::optional<Time> last);  ///< "14 Mar – 2 Jun 2024"

}  // namespace kith
