#pragma once

#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

/// What this program answers to the rows of the table of reference values: one answer a measure.
namespace kith::tests {

/// Where data sets may lie; the first folder that holds one is taken.
using Folders = std::vector<std::filesystem::path>;

/// A row, and where its data are.
struct Asked {
    const ReferenceValue& row;
    const Folders& folders;

    /// What stands behind "key=" in the parameters, up to the next comma, semicolon or space.
    std::string after(const std::string& key) const;
    double numberAfter(const std::string& key) const;
    bool says(const std::string& words) const
    {
        return row.parameters.find(words) != std::string::npos;
    }

    /// @throws NoData
    std::filesystem::path file(const std::string& name) const;
};

/// The row's data are not on this machine.
struct NoData {
    std::string what;
};

/// A number, several, or a text, in the manner of the table: "0.5", "1;2", "94 60 35".
struct Found {
    std::vector<double> numbers;
    std::string text;

    Found(double number) : numbers{number} {}  // NOLINT(google-explicit-constructor)
    Found(std::vector<double> all)
        : numbers(std::move(all)) {}                      // NOLINT(google-explicit-constructor)
    Found(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor)
};

using Answer = std::function<Found(const Asked&)>;
using Answers = std::map<std::string, Answer>;

void addGraphAnswers(Answers& answers);     ///< whole graphs, cores, backbones, projections
void addCrossingAnswers(Answers& answers);  ///< bridges, separation, introductions
void addCountAnswers(Answers& answers);     ///< diversity, agreement, words, small formulas
void addTimeAnswers(Answers& answers);      ///< growth, what sets off what, bursts, survival
void addVoteAnswers(Answers& answers);      ///< opinion groups

}  // namespace kith::tests
