#pragma once

#include "core/analysis/analysis.h"

#include <string>
#include <vector>

#include "app/cli/verb.h"

namespace kith::cli {

/// The flags that every analysing verb takes, as they were typed.
struct SelectionFlags {
    std::string from;
    std::string to;
    std::vector<std::string> sources;
    std::vector<std::string> kinds;
    std::string concern;
    std::string community;
    double minWeight = 0;
    std::string layer = "interaction";
    double resolution = 0;
    std::uint64_t seed = 1;
    unsigned threads = 0;

    void declare(Arguments& arguments);

    /// @throws Error Usage, NotFound
    AnalysisOptions options(const Workspace& workspace) const;
};

/// "real", "pseudonym" or "none".
/// @throws Error Usage
Naming namingOf(const std::string& text);

/// A number rounded to twelve significant digits, so that the last bits of floating-point sums do not
/// show; null when it is not a number.
nlohmann::ordered_json number(double value);

/// [{"word": "damp", "z": 9.1, "authors": 30, "messages": 84}, ...]
nlohmann::ordered_json wordsArray(const std::vector<DistinctiveWord>& words);

/// ISO text or null.
nlohmann::ordered_json timeOrNull(const std::optional<Time>& time);

/// {"reply": 12, ...} for the kinds that occur.
nlohmann::ordered_json tiesObject(const std::map<TieKind, std::uint64_t>& ties);

/// Finds a community by name or number.
/// @throws Error NotFound, listing the communities there are
Community communityCalled(const Workspace& workspace, const std::string& text);

}  // namespace kith::cli
