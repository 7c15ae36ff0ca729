#pragma once

#include "core/base/task.h"
#include "core/import/onefile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// How the bytes of a text file are to be read.
enum class TextEncoding : std::uint8_t {
    Utf8,         ///< what is not UTF-8 becomes U+FFFD
    Windows1252,  ///< as Windows wrote western European text before UTF-8; Latin-1 in the main
    Utf8Twice     ///< UTF-8 of which some was taken for Windows-1252 and encoded again: "JosÃ©"
};

/// "windows-1252" (also "cp1252", "latin-1", "iso-8859-1"), "utf-8" or "utf-8-twice", in any case,
/// as in ReadOptions::encoding; nullopt for empty.
/// @throws Error Usage for another name
std::optional<TextEncoding> encodingNamed(std::string_view name);

/// `text` as UTF-8. `repaired` is set when something had to be replaced; undoing a double encoding
/// is not that.
std::string decoded(std::string_view text, TextEncoding encoding, bool& repaired);

/// Finds out over the lines of a whole file whether it is UTF-8:
///
///     EncodingSurvey survey;
///     while (const auto line = lines.next()) survey.look(*line, lines.line(), lines.byte());
///     const auto encoding = survey.decide(options.encoding, file);
///
/// A file most of whose letters beyond ASCII are UTF-8 is UTF-8, damaged in places if not all are.
/// One in which they mostly are not is in another encoding, and only the user can tell which.
/// Costs one comparison a byte for plain ASCII.
class EncodingSurvey {
public:
    /// @param number the line, from 1
    /// @param byte   where the line starts, when that is known
    void look(std::string_view line, std::uint64_t number, std::optional<std::uint64_t> byte = {});

    bool isUtf8() const { return bad_ == 0; }
    bool isBeyondAscii() const { return good_ + bad_ > 0; }
    bool isDamagedUtf8() const { return bad_ > 0 && good_ > bad_; }
    std::uint64_t firstBadLine() const { return line_; }  ///< 0 = none
    std::optional<std::uint64_t> firstBadByte() const { return byte_; }

    /// @param answer ReadOptions::encoding; without effect on a file that is UTF-8
    /// @throws AnswerNeeded about the encoding, with a sample in both readings and the place of the
    ///         first byte that is not UTF-8; Error Usage for an unknown answer
    TextEncoding decide(std::string_view answer, const OneFile& file) const;

private:
    std::uint64_t good_ = 0;  ///< characters beyond ASCII that are UTF-8
    std::uint64_t bad_ = 0;   ///< bytes that are not
    std::uint64_t line_ = 0;
    std::optional<std::uint64_t> byte_;
    std::string sample_;  ///< raw bytes around the first bad one
};

/// Walks through a whole file for that.
/// @throws as EncodingSurvey::decide; Cancelled
EncodingSurvey encodingSurvey(const OneFile& file, Task& task);

}  // namespace kith
