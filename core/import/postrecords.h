#pragma once

#include "core/import/jsonlines.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The records of a file that may be a list, an answer of an interface that holds lists of them,
/// one of either a line, or one alone. A document is walked through in constant memory, whatever
/// its size; a line or a record that stands alone may take 64 MB.
class PostRecords {
public:
    /// @param lists members of the outermost object that hold records: "statuses", "feed"
    PostRecords(const OneFile& file, Task& task, std::vector<std::string> lists);

    struct Record {
        const Json* value = nullptr;  ///< valid until the next call; nullptr with trouble
        std::string trouble;          ///< why it cannot be read, a clause
        std::string text;             ///< the line as it stands, only with trouble in a line
        Place place;
        const Json* page = nullptr;  ///< the whole line that holds the list, nullptr in a document
        std::string list;            ///< the name of the list; empty for the root and for lone ones
    };

    /// Whether it is a document, rather than lines. Before next().
    bool isOneDocument() const { return elements_ != nullptr; }

    /// The next record, valid until the next call; nullptr at the end. Where the text breaks off,
    /// the records before it have been given and the last one says so.
    const Record* next();

private:
    const Record* nextOfDocument();
    const Record* nextOfLines();
    bool salvage(JsonLines::Line& line);
    bool fill(const JsonLines::Line& line);
    const Record* whole();

    const OneFile& file_;
    Task& task_;
    std::vector<std::string> lists_;

    std::unique_ptr<ByteSource> source_;  ///< of a document
    std::unique_ptr<JsonElements> elements_;
    std::uint64_t reported_ = 0;
    std::uint64_t given_ = 0;
    bool ended_ = false;
    Json value_;

    std::unique_ptr<JsonLines> lines_;
    std::vector<Json> saved_;  ///< what was whole in a broken line
    std::vector<Record> waiting_;
    Record record_;  ///< the one given last, unless it was waiting
    std::size_t at_ = 0;
};

/// The first record of a file that is looked at, if it stands whole in what is known of it.
std::optional<Json> firstPostIn(std::string_view head, const std::vector<std::string>& lists);

}  // namespace kith
