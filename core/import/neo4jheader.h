#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A column of a CSV file of Neo4j's, by its field in the header: "name", "born:int",
/// "personId:ID(Person)", ":START_ID", ":TYPE" ...
struct Neo4jColumn {
    enum class Role { Property, Id, Label, Start, End, Type, Ignored };

    Role role = Role::Property;
    std::string name;   ///< before the colon; may be empty
    std::string space;  ///< of Id, Start and End: ids are unique in it; empty = in the whole graph
    bool numeric = false;  ///< declared as a number
    bool timed = false;    ///< declared as a date or time
    bool array = false;    ///< several values, between semicolons
};

/// The header of a file of people or of ties, as "neo4j-admin database import" takes it (Neo4j
/// Operations Manual, "CSV header format"). It may stand in a file of its own.
struct Neo4jHeader {
    enum class Kind {
        None,    ///< no such header
        People,  ///< with an :ID
        Ties     ///< with a :START_ID and an :END_ID
    };

    Kind kind = Kind::None;
    std::vector<Neo4jColumn> columns;

    /// The one column that names people, weighs or dates a tie, if there is one.
    std::optional<std::size_t> display;
    std::optional<std::size_t> weight;
    std::optional<std::size_t> time;
};

Neo4jHeader neo4jHeader(const std::vector<std::string>& fields);

/// The id of a row for one role, with its space: "Person:17". Several columns of an id are joined.
std::string neo4jId(const Neo4jHeader& header, Neo4jColumn::Role role,
                    const std::vector<std::string>& row);

/// The name of a data file's own header file, as far as they agree: "persons-header.csv" gives
/// "persons"; nullopt for a name that does not speak of a header. Lower case, without the ending.
std::optional<std::string> neo4jHeaderStem(std::string_view name);

}  // namespace kith
