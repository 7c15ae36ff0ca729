#include "app/cli/selection.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/communities.h"
#include "core/store/messages.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kith::cli {
namespace {

Time dateFlag(const std::string& flag, const std::string& text, bool endOfDay)
{
    const auto parsed = parseIso(text);
    if (!parsed) {
        throw Error(Error::Kind::Usage, flag + " " + text + " is not a date", {},
                    "Write it as 2025-03-01 or 2025-03-01T18:00:00Z.");
    }
    Time time(parsed->wall.time_since_epoch() - parsed->offset.value_or(std::chrono::minutes(0)));
    if (endOfDay && parsed->dateOnly) time += std::chrono::days(1);
    return time;
}

SourceId sourceCalled(const Workspace& workspace, const std::string& text)
{
    const auto wanted = parseInteger(text);
    std::vector<std::string> known;
    for (const auto& source : sources(workspace)) {
        if (source.file == text || (wanted && source.id.value == *wanted)) return source.id;
        known.push_back(fmt::format("{} ({})", source.id.value, source.file));
    }
    throw Error(Error::Kind::NotFound, "there is no source " + text, {},
                "The sources are: " + join(known, ", ") + ".");
}

ConcernId concernCalled(const Workspace& workspace, const std::string& text)
{
    std::vector<std::string> known;
    for (const auto& concern : concerns(workspace)) {
        if (concern.name == text) return concern.id;
        known.push_back(concern.name);
    }
    throw Error(Error::Kind::NotFound, "there is no concern called " + text, {},
                known.empty() ? "None has been named yet: `concern W add NAME QUERY` names one."
                              : "The concerns are: " + join(known, ", ") + ".");
}

TieKind kindCalled(const std::string& text)
{
    if (const auto kind = tieKindNamed(text)) return *kind;
    std::vector<std::string> known;
    for (const auto kind : allTieKinds) known.emplace_back(name(kind));
    throw Error(Error::Kind::Usage, "there is no kind of tie called " + text, {},
                "The kinds are: " + join(known, ", ") + ".");
}

Layer layerCalled(const std::string& text)
{
    if (text == "interaction") return Layer::Interaction;
    if (text == "interest") return Layer::Interest;
    throw Error(Error::Kind::Usage, "there is no layer called " + text, {},
                "The layers are interaction (who talks with whom) and interest (who talks about "
                "the same things).");
}

}  // namespace

void SelectionFlags::declare(Arguments& arguments)
{
    arguments.option("--from", from, "first day, 2025-03-01");
    arguments.option("--to", to, "last day");
    arguments.option("--source", sources,
                     "only this source (number or file name); may be repeated");
    arguments.option("--kind", kinds, "only ties of this kind; may be repeated");
    arguments.option("--concern", concern, "only messages that speak of this concern");
    arguments.option("--community", community, "only ties among this community's members");
    arguments.option("--min-weight", minWeight, "leave out weaker ties");
    arguments.option("--layer", layer,
                     "interaction: who talks with whom; interest: who talks about the same");
    arguments.option("--resolution", resolution,
                     "above 1: more and smaller groups; 0 = 1 up to 10,000 people, beyond where "
                     "the groups hold still");
    arguments.option("--seed", seed, "number that random steps start from");
    arguments.option("--threads", threads, "0 = all; the result is the same");
}

AnalysisOptions SelectionFlags::options(const Workspace& workspace) const
{
    AnalysisOptions options;
    if (!from.empty()) options.selection.from = dateFlag("--from", from, false);
    if (!to.empty()) options.selection.until = dateFlag("--to", to, true);
    for (const auto& source : sources) {
        options.selection.sources.push_back(sourceCalled(workspace, source));
    }
    for (const auto& kind : kinds) options.selection.kinds.push_back(kindCalled(kind));
    if (!concern.empty()) options.selection.concern = concernCalled(workspace, concern);
    if (!community.empty()) options.selection.community = communityCalled(workspace, community).id;
    options.selection.layer = layerCalled(layer);
    if (!(resolution >= 0)) {
        throw Error(Error::Kind::Usage, "--resolution must not be below 0");
    }
    options.selection.minWeight = minWeight;
    options.resolution = resolution;
    options.seed = seed;
    options.threads = threads;
    return options;
}

Naming namingOf(const std::string& text)
{
    if (text == "pseudonym") return Naming::Pseudonyms;
    if (text == "real") return Naming::Real;
    if (text == "none") return Naming::None;
    throw Error(Error::Kind::Usage, "--names " + text + " makes no sense", {},
                "Choose pseudonym, real or none.");
}

nlohmann::ordered_json number(double value)
{
    if (!std::isfinite(value)) return nullptr;
    if (value == 0) return 0.0;
    const double scale = std::pow(10.0, 11 - std::floor(std::log10(std::abs(value))));
    const double rounded = std::round(value * scale) / scale;
    return std::isfinite(rounded) ? rounded : value;
}

nlohmann::ordered_json wordsArray(const std::vector<DistinctiveWord>& words)
{
    auto array = nlohmann::ordered_json::array();
    for (const auto& word : words) {
        array.push_back({{"word", word.word},
                         {"z", number(word.z)},
                         {"authors", word.authors},
                         {"messages", word.messages}});
    }
    return array;
}

nlohmann::ordered_json timeOrNull(const std::optional<Time>& time)
{
    if (!time) return nullptr;
    return isoText(*time);
}

nlohmann::ordered_json tiesObject(const std::map<TieKind, std::uint64_t>& ties)
{
    auto object = nlohmann::ordered_json::object();
    for (const auto& [kind, count] : ties) object[std::string(name(kind))] = count;
    return object;
}

Community communityCalled(const Workspace& workspace, const std::string& text)
{
    if (auto found = communityNamed(workspace, text)) return *found;
    const auto id = parseInteger(text);
    std::vector<std::string> known;
    for (auto& community : communities(workspace)) {
        if (id && community.id.value == *id) return community;
        known.push_back(community.name);
    }
    throw Error(Error::Kind::NotFound, "there is no community called " + text, {},
                known.empty() ? "None has been adopted yet."
                              : "The communities are: " + join(known, ", ") + ".");
}

}  // namespace kith::cli
