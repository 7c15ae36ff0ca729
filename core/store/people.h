#pragma once

#include "core/base/task.h"
#include "core/model/person.h"
#include "core/model/trait.h"
#include "core/store/workspace.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith {

std::vector<Person> people(const Workspace& workspace);     ///< by id
std::vector<Account> accounts(const Workspace& workspace);  ///< by id
std::optional<Person> person(const Workspace& workspace, PersonId id);
std::vector<Account> accountsOf(const Workspace& workspace, PersonId id);

/// Finds people by exact name, handle, account key or pseudonym, compared as foldForMatching does.
std::vector<PersonId> peopleCalled(const Workspace& workspace, std::string_view text);

/// Every person's pseudonym, random but fixed for this workspace; unique.
std::map<PersonId, Pseudonym> pseudonyms(const Workspace& workspace);

// Organiser's edits: each is one step of the history and can be undone.
void renamePerson(Workspace& workspace, PersonId id, const std::string& name);
void updatePerson(Workspace& workspace, const Person& person);
/// Moves all accounts, traits and memberships of `from` to `into`; where both have a value for a
/// trait `into` keeps its own.
void mergePeople(Workspace& workspace, PersonId into, PersonId from);
/// Gives the account a person of its own again.
PersonId splitAccount(Workspace& workspace, AccountId account);
/// Gives every account but the first a person of its own; traits, memberships and name stay with
/// the first. One step of the history.
/// @return the new people, none when there is one account only
std::vector<PersonId> splitPerson(Workspace& workspace, PersonId id);

std::vector<Trait> traits(const Workspace& workspace);  ///< by name
std::optional<Trait> traitNamed(const Workspace& workspace, std::string_view name);

/// Values of one trait; people without a value are absent.
std::map<PersonId, std::string> traitValues(const Workspace& workspace, TraitId trait);
std::map<std::string, std::string> traitsOf(const Workspace& workspace, PersonId person);

/// Sets a value (empty = removes it); makes the trait when there is none of that name.
void setTrait(Workspace& workspace, PersonId person, const std::string& trait,
              const std::string& value);

/// What became of a table of people.
struct TraitsReport {
    std::uint64_t rows = 0;
    std::uint64_t matched = 0;           ///< rows that found their person
    std::vector<std::string> unmatched;  ///< "Jo Brown (line 12): nobody has that name"
    std::vector<std::string> traits;     ///< names of the traits that were set
    std::uint64_t merged = 0;            ///< people joined because one row named accounts of both
    std::vector<std::string> warnings;
};

/// Adds people's traits from a CSV or TSV with a header row. Columns called name, handle, username,
/// email, phone, id, account, person, or PLATFORM (whatsapp, slack, telegram, ...) identify the
/// person; kind (individual / organisation) and sector describe them; every other column is a trait
/// (numeric when all its values are numbers and more than ten differ). A row whose identity cells
/// name accounts of several people joins them: the user's own list says that they are one; a person
/// found by such a cell takes the row's name. A bare name joins nobody: namesakes on several
/// platforms each get the traits; a name that several people on one platform share is listed. One
/// transaction, one step of the history.
TraitsReport importTraits(Workspace& workspace, const std::filesystem::path& file, Task& task);

}  // namespace kith
