#include "core/store/programs.h"

namespace kith {

std::unordered_set<PersonId> programs(std::span<const Account> accounts)
{
    std::unordered_set<PersonId> bots;
    std::unordered_set<PersonId> humans;
    for (const Account& account : accounts) (account.bot ? bots : humans).insert(account.person);
    std::erase_if(bots, [&](PersonId person) { return humans.contains(person); });
    return bots;
}

}  // namespace kith
