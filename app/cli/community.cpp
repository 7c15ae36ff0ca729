#include "core/base/error.h"
#include "core/base/text.h"
#include "core/journey/journey.h"
#include "core/journey/rubric.h"
#include "core/store/people.h"

#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json evidenceObject(const Evidence& item)
{
    static constexpr const char* kinds[] = {"", "message", "link", "file", "note"};
    return {{"id", item.id.value},
            {"characteristic", name(item.characteristic)},
            {"kind", kinds[static_cast<int>(item.kind)]},
            {"supports", item.supports},
            {"message", item.message ? ordered_json(item.message.value) : ordered_json(nullptr)},
            {"text", item.text},
            {"added", isoText(item.added)}};
}

ordered_json assessmentObject(const Assessment& rating)
{
    return {{"characteristic", name(rating.characteristic)},
            {"level", rating.level},
            {"means",
             rubricOf(rating.characteristic).levels.at(static_cast<std::size_t>(rating.level))},
            {"on", dateText(rating.on)},
            {"assessor", rating.assessor},
            {"note", rating.note}};
}

ordered_json memberObject(const Workspace& workspace, const Member& member)
{
    const auto who = person(workspace, member.person);
    return {{"person", who ? who->name : std::string()},
            {"since", isoText(member.since)},
            {"until", timeOrNull(member.until)},
            {"from", member.origin == MemberOrigin::FromCluster ? "cluster" : "hand"}};
}

ordered_json communityObject(const Workspace& workspace, const Community& community)
{
    ordered_json object{{"id", community.id.value},
                        {"name", community.name},
                        {"note", community.note},
                        {"colour", community.colour},
                        {"created", isoText(community.created)},
                        {"tags", community.tags},
                        {"members", ordered_json::array()},
                        {"assessments", ordered_json::array()},
                        {"evidence", ordered_json::array()}};
    for (const auto& member : community.members)
        object["members"].push_back(memberObject(workspace, member));
    for (const auto& rating : assessments(workspace, community.id)) {
        object["assessments"].push_back(assessmentObject(rating));
    }
    for (const auto& item : evidence(workspace, community.id))
        object["evidence"].push_back(evidenceObject(item));
    return object;
}

std::vector<std::string> communityLines(const Workspace& workspace, const Community& community)
{
    std::vector<std::string> lines{
        fmt::format("{}: {} people{}", community.name, community.members.size(),
                    community.tags.empty() ? "" : "; tags: " + join(community.tags, ", "))};
    for (const auto& rating : assessments(workspace, community.id)) {
        lines.push_back(fmt::format(
            "  {} {}: {} - {}", dateText(rating.on), rubricOf(rating.characteristic).title,
            rating.level,
            rubricOf(rating.characteristic).levels.at(static_cast<std::size_t>(rating.level))));
    }
    return lines;
}

Time now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class CommunityVerb final : public Verb {
public:
    std::string_view name() const override { return "community"; }
    std::string_view about() const override
    {
        return "Keeps groups: list | adopt | tag NAME TAG... | assess NAME CHARACTERISTIC LEVEL | "
               "show NAME";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("action", action_, "list, adopt, tag, assess or show");
        arguments.rest("words", words_,
                       "tag: NAME TAG...; assess: NAME CHARACTERISTIC LEVEL; show: NAME");
        arguments.option("--cluster", cluster_, "adopt: number of the group in `clusters`");
        arguments.option("--name", name_, "adopt: what to call it; else: which community");
        arguments.option("--person", people_,
                         "adopt: these people instead of a group; may be repeated");
        arguments.flag("--remove", remove_, "tag: take the tags away");
        arguments.option("--characteristic", characteristic_, "assess: which of the nine");
        arguments.option("--level", level_, "assess: 0 to 4");
        arguments.option("--assessor", assessor_, "assess: who rates");
        arguments.option("--note", note_, "assess: why");
        arguments.option("--on", on_, "assess: the day, 2025-03-01; today when absent");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        if (action_ == "list") return list(console);
        if (action_ == "adopt") return adopt(console);
        if (action_ == "tag") return tag(console);
        if (action_ == "assess") return rate(console);
        if (action_ == "show") return show(console);
        throw Error(Error::Kind::Usage, "community cannot " + action_, {},
                    "It can list, adopt, tag, assess and show.");
    }

private:
    /// The next positional word, or the flag's value where it was given.
    std::string take(std::string given, const char* what)
    {
        if (!given.empty()) return given;
        if (words_.empty()) {
            throw Error(Error::Kind::Usage, "community " + action_ + " needs " + what);
        }
        auto word = words_.front();
        words_.erase(words_.begin());
        return word;
    }

    void answer(const Console& console, const Workspace& workspace, CommunityId id) const
    {
        const auto found = community(workspace, id);
        if (!found) throw Error(Error::Kind::NotFound, "that community is no longer there");
        console.answer(communityObject(workspace, *found), communityLines(workspace, *found));
    }

    void list(const Console& console) const
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto objects = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& each : communities(workspace)) {
            objects.push_back(communityObject(workspace, each));
            const auto more = communityLines(workspace, each);
            lines.insert(lines.end(), more.begin(), more.end());
        }
        console.answer({{"communities", objects}}, lines);
    }

    void adopt(const Console& console)
    {
        auto workspace = Workspace::open(workspace_);
        if (!people_.empty()) {
            std::vector<PersonId> members;
            for (const auto& who : people_) members.push_back(personCalled(workspace, who));
            return answer(
                console, workspace,
                adoptCommunity(workspace, take(name_, "a name"), members, MemberOrigin::ByHand));
        }
        const auto cluster = parseInteger(take(cluster_, "--cluster N or --person NAME"));
        if (!cluster || *cluster < 0)
            throw Error(Error::Kind::Usage, "--cluster must be a number from `clusters`");
        auto options = flags_.options(workspace);
        options.layout = false;
        options.null = options.traits = options.bridges = false;
        const auto analysis = analyse(workspace, options, console.task);
        const auto index = static_cast<std::uint32_t>(*cluster);
        std::string called = name_;
        if (called.empty() && !words_.empty()) called = take({}, "a name");
        if (called.empty() && index < analysis->clusters.size())
            called = analysis->clusters[index].label;
        answer(console, workspace, adoptCluster(workspace, *analysis, index, called));
    }

    static PersonId personCalled(const Workspace& workspace, const std::string& text)
    {
        const auto found = peopleCalled(workspace, text);
        if (found.empty()) throw Error(Error::Kind::NotFound, "nobody is called " + text);
        if (found.size() > 1) {
            throw Error(Error::Kind::NotFound,
                        std::to_string(found.size()) + " people are called " + text, {},
                        "Use a handle or pseudonym that only one of them has.");
        }
        return found.front();
    }

    void tag(const Console& console)
    {
        auto workspace = Workspace::open(workspace_);
        const auto found = communityCalled(workspace, take(name_, "the community's name"));
        if (words_.empty()) throw Error(Error::Kind::Usage, "community tag needs at least one tag");
        for (const auto& word : words_) {
            remove_ ? untagCommunity(workspace, found.id, word)
                    : tagCommunity(workspace, found.id, word);
        }
        answer(console, workspace, found.id);
    }

    void rate(const Console& console)
    {
        auto workspace = Workspace::open(workspace_);
        Assessment rating;
        rating.community = communityCalled(workspace, take(name_, "the community's name")).id;
        const auto which = take(characteristic_, "a characteristic");
        const auto characteristic = characteristicNamed(which);
        if (!characteristic) {
            std::vector<std::string> known;
            for (const auto each : allCharacteristics) known.emplace_back(kith::name(each));
            throw Error(Error::Kind::Usage, "there is no characteristic " + which, {},
                        "The nine are: " + join(known, ", ") + ".");
        }
        const auto level = parseInteger(take(level_, "a level from 0 to 4"));
        if (!level || *level < 0 || *level > 4)
            throw Error(Error::Kind::Usage, "the level must be 0, 1, 2, 3 or 4");
        rating.characteristic = *characteristic;
        rating.level = static_cast<int>(*level);
        rating.assessor = assessor_;
        rating.note = note_;
        rating.on = now();
        if (!on_.empty()) {
            const auto day = parseIso(on_);
            if (!day)
                throw Error(Error::Kind::Usage, "--on " + on_ + " is not a date", {},
                            "Write it as 2025-03-01.");
            rating.on = Time(day->wall.time_since_epoch());
        }
        assess(workspace, rating);
        answer(console, workspace, rating.community);
    }

    void show(const Console& console)
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        answer(console, workspace,
               communityCalled(workspace, take(name_, "the community's name")).id);
    }

    std::string workspace_;
    std::string action_;
    std::vector<std::string> words_;
    std::string cluster_;
    std::string name_;
    std::vector<std::string> people_;
    bool remove_ = false;
    std::string characteristic_;
    std::string level_;
    std::string assessor_;
    std::string note_;
    std::string on_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> communityVerb()
{
    return std::make_unique<CommunityVerb>();
}

}  // namespace kith::cli
