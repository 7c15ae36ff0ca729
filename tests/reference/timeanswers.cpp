#include "core/measure/growth.h"
#include "core/measure/hawkes.h"
#include "core/measure/survival.h"
#include "tests/reference/answers.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace kith::tests {
namespace {

constexpr double horizon = 1008;

std::vector<std::vector<std::string>> rowsOf(const std::filesystem::path& file)
{
    std::istringstream lines(readFile(file));
    std::string line;
    std::getline(lines, line);
    std::vector<std::vector<std::string>> rows;
    while (std::getline(lines, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        auto& row = rows.emplace_back();
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    }
    return rows;
}

std::vector<double> columnOf(const Asked& asked, std::size_t column)
{
    std::vector<double> values;
    for (const auto& row : rowsOf(asked.file(asked.row.dataset + ".csv")))
        values.push_back(std::stod(row.at(column)));
    return values;
}

/// The file's name tells the shape it was made with.
GrowthShape truthOf(const Asked& asked)
{
    for (const auto shape : allGrowthShapes) {
        if (asked.row.dataset == "growth_" + std::string(name(shape))) return shape;
    }
    throw std::runtime_error("no such shape: " + asked.row.dataset);
}

const Growth& growthOf(const Asked& asked)
{
    static std::map<std::string, Growth> fitted;
    const auto [found, fresh] = fitted.try_emplace(asked.row.dataset);
    Task task;
    if (fresh) found->second = fitGrowth(columnOf(asked, 1), {}, task);
    return found->second;
}

const GrowthFit& truth(const Asked& asked)
{
    return growthOf(asked).fits.at(static_cast<std::size_t>(truthOf(asked)));
}

double deltaOf(const Asked& asked)
{
    const auto model = asked.after("model");
    for (const auto& fit : growthOf(asked).fits) {
        if (name(fit.shape) == model) return fit.delta;
    }
    throw std::runtime_error("no such shape: " + model);
}

double parameterOf(const Asked& asked)
{
    const auto words = asked.row.parameters;
    const auto at = words.find("parameter ") + 10;
    return truth(asked).parameters.at(std::stoul(words.substr(at)) - 1);
}

HawkesFit fitOf(const Asked& asked)
{
    static std::map<std::string, HawkesFit> fitted;
    const auto& measure = asked.row.measure;
    const auto baseline = measure.substr(0, measure.find("_baseline"));
    const auto [found, fresh] = fitted.try_emplace(asked.row.dataset + baseline);
    if (!fresh) return found->second;
    const auto events = columnOf(asked, 0);
    // The values know hours of the day only; four weeks would add weekdays.
    const auto shape =
        baseline.ends_with("constant") ? DailyShape() : dailyShapeOf(events, 167, 0, 0);
    found->second = fitHawkes(events, horizon, shape);
    return found->second;
}

double atTruth(const Asked& asked)
{
    return hawkesLogLikelihood(
        columnOf(asked, 0), horizon,
        {asked.numberAfter("mu"), asked.numberAfter("n"), asked.numberAfter("beta")}, {});
}

BurstStates toyBursts()
{
    return burstStates(std::vector<double>{10, 12, 9, 11, 10, 1, 1, 1.5, 1, .8, 1.2, 1, 10, 11, 9});
}

std::string toyStates()
{
    std::string text;
    for (const auto state : toyBursts().state)
        text += (text.empty() ? "" : " ") + std::to_string(state);
    return text;
}

std::vector<Stay> staysOf(const Asked& asked, const std::string& group)
{
    std::vector<Stay> stays;
    for (const auto& row : rowsOf(asked.file("aml.csv"))) {
        if (row.at(2) == group) stays.push_back({std::stod(row.at(0)), row.at(1) == "1", 0});
    }
    return stays;
}

std::vector<SurvivalStep> survivalOf(const Asked& asked)
{
    return kaplanMeier(staysOf(asked, asked.after("group")));
}

SurvivalStep stepOf(const Asked& asked)
{
    return survivalAt(survivalOf(asked), asked.numberAfter("t"));
}

LogRank rankOf(const Asked& asked)
{
    return logRank({staysOf(asked, "Maintained"), staysOf(asked, "Nonmaintained")});
}

}  // namespace

void addTimeAnswers(Answers& answers)
{
    answers["growth_AICc_delta"] = [](const Asked& a) { return Found(deltaOf(a)); };
    answers["growth_loglik"] = [](const Asked& a) { return Found(truth(a).logLikelihood); };
    answers["growth_dispersion_k"] = [](const Asked& a) { return Found(truth(a).dispersion); };
    answers["growth_parameter"] = [](const Asked& a) { return Found(parameterOf(a)); };
    answers["growth_rate_profile95_low"] = [](const Asked& a) {
        return Found(growthOf(a).rateLow);
    };
    answers["growth_rate_profile95_high"] = [](const Asked& a) {
        return Found(growthOf(a).rateHigh);
    };
    answers["doubling_time_days"] = [](const Asked& a) { return Found(growthOf(a).doublingDays); };
    answers["doubling_time_95_low"] = [](const Asked& a) { return Found(growthOf(a).doublingLow); };
    answers["doubling_time_95_high"] = [](const Asked& a) {
        return Found(growthOf(a).doublingHigh);
    };
    answers["hawkes_events"] = [](const Asked& a) {
        return Found(static_cast<double>(columnOf(a, 0).size()));
    };
    answers["hawkes_loglik_at_truth"] = [](const Asked& a) { return Found(atTruth(a)); };
    // A baseline that is known beforehand is nothing that Kith is given: no answer for "daily".
    for (const std::string baseline : {"constant", "histogram"}) {
        const auto prefix = "hawkes_mle_" + baseline + "_baseline_";
        answers[prefix + "mu"] = [](const Asked& a) { return Found(fitOf(a).parameters.mu); };
        answers[prefix + "beta"] = [](const Asked& a) { return Found(fitOf(a).parameters.beta); };
        answers[prefix + "branching"] = [](const Asked& a) {
            return Found(fitOf(a).parameters.branching);
        };
        answers[prefix + "loglik"] = [](const Asked& a) { return Found(fitOf(a).logLikelihood); };
    }
    answers["kleinberg_states"] = [](const Asked&) { return Found(toyStates()); };
    answers["kleinberg_cost"] = [](const Asked&) { return Found(toyBursts().cost); };
    answers["km_median"] = [](const Asked& a) { return Found(medianStay(survivalOf(a)).value()); };
    answers["km_survival"] = [](const Asked& a) { return Found(stepOf(a).survival); };
    answers["km_std_err_greenwood"] = [](const Asked& a) { return Found(stepOf(a).error); };
    answers["km_ci95_loglog_low"] = [](const Asked& a) { return Found(stepOf(a).low); };
    answers["km_ci95_loglog_high"] = [](const Asked& a) { return Found(stepOf(a).high); };
    answers["restricted_mean_30"] = [](const Asked& a) {
        return Found(restrictedMean(survivalOf(a), 30));
    };
    answers["logrank_chisq"] = [](const Asked& a) { return Found(rankOf(a).chiSquare); };
    answers["logrank_p"] = [](const Asked& a) { return Found(rankOf(a).p); };
}

}  // namespace kith::tests
