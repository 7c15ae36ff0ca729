#include "core/store/workspace.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/foreignlog.h"
#include "core/store/schema.h"
#include "core/store/writerlock.h"

#include <fcntl.h>
#include <fstream>
#include <optional>
#include <unistd.h>

namespace kith {

namespace fs = std::filesystem;

namespace {

/// Files up to this size are checked page by page when they are opened; verify() checks any size.
constexpr std::uintmax_t quickCheckBytes = 8U << 20U;

Place placeOf(const fs::path& path)
{
    return {path.filename().string(), {}, {}, {}};
}

/// What a file that is no workspace seems to be, for the refusal.
std::string kindOf(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string head(512, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (head.starts_with("SQLite format 3")) return "a damaged database";
    if (head.starts_with("PK")) return "a zip archive";
    if (head.find('\0') == std::string::npos) return "a text file";
    return "a file of another kind";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& what)
{
    throw Error(Error::Kind::WorkspaceDamaged, "not a Kith workspace but " + what, placeOf(path),
                "Exports are imported into a workspace; choose a .kith file here.");
}

std::int64_t number(const Database& db, std::string_view pragma)
{
    Statement row(db, pragma);
    row.next();
    return row.integer(0);
}

void requireSoundPages(const Database& db)
{
    Statement check(db, "PRAGMA quick_check(1)");
    if (check.next() && check.view(0) == "ok") return;
    throw Error(Error::Kind::WorkspaceDamaged,
                "the workspace is damaged: its pages do not fit together", placeOf(db.path()),
                "Open a copy that you kept.");
}

void requireKithFile(const Database& db)
{
    const auto version = number(db, "PRAGMA user_version");
    if (number(db, "PRAGMA application_id") != applicationId) {
        refuse(db.path(), "a database of another program");
    }
    if (version > static_cast<std::int64_t>(schemaScripts.size())) {
        throw Error(Error::Kind::WorkspaceTooNew,
                    "the workspace has version " + std::to_string(version) +
                        ", this Kith knows versions up to " + std::to_string(schemaScripts.size()),
                    placeOf(db.path()), "Open it with a newer Kith.");
    }
    if (version < 1) refuse(db.path(), "a database without a version");
    requireKnownSchema(db);
}

/// A program that was killed may leave a journal behind, which SQLite folds in at the next reading;
/// a connection that cannot write says READONLY instead. Only then one that can is used.
void readFirstPage(const fs::path& path)
{
    constexpr const char* first = "PRAGMA schema_version";
    try {
        number(Database(path, Database::Access::ReadOnly), first);
    } catch (const Error& failure) {
        if (failure.kind() != Error::Kind::CannotWrite) throw;
        number(Database(path, Database::Access::ReadWrite), first);
    }
}

/// Looks at the file through a connection that cannot write, before anything else touches it.
void look(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
        throw Error(Error::Kind::FileUnreadable, "there is no such workspace", placeOf(path),
                    "Check the name and the folder.");
    }
    const auto size = fs::file_size(path, error);
    if (!error && size == 0) refuse(path, "an empty file");

    requireOwnLog(path);
    try {
        readFirstPage(path);
    } catch (const Error& failure) {
        if (failure.kind() != Error::Kind::WorkspaceDamaged) throw;
        refuse(path, kindOf(path));
    }

    const Database db(path, Database::Access::ReadOnly);
    requireKithFile(db);
    const bool inUse = fs::exists(path.string() + "-wal", error);
    if (!inUse && size <= quickCheckBytes) requireSoundPages(db);
}

/// "damp homes.kith" -> "damp homes (version 1).kith", or with a number when that is taken.
fs::path nameOfCopy(const fs::path& path, std::int64_t version)
{
    const std::string stem = path.stem().string() + " (version " + std::to_string(version);
    fs::path copy = path.parent_path() / (stem + ")" + path.extension().string());
    for (int i = 2; fs::exists(copy); ++i) {
        copy = path.parent_path() /
               (stem + ", " + std::to_string(i) + ")" + path.extension().string());
    }
    return copy;
}

void bringUpToDate(const Database& db)
{
    const auto version = schemaVersion(db);
    if (version == static_cast<std::int64_t>(schemaScripts.size())) return;
    const fs::path copy = nameOfCopy(db.path(), version);
    db.copyTo(copy);
    fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write);
    migrate(db);
}

/// The order matters: with EXTRA set first, the switch to WAL survives a power cut.
void prepareForWriting(const Database& db)
{
    db.run("PRAGMA secure_delete = ON");
    db.run("PRAGMA synchronous = EXTRA");
    db.run("PRAGMA journal_mode = WAL");
    db.run("PRAGMA cache_size = -49152");
    db.run("PRAGMA temp_store = MEMORY");
}

/// @param meant the workspace that `path` will become, for the message
void makeEmptyFile(const fs::path& path, const fs::path& meant)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        throw Error(Error::Kind::CannotWrite, "the workspace cannot be made", placeOf(meant),
                    "Check that the folder is there and may be written to.");
    }
    ::close(file);
}

}  // namespace

struct Workspace::State {
    fs::path path;
    Mode mode = Mode::ReadWrite;
    std::optional<WriterLock> lock;
    std::unique_ptr<Database> db;
    std::unique_ptr<Statement> version;

    State(fs::path file, Mode access) : path(std::move(file)), mode(access)
    {
        if (mode == Mode::ReadWrite) lock.emplace(path);
    }

    ~State()
    {
        version.reset();
        if (db == nullptr || mode == Mode::ReadOnly) return;
        try {
            db->run("PRAGMA wal_checkpoint(TRUNCATE)");
            db->run("PRAGMA journal_mode = DELETE");
        } catch (const Error&) {
            // Somebody is still reading: the log stays beside the file, and the next writer that
            // closes without readers folds it in. Nothing is lost; destructors never throw.
        }
    }

    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Workspace::Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Workspace Workspace::create(const fs::path& path)
{
    if (fs::exists(path)) {
        throw Error(Error::Kind::CannotWrite, "a file of that name exists already", placeOf(path),
                    "Choose another name, or open it.");
    }
    // Made beside its place and moved there whole: whoever is cut off half-way leaves no workspace.
    const fs::path draft = path.string() + ".new" + std::to_string(getpid());
    makeEmptyFile(draft, path);
    try {
        {
            const Database db(draft, Database::Access::ReadWrite);
            db.run("PRAGMA page_size = 16384");  // measured: fewer, fuller pages for the same rows
            db.run("PRAGMA secure_delete = ON");
            migrate(db);
        }
        fs::rename(draft, path);
        return open(path);
    } catch (...) {
        std::error_code ignored;  // the failure that is on its way matters more
        fs::remove(draft, ignored);
        throw;
    }
}

Workspace Workspace::open(const fs::path& path, Mode mode)
{
    look(path);
    Workspace workspace;
    workspace.state_ = std::make_unique<State>(path, mode);
    auto& db = workspace.state_->db;
    const bool writing = mode == Mode::ReadWrite;
    db = std::make_unique<Database>(
        path, writing ? Database::Access::ReadWrite : Database::Access::ReadOnly);
    if (writing) {
        prepareForWriting(*db);
        bringUpToDate(*db);
    } else if (schemaVersion(*db) != static_cast<std::int64_t>(schemaScripts.size())) {
        throw Error(Error::Kind::CannotWrite, "the workspace was made by an older Kith",
                    placeOf(path), "Open it once for changes, which brings it up to date.");
    }
    return workspace;
}

Workspace Workspace::openOrCreate(const fs::path& path)
{
    return fs::exists(path) ? open(path) : create(path);
}

const fs::path& Workspace::path() const
{
    return state_->path;
}
Workspace::Mode Workspace::mode() const
{
    return state_->mode;
}
Database& Workspace::database() const
{
    return *state_->db;
}

std::int64_t Workspace::version() const
{
    auto& statement = state_->version;
    if (statement == nullptr) {
        statement = std::make_unique<Statement>(*state_->db,
                                                "SELECT value FROM meta WHERE name = 'version'");
    }
    statement->bind().next();
    const auto version = statement->integer(0);
    statement->reset();
    return version;
}

}  // namespace kith
