#pragma once

#include "core/model/tie.h"
#include "core/store/database.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A tie that a message makes, as it is stored. Ties equal in everything may stand side by side.
struct StoredTie {
    std::int64_t message = 0;
    TieKind kind = TieKind::Mention;
    std::int64_t from = 0;    ///< account
    std::int64_t to = 0;      ///< account
    std::int64_t target = 0;  ///< the message that was answered, where the file names one
    std::optional<Time> time;
    double weight = 1;
};

/// Writes ties in blocks of some three kilobytes, 10 to 12 bytes a tie.
class TieWriter {
public:
    /// @param conversation 0, or the flat chat in which the ties were inferred
    explicit TieWriter(const Database& db, std::int64_t conversation = 0);

    /// Ties come in rising order of their messages.
    void add(const StoredTie& tie);

    /// Once, behind the last tie.
    void finish();

private:
    void write();

    std::int64_t conversation_;
    std::vector<StoredTie> waiting_;
    Statement next_;
    Statement insert_;
};

/// Every stored tie, block by block in the order in which they were written, which is that of their
/// messages within an import. @throws Error WorkspaceDamaged
void eachStoredTie(const Database& db, const std::function<void(const StoredTie&)>& each);

/// The ties that the workspace held when this was made, by message; not the inferred ones.
class TiesOfMessages {
public:
    explicit TiesOfMessages(const Database& db);

    /// Puts them into `ties`. O(log blocks) where messages are asked for in rising order.
    void of(std::int64_t message, std::vector<StoredTie>& ties);

private:
    struct Block {
        std::int64_t id = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::vector<StoredTie> ties;  ///< empty until they are wanted
    };

    void load(Block& block);

    std::vector<Block> blocks_;           ///< by first
    std::vector<std::int64_t> furthest_;  ///< the last message of any block up to this one
    std::vector<std::size_t> loaded_;
    Statement bytes_;
};

/// Takes away every tie that `keep` refuses. O(ties); only blocks that lose one are written.
void keepTies(const Database& db, const std::function<bool(const StoredTie&)>& keep);

/// Takes away the ties that were inferred in a flat chat.
void dropInferredTies(const Database& db, std::int64_t conversation);

}  // namespace kith
