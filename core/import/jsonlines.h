#pragma once

#include "core/base/task.h"
#include "core/base/time.h"
#include "core/import/json.h"
#include "core/import/lines.h"
#include "core/import/onefile.h"

#include <memory>
#include <optional>
#include <string>

namespace kith {

/// Reads a file of one JSON value a line; a file whose first line is a lone "{" is one value over
/// many lines.
class JsonLines {
public:
    /// Tells `task` how far it has come.
    JsonLines(const OneFile& file, Task& task);

    struct Line {
        Json value;           ///< null when it cannot be parsed; as valid as the line
        std::string trouble;  ///< why not, a clause; empty when all is well
        std::string text;     ///< the line as it stands, only with trouble
        Place place;
    };

    /// The next line that is not blank, valid until the next call; nullptr at the end.
    Line* next();

private:
    std::string rest(std::string_view line);
    void fill(std::string_view text, bool inPlace);

    const OneFile& file_;
    std::unique_ptr<ByteSource> source_;
    LineReader lines_;
    Task& task_;
    Line line_;
    std::uint64_t reported_ = 0;
};

/// Seconds since 1970 from an int, a float or a string, as Time; nullopt for anything else and for
/// years before 1970 or after 9999.
std::optional<Time> epochTime(const Json& value);

}  // namespace kith
