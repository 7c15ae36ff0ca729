#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "core/store/samepeople.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

std::string placed(const Account& account)
{
    return fmt::format("{} on {}", account.key, account.platform);
}

/// What telling of many people needs of everybody at once, read from the workspace once.
struct Everybody {
    explicit Everybody(const Workspace& from)
        : workspace(from), pseudonym(pseudonyms(from)), messages(messageCounts(from, {}))
    {}

    const Workspace& workspace;
    std::map<PersonId, Pseudonym> pseudonym;
    std::map<PersonId, std::uint64_t> messages;
};

/// One line that tells namesakes apart: "Ann Shaw, P-012345 (U12 on slack)".
std::string described(const Everybody& all, PersonId id)
{
    std::vector<std::string> places;
    for (const auto& account : accountsOf(all.workspace, id)) places.push_back(placed(account));
    return fmt::format("{}, {} ({})", person(all.workspace, id)->name, all.pseudonym.at(id),
                       join(places, ", "));
}

/// The one person whom a name, handle, key or pseudonym means.
/// @throws Error NotFound; Usage listing everybody it may mean
PersonId personCalled(const Workspace& workspace, const std::string& text)
{
    const auto found = peopleCalled(workspace, text);
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        throw Error(Error::Kind::NotFound, "there is nobody called " + text, {},
                    "Give a name, a handle, an address or a pseudonym.");
    }
    constexpr std::size_t mostListed = 10;
    const Everybody all(workspace);
    std::vector<std::string> candidates;
    for (const auto id : found) {
        if (candidates.size() < mostListed) candidates.push_back(described(all, id));
    }
    if (found.size() > mostListed) {
        candidates.push_back(fmt::format("and {} more", found.size() - mostListed));
    }
    throw Error(
        Error::Kind::Usage,
        fmt::format("{} people are called {}: {}", found.size(), text, join(candidates, "; ")), {},
        "Give the handle, address or pseudonym of the one you mean.");
}

ordered_json accountObject(const Account& account)
{
    return {{"id", account.id.value}, {"platform", account.platform}, {"key", account.key},
            {"name", account.name},   {"handle", account.handle},     {"bot", account.bot}};
}

ordered_json personObject(const Everybody& all, PersonId id)
{
    const Workspace& workspace = all.workspace;
    const auto who = person(workspace, id);
    if (!who) throw Error(Error::Kind::NotFound, "that person is no longer there");
    const auto count = all.messages.find(id);
    auto list = ordered_json::array();
    for (const auto& account : accountsOf(workspace, id)) list.push_back(accountObject(account));
    auto traits = ordered_json::object();
    for (const auto& [trait, value] : traitsOf(workspace, id)) traits[trait] = value;
    return {{"id", id.value},
            {"name", who->name},
            {"pseudonym", all.pseudonym.at(id)},
            {"kind", who->kind == PersonKind::Organisation ? "organisation" : "individual"},
            {"sector", who->sector},
            {"note", who->note},
            {"messages", count == all.messages.end() ? 0 : count->second},
            {"accounts", list},
            {"traits", traits}};
}

std::vector<std::string> personLines(const Everybody& all, PersonId id)
{
    std::vector<std::string> lines{described(all, id)};
    for (const auto& [trait, value] : traitsOf(all.workspace, id)) {
        lines.push_back("  " + trait + ": " + value);
    }
    return lines;
}

class PersonVerb final : public Verb {
public:
    std::string_view name() const override { return "person"; }
    std::string_view about() const override
    {
        return "One person's accounts: show NAME | suggestions | merge A B | apart A B | "
               "split ACCOUNT_OR_PERSON";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("action", action_, "show, suggestions, merge, apart or split");
        arguments.rest("people", people_,
                       "whom: a name, handle, address or pseudonym; merge keeps the first");
    }

    void run(const Console& console) override
    {
        if (action_ == "show") return show(console);
        if (action_ == "suggestions") return suggest(console);
        if (action_ == "merge") return merge(console);
        if (action_ == "apart") return apart(console);
        if (action_ == "split") return split(console);
        throw Error(Error::Kind::Usage, "person cannot " + action_, {},
                    "It can show, suggest, merge, keep apart and split.");
    }

private:
    void take(std::size_t count) const
    {
        if (people_.size() == count) return;
        throw Error(
            Error::Kind::Usage,
            fmt::format("person {} takes {} people, {} were given", action_, count, people_.size()),
            {}, "Put names with spaces in quotation marks.");
    }

    void answer(const Console& console, const Workspace& workspace, PersonId id) const
    {
        const Everybody all(workspace);
        console.answer(personObject(all, id), personLines(all, id));
    }

    void show(const Console& console) const
    {
        take(1);
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        answer(console, workspace, personCalled(workspace, people_[0]));
    }

    void suggest(const Console& console) const
    {
        take(0);
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const Everybody all(workspace);
        auto list = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& same : samePeople(workspace, console.task)) {
            list.push_back({{"first", personObject(all, same.first)},
                            {"second", personObject(all, same.second)},
                            {"reasons", same.reasons},
                            {"look_alike", same.lookAlike}});
            lines.push_back(described(all, same.first) + " and " + described(all, same.second) +
                            (same.lookAlike ? " - somebody may be posing as somebody else" : ""));
            for (const auto& reason : same.reasons) lines.push_back("  " + reason);
        }
        if (lines.empty()) lines.push_back("Nobody seems to be here twice.");
        console.answer({{"suggestions", list}}, lines);
    }

    void merge(const Console& console) const
    {
        take(2);
        auto workspace = Workspace::open(workspace_);
        const auto into = personCalled(workspace, people_[0]);
        mergePeople(workspace, into, personCalled(workspace, people_[1]));
        answer(console, workspace, into);
    }

    void apart(const Console& console) const
    {
        take(2);
        auto workspace = Workspace::open(workspace_);
        const auto first = personCalled(workspace, people_[0]);
        const auto second = personCalled(workspace, people_[1]);
        keepApart(workspace, first, second);
        const Everybody all(workspace);
        console.answer(
            {{"apart", {personObject(all, first), personObject(all, second)}}},
            {"These are two people: " + described(all, first) + " and " + described(all, second)});
    }

    /// A word that is one account's own takes that account out; one that is the person's takes all
    /// accounts apart.
    void split(const Console& console) const
    {
        take(1);
        auto workspace = Workspace::open(workspace_);
        const auto owner = personCalled(workspace, people_[0]);
        const auto held = accountsOf(workspace, owner);
        if (held.size() < 2) {
            throw Error(Error::Kind::Usage,
                        person(workspace, owner)->name + " has one account only", {},
                        "There is nothing to split.");
        }
        const auto meant = accountsMeant(*person(workspace, owner), held);
        std::vector<PersonId> fresh;
        if (meant.size() == 1) {
            fresh.push_back(splitAccount(workspace, meant.front()));
        } else {
            fresh = splitPerson(workspace, owner);
        }
        const Everybody all(workspace);
        auto document = personObject(all, owner);
        auto lines = personLines(all, owner);
        document["split"] = ordered_json::array();
        for (const auto id : fresh) {
            document["split"].push_back(personObject(all, id));
            lines.push_back("Now a person of their own: " + described(all, id));
        }
        console.answer(document, lines);
    }

    std::vector<AccountId> accountsMeant(const Person& owner,
                                         const std::vector<Account>& held) const
    {
        const auto wanted = foldForMatching(people_[0]);
        std::vector<AccountId> meant;
        for (const auto& account : held) {
            const bool own = foldForMatching(account.key) == wanted ||
                             foldForMatching(account.handle) == wanted ||
                             foldForMatching(account.name) == wanted;
            if (own) meant.push_back(account.id);
        }
        return foldForMatching(owner.name) == wanted ? std::vector<AccountId>{} : meant;
    }

    std::string workspace_;
    std::string action_;
    std::vector<std::string> people_;
};

}  // namespace

std::unique_ptr<Verb> personVerb()
{
    return std::make_unique<PersonVerb>();
}

}  // namespace kith::cli
