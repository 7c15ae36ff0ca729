#include "core/analysis/retentionstudy.h"
#include "core/analysis/structurestudy.h"
#include "core/base/error.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/structure.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json countedObject(const Counted& counted)
{
    const auto range = counted.range();
    const bool any = counted.of > 0;
    return {{"n", counted.hits},
            {"of", counted.of},
            {"share", any ? number(range.share) : ordered_json(nullptr)},
            {"low", any ? number(range.low) : ordered_json(nullptr)},
            {"high", any ? number(range.high) : ordered_json(nullptr)}};
}

ordered_json shareOf(const Counted& counted)
{
    if (counted.of < smallestGroup) return nullptr;
    return number(counted.range().share);
}

ordered_json stepObject(const SurvivalStep& step, double days)
{
    return {{"days", number(days)},
            {"s", number(step.survival)},
            {"low", number(step.low)},
            {"high", number(step.high)},
            {"se", number(step.error)}};
}

ordered_json at90Object(const std::optional<SurvivalStep>& step)
{
    constexpr double landmark = 90;
    return step ? stepObject(*step, landmark) : ordered_json(nullptr);
}

/// Every step of a short curve; of a long one the last step of each day.
ordered_json survivalArray(const RetentionStudy& study)
{
    constexpr std::size_t listed = 1000;
    auto array = ordered_json::array();
    const auto& steps = study.survival;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool lastOfDay =
            i + 1 == steps.size() || std::floor(steps[i + 1].days) > std::floor(steps[i].days);
        if (steps.size() > listed && !lastOfDay) continue;
        auto row = stepObject(steps[i], steps[i].days);
        row["at_risk"] = steps[i].atRisk;
        row["left"] = steps[i].left;
        array.push_back(std::move(row));
    }
    return array;
}

ordered_json cohortsArray(const RetentionStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& cohort : study.cohorts) {
        auto windows = ordered_json::array();
        for (std::size_t w = 0; w < cohort.active.size(); ++w) {
            auto row = countedObject(cohort.active[w]);
            const Time start = cohort.from + study.window * static_cast<std::int64_t>(w);
            row["after"] = w;
            row["partial"] = start + study.window > study.until;
            windows.push_back(std::move(row));
        }
        array.push_back(
            {{"from", isoText(cohort.from)}, {"size", cohort.size}, {"windows", windows}});
    }
    return array;
}

ordered_json newcomersArray(const RetentionStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& window : study.newcomers) {
        const auto range = window.newcomers.range();
        const bool known = window.newcomers.of > 0 && !window.settling;
        array.push_back({{"from", isoText(window.from)},
                         {"newcomers", window.newcomers.hits},
                         {"active", window.newcomers.of},
                         {"attraction", known ? number(range.share) : ordered_json(nullptr)},
                         {"low", known ? number(range.low) : ordered_json(nullptr)},
                         {"high", known ? number(range.high) : ordered_json(nullptr)},
                         {"settling", window.settling},
                         {"provisional", window.provisional}});
    }
    return array;
}

ordered_json groupsArray(const RetentionStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& group : study.groups) {
        ordered_json row{{"kind", name(group.kind)},
                         {"id", group.id},
                         {"label", group.label},
                         {"people", group.people}};
        if (group.refused.empty()) {
            row["at_90_days"] = at90Object(group.at90);
        } else {
            row["refused"] = group.refused;
        }
        row["median_days"] = group.medianDays ? number(*group.medianDays) : ordered_json(nullptr);
        array.push_back(std::move(row));
    }
    return array;
}

void addWelcome(const Welcome& welcome, ordered_json& document)
{
    document["answered_within_48h"] = shareOf(welcome.answered);
    document["returned"] = {{"answered", shareOf(welcome.returnedAnswered)},
                            {"unanswered", shareOf(welcome.returnedUnanswered)}};
    document["welcome"] = {
        {"replies", welcome.replies},
        {"inferred", welcome.inferred},
        {"answered", countedObject(welcome.answered)},
        {"returned_answered", countedObject(welcome.returnedAnswered)},
        {"returned_unanswered", countedObject(welcome.returnedUnanswered)},
        {"questions_answered_within_72h", countedObject(welcome.questions)},
        {"median_response_hours",
         welcome.medianHours ? number(*welcome.medianHours) : ordered_json(nullptr)}};
    if (!welcome.refused.empty()) document["welcome"]["refused"] = welcome.refused;
}

ordered_json documentOf(const RetentionStudy& study)
{
    ordered_json document{
        {"people", study.people},
        {"messages", study.messages},
        {"zone", study.zone},
        {"from", isoText(study.from)},
        {"until", isoText(study.until)},
        {"quiet_after_days", number(study.quietAfter)},
        {"gap_95_days", number(study.gap95)},
        {"provisional_from", isoText(study.until - std::chrono::milliseconds(std::llround(
                                                       study.quietAfter * 86'400'000)))},
        {"window_days", number(static_cast<double>(study.window.count()) / 86'400'000)}};
    if (!study.refused.empty()) document["survival_refused"] = study.refused;
    document["survival"] = survivalArray(study);
    document["at_90_days"] = at90Object(study.at90);
    document["at_90_days_newcomers"] = at90Object(study.at90Newcomers);
    document["median_days"] = study.medianDays ? number(*study.medianDays) : ordered_json(nullptr);
    document["restricted_mean"] = {{"days", number(study.restrictedMean)},
                                   {"horizon", number(study.horizon)}};
    document["left_truncated"] = study.truncated;
    document["early"] = study.early;
    document["cohorts"] = cohortsArray(study);
    document["newcomers"] = newcomersArray(study);
    addWelcome(study.welcome, document);
    document["concentration"] = {{"gini", number(study.gini)}, {"top_5", number(study.topShare)}};
    auto& tiers = document["tiers"] = ordered_json::object();
    for (const Tier tier : allTiers) {
        tiers[std::string(name(tier))] = study.tiers.at(static_cast<std::size_t>(tier));
    }
    document["groups"] = groupsArray(study);
    document["log_rank"] = nullptr;
    if (study.logRank) {
        document["log_rank"] = {{"chi_square", number(study.logRank->chiSquare)},
                                {"degrees", study.logRank->degrees},
                                {"p", number(study.logRank->p)}};
    }
    return document;
}

class RetentionVerb final : public Verb {
public:
    std::string_view name() const override { return "retention"; }
    std::string_view about() const override
    {
        return "Says who stays, who comes, and who does how much";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--window", window_,
                         "length of the windows of cohorts and newcomers, such as 30d; without, by "
                         "the length of the whole");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.layout = options.null = options.traits = options.bridges = false;
        RetentionOptions retention;
        retention.threads = options.threads;
        if (!window_.empty()) retention.window = windowFrom(window_);
        const auto analysis = analyse(workspace, options, console.task);
        const auto study =
            studyRetention(workspace, options.selection, analysis.get(), retention, console.task);
        const auto structure =
            studyStructure(workspace, options.selection, options.weights, analysis->people,
                           {options.seed, options.threads, true}, console.task);
        auto document = documentOf(study);
        document["seed"] = options.seed;
        const auto whole = structureObject(structure, analysis->people);
        for (const char* part : {"reciprocity", "k_core", "core_periphery"})
            document[part] = whole.at(part);
        std::vector<std::string> lines;
        addEvidence(retentionSentences(study), document, lines);
        console.answer(document, lines);
    }

private:
    static std::chrono::milliseconds windowFrom(const std::string& text)
    {
        const auto length = lengthFrom(text);
        if (length >= std::chrono::hours(24)) return length;
        throw Error(Error::Kind::Usage, "--window " + text + " is too short", {},
                    "Choose a day or more, such as 7d.");
    }

    std::string workspace_;
    std::string window_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> retentionVerb()
{
    return std::make_unique<RetentionVerb>();
}

}  // namespace kith::cli
