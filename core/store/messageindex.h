#pragma once

#include "core/base/largepages.h"
#include "core/model/ids.h"
#include "core/store/database.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// By whom, in which thread and in which conversation new messages are, until flush() writes it
/// into the postings. 8 bytes a posting; call flush() when it is full().
class MessageIndex {
public:
    explicit MessageIndex(const Database& db) : db_(db) {}

    /// @param account, thread 0 = none
    /// @throws Error LimitReached
    void add(MessageId message, std::int64_t account, std::int64_t thread,
             std::int64_t conversation);

    bool full() const { return conversations_.size() >= mostWaiting; }

    /// Rows of accounts and threads must be there by now.
    /// @throws Error WorkspaceDamaged when a message points at something that is not there
    void flush();

private:
    static constexpr std::size_t mostWaiting = 1U << 20U;  ///< four large pages each

    static void push(LargeVector<std::uint64_t>& postings, std::uint64_t added);

    const Database& db_;
    LargeVector<std::uint64_t> accounts_;
    LargeVector<std::uint64_t> threads_;
    LargeVector<std::uint64_t> conversations_;
};

/// What messages point at that is not there: "row 7 of message points at a missing account", at
/// most `most` of them. Empty = all is well. O(messages).
std::vector<std::string> danglingMessages(const Database& db, std::size_t most);

}  // namespace kith
