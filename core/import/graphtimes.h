#pragma once

#include "core/import/graphitems.h"
#include "core/import/reader.h"
#include "core/import/tabledates.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// The times of one graph file, which are dates (2024-03-01, with or without a time of day), days
/// as 01/03/2024, or plain numbers. Numbers are times only when they count seconds or milliseconds
/// since 1970: "2004" may be a year or the 2004th step of a simulation. Which it is, is decided for
/// the whole file; one that mixes them is asked about, and nothing in it is guessed.
class GraphTimes {
public:
    /// @param zone of wall times; absent = UTC
    explicit GraphTimes(std::optional<Zone> zone) : zone_(std::move(zone)) {}

    /// First walk. Infinite and empty times are no times.
    void survey(std::string_view text, std::uint64_t line);

    /// Between the walks.
    /// @throws AnswerNeeded about dates when the styles are mixed, or day and month cannot be told
    ///         apart; Error BadInput when the days are written in two orders
    void decide(std::optional<DateOrder> answer, const OneFile& file);

    /// Second walk; nullopt when the text is no time that can be used.
    std::optional<Time> read(std::string_view text) const;

    void zone(const Zone& zone) { zone_ = zone; }  ///< the file names its own
    bool hasWallTimes() const { return wall_ || days_.hasWallTimes(); }

    /// What is to be said of the file's times; empty when they were all used as they stand.
    std::string note() const;

private:
    struct Seen {
        std::uint64_t count = 0;
        std::uint64_t line = 0;
        std::string example;
    };

    Seen dates_;    ///< as ISO 8601 has them
    Seen slashes_;  ///< 01/03/2024
    Seen numbers_;  ///< counting from 1970
    Seen steps_;    ///< other numbers
    Seen others_;
    bool wall_ = false;
    TableDates days_;
    std::optional<DateOrder> answer_;
    bool mixed_ = false;
    std::optional<Zone> zone_;
};

/// The first time of "<[2016-02-03, 2016-02-04]; [...]>", "[1, 5]" or of a single time; of values
/// over time, "<[1.0, 2, 1]; [2, 3, 2]>", the mean of the values, as text. Empty when there is
/// none.
std::string firstMoment(std::string_view text);
std::string meanValue(std::string_view text);

}  // namespace kith
