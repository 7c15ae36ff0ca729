#include "core/store/people.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/personedits.h"
#include "core/store/rows.h"

#include <fmt/format.h>
#include <set>

namespace kith {

namespace {

constexpr const char* personColumns = "SELECT id, name, kind, sector, note FROM person ";
constexpr const char* accountColumns =
    "SELECT a.id, a.person, f.name, a.key, a.name, a.handle, a.bot FROM account a "
    "JOIN platform f ON f.id = a.platform ";

Person personIn(const Statement& row)
{
    return {PersonId{row.integer(0)}, row.text(1), static_cast<PersonKind>(row.integer(2)),
            row.text(3), row.text(4)};
}

Account accountIn(const Statement& row)
{
    return {AccountId{row.integer(0)},
            PersonId{row.integer(1)},
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.integer(6) != 0};
}

Pseudonym pseudonymOf(std::int64_t number)
{
    return number < 1'000'000 ? fmt::format("P-{:06}", number) : fmt::format("P-{:09}", number);
}

Person requirePerson(const Database& db, PersonId id)
{
    Statement row(db, std::string(personColumns) + "WHERE id = ?1");
    if (!row.bind(id).next()) throw Error(Error::Kind::NotFound, "there is no such person");
    return personIn(row);
}

std::string requireName(const std::string& name)
{
    const std::string trimmed(trim(name));
    if (trimmed.empty()) throw Error(Error::Kind::Usage, "a person needs a name");
    return trimmed;
}

/// Moves an account to a new person who is called as the account is.
PersonId takeOut(const Database& db, const Account& account)
{
    std::string name = account.name;
    if (name.empty()) name = account.handle.empty() ? account.key : account.handle;
    const PersonId fresh = addPerson(db, name);
    Statement(db, "UPDATE account SET person = ?2 WHERE id = ?1").run(account.id, fresh);
    seal(db, "account", account.id.value);
    return fresh;
}

}  // namespace

std::vector<Person> people(const Workspace& workspace)
{
    std::vector<Person> list;
    Statement rows(workspace.database(), std::string(personColumns) + "ORDER BY id");
    while (rows.next()) list.push_back(personIn(rows));
    return list;
}

std::vector<Account> accounts(const Workspace& workspace)
{
    std::vector<Account> list;
    Statement rows(workspace.database(), std::string(accountColumns) + "ORDER BY a.id");
    while (rows.next()) list.push_back(accountIn(rows));
    return list;
}

std::optional<Person> person(const Workspace& workspace, PersonId id)
{
    Statement row(workspace.database(), std::string(personColumns) + "WHERE id = ?1");
    if (!row.bind(id).next()) return std::nullopt;
    return personIn(row);
}

std::vector<Account> accountsOf(const Workspace& workspace, PersonId id)
{
    std::vector<Account> list;
    Statement rows(workspace.database(),
                   std::string(accountColumns) + "WHERE a.person = ?1 ORDER BY a.id");
    for (rows.bind(id); rows.next();) list.push_back(accountIn(rows));
    return list;
}

std::vector<PersonId> peopleCalled(const Workspace& workspace, std::string_view text)
{
    const std::string wanted = foldForMatching(text);
    std::set<PersonId> found;
    if (wanted.empty()) return {};
    Statement rows(workspace.database(), "SELECT id, name, pseudonym FROM person");
    while (rows.next()) {
        if (foldForMatching(rows.view(1)) == wanted ||
            foldForMatching(pseudonymOf(rows.integer(2))) == wanted) {
            found.insert(PersonId{rows.integer(0)});
        }
    }
    Statement accounts(workspace.database(), "SELECT person, key, name, handle FROM account");
    while (accounts.next()) {
        for (const int column : {1, 2, 3}) {
            if (foldForMatching(accounts.view(column)) == wanted) {
                found.insert(PersonId{accounts.integer(0)});
            }
        }
    }
    return {found.begin(), found.end()};
}

std::map<PersonId, Pseudonym> pseudonyms(const Workspace& workspace)
{
    std::map<PersonId, Pseudonym> names;
    Statement rows(workspace.database(), "SELECT id, pseudonym FROM person");
    while (rows.next()) names[PersonId{rows.integer(0)}] = pseudonymOf(rows.integer(1));
    return names;
}

void renamePerson(Workspace& workspace, PersonId id, const std::string& name)
{
    Edit edit(workspace);
    const std::string before = requirePerson(edit.db(), id).name;
    const std::string after = requireName(name);
    if (before == after) return;
    Statement(edit.db(), "UPDATE person SET name = ?2, named = 1 WHERE id = ?1").run(id, after);
    seal(edit.db(), "person", id.value);
    edit.commit("Renamed “" + before + "” to “" + after + "”");
}

void updatePerson(Workspace& workspace, const Person& person)
{
    Edit edit(workspace);
    const Person before = requirePerson(edit.db(), person.id);
    const std::string name = requireName(person.name);
    Statement(edit.db(),
              "UPDATE person SET name = ?2, kind = ?3, sector = ?4, note = ?5, "
              "named = named OR name <> ?2 WHERE id = ?1")
        .run(person.id, name, static_cast<int>(person.kind), person.sector, person.note);
    seal(edit.db(), "person", person.id.value);
    edit.commit("Described “" + name + "”");
}

void mergePeople(Workspace& workspace, PersonId into, PersonId from)
{
    if (into == from) throw Error(Error::Kind::Usage, "a person cannot be joined with themselves");
    Edit edit(workspace);
    const std::string kept = requirePerson(edit.db(), into).name;
    const std::string gone = requirePerson(edit.db(), from).name;
    joinPeople(edit.db(), into, from);
    edit.commit("Joined “" + gone + "” with “" + kept + "”");
}

PersonId splitAccount(Workspace& workspace, AccountId account)
{
    Edit edit(workspace);
    Statement row(edit.db(), std::string(accountColumns) + "WHERE a.id = ?1");
    if (!row.bind(account).next()) throw Error(Error::Kind::NotFound, "there is no such account");
    const Account taken = accountIn(row);
    row.reset();
    if (accountsOf(workspace, taken.person).size() == 1) return taken.person;

    const std::string owner = requirePerson(edit.db(), taken.person).name;
    const PersonId fresh = takeOut(edit.db(), taken);
    edit.commit("Took “" + requirePerson(edit.db(), fresh).name + "” out of “" + owner + "”");
    return fresh;
}

std::vector<PersonId> splitPerson(Workspace& workspace, PersonId id)
{
    Edit edit(workspace);
    const std::string name = requirePerson(edit.db(), id).name;
    const auto held = accountsOf(workspace, id);
    std::vector<PersonId> fresh;
    for (std::size_t i = 1; i < held.size(); ++i) fresh.push_back(takeOut(edit.db(), held[i]));
    edit.commit("Took the accounts of “" + name + "” apart");
    return fresh;
}

}  // namespace kith
