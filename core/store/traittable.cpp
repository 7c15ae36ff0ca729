#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/source.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/people.h"
#include "core/store/personedits.h"
#include "core/store/rows.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace kith {

namespace {

constexpr std::size_t mostUnmatched = 1000;

/// What a column of the table is.
enum class Role { Name, Handle, Id, Platform, Kind, Sector, Trait };

struct Column {
    Role role = Role::Trait;
    std::string header;    ///< as written
    std::string platform;  ///< lower case, for Role::Platform
};

/// One row to carry out: whom it names, and what it says of them.
struct Row {
    std::uint64_t line = 0;
    std::vector<std::string> cells;
    std::vector<PersonId> people;  ///< one, or namesakes on several platforms
    bool byId = false;             ///< found by an id: the row's name is then the person's
};

/// Names, handles and keys of everybody, folded, to look people up by.
class Directory {
public:
    explicit Directory(const Database& db)
    {
        Statement rows(db,
                       "SELECT a.person, f.name, a.key, a.name, a.handle, p.name FROM account a "
                       "JOIN platform f ON f.id = a.platform JOIN person p ON p.id = a.person");
        while (rows.next()) {
            const PersonId person{rows.integer(0)};
            const std::string platform = asciiLower(rows.view(1));
            platforms_.insert(platform);
            for (const int column : {2, 4}) add(exact_, platform, rows.view(column), person);
            for (const int column : {3, 5}) add(names_, platform, rows.view(column), person);
        }
    }

    bool isPlatform(const std::string& header) const { return platforms_.contains(header); }

    /// People with this key or handle; `platform` may be empty for any.
    std::set<PersonId> byId(std::string_view text, const std::string& platform) const
    {
        return find(exact_, text, platform);
    }
    std::set<PersonId> byName(std::string_view text, const std::string& platform) const
    {
        return find(names_, text, platform);
    }

    /// True when several people on one platform have that name.
    bool ambiguous(std::string_view name) const
    {
        return std::ranges::any_of(platforms_, [&](const std::string& platform) {
            return byName(name, platform).size() > 1;
        });
    }

private:
    using Index = std::unordered_map<std::string, std::set<PersonId>>;

    static std::string folded(std::string_view text)
    {
        std::string fold = foldForMatching(text);
        if (fold.starts_with('@')) fold.erase(0, 1);
        return fold;
    }

    static void add(Index& index, const std::string& platform, std::string_view text,
                    PersonId person)
    {
        const std::string fold = folded(text);
        if (fold.empty()) return;
        index["\n" + fold].insert(person);
        index[platform + "\n" + fold].insert(person);
    }

    static std::set<PersonId> find(const Index& index, std::string_view text,
                                   const std::string& platform)
    {
        const auto found = index.find(platform + "\n" + folded(text));
        return found == index.end() ? std::set<PersonId>{} : found->second;
    }

    std::set<std::string> platforms_;
    Index exact_;
    Index names_;
};

Column columnOf(const std::string& header, const Directory& directory)
{
    static constexpr std::array<std::string_view, 12> platforms{
        "whatsapp", "slack",  "telegram", "mail",    "twitter",  "x",
        "reddit",   "signal", "facebook", "discord", "mastodon", "bluesky"};
    const std::string name = asciiLower(trim(header));
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::ranges::find(names, name) != names.end();
    };
    Column column{Role::Trait, std::string(trim(header)), {}};
    if (is({"name", "person"})) column.role = Role::Name;
    if (is({"handle", "username"})) column.role = Role::Handle;
    if (is({"email", "phone", "id", "account"})) column.role = Role::Id;
    if (is({"kind"})) column.role = Role::Kind;
    if (is({"sector"})) column.role = Role::Sector;
    if (directory.isPlatform(name) || std::ranges::find(platforms, name) != platforms.end()) {
        column.role = Role::Platform;
        column.platform = name;
    }
    return column;
}

bool identifies(Role role)
{
    return role == Role::Name || role == Role::Handle || role == Role::Id || role == Role::Platform;
}

/// Reads one table and carries it out inside an Edit.
class TraitTable {
public:
    TraitTable(const Database& db, TraitsReport& report) : db_(db), report_(report), directory_(db)
    {}

    void read(CsvReader& reader, const std::string& file, Task& task)
    {
        const CsvRow* header = reader.next();
        if (header == nullptr)
            throw Error(Error::Kind::BadInput, "the table is empty", {file, {}, {}, {}});
        for (const auto& field : header->fields) columns_.push_back(columnOf(field, directory_));
        const bool named = std::ranges::any_of(columns_, identifies, &Column::role);
        if (!named) {
            throw Error(Error::Kind::BadInput, "no column says whose row it is", {file, {}, 1, {}},
                        "Call one column name, handle, email, phone, id or account.");
        }
        while (const CsvRow* row = reader.next()) {
            task.advance(0);
            rows_.push_back({row->line, row->fields, {}, false});
            rows_.back().cells.resize(columns_.size());
        }
        report_.rows = rows_.size();
    }

    void apply(Task& task)
    {
        for (Row& row : rows_) {
            task.advance(0);
            match(row);
        }
        describe();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].role == Role::Trait && !columns_[i].header.empty()) setColumn(i);
        }
        if (namesakes_ > 0) {
            report_.warnings.push_back(
                std::to_string(namesakes_) +
                " names stand on several platforms: each such person got the row's traits, but "
                "nobody "
                "was joined. Add a column with an e-mail, handle or phone to join them.");
        }
    }

private:
    std::string_view cell(const Row& row, std::size_t column) const
    {
        return trim(row.cells[column]);
    }

    /// Finds the row's person by its ids first, by its name when they find nobody.
    void match(Row& row)
    {
        std::set<PersonId> found;
        std::string named;
        std::string tried;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto text = cell(row, i);
            const Column& column = columns_[i];
            if (text.empty() || !identifies(column.role)) continue;
            if (tried.empty()) tried = std::string(text);
            if (column.role == Role::Name) named = std::string(text);
            if (column.role != Role::Name) found.merge(byCell(text, column));
        }
        std::string why = "nobody has that name";
        row.byId = !found.empty();
        if (found.empty() && !named.empty()) {
            found = directory_.byId(named, {});
            if (found.empty() && directory_.ambiguous(named)) {
                why = "several people have that name";
            } else if (found.empty()) {
                found = directory_.byName(named, {});
            }
        }
        if (found.empty()) {
            refuse(row, tried, why);
            return;
        }
        // Only ids join people; a shared name on two platforms may still be two people.
        if (row.byId) {
            row.people = {join(found)};
        } else {
            row.people.assign(found.begin(), found.end());
            if (found.size() > 1) ++namesakes_;
        }
        ++report_.matched;
    }

    std::set<PersonId> byCell(std::string_view text, const Column& column) const
    {
        auto found = directory_.byId(text, column.platform);
        if (!found.empty() || column.role != Role::Platform) return found;
        auto named = directory_.byName(text, column.platform);
        return named.size() == 1 ? named : std::set<PersonId>{};
    }

    void refuse(const Row& row, const std::string& tried, const std::string& why)
    {
        if (report_.unmatched.size() >= mostUnmatched) return;
        report_.unmatched.push_back((tried.empty() ? "(no name)" : tried) + " (line " +
                                    std::to_string(row.line) +
                                    "): " + (tried.empty() ? "the row names nobody" : why));
    }

    /// The user's own list says that these are one person.
    PersonId join(const std::set<PersonId>& found)
    {
        std::set<PersonId> present;
        for (const PersonId id : found) present.insert(current(id));
        const PersonId into = *present.begin();
        for (const PersonId other : present) {
            if (other == into) continue;
            joinPeople(db_, into, other);
            joined_[other] = into;
            ++report_.merged;
        }
        return into;
    }

    /// Whom somebody became when earlier rows joined people.
    PersonId current(PersonId id) const
    {
        for (auto next = joined_.find(id); next != joined_.end(); next = joined_.find(id)) {
            id = next->second;
        }
        return id;
    }

    void describe()
    {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Role role = columns_[i].role;
            if (role != Role::Kind && role != Role::Sector && role != Role::Name) continue;
            for (const Row& row : rows_) {
                const auto text = cell(row, i);
                if (text.empty() || (role == Role::Name && !row.byId)) continue;
                for (const PersonId found : row.people)
                    describePerson(row, current(found), role, text);
            }
        }
    }

    void describePerson(const Row& row, PersonId person, Role role, std::string_view text)
    {
        if (role == Role::Kind) {
            setKind(row, person, asciiLower(text));
        } else if (role == Role::Name) {
            Statement(db_, "UPDATE person SET name = ?2, named = 1 WHERE id = ?1")
                .run(person, text);
        } else {
            Statement(db_, "UPDATE person SET sector = ?2 WHERE id = ?1").run(person, text);
        }
        seal(db_, "person", person.value);
    }

    void setKind(const Row& row, PersonId person, const std::string& text)
    {
        const bool group = text.starts_with("org");
        if (!group && !text.starts_with("ind") && text != "person") {
            report_.warnings.push_back("line " + std::to_string(row.line) + ": “" + text +
                                       "” is neither individual nor organisation");
            return;
        }
        const auto kind = group ? PersonKind::Organisation : PersonKind::Individual;
        Statement(db_, "UPDATE person SET kind = ?2 WHERE id = ?1")
            .run(person, static_cast<int>(kind));
    }

    bool numeric(std::size_t column) const
    {
        std::set<double> values;
        for (const Row& row : rows_) {
            const auto text = cell(row, column);
            if (text.empty()) continue;
            const auto number = parseReal(text);
            if (!number) return false;
            values.insert(*number);
        }
        return values.size() > 10;
    }

    void setColumn(std::size_t column)
    {
        const std::string& name = columns_[column].header;
        const bool numbers = numeric(column);
        const auto scale = numbers ? TraitScale::Numeric : TraitScale::Nominal;
        const TraitId trait = requireTrait(db_, name, scale);
        if (!numbers) {
            Statement(db_, "UPDATE trait SET scale = 1 WHERE id = ?1 AND scale <> 1").run(trait);
            seal(db_, "trait", trait.value);
        }
        for (const Row& row : rows_) {
            const std::string value(cell(row, column));
            if (value.empty()) continue;
            for (const PersonId person : row.people) writeTrait(db_, current(person), trait, value);
        }
        report_.traits.push_back(name);
    }

    const Database& db_;
    TraitsReport& report_;
    Directory directory_;
    std::vector<Column> columns_;
    std::vector<Row> rows_;
    std::unordered_map<PersonId, PersonId> joined_;
    std::size_t namesakes_ = 0;
};

}  // namespace

TraitsReport importTraits(Workspace& workspace, const std::filesystem::path& file, Task& task)
{
    const std::string name = file.filename().string();
    const auto package = Package::open(file);
    if (package->entries().size() != 1) {
        throw Error(Error::Kind::BadInput, "a table of people is one file", {name, {}, {}, {}});
    }
    task.begin("Reading " + name, 0);
    const auto source = package->open(0);
    CsvReader reader(*source, name);

    TraitsReport report;
    Edit edit(workspace);
    TraitTable table(edit.db(), report);
    table.read(reader, name, task);
    table.apply(task);
    edit.commit("Added " + join(report.traits, ", ") + " from “" + name + "”");
    return report;
}

}  // namespace kith
