#pragma once

#include "core/import/hashtable.h"
#include "core/import/records.h"
#include "core/store/accountbook.h"
#include "core/store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// Writes the ties that graph files give, each once. They wait in memory and are written in the
/// order of their identities, so that an index of hundreds of megabytes is walked through from time
/// to time, and not entered at another place for every tie. 40 bytes a tie that waits, 20 MB.
class GivenBook {
public:
    GivenBook(const Database& db, SourceId source, std::string platform);

    /// Between two different accounts. Equal ties of one file are told apart by their number.
    void add(const GivenTie& tie, AccountId from, AccountId to);

    bool full() const { return waiting_.size() >= mostWaiting; }

    /// Writes what waits. Rows of the accounts must be there by now.
    void flush();

private:
    static constexpr std::size_t mostWaiting = 500'000;
    /// Beyond, how often a tie was met is found out by looking.
    static constexpr std::size_t mostRepeats = 700'000;

    struct Waiting {
        std::uint64_t identity = 0;
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        std::int64_t time = 0;
        double weight = 0;
        std::uint32_t ordinal = 0;  ///< which of several equal ties of the file
        bool directed = false;
    };

    void number();
    void write(Waiting tie);
    bool insert(const Waiting& tie);
    bool meet(std::int64_t identity);
    std::uint64_t identityOf(const Waiting& tie, std::uint32_t ordinal);
    std::string keyOf(std::uint32_t account);

    const Database& db_;
    SourceId source_;
    std::string platform_;
    std::vector<Waiting> waiting_;
    HashTable<std::uint32_t> repeats_{mostRepeats};  ///< the next ordinal by first identity
    Statement insert_;
    Statement known_;
    Statement link_;
    Statement key_;
};

}  // namespace kith
