#pragma once

#include "core/base/task.h"
#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"

#include <cstdint>
#include <optional>

namespace kith {

/// Votes wait in a table of this connection until every statement of the file is there.
class VoteBook {
public:
    explicit VoteBook(const Database& db) : db_(db) {}

    void keep(const VoteRecord& record, std::int64_t conversation);

    /// Stores every vote on a statement that is there; the last one by the same account counts.
    /// @return how many are on statements that nobody holds
    std::uint64_t store(SourceId source, AccountBook& accounts, IdentityBook& identities,
                        Task& task);

private:
    const Database& db_;
    std::uint64_t count_ = 0;
    std::optional<Statement> keep_;
};

}  // namespace kith
