#pragma once

#include "core/base/time.h"
#include "core/import/lines.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// One mail as it stands in the file, unescaped, with \n as line end.
struct RawMail {
    std::string bytes;
    std::string fromLine;    ///< "From ann@example.org Mon Nov  7 18:44:27 2016"; empty in an .eml
    std::uint64_t line = 0;  ///< where it starts, from 1
    bool crowded = false;    ///< no empty line before its From line
    std::uint64_t fromInside = 0;  ///< line in it that is like a From line, but no mail follows
    bool tooLong = false;          ///< cut at MailSplitter::longest
};

/// Cuts an mbox or pipermail archive into mails, one in memory at a time. A mail starts at a line
/// "From " that carries a date and is followed by a header, after an empty line or, when the header
/// is one that mails begin with, without one. A file that does not start so is one single mail.
class MailSplitter {
public:
    static constexpr std::size_t longest = 64U << 20U;

    MailSplitter(ByteSource& source, std::string name);

    std::optional<RawMail> next();

    std::uint64_t consumed() const { return lines_.consumed(); }

private:
    bool fetch();
    bool startsMail() const;

    LineReader lines_;
    std::string line_;   ///< the line looked at
    std::string ahead_;  ///< the one behind it
    bool hasLine_ = false;
    bool hasAhead_ = false;
    std::uint64_t number_ = 0;
    bool afterBlank_ = true;
};

/// "From ... Mon Nov  7 18:44:27 2016".
bool isFromLine(std::string_view line);

/// The date in such a line; nullopt when it makes no sense.
std::optional<Time> fromLineTime(std::string_view line);

/// "Subject: ...".
bool isHeaderLine(std::string_view line);

/// A header that tells a mail from any other text: From, Date, Message-ID, Received ...
bool isMailHeader(std::string_view line);

}  // namespace kith
