#pragma once

#include "core/model/ids.h"
#include "core/model/person.h"

#include <span>
#include <unordered_set>

namespace kith {

/// Whoever is nothing but programs (bots): all of their accounts post by themselves.
std::unordered_set<PersonId> programs(std::span<const Account> accounts);

}  // namespace kith
