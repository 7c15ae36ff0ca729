#pragma once

#include "core/model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// Values are stored: never renumber.
enum class PersonKind : std::uint8_t { Individual = 1, Organisation = 2 };

/// An individual or an organisation; holds one or more accounts.
struct Person {
    PersonId id;
    std::string name;  ///< as shown; never empty
    PersonKind kind = PersonKind::Individual;
    std::string sector;  ///< of an organisation: public, private, third; may be empty
    std::string note;
};

/// A handle on a platform.
struct Account {
    AccountId id;
    PersonId person;
    std::string platform;  ///< "whatsapp", "slack", "mail", ...
    std::string key;       ///< what identifies it there: stable id where one exists, else the label
    std::string name;      ///< display name
    std::string handle;    ///< user name, address or phone number, if it differs from both
    bool bot = false;
};

/// "P-" and three or more digits that depend on the workspace's secret key alone, so that they do
/// not give away name, order of arrival or length. Assigned by the store (see store/people.h).
using Pseudonym = std::string;

}  // namespace kith
