#include "core/analysis/opinionstudy.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/cluster/partition.h"
#include "core/store/people.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace kith {

namespace {

constexpr std::string_view exportedTrait = "opinion group (Polis)";
constexpr std::size_t listed = 5;  ///< representative statements of a group

/// The votes as the measure wants them, over the people who cast one that counts.
struct Ballots {
    VoteTable table;
    std::vector<PersonId> people;
};

const VotedConversation& chosen(const std::vector<VotedConversation>& all, const std::string& name)
{
    if (all.empty()) {
        throw Error(Error::Kind::NotFound, "there are no votes in this selection", {},
                    "Import a conversation with votes, from Polis for instance.");
    }
    if (name.empty()) return all.front();
    std::vector<std::string> known;
    for (const auto& one : all) {
        if (one.name == name || std::to_string(one.id) == name) return one;
        known.push_back(one.name);
    }
    throw Error(Error::Kind::NotFound, "there are no votes in a conversation called " + name, {},
                "The conversations with votes are: " + join(known, ", ") + ".");
}

/// Drops statements that were moderated out and those without votes.
Ballots ballotsOf(const StoredVotes& stored, OpinionStudy& study)
{
    constexpr auto dropped = ~std::uint32_t{0};
    std::vector<bool> voted(stored.statements.size());
    for (const auto& vote : stored.votes) voted[vote.statement] = true;
    std::vector<std::uint32_t> number(stored.statements.size(), dropped);
    for (std::size_t s = 0; s < stored.statements.size(); ++s) {
        if (stored.statements[s].moderatedOut) {
            ++study.moderatedOut;
        } else if (!voted[s]) {
            ++study.withoutVotes;
        } else {
            number[s] = static_cast<std::uint32_t>(study.statements.size());
            study.statements.push_back(stored.statements[s]);
        }
    }
    Ballots ballots;
    ballots.table.statements = static_cast<std::uint32_t>(study.statements.size());
    for (const auto& vote : stored.votes) {
        if (number[vote.statement] == dropped) continue;
        if (ballots.people.empty() || ballots.people.back() != vote.person) {
            ballots.people.push_back(vote.person);
            ballots.table.cast.emplace_back();
        }
        ballots.table.cast.back().push_back(
            {number[vote.statement], static_cast<std::int8_t>(vote.value)});
        ++study.votes;
    }
    study.people = ballots.people.size();
    return ballots;
}

/// The groups that came with the votes, by person; -1 = in none.
struct ExportedGroups {
    std::vector<std::string> labels;
    std::vector<std::int32_t> of;
};

ExportedGroups exportedGroups(const Workspace& workspace, const std::vector<PersonId>& people)
{
    ExportedGroups found;
    const auto trait = traitNamed(workspace, exportedTrait);
    if (!trait) return found;
    const auto values = traitValues(workspace, trait->id);
    const auto order = [](const std::string& text) {
        const auto number = parseInteger(text);
        return std::tuple(!number.has_value(), number.value_or(0), text);
    };
    std::set<std::string> seen;
    for (const auto person : people) {
        const auto value = values.find(person);
        if (value != values.end()) seen.insert(value->second);
    }
    found.labels.assign(seen.begin(), seen.end());
    std::ranges::sort(found.labels, {}, order);
    for (const auto person : people) {
        const auto value = values.find(person);
        found.of.push_back(
            value == values.end()
                ? -1
                : static_cast<std::int32_t>(std::ranges::find(found.labels, value->second) -
                                            found.labels.begin()));
    }
    return found;
}

void useExported(const Ballots& ballots, const ExportedGroups& exported, OpinionStudy& study)
{
    auto& found = study.found;
    study.fromExport = true;
    study.labels = exported.labels;
    found.groupOf = exported.of;
    found.groups = static_cast<std::uint32_t>(exported.labels.size());
    found.sizes.assign(found.groups, 0);
    found.used = 0;
    for (const auto group : exported.of) {
        if (group < 0) continue;
        ++found.sizes[static_cast<std::size_t>(group)];
        ++found.used;
    }
    found.consensus = groupInformedConsensus(ballots.table, found.groupOf, found.groups);
    found.representative.clear();
    for (std::uint32_t g = 0; g < found.groups; ++g) {
        auto best = representatives(ballots.table, found.groupOf, g);
        best.resize(std::min(best.size(), listed));
        found.representative.insert(found.representative.end(), best.begin(), best.end());
    }
}

/// Over the people whom both put into a group.
std::optional<double> likeness(const std::vector<std::int32_t>& a,
                               const std::vector<std::int32_t>& b)
{
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> second;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (a[i] < 0 || b[i] < 0) continue;
        first.push_back(static_cast<std::uint32_t>(a[i]));
        second.push_back(static_cast<std::uint32_t>(b[i]));
    }
    if (first.empty()) return std::nullopt;
    return adjustedRandIndex(partitionOf(first), partitionOf(second));
}

}  // namespace

OpinionStudy studyOpinions(const Workspace& workspace, const Selection& selection,
                           const OpinionStudyOptions& options, Task& task)
{
    OpinionStudy study;
    study.conversations = votedConversations(workspace, selection);
    const auto& conversation = chosen(study.conversations, options.conversation);
    study.conversation = conversation.name;
    const auto ballots = ballotsOf(votesIn(workspace, selection, conversation.id, task), study);
    const auto exported = exportedGroups(workspace, ballots.people);
    if (options.exportGroups && exported.labels.size() < 2) {
        throw Error(Error::Kind::NotFound, "no opinion groups came with these votes", {},
                    "Leave out --groups export, and Kith looks for groups itself.");
    }
    study.found = opinionGroups(ballots.table, options.opinions, task);
    for (std::uint32_t g = 0; g < study.found.groups; ++g)
        study.labels.push_back(std::to_string(g));
    if (exported.labels.size() > 1) {
        study.likenessToExport = likeness(study.found.groupOf, exported.of);
    }
    if (options.exportGroups) useExported(ballots, exported, study);
    return study;
}

}  // namespace kith
