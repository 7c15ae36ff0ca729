#pragma once

#include "core/model/trait.h"
#include "core/store/database.h"

#include <string>

/// Steps that several edits share; each runs inside an Edit of its caller.
namespace kith {

/// Moves everything of `from` to `into` and removes `from`.
void joinPeople(const Database& db, PersonId into, PersonId from);

/// The trait's id, made when there is none of that name.
TraitId requireTrait(const Database& db, const std::string& name, TraitScale scale);

/// Sets a value; an empty one is removed.
void writeTrait(const Database& db, PersonId person, TraitId trait, const std::string& value);

}  // namespace kith
