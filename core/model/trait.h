#pragma once

#include "core/model/ids.h"

#include <cstdint>
#include <string>

namespace kith {

/// Values are stored: never renumber.
enum class TraitScale : std::uint8_t { Nominal = 1, Numeric = 2 };

/// A named attribute that people may have: ward, sector, union, age ...
struct Trait {
    TraitId id;
    std::string name;
    TraitScale scale = TraitScale::Nominal;
    bool derived = false;  ///< worked out by Kith rather than given by the user
};

}  // namespace kith
