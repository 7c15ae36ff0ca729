#pragma once

#include "core/base/largepages.h"
#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace kith {

/// What messages can be found by. Values are stored: never renumber.
enum class PostingList : std::uint8_t {
    Identity = 1,  ///< the upper half of IdentityBook's hash of conversation and the platform's id
    Account = 2,
    Thread = 3,
    Conversation = 4
};

/// A key and a message that has it, as one number that sorts by key, then message.
/// @throws Error LimitReached beyond four billion messages, accounts or threads
std::uint64_t posting(std::int64_t key, std::int64_t message);

/// Where to look for the messages of a key: an index of our own, written from sorted keys, some 3
/// to 5 bytes a message. It promises that no message is missing, not that every message in it is
/// still there or has the key: whoever finds one looks at its row. So removals leave it alone, and
/// what is undone needs nothing put back. It lies in runs that are sorted in themselves; each is at
/// least twice as long as the next, so that there are few.
class Postings {
    struct Block {
        std::int64_t id = 0;
        std::int64_t first = 0;  ///< key
        std::int64_t last = 0;
    };
    struct Run {
        std::int64_t number = 0;
        std::size_t size = 0;
        std::vector<Block> blocks;
    };

public:
    Postings(const Database& db, PostingList list);

    bool empty() const { return runs_.empty(); }

    /// Puts the messages that may have this key behind `found`, each once, in rising order.
    void find(std::int64_t key, std::vector<std::int64_t>& found);

    /// The same one after the other, for a key that may have millions: a block of each run at a
    /// time. Nothing may be added meanwhile.
    class Walk {
    public:
        Walk(Postings& postings, std::int64_t key);

        /// nullopt behind the last
        std::optional<std::int64_t> next();

    private:
        struct Place {
            const Run* run;
            std::size_t block;  ///< that `numbers` come from
            LargeVector<std::uint64_t> numbers;
            std::size_t at;
        };
        bool settle(Place& place);

        Postings& postings_;
        std::uint64_t key_;
        std::vector<Place> places_;
        std::int64_t before_ = -1;
    };

    /// Takes postings in any order and leaves none.
    void add(LargeVector<std::uint64_t>& postings);

    /// Every posting, run by run. `each` gets key and message.
    template <class Each>
    void each(Each each)
    {
        LargeVector<std::uint64_t> numbers;
        for (const Run& run : runs_) {
            for (const Block& block : run.blocks) {
                load(block, numbers);
                for (const auto number : numbers)
                    each(static_cast<std::int64_t>(number >> 32U),
                         static_cast<std::int64_t>(number & UINT32_MAX));
            }
        }
    }

private:
    void readDirectory();
    void load(const Block& block, LargeVector<std::uint64_t>& numbers);
    const LargeVector<std::uint64_t>& read(const Block& block);
    void takeSmallRuns(LargeVector<std::uint64_t>& postings);
    void write(const LargeVector<std::uint64_t>& postings);

    const Database& db_;
    PostingList list_;
    std::vector<Run> runs_;
    std::unordered_map<std::int64_t, LargeVector<std::uint64_t>> read_;  ///< emptied when large
    std::size_t held_ = 0;
    Statement bytes_;
};

/// Takes messages out of all lists, so that nothing of them is kept. @param messages sorted
void forgetPostings(const Database& db, const std::vector<std::int64_t>& messages);

}  // namespace kith
