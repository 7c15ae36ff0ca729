#pragma once

#include "core/import/json.h"
#include "core/import/jsonrecords.h"
#include "core/import/reader.h"

#include <functional>
#include <string>
#include <vector>

namespace kith {

/// The walk of JsonRecords with each record handed on, and its end told.
class JsonItems {
public:
    struct Item {
        const Json& json;  ///< always an object
        std::size_t path;  ///< which of the paths
        Place place;
        const JsonElements& around;  ///< for the scalars beside the array
    };
    using Take = std::function<void(const Item&)>;

    /// @param paths as in JsonElements
    JsonItems(const Package& package, std::size_t entry, std::vector<std::string> paths, Sink& sink,
              Task& task);

    /// Counts every record as seen; one that is no object or too long is refused here. Where the
    /// document breaks off, what came before is kept and the place is noted.
    /// @throws Error BadInput when there is none of the arrays, or it breaks off before any record
    void each(const Take& take);

    /// Also of what was seen before an exception.
    std::uint64_t seen() const { return seen_; }

private:
    const Package& package_;
    std::size_t entry_;
    std::vector<std::string> paths_;
    Sink& sink_;
    Task& task_;
    std::uint64_t seen_ = 0;
};

/// The items of one array of a small document, read whole (lists of people and the like).
/// Broken ones are left out: whoever counts them reads with JsonItems.
std::vector<Json> itemsOf(const Package& package, std::size_t entry, const std::string& path);

/// The scalar beside the arrays of a document, read through to its end.
std::string scalarOf(const Package& package, std::size_t entry, const std::string& path);

/// The record's text, cut at 256 KB when it is longer, and a Repaired problem then.
std::string boundedText(std::string text, const Place& place, Sink& sink);

/// "sub/name.json" -> "name.json".
std::string_view lastPartOf(std::string_view name);

/// An instant of an ISO text with its offset, UTC without one; nullopt when it is none.
std::optional<Time> isoInstant(std::string_view text);

/// Milliseconds since 1970.
std::optional<Time> epochMillis(const Json& value);

}  // namespace kith
