#include "core/store/foreignlog.h"

#include "core/base/ascii.h"
#include "core/base/error.h"

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

namespace kith {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t headBytes = 32;
using Head = std::array<unsigned char, headBytes>;

std::optional<Head> headOf(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::array<char, headBytes> bytes{};
    if (!in.read(bytes.data(), headBytes)) return std::nullopt;
    Head head{};
    for (std::size_t i = 0; i < headBytes; ++i) head[i] = static_cast<unsigned char>(bytes[i]);
    return head;
}

/// Numbers in both files are big-endian.
std::uint32_t number(const Head& head, std::size_t at, std::size_t bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8U | head[at + i];
    return value;
}

std::uint32_t pageSize(const Head& database)
{
    const auto size = number(database, 16, 2);
    return size == 1 ? 65536 : size;
}

struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// "file:/home/ann/a%20b.kith?mode=ro": every byte that is not plain is escaped.
std::string uri(const fs::path& path, bool withoutLog)
{
    constexpr const char* digits = "0123456789ABCDEF";
    std::string out = "file:";
    for (const char c : fs::absolute(path).string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            isLetter(c) || isDigit(c) || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out + (withoutLog ? "?mode=ro&immutable=1" : "?mode=ro");
}

/// The key that every workspace has for itself; nullopt when it cannot be read.
std::optional<std::string> keyOf(const fs::path& path, bool withoutLog)
{
    sqlite3* opened = nullptr;
    const auto flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    const int code = sqlite3_open_v2(uri(path, withoutLog).c_str(), &opened, flags, nullptr);
    const std::unique_ptr<sqlite3, Close> db(opened);
    if (code != SQLITE_OK) return std::nullopt;
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // "meta" may be a hostile view: it must not keep us.
    constexpr int steps = 100'000;
    sqlite3_progress_handler(
        opened, steps, [](void*) { return 1; }, nullptr);
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(opened,
                           "SELECT value FROM meta WHERE name = 'key' AND length(value) < 1000", -1,
                           &prepared, nullptr) != SQLITE_OK) {
        return std::nullopt;
    }
    const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
    if (sqlite3_step(prepared) != SQLITE_ROW) return std::nullopt;
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared, 0));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared, 0));
    return bytes == nullptr ? std::string() : std::string(bytes, size);
}

}  // namespace

void requireOwnLog(const fs::path& path)
{
    const fs::path log = path.string() + "-wal";
    const auto logHead = headOf(log);
    if (!logHead) return;  // none, or too short to hold anything
    const auto head = headOf(path);
    if (!head) return;
    constexpr unsigned char walFormat = 2;
    const bool closed = (*head)[18] != walFormat;
    bool foreign = closed || number(*logHead, 8, 4) != pageSize(*head);
    if (!foreign) {
        const auto own = keyOf(path, true);
        const auto folded = keyOf(path, false);
        foreign = own && folded && *own != *folded;
    }
    if (!foreign) return;
    throw Error(Error::Kind::WorkspaceDamaged,
                "the log beside it, " + log.filename().string() + ", does not belong to it",
                {path.filename().string(), {}, {}, {}},
                "Move that log to another folder and open the workspace again.");
}

}  // namespace kith
