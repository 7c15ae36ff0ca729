#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace kith {

// Who stays (METHODS i): product-limit survival.

/// How long somebody was seen to take part, in days.
struct Stay {
    double days = 0;     ///< until the last message; not below `entered`
    bool left = false;   ///< false: still there when the export ends (censored)
    double entered = 0;  ///< days since their start at which they came under observation
};

struct SurvivalStep {
    double days = 0;
    std::uint64_t atRisk = 0;
    std::uint64_t left = 0;
    double survival = 1;  ///< share still there after this day
    double error = 0;     ///< Greenwood's standard error
    double low = 1;       ///< 95 %, log-log
    double high = 1;
};

/// One step for every distinct length of stay at which somebody left, ascending (Kaplan and Meier
/// 1958; interval of Kalbfleisch and Prentice). Time O(n log n).
std::vector<SurvivalStep> kaplanMeier(std::vector<Stay> stays);

/// Share still there after so many days, with its interval: the last step at or before.
SurvivalStep survivalAt(const std::vector<SurvivalStep>& steps, double days);

/// First day by which half have left; nullopt when fewer did.
std::optional<double> medianStay(const std::vector<SurvivalStep>& steps);

/// Mean length of stay when everybody is watched for `horizon` days.
double restrictedMean(const std::vector<SurvivalStep>& steps, double horizon);

struct LogRank {
    double chiSquare = 0;
    unsigned degrees = 0;
    double p = 1;
};

/// Whether the groups leave at different rates (Mantel 1966). Groups without anybody are left out.
/// @throws Error TooLittleData with fewer than two groups
LogRank logRank(const std::vector<std::vector<Stay>>& groups);

/// Wilson's 95 % interval of a share.
struct ShareRange {
    double share = 0;
    double low = 0;
    double high = 0;
};
ShareRange wilson(std::uint64_t hits, std::uint64_t of);

/// Gini coefficient of amounts, 0 = all equal.
double gini(std::vector<double> amounts);

/// Share of the sum that the top `share` of people hold, at least one person.
double topShare(std::vector<double> amounts, double share);

}  // namespace kith
