#pragma once

#include "core/import/csv.h"
#include "core/import/graphitems.h"
#include "core/import/reader.h"

#include <optional>

namespace kith {

/// How a plain list of ties is laid out.
struct EdgeListShape {
    enum class Kind {
        None,
        Pairs,      ///< a tie a row: two names, perhaps a weight
        Matrix,     ///< names across and down, weights in the cells
        Neighbours  ///< a row a person: the name, then those they are tied to
    };

    Kind kind = Kind::None;
    Recognition recognition;
    CsvDialect dialect;
    bool header = false;
    bool sizes = false;            ///< the first row counts rows, columns and cells (Matrix Market)
    std::size_t columns = 0;       ///< of the header, or the most of any row
    std::size_t fewest = 0;        ///< fields that a row has to have
    std::optional<bool> directed;  ///< what the comments say of all ties
    std::optional<std::size_t> source;
    std::optional<std::size_t> target;
    std::optional<std::size_t> weight;
    std::optional<std::size_t> type;
    std::optional<std::size_t> id;
    std::optional<std::size_t> time;
};

/// Decides from the first bytes of a file.
EdgeListShape edgeListShape(std::string_view head, bool whole);

/// A line that starts with # or % says nothing of ties.
bool isComment(std::string_view line);

}  // namespace kith
