#pragma once

#include "core/analysis/analysis.h"
#include "core/base/task.h"
#include "core/model/person.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kith {

/// A trait over the rows of a PeopleTable.
struct TraitColumn {
    std::string name;
    std::vector<std::string> values;    ///< that occur, in the order of sorting
    std::vector<std::int32_t> valueOf;  ///< by row: index into values; -1 = not known
};

/// Everybody in the workspace, ready for showing, sorting and filtering; one row a person. Built
/// away from the window, then only read.
struct PeopleTable {
    std::vector<Person> people;           ///< by row, ascending by id
    std::vector<std::string> folded;      ///< names for filtering
    std::vector<std::uint32_t> nameRank;  ///< place of the name in the alphabet
    std::vector<std::uint32_t> accounts;
    std::vector<std::uint64_t> messages;
    std::vector<std::uint32_t> ties;           ///< people tied to, in the analysis
    std::vector<std::int32_t> group;           ///< cluster of the analysis; -1 = none
    std::vector<TraitColumn> traits;           ///< by name
    std::shared_ptr<const Analysis> analysis;  ///< may be null

    std::size_t size() const { return people.size(); }
    /// The row of a person; size() when there is none.
    std::size_t rowOf(PersonId id) const;
};

/// @throws Cancelled, Error
std::shared_ptr<const PeopleTable> readPeopleTable(const Workspace& workspace,
                                                   std::shared_ptr<const Analysis> analysis,
                                                   Task& task);

/// The fixed columns; traits follow.
enum class PeopleColumn { Name, Kind, Accounts, Messages, Ties, Group, FirstTrait };

struct PeopleOrder {
    int column = static_cast<int>(PeopleColumn::Messages);
    bool ascending = false;
    std::string filter;  ///< part of a name or of a trait's value, however written; empty = all

    bool operator==(const PeopleOrder&) const = default;
};

/// The rows to show, in order. Equal rows stand by name, then id. Time O(rows log rows).
std::vector<std::uint32_t> arrange(const PeopleTable& table, const PeopleOrder& order, Task& task);

}  // namespace kith
