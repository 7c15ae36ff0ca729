#pragma once

#include "core/base/task.h"
#include "core/import/encoding.h"
#include "core/import/lines.h"
#include "core/import/onefile.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A word of a line, and whether it stood in quotes (where spaces and keywords are just text).
struct GraphWord {
    std::string text;
    bool quoted = false;
};

/// Cuts a line at spaces, tabs and the `extra` signs; "two words" and 'two words' are one.
std::vector<GraphWord> graphWords(std::string_view line, std::string_view extra = {});

/// What the lines of a graph file are to be read as; absent: UTF-8 with lines of Windows-1252 in
/// it.
/// @param answer ReadOptions::encoding
/// @throws as EncodingSurvey::decide; Cancelled
std::optional<TextEncoding> lineEncoding(const OneFile& file, const std::string& answer,
                                         Task& task);

/// The lines of a graph file that is plain text, as UTF-8; tells `task` how far it has come.
class GraphLines {
public:
    /// @param encoding of a file that is not all UTF-8, which is then read as Windows-1252
    GraphLines(const OneFile& file, Task& task, std::optional<TextEncoding> encoding = {});

    /// The next line that is not blank, valid until the next call; nullptr at the end.
    const std::string* next();

    std::uint64_t line() const { return lines_.line(); }
    bool repaired() const { return repaired_; }  ///< some line was not UTF-8

private:
    std::unique_ptr<ByteSource> source_;
    LineReader lines_;
    Task& task_;
    std::optional<TextEncoding> encoding_;
    std::string line_;
    std::uint64_t reported_ = 0;
    bool repaired_ = false;
};

}  // namespace kith
