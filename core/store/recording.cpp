#include "core/store/recording.h"

// The session extension's functions are declared only when asked for.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace kith {

Recording::Recording(const Database& db) : db_(db)
{
    int code = sqlite3session_create(db_.handle(), "main", &session_);
    int counts = 1;
    if (code == SQLITE_OK)
        code = sqlite3session_object_config(session_, SQLITE_SESSION_OBJCONFIG_SIZE, &counts);
    if (code == SQLITE_OK) return;
    sqlite3session_delete(session_);
    db_.fail(code);
}

Recording::~Recording()
{
    sqlite3session_delete(session_);
}

void Recording::watch(std::string_view table)
{
    const int code = sqlite3session_attach(session_, std::string(table).c_str());
    if (code != SQLITE_OK) db_.fail(code);
}

std::string Recording::changes() const
{
    int size = 0;
    void* bytes = nullptr;
    const int code = sqlite3session_changeset(session_, &size, &bytes);
    if (code != SQLITE_OK) db_.fail(code);
    std::string changes(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return changes;
}

std::uint64_t Recording::size() const
{
    return static_cast<std::uint64_t>(sqlite3session_changeset_size(session_));
}

}  // namespace kith
