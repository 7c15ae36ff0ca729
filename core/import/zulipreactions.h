#pragma once

#include "core/base/task.h"
#include "core/import/json.h"
#include "core/import/reader.h"
#include "core/import/texttable.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Who reacted to which message, out of realm.json, where all reactions of an organisation stand
/// together. Messages come in the order of their numbers, so that half a million reactions at a
/// time are enough: 24 bytes each, and as many again while they are chosen; for the next messages
/// the list is walked through again.
class ZulipReactions {
public:
    static constexpr std::size_t mostHeld = 500'000;

    /// @param most that are held at a time, at least 1
    ZulipReactions(const Package& package, std::size_t realm, Task& task,
                   std::size_t most = mostHeld)
        : package_(package), realm_(realm), task_(task), most_(most)
    {}

    /// Each reaction to a message: the person's id and the emoji's name.
    void of(const Json& message,
            const std::function<void(std::int64_t person, std::string_view emoji)>& each);

    /// Reactions that were passed over because messages stand in no order at all.
    std::uint64_t lost() const { return lost_; }

private:
    struct Reaction {
        std::int64_t message = 0;
        std::int64_t person = 0;
        std::uint32_t ordinal = 0;
        std::uint32_t emoji = 0;
    };

    void load(std::int64_t from);
    void shrink();
    std::uint32_t numberOf(std::string_view emoji);

    const Package& package_;
    std::size_t realm_;
    Task& task_;
    std::size_t most_;
    std::vector<Reaction> held_;  ///< by message, then as they stand
    std::int64_t from_ = 0;       ///< those of messages from here ...
    std::int64_t until_ = 0;      ///< ... to before here are held
    HashTable<std::uint32_t> emojiNumbers_{10'000};
    std::vector<std::string> emoji_;
    int loads_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace kith
