#include "core/analysis/growthstudy.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;
constexpr double dayInSeconds = 86'400;

ordered_json binsArray(const Bins& bins)
{
    auto array = ordered_json::array();
    for (std::size_t i = 0; i < bins.messages.size(); ++i) {
        const Time start = bins.from + bins.length * static_cast<std::int64_t>(i);
        array.push_back({{"t", isoText(start)},
                         {"n", bins.messages[i]},
                         {"people", bins.people[i]},
                         {"newcomers", bins.newcomers[i]}});
    }
    return array;
}

ordered_json fitsArray(const Growth& growth)
{
    auto array = ordered_json::array();
    for (const auto& fit : growth.fits) {
        auto parameters = ordered_json::object();
        const auto names = parameterNames(fit.shape);
        for (std::size_t i = 0; i < names.size(); ++i)
            parameters[std::string(names[i])] = number(fit.parameters[i]);
        parameters["k"] = number(fit.dispersion);
        array.push_back({{"model", name(fit.shape)},
                         {"aicc", number(fit.aicc)},
                         {"delta", number(fit.delta)},
                         {"log_likelihood", number(fit.logLikelihood)},
                         {"parameters", parameters}});
    }
    return array;
}

void addGrowth(const GrowthStudy& study, ordered_json& document)
{
    document["fits"] = study.growth ? fitsArray(*study.growth) : ordered_json::array();
    if (!study.growth) {
        for (const char* key : {"best", "lead", "rate_per_day", "doubling_seconds"})
            document[key] = nullptr;
        document["doubling_interval"] = {nullptr, nullptr};
        document["growth_refused"] = study.growthRefused;
        return;
    }
    const Growth& growth = *study.growth;
    document["best"] = name(growth.best);
    document["lead"] = number(growth.lead);
    document["autocorrelation"] = number(growth.autocorrelation);
    document["weekdays"] = growth.weekdays;
    document["rate_per_day"] = number(growth.rate);
    document["doubling_seconds"] = number(growth.doublingDays * dayInSeconds);
    document["doubling_interval"] = {number(growth.doublingLow * dayInSeconds),
                                     number(growth.doublingHigh * dayInSeconds)};
}

void addExcitation(const GrowthStudy& study, ordered_json& document)
{
    if (!study.excitation) {
        document["branching_ratio"] = nullptr;
        document["branching_interval"] = {nullptr, nullptr};
        document["branching_refused"] = study.excitationRefused;
        return;
    }
    const Excitation& found = *study.excitation;
    document["branching_ratio"] = number(found.fit.parameters.branching);
    document["branching_interval"] = {number(found.low), number(found.high)};
    document["baseline_per_hour"] = number(found.fit.parameters.mu);
    auto trend = ordered_json::array();
    for (const double log : found.fit.trend.logs()) trend.push_back(number(std::exp(log)));
    document["baseline_trend"] = std::move(trend);
    document["decay_per_hour"] = number(found.fit.parameters.beta);
    document["branching_from"] = isoText(study.excitationFrom);
    document["branching_messages"] = found.events;
    document["branching_bias"] = number(found.bias);
    document["fit_distance"] = number(found.ks);
    document["fit_p"] = number(found.ksP);
    document["whole_minutes"] = found.jittered;
}

ordered_json monthsArray(const GrowthStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& month : study.months) {
        ordered_json row{{"from", isoText(month.from)}, {"messages", month.events}};
        if (month.excitation) {
            row["branching_ratio"] = number(month.excitation->fit.parameters.branching);
            row["branching_interval"] = {number(month.excitation->low),
                                         number(month.excitation->high)};
        } else {
            row["branching_ratio"] = nullptr;
            row["branching_interval"] = {nullptr, nullptr};
            row["refused"] = month.refused;
        }
        array.push_back(std::move(row));
    }
    return array;
}

ordered_json burstsArray(const GrowthStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& burst : study.bursts) {
        auto ids = ordered_json::array();
        for (const auto id : burst.first) ids.push_back(id.value);
        array.push_back({{"from", isoText(burst.from)},
                         {"to", isoText(burst.to)},
                         {"level", burst.level},
                         {"messages", burst.messages},
                         {"first_messages", ids}});
    }
    return array;
}

class GrowthVerb final : public Verb {
public:
    std::string_view name() const override { return "growth"; }
    std::string_view about() const override
    {
        return "Says how activity grows, and whether it grows by itself";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--bin", bin_, "length of the bins listed, such as 1d, 12h or 2w");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        GrowthStudyOptions study;
        study.bin = lengthFrom(bin_);
        study.seed = options.seed;
        study.threads = options.threads;
        const auto found = studyGrowth(workspace, options.selection, study, console.task);

        ordered_json document{{"people", found.people}, {"messages", found.messages},
                              {"zone", found.zone},     {"bin", bin_},
                              {"seed", options.seed},   {"bins", binsArray(found.bins)}};
        addGrowth(found, document);
        addExcitation(found, document);
        document["months"] = monthsArray(found);
        document["bursts"] = burstsArray(found);
        document["signs"] = ordered_json::array();
        std::vector<std::string> lines;
        addEvidence(growthSentences(found), document, lines);
        for (const auto& sign : found.signs) {
            document["signs"].push_back({{"about", sign.about},
                                         {"finding", sign.finding},
                                         {"speaks_for", kith::name(sign.speaks)}});
            lines.push_back(
                fmt::format("  {}: {} [{}]", sign.about, sign.finding, kith::name(sign.speaks)));
        }
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string bin_ = "1d";
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> growthVerb()
{
    return std::make_unique<GrowthVerb>();
}

}  // namespace kith::cli
