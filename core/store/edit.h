#pragma once

#include "core/store/database.h"
#include "core/store/recording.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kith {

/// One organiser's edit: a transaction whose changes are recorded, with a title, as a step of the
/// history. Rolls back on scope exit unless commit() was reached.
class Edit {
public:
    /// @param also tables besides editedTables() that this edit changes and the step records
    explicit Edit(Workspace& workspace, std::span<const std::string_view> also = {});

    const Database& db() const { return db_; }

    /// At least as many bytes as the step will take in the history. O(1).
    std::uint64_t size() const { return recording_.size(); }

    /// @param what the step in words: "Renamed “Damp” to “Damp homes”". An edit that changed
    ///             nothing leaves no step.
    void commit(const std::string& what);

private:
    const Database& db_;
    Transaction transaction_;
    Recording recording_;
};

}  // namespace kith
