#pragma once

#include "core/import/jsonitems.h"

#include <cstdint>
#include <string>

namespace kith {

/// Takes the items of one of many files. One that cannot be read at all is one refused record.
/// @return how many records were seen
std::uint64_t itemsOrRefusal(JsonItems& items, const Place& place, Sink& sink,
                             const JsonItems::Take& take);

/// One topic of a public archive of Zulip: names of senders are all there is.
class ZulipTopic {
public:
    ZulipTopic(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package), options_(options), sink_(sink), task_(task)
    {}

    /// @param alone whether there is no other file: then one that cannot be read is an Error
    /// @return how many messages were seen
    std::uint64_t read(std::size_t entry, bool alone);

private:
    void take(const JsonItems::Item& item, const std::string& stream, const std::string& topic);

    const Package& package_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
};

}  // namespace kith
