#pragma once

#include "core/store/database.h"
#include "core/store/workspace.h"

#include <string>

struct sqlite3_session;

namespace kith {

/// One organiser's edit: a transaction whose changes are recorded, with a title, as a step of the
/// history. Rolls back on scope exit unless commit() was reached.
class Edit {
public:
    explicit Edit(Workspace& workspace);
    ~Edit();
    Edit(const Edit&) = delete;
    Edit& operator=(const Edit&) = delete;

    const Database& db() const { return db_; }

    /// @param what the step in words: "Renamed “Damp” to “Damp homes”". An edit that changed
    ///             nothing leaves no step.
    void commit(const std::string& what);

private:
    std::string changeset();

    const Database& db_;
    Transaction transaction_;
    sqlite3_session* session_ = nullptr;
};

}  // namespace kith
