#pragma once

#include "core/base/task.h"
#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"
#include "core/store/identitybook.h"
#include "core/store/messagerows.h"
#include "core/store/tiebook.h"

#include <cstdint>
#include <optional>

namespace kith {

/// Applies what a file tells of messages apart from them: reactions become ties, an edit becomes
/// the text of a message that this import brought. What comes before its message waits, on disk.
class ChangeBook {
public:
    ChangeBook(const Database& db, AccountBook& accounts, IdentityBook& identities,
               MessageRows& rows, TieBook& ties);

    /// @return the number of the message whose text was changed, if it was
    std::optional<MessageId> keep(const ChangeRecord& record, std::int64_t conversation);

    /// Once, behind the last message, before the ties are resolved.
    /// @return how many changes are of messages that nobody holds
    std::uint64_t finish(Task& task);

private:
    bool apply(const ChangeRecord& record, std::int64_t conversation);
    void edit(const ChangeRecord& record, MessageId message);
    void wait(const ChangeRecord& record, std::int64_t conversation);

    const Database& db_;
    AccountBook& accounts_;
    IdentityBook& identities_;
    MessageRows& rows_;
    TieBook& ties_;
    std::optional<Statement> edit_;
    std::optional<Statement> seal_;
    std::optional<Statement> wait_;
    std::optional<MessageId> edited_;
};

}  // namespace kith
