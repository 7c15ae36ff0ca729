#pragma once

#include <QString>

#include "core/store/ingest.h"

#include <cstdint>
#include <vector>

namespace kith {

/// What several files hold together, in the words that fit them.
struct Totals {
    std::size_t files = 0;
    std::uint64_t messages = 0;
    std::uint64_t votes = 0;
    std::uint64_t people = 0;  ///< of map files
    std::uint64_t ties = 0;    ///< of map files

    void add(const std::vector<ImportReport>& reports);
};

/// "1,234 messages", "120 people and 300 ties", or all of it.
QString contentsOf(const Totals& totals);

/// "Import 1,234 messages from 12 files".
QString importText(const Totals& totals);

}  // namespace kith
