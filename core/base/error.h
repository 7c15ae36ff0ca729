#pragma once

#include "core/base/place.h"

#include <stdexcept>
#include <string>

namespace kith {

/// A failure that ends the running job. what() is one plain sentence that can be shown to a user:
/// what happened, where, and what to do about it.
class Error : public std::runtime_error {
public:
    enum class Kind {
        FileUnreadable,    ///< missing, no permission, broken stream
        FormatUnknown,     ///< no reader recognises the file, or it is known not to hold messages
        BadInput,          ///< a recognised file that breaks its own format
        LimitReached,      ///< a bomb limit (RELIABILITY: sizes, counts, depth) was hit
        NeedsAnswer,       ///< only the user can decide, for instance day/month order
        WorkspaceDamaged,  ///< not a workspace, or damaged
        WorkspaceTooNew,   ///< written by a newer Kith
        WorkspaceBusy,     ///< another program holds it
        NotFound,          ///< a person, community or trait that is not there
        TooLittleData,     ///< a measure refuses below its minimum size
        CannotWrite,       ///< disk full, read-only folder
        Usage              ///< an argument makes no sense
    };

    /// @param what   a clause without full stop: "the date 31/02/2024 does not exist"
    /// @param remedy a sentence, or empty: "Pass --dates mdy if months come first."
    Error(Kind kind, const std::string& what, Place where = {}, std::string remedy = {});

    Kind kind() const { return kind_; }
    const std::string& cause() const { return cause_; }  ///< `what` alone
    const Place& where() const { return where_; }
    const std::string& remedy() const { return remedy_; }

private:
    Kind kind_;
    std::string cause_;
    Place where_;
    std::string remedy_;
};

}  // namespace kith
