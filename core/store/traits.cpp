#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/people.h"
#include "core/store/personedits.h"
#include "core/store/rows.h"

namespace kith {

namespace {

Trait traitIn(const Statement& row)
{
    return {TraitId{row.integer(0)}, row.text(1), static_cast<TraitScale>(row.integer(2)),
            row.integer(3) != 0};
}

}  // namespace

std::vector<Trait> traits(const Workspace& workspace)
{
    std::vector<Trait> list;
    Statement rows(workspace.database(),
                   "SELECT id, name, scale, derived FROM trait ORDER BY name");
    while (rows.next()) list.push_back(traitIn(rows));
    return list;
}

std::optional<Trait> traitNamed(const Workspace& workspace, std::string_view name)
{
    const std::string wanted = foldForMatching(name);
    for (const Trait& trait : traits(workspace)) {
        if (trait.name == name || foldForMatching(trait.name) == wanted) return trait;
    }
    return std::nullopt;
}

std::map<PersonId, std::string> traitValues(const Workspace& workspace, TraitId trait)
{
    std::map<PersonId, std::string> values;
    Statement rows(workspace.database(), "SELECT person, value FROM person_trait WHERE trait = ?1");
    for (rows.bind(trait); rows.next();) values[PersonId{rows.integer(0)}] = rows.text(1);
    return values;
}

std::map<std::string, std::string> traitsOf(const Workspace& workspace, PersonId person)
{
    std::map<std::string, std::string> values;
    Statement rows(workspace.database(),
                   "SELECT t.name, v.value FROM person_trait v "
                   "JOIN trait t ON t.id = v.trait WHERE v.person = ?1");
    for (rows.bind(person); rows.next();) values[rows.text(0)] = rows.text(1);
    return values;
}

void setTrait(Workspace& workspace, PersonId person, const std::string& trait,
              const std::string& value)
{
    const std::string name(trim(trait));
    const std::string clean(trim(value));
    if (name.empty()) throw Error(Error::Kind::Usage, "a trait needs a name");
    const auto known = traitNamed(workspace, name);
    if (!known && clean.empty()) return;

    Edit edit(workspace);
    Statement row(edit.db(), "SELECT name FROM person WHERE id = ?1");
    if (!row.bind(person).next()) throw Error(Error::Kind::NotFound, "there is no such person");
    const std::string who = row.text(0);
    row.reset();
    const TraitId id = known ? known->id : requireTrait(edit.db(), name, TraitScale::Nominal);
    if (known && known->scale == TraitScale::Numeric && !clean.empty() && !parseReal(clean)) {
        throw Error(Error::Kind::Usage,
                    "“" + clean + "” is no number, and " + known->name + " holds numbers");
    }
    writeTrait(edit.db(), person, id, clean);
    edit.commit(clean.empty() ? "Removed " + name + " of “" + who + "”"
                              : "Set " + name + " of “" + who + "” to “" + clean + "”");
}

}  // namespace kith
