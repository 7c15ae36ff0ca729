#pragma once

#include "core/import/hashtable.h"
#include "core/import/onefile.h"
#include "core/import/reader.h"
#include "core/import/sink.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What every graph format holds, and the rules by which it becomes records.
namespace kith {

struct GraphAttribute {
    std::string name;
    std::string value;     ///< empty = absent
    bool numeric = false;  ///< by its declared type, or as it is written
};

struct GraphNode {
    std::string id;
    std::string label;
    std::vector<GraphAttribute> attributes;
    std::uint64_t line = 0;
};

struct GraphEdge {
    std::string from;
    std::string to;
    std::string weight;  ///< as written; empty = 1
    bool directed = true;
    std::optional<Time> time;
    std::uint64_t line = 0;
};

/// What a first walk over the file finds out, so that the second can send records in file order:
/// ties may stand before their people, and a trait is numeric only if all its values are.
class GraphSurvey {
public:
    static constexpr std::size_t mostNodes = 1'000'000;

    /// @throws Error LimitReached
    void add(const GraphNode& node, const OneFile& file);

    struct First {
        std::uint32_t ordinal = 0;  ///< of the node in the file, from 1
        std::uint32_t file = 0;     ///< which of the files given to add(), from 0
        std::uint32_t line = 0;
    };
    const First* find(const std::string& id) const { return nodes_.find(tableKey(id)); }
    const OneFile& file(const First& first) const { return *files_[first.file]; }
    bool isNumeric(const std::string& trait) const;
    bool isPicture(std::string_view trait) const;  ///< a position or colour of a drawing

private:
    HashTable<First> nodes_;             ///< 42 MB for a million
    std::vector<const OneFile*> files_;  ///< as given to add(), which must outlive this
    std::map<std::string, bool> numeric_;
    std::uint32_t ordinal_ = 0;
};

/// For formats that say how many people there are and need not list them: a file of a few bytes
/// must not make a million.
/// @throws Error LimitReached for more than mostNodes, or for more than 20,000 in a file that has
///         fewer bytes than people
void requirePlausible(std::uint64_t people, const OneFile& file, std::uint64_t line);

/// A name that a format gives once and means in every line, of a column or of somebody: cut at
/// 1,000 letters, or a long one in a short file would come to far more than the file.
std::string graphName(std::string_view name);

/// Counts what people are given: a short file may give everybody a value for each of thousands of
/// keys, or a long one.
class ValueCount {
public:
    /// @throws Error LimitReached for more than a million values, or 64 MB of them, when the file
    ///         has fewer bytes
    void add(const GraphNode& node, const OneFile& file);

private:
    std::uint64_t values_ = 0;
    std::uint64_t letters_ = 0;
};

/// What every graph file shows: given ties and traits, no texts.
Shows graphShows();

/// Sends nodes and edges to a sink. Refused: a second node of the same id, a tie to somebody who is
/// not in the file, a weight that is no finite number or below 0. Skipped: a tie from somebody to
/// themselves, a weight of 0. Parallel ties are all sent.
class GraphRecords {
public:
    /// @param survey nullptr for formats without a list of nodes: whoever has a tie is a node
    GraphRecords(const OneFile& file, Sink& sink, const GraphSurvey* survey);

    /// From now on nodes and edges stand in this file, which must outlive this: a graph may be kept
    /// in several.
    void in(const OneFile& file) { file_ = &file; }

    void node(const GraphNode& node);
    void edge(const GraphEdge& edge);

    /// Somebody in a format without a list of nodes; the first time makes the person. Without an
    /// id it is nobody.
    void meet(const std::string& id);
    void problem(Outcome outcome, std::uint64_t line, std::string what);  ///< counts a record

    /// Seen so far: nodes, ties, skipped and refused.
    std::uint64_t seen() const { return seen_; }

    /// To be called at the end: says how many people and ties there are, which way the ties go, how
    /// many were left out or run beside another, and the range of the weights.
    /// @throws Error BadInput when nothing was kept
    void finish();

private:
    bool known(const std::string& id, std::uint64_t line);
    std::uint64_t ordinalOf(const std::string& id) const;
    void count(const GraphEdge& edge, double weight);
    std::string summary();

    const OneFile* file_;
    Sink& sink_;
    const GraphSurvey* survey_;
    HashTable<std::uint32_t> met_;
    ValueCount values_;
    std::uint64_t ordinal_ = 0;
    std::uint64_t seen_ = 0;
    std::uint64_t kept_ = 0;
    std::string firstTrouble_;
    std::uint64_t people_ = 0;
    std::uint64_t directed_ = 0;
    std::uint64_t undirected_ = 0;
    std::uint64_t toSelf_ = 0;
    std::uint64_t strangers_ = 0;  ///< ties that name somebody who is not in the file
    double least_ = 0;
    double most_ = 0;
    std::vector<std::uint64_t> pairs_;  ///< both ends and whether directed, while not too many
};

/// Whether a column or key by this name holds weights: "weight", "value", "w", "strength" ...
bool isWeightName(std::string_view name);

/// Whether a column or key by this name holds times, and such a time: ISO 8601 (UTC unless it says
/// otherwise) or seconds or milliseconds since 1970.
bool isTimeName(std::string_view name);
std::optional<Time> parseTieTime(std::string_view text);

/// A weight as written, "1.4" or "1,4"; nullopt when it is no finite number.
std::optional<double> parseWeight(std::string_view text);

}  // namespace kith
