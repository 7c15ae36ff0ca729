#include "core/import/graphitems.h"

#include "core/base/error.h"
#include "core/base/release.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kith {
namespace {

constexpr std::size_t mostPairs = 3'000'000;  ///< 24 MB; beyond, parallel ties are not counted
constexpr std::size_t longestId = 4000;       ///< each value and tie of somebody repeats it

std::string counted(std::uint64_t count, std::string_view one, std::string_view many)
{
    return withSeparators(static_cast<std::int64_t>(count)) + ' ' +
           std::string(count == 1 ? one : many);
}

std::string shortest(double number)
{
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

constexpr std::array<std::string_view, 5> weightNames{"weight", "value", "weights", "strength",
                                                      "w"};
constexpr std::array<std::string_view, 9> pictureNames{"x", "y", "z",    "r",  "g",
                                                       "b", "a", "size", "dim"};

bool isIdName(std::string_view name)
{
    const auto lower = asciiLower(name);
    return lower == "id" || lower.ends_with("_id") || lower.ends_with(" id") ||
           lower.ends_with("-id");
}

}  // namespace

bool isWeightName(std::string_view name)
{
    return std::ranges::find(weightNames, asciiLower(name)) != weightNames.end();
}

bool isTimeName(std::string_view name)
{
    const auto lower = asciiLower(name);
    return lower == "time" || lower == "timestamp" || lower == "date" || lower == "datetime" ||
           lower == "ts" || lower == "unixts";
}

std::optional<Time> parseTieTime(std::string_view text)
{
    if (const auto iso = parseIso(trim(text))) {
        return Time(iso->wall.time_since_epoch() - iso->offset.value_or(std::chrono::minutes(0)));
    }
    // Ten digits of seconds reach from 2001 to 2286, thirteen are milliseconds.
    const auto number = parseReal(trim(text)).value_or(0);
    if (number >= 1e12 && number < 1e13) return fromMillis(std::llround(number));
    if (number >= 1e9 && number < 1e10) return fromMillis(std::llround(number * 1000));
    return std::nullopt;
}

std::optional<double> parseWeight(std::string_view text)
{
    text = trim(text);
    if (std::ranges::count(text, ',') == 1 && text.find('.') == std::string_view::npos) {
        return parseReal(replaceAll(std::string(text), ",", "."));
    }
    return parseReal(text);
}

void GraphSurvey::add(const GraphNode& node, const OneFile& file)
{
    ++ordinal_;
    if (nodes_.size() == mostNodes) {
        throw Error(Error::Kind::LimitReached, "the graph has more than 1,000,000 nodes",
                    file.line(node.line), "Cut it into smaller graphs first.");
    }
    if (files_.empty() || files_.back() != &file) files_.push_back(&file);
    if (!node.id.empty()) {
        const auto [first, fresh] = nodes_.add(tableKey(node.id));
        if (fresh) {
            *first = {ordinal_, static_cast<std::uint32_t>(files_.size() - 1),
                      static_cast<std::uint32_t>(node.line)};
        }
    }
    for (const auto& attribute : node.attributes) {
        if (attribute.value.empty()) continue;
        const bool numeric = attribute.numeric && !isIdName(attribute.name);
        const auto [at, fresh] = numeric_.emplace(attribute.name, numeric);
        if (!fresh) at->second = at->second && numeric;
    }
}

bool GraphSurvey::isNumeric(const std::string& trait) const
{
    const auto found = numeric_.find(trait);
    return found != numeric_.end() && found->second;
}

bool GraphSurvey::isPicture(std::string_view trait) const
{
    // Only a drawing has both x and y; "size" alone may well be the size of an organisation.
    return numeric_.contains("x") && numeric_.contains("y") &&
           std::ranges::find(pictureNames, trait) != pictureNames.end();
}

void requirePlausible(std::uint64_t people, const OneFile& file, std::uint64_t line)
{
    constexpr std::uint64_t always = 20'000;
    if (people > GraphSurvey::mostNodes) {
        throw Error(Error::Kind::LimitReached, "the graph has more than 1,000,000 nodes",
                    file.line(line), "Cut it into smaller graphs first.");
    }
    if (people > always && people > file.size()) {
        throw Error(Error::Kind::LimitReached,
                    "the file says that it holds " +
                        withSeparators(static_cast<std::int64_t>(people)) +
                        " people, more than it has letters",
                    file.line(line), "Check that it is whole.");
    }
}

std::string graphName(std::string_view name)
{
    constexpr std::size_t longest = 1000;
    return shorten(name, longest);
}

void ValueCount::add(const GraphNode& node, const OneFile& file)
{
    constexpr std::uint64_t mostValues = 1'000'000;
    constexpr std::uint64_t mostLetters = 64U << 20U;
    values_ += node.attributes.size();
    for (const auto& one : node.attributes) letters_ += one.value.size();
    const bool few = values_ <= mostValues || values_ <= file.size();
    if (few && (letters_ <= mostLetters || letters_ <= file.size())) return;
    throw Error(Error::Kind::LimitReached,
                "the values that the file gives to everybody are more than it has letters",
                file.line(node.line), "Take the defaults out of its list of keys.");
}

Shows graphShows()
{
    Shows shows;
    shows.text = false;
    return shows;
}

GraphRecords::GraphRecords(const OneFile& file, Sink& sink, const GraphSurvey* survey)
    : file_(&file), sink_(sink), survey_(survey)
{}

void GraphRecords::problem(Outcome outcome, std::uint64_t line, std::string what)
{
    ++seen_;
    if (firstTrouble_.empty()) firstTrouble_ = what;
    sink_.problem({outcome, file_->line(line), std::move(what)});
}

void GraphRecords::node(const GraphNode& node)
{
    ++ordinal_;
    if (node.id.empty()) return problem(Outcome::Refused, node.line, "the node has no id");
    if (node.id.size() > longestId)
        return problem(Outcome::Refused, node.line, "the node's id is longer than 4,000 letters");
    const auto* first = survey_->find(node.id);
    if (first != nullptr && first->ordinal != ordinal_) {
        return problem(
            Outcome::Refused, node.line,
            "the node " + shorten(node.id, 80) + " is already described in " +
                (&survey_->file(*first) == file_ ? "" : survey_->file(*first).name() + ", ") +
                "line " + std::to_string(first->line));
    }
    ++seen_;
    ++kept_;
    ++people_;
    sink_.account({node.id, node.label, {}, false});
    values_.add(node, *file_);
    for (const auto& attribute : node.attributes) {
        if (attribute.value.empty() || survey_->isPicture(attribute.name)) continue;
        sink_.trait({node.id, attribute.name, attribute.value, survey_->isNumeric(attribute.name)});
    }
}

bool GraphRecords::known(const std::string& id, std::uint64_t line)
{
    if (id.empty()) {
        problem(Outcome::Refused, line, "the tie has an end without a name");
        return false;
    }
    if (id.size() > longestId) {
        problem(Outcome::Refused, line, "the tie has an end of more than 4,000 letters");
        return false;
    }
    if (survey_ == nullptr || survey_->find(id) != nullptr) return true;
    ++strangers_;
    problem(Outcome::Refused, line,
            "the tie names " + shorten(id, 80) + ", who is not among the file's nodes");
    return false;
}

void GraphRecords::meet(const std::string& id)
{
    if (survey_ != nullptr || id.empty()) return;
    const auto [ordinal, fresh] = met_.add(tableKey(id));
    if (!fresh) return;
    *ordinal = static_cast<std::uint32_t>(met_.size());
    if (met_.size() > GraphSurvey::mostNodes) {
        throw Error(Error::Kind::LimitReached, "the graph has more than 1,000,000 nodes",
                    file_->place(), "Cut it into smaller graphs first.");
    }
    ++seen_;
    ++kept_;
    ++people_;
    sink_.account({id, {}, {}, false});
}

void GraphRecords::edge(const GraphEdge& edge)
{
    if (!known(edge.from, edge.line) || !known(edge.to, edge.line)) return;
    const auto weight = edge.weight.empty() ? std::optional(1.0) : parseWeight(edge.weight);
    if (!weight || *weight < 0) {
        return problem(Outcome::Refused, edge.line,
                       "the weight " + shorten(edge.weight, 80) +
                           (weight ? " is below 0" : " is not a finite number"));
    }
    meet(edge.from);
    meet(edge.to);
    if (edge.from == edge.to) {
        ++toSelf_;
        return problem(Outcome::Skipped, edge.line,
                       "a tie from " + shorten(edge.from, 80) + " to themselves");
    }
    if (*weight == 0) return problem(Outcome::Skipped, edge.line, "a tie of weight 0");
    ++seen_;
    ++kept_;
    count(edge, *weight);
    sink_.givenTie({edge.from, edge.to, *weight, edge.directed, edge.time, file_->line(edge.line)});
}

std::uint64_t GraphRecords::ordinalOf(const std::string& id) const
{
    if (survey_ != nullptr) return survey_->find(id)->ordinal;
    return *met_.find(tableKey(id));
}

void GraphRecords::count(const GraphEdge& edge, double weight)
{
    const bool first = directed_ + undirected_ == 0;
    least_ = first ? weight : std::min(least_, weight);
    most_ = first ? weight : std::max(most_, weight);
    ++(edge.directed ? directed_ : undirected_);
    if (directed_ + undirected_ > mostPairs) {
        release(pairs_);
        return;
    }
    constexpr unsigned bits = 31;
    auto from = ordinalOf(edge.from);
    auto to = ordinalOf(edge.to);
    if (!edge.directed && from > to) std::swap(from, to);
    pairs_.push_back((from << (bits + 1)) | (to << 1U) | (edge.directed ? 1U : 0U));
}

std::string GraphRecords::summary()
{
    const auto ties = directed_ + undirected_;
    std::string out = counted(people_, "person", "people") + " and " + counted(ties, "tie", "ties");
    if (ties > 0) {
        out += undirected_ == 0 ? ", all with a direction"
               : directed_ == 0 ? ", none with a direction"
                                : ", " + counted(directed_, "with a direction", "with a direction");
        out += least_ == most_ ? ", each of weight " + shortest(least_)
                               : ", weights from " + shortest(least_) + " to " + shortest(most_);
    }
    if (toSelf_ > 0) {
        out += "; " +
               counted(toSelf_, "tie from somebody to themselves was",
                       "ties from somebody to themselves were") +
               " left out";
    }
    if (strangers_ > 0) {
        out += "; " + counted(strangers_, "tie names", "ties name") +
               " somebody who has no entry of their own and was left out";
    }
    std::ranges::sort(pairs_);
    const auto again = std::unique(pairs_.begin(), pairs_.end());  // clang 14 has no ranges::unique
    const auto parallel = static_cast<std::uint64_t>(pairs_.end() - again);
    if (parallel > 0) {
        out += "; " + counted(parallel, "tie runs", "ties run") +
               " beside another between the same two people and counts as well";
    }
    return out;
}

void GraphRecords::finish()
{
    if (kept_ > 0) {
        sink_.problem({Outcome::Noted, file_->place(), summary()});
        return;
    }
    throw Error(Error::Kind::BadInput,
                seen_ == 0 ? "the graph holds no people and no ties"
                           : "nothing in the graph can be kept: " + firstTrouble_,
                file_->place(), "Check that it is the file you meant.");
}

}  // namespace kith
