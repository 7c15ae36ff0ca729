#include "core/journey/journey.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/messages.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

namespace kith {
namespace {

/// Turns of phrase that make a message worth reading for a characteristic (METHODS l). They only
/// choose what is offered; a person decides what it shows.
std::span<const std::string_view> phrasesFor(Characteristic characteristic)
{
    static constexpr std::array<std::string_view, 10> sponsorship{
        "councillor",     "will back us", "support us",  "offered us",   "let us use",
        "free of charge", "pay for",      "on our side", "manager said", "funding"};
    static constexpr std::array<std::string_view, 9> vision{
        "why we",           "what we're for", "what we are for", "our aim", "we want a",
        "in this together", "what matters",   "the point is",    "we exist"};
    static constexpr std::array<std::string_view, 12> goals{
        "by friday", "by monday", "by the end of", "deadline", "our goal", "we will get",
        "target",    "by easter", "before the",    "by march", "by april", "let's get"};
    static constexpr std::array<std::string_view, 9> coreTeam{
        "volunteer", "who can help", "take over",    "i can do", "rota",
        "step back", "join the",     "need someone", "new here"};
    static constexpr std::array<std::string_view, 9> outcomes{
        "we got", "it worked", "fixed",      "they've agreed", "result",
        "sorted", "we won",    "managed to", "finally"};
    static constexpr std::array<std::string_view, 9> measures{"out of",    "counted", "how many",
                                                              "per cent",  "percent", "survey",
                                                              "so far we", "total",   "numbers"};
    static constexpr std::array<std::string_view, 10> processes{
        "agenda", "minutes", "every week",    "every month",   "meeting",
        "vote",   "chair",   "how do i join", "first tuesday", "sign up"};
    static constexpr std::array<std::string_view, 9> assumptions{
        "depends on", "if the council", "waiting for", "as long as", "assuming",
        "what if",    "unless",         "rely on",     "risk"};
    static constexpr std::array<std::string_view, 9> review{
        "looking back", "last time", "what went", "next time",    "lessons",
        "learned",      "learnt",    "review",    "how did it go"};
    switch (characteristic) {
    case Characteristic::Sponsorship: return sponsorship;
    case Characteristic::Vision: return vision;
    case Characteristic::Goals: return goals;
    case Characteristic::CoreTeam: return coreTeam;
    case Characteristic::Outcomes: return outcomes;
    case Characteristic::Measures: return measures;
    case Characteristic::Processes: return processes;
    case Characteristic::Assumptions: return assumptions;
    case Characteristic::Review: return review;
    }
    return {};
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Whether `phrase` stands in the folded text as words of its own.
bool says(std::string_view folded, std::string_view phrase)
{
    for (auto at = folded.find(phrase); at != std::string_view::npos;
         at = folded.find(phrase, at + 1)) {
        const auto end = at + phrase.size();
        const bool starts = at == 0 || !isLetter(folded[at - 1]);
        if (starts && (end == folded.size() || !isLetter(folded[end]))) return true;
    }
    return false;
}

JourneyCell cellOf(Characteristic characteristic, const std::vector<Assessment>& ratings,
                   const std::vector<Evidence>& kept)
{
    JourneyCell cell;
    cell.characteristic = characteristic;
    for (const auto& rating : ratings) {
        if (rating.characteristic != characteristic) continue;
        if (cell.latest)
            cell.trend = (rating.level > cell.latest->level) - (rating.level < cell.latest->level);
        cell.latest = rating;
    }
    for (const auto& item : kept) {
        if (item.characteristic == characteristic)
            ++(item.supports ? cell.supporting : cell.opposing);
    }
    return cell;
}

}  // namespace

std::vector<JourneyRow> journeyBoard(const Workspace& workspace)
{
    std::vector<JourneyRow> board;
    for (auto& community : communities(workspace)) {
        const auto ratings = assessments(workspace, community.id);
        const auto kept = evidence(workspace, community.id);
        JourneyRow row{std::move(community), {}};
        for (const auto characteristic : allCharacteristics) {
            row.cells.push_back(cellOf(characteristic, ratings, kept));
        }
        board.push_back(std::move(row));
    }
    return board;
}

CommunityId adoptCluster(Workspace& workspace, const Analysis& analysis, std::uint32_t cluster,
                         const std::string& name)
{
    if (cluster >= analysis.clusters.size()) {
        throw Error(Error::Kind::NotFound, "there is no group " + std::to_string(cluster), {},
                    "This selection has " + std::to_string(analysis.clusters.size()) +
                        " groups, numbered from 0.");
    }
    const auto& found = analysis.clusters[cluster];
    std::vector<PersonId> members;
    for (const auto vertex : found.members) members.push_back(analysis.people.people[vertex]);
    return adoptCommunity(workspace, name, members, MemberOrigin::FromCluster, found.colour);
}

std::vector<OfferedEvidence> offerEvidence(const Workspace& workspace, CommunityId id,
                                           Characteristic characteristic, std::size_t limit,
                                           Task& task)
{
    const auto kept = community(workspace, id);
    if (!kept) throw Error(Error::Kind::NotFound, "that community is no longer there");
    std::set<PersonId> members;
    for (const auto& member : kept->members) {
        if (!member.until) members.insert(member.person);
    }

    std::vector<std::pair<std::optional<Time>, OfferedEvidence>> found;
    const auto phrases = phrasesFor(characteristic);
    Selection everything;
    everything.community = id;
    eachMessage(
        workspace, everything,
        [&](const MessageRow& message) {
            if (!members.contains(message.author)) return;
            const auto folded = replaceAll(foldForMatching(message.text), "’", "'");
            for (const auto phrase : phrases) {
                if (!says(folded, phrase)) continue;
                found.push_back(
                    {message.time,
                     {message.id, message.author, std::string(message.text), std::string(phrase)}});
                break;
            }
        },
        task);
    // Newest first: what a group does now says more than what it did.
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<OfferedEvidence> offered;
    for (auto& [time, item] : found) {
        if (offered.size() == limit) break;
        offered.push_back(std::move(item));
    }
    return offered;
}

}  // namespace kith
