#pragma once

#include <QString>

#include "core/store/ingest.h"

#include <cstdint>
#include <vector>

namespace kith {

struct Importing;

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

/// "12 files imported: 1,234 new messages. 20 were there already."
QString importedText(const Importing& importing);

/// What is stored after an import was stopped, and what is not.
QString stoppedText(const Importing& importing);

/// How the files of the list stand.
struct ListCounts {
    bool finding = false;  ///< more may come
    std::uint64_t waiting = 0;
    std::uint64_t asking = 0;
    std::uint64_t unreadable = 0;
    std::uint64_t stopped = 0;
};

/// "12 still to look into · 1 waits for an answer. Nothing is stored until you choose Import."
QString remarkOn(const ListCounts& counts);

}  // namespace kith
