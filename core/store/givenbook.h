#pragma once

#include "core/import/hashtable.h"
#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"

#include <cstdint>
#include <string>

namespace kith {

/// Writes the ties that graph files give, each once.
class GivenBook {
public:
    GivenBook(const Database& db, SourceId source, std::string platform);

    /// Between two different accounts. Equal ties of one file are told apart by their number.
    void store(const GivenTie& tie, AccountId from, AccountId to);

private:
    /// Beyond, how often a tie was met is found out by looking.
    static constexpr std::size_t mostRepeats = 700'000;

    bool meet(std::int64_t identity);

    const Database& db_;
    SourceId source_;
    std::string platform_;
    HashTable<std::int64_t> repeats_{mostRepeats};
    Statement insert_;
    Statement known_;
    Statement link_;
};

}  // namespace kith
