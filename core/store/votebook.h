#pragma once

#include "core/base/task.h"
#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"

#include <cstdint>
#include <optional>

namespace kith {

/// Stores the votes of a file, the last one by an account on a statement. A vote on a statement
/// that is not there yet waits, with all that come after it, in a table that lasts as long as the
/// import: on disk, so that memory does not grow.
class VoteBook {
public:
    VoteBook(const Database& db, SourceId source, AccountBook& accounts, IdentityBook& identities);

    void keep(const VoteRecord& record, std::int64_t conversation);

    /// Once, behind the last record: stores what waits.
    /// @return how many votes are on statements that nobody holds
    std::uint64_t finish(Task& task);

private:
    struct Vote {
        std::string_view account;
        std::int64_t conversation = 0;
        std::string_view statement;
        std::int64_t value = 0;
        std::optional<Time> time;
    };

    bool store(const Vote& vote);
    void wait(const Vote& vote);

    const Database& db_;
    SourceId source_;
    AccountBook& accounts_;
    IdentityBook& identities_;
    Statement insert_;
    std::optional<Statement> wait_;
    std::uint64_t waiting_ = 0;
};

}  // namespace kith
