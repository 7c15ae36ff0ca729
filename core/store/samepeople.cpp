#include "core/store/samepeople.h"

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/lookalike.h"
#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/people.h"
#include "core/store/rows.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace kith {

namespace {

/// How good a reason is; the best first.
enum class Strength { Address, Phone, Handle, Name, LookAlike };

/// A name, number or address that more people share than this says nothing of any two of them.
constexpr std::size_t mostSharing = 8;

constexpr std::size_t phoneDigits = 9;       // of the end, which all spellings have in common
constexpr std::size_t mostPhoneDigits = 15;  // ITU-T E.164
constexpr std::size_t shortestHandle = 4;

// They stand before '@' in addresses of many people and of offices.
constexpr std::array<std::string_view, 12> sharedBoxes{
    "info", "admin", "office",  "mail",    "hello",     "contact",
    "team", "post",  "support", "noreply", "secretary", "enquiries"};

using Pair = std::pair<PersonId, PersonId>;

/// One way in which a person is known.
struct Known {
    PersonId person;
    std::string platform;
    std::string text;  ///< as written
    bool operator==(const Known&) const = default;
};

struct Phone {
    std::string end;  ///< the last nine digits
    std::string
        before;  ///< all digits before them where it is written with "+" or "00", else empty
};

/// "+44 7700 900123", "07700 900123", "0044(0)7700-900123"; nullopt for anything else.
std::optional<Phone> phoneIn(std::string_view text)
{
    // "+44 (0)7700 900123": the zero is dialled inside the country only.
    const std::string visible = replaceAll(withoutInvisible(text), "(0)", "");
    std::string digits;
    for (const char c : visible) {
        if (isDigit(c)) {
            digits += c;
        } else if (std::string_view("+ -()./\u00a0").find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    const bool plus = trim(visible).starts_with('+');
    const bool zeros = !plus && digits.starts_with("00");
    if (zeros) digits.erase(0, 2);
    if (digits.size() < phoneDigits || digits.size() > mostPhoneDigits) return std::nullopt;
    // Plain digits may be a number of an account; a phone number has "+" or a leading zero.
    if (!plus && !zeros && digits.front() != '0') return std::nullopt;
    Phone phone{digits.substr(digits.size() - phoneDigits), {}};
    if (plus || zeros) phone.before = digits.substr(0, digits.size() - phoneDigits);
    return phone;
}

bool isAddress(std::string_view text)
{
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find('.', at) != std::string_view::npos && text.find(' ') == std::string_view::npos;
}

std::string placed(const Known& known)
{
    return "“" + known.text + "” (" + known.platform + ")";
}

/// Everybody's names, numbers and addresses, and the pairs that share one.
class Finder {
public:
    Finder(const Workspace& workspace, Task& task) : workspace_(workspace), task_(task) {}

    std::vector<SamePerson> run()
    {
        readRefused();
        read();
        compare(addresses_, [&](const Known& a, const Known& b) {
            note(a, b, Strength::Address,
                 a.platform == b.platform ? "the same e-mail address " + a.text
                                          : "the same e-mail address " + a.text + " in " +
                                                a.platform + " and " + b.platform);
        });
        comparePhones();
        compareHandles();
        compare(names_, [&](const Known& a, const Known& b) { noteName(a, b); });
        compareShapes();
        return sorted();
    }

private:
    using Index = std::map<std::string, std::vector<Known>>;

    struct Found {
        Strength strength = Strength::LookAlike;
        std::vector<std::pair<Strength, std::string>> reasons;
    };

    void readRefused()
    {
        Statement rows(workspace_.database(), "SELECT first, second FROM not_same");
        while (rows.next()) {
            refused_.emplace(PersonId{rows.integer(0)}, PersonId{rows.integer(1)});
        }
        Statement counts(workspace_.database(),
                         "SELECT a.person, count(*) FROM message m JOIN account a "
                         "ON a.id = m.account GROUP BY a.person");
        while (counts.next()) messages_[PersonId{counts.integer(0)}] = counts.integer(1);
    }

    void read()
    {
        std::map<PersonId, std::string> names;
        for (const auto& person : people(workspace_)) names[person.id] = person.name;
        const auto all = accounts(workspace_);
        task_.begin("Looking for people who may be one", all.size());
        for (const auto& account : all) {
            task_.advance();
            if (account.bot) continue;
            platforms_[account.person].insert(account.platform);
            for (const auto& text : {account.key, account.handle, account.name}) {
                enterId(account, text);
            }
            for (const auto& name : {account.name, names[account.person]}) {
                if (phoneIn(name) || isAddress(name)) continue;
                enter(names_, foldForMatching(name), {account.person, account.platform, name});
                enter(shapes_, shapeOf(name), {account.person, account.platform, name});
            }
        }
    }

    void enterId(const Account& account, const std::string& text)
    {
        const Known known{account.person, account.platform, text};
        std::string folded = foldForMatching(text);
        if (folded.starts_with('@')) folded.erase(0, 1);
        if (isAddress(folded)) {
            enter(addresses_, folded, known);
            const std::string box = folded.substr(0, folded.find('@'));
            if (box.size() >= shortestHandle &&
                std::find(sharedBoxes.begin(), sharedBoxes.end(), box) == sharedBoxes.end()) {
                enter(boxes_, box, known);
            }
        } else if (const auto phone = phoneIn(text)) {
            enter(phones_, phone->end, known);
        } else if (folded.size() >= shortestHandle && folded.find(' ') == std::string::npos) {
            enter(handles_, folded, known);
        }
    }

    static void enter(Index& index, const std::string& key, const Known& known)
    {
        if (key.empty()) return;
        auto& list = index[key];
        if (std::find(list.begin(), list.end(), known) != list.end()) return;
        // One more than is looked at tells that too many share it.
        if (peopleIn(list) <= mostSharing) list.push_back(known);
    }

    static std::size_t peopleIn(const std::vector<Known>& list)
    {
        std::set<PersonId> distinct;
        for (const auto& known : list) distinct.insert(known.person);
        return distinct.size();
    }

    template <class Each>
    void compare(const Index& index, const Each& each)
    {
        for (const auto& [key, list] : index) {
            if (peopleIn(list) > mostSharing) continue;
            for (std::size_t i = 0; i < list.size(); ++i) {
                for (std::size_t k = i + 1; k < list.size(); ++k) {
                    if (list[i].person != list[k].person) each(list[i], list[k]);
                }
            }
        }
    }

    void comparePhones()
    {
        compare(phones_, [&](const Known& a, const Known& b) {
            const auto first = phoneIn(a.text)->before;
            const auto second = phoneIn(b.text)->before;
            if (!first.empty() && !second.empty() && first != second) return;
            note(a, b, Strength::Phone,
                 a.text == b.text ? "the same phone number " + a.text
                                  : "the same phone number, " + placed(a) + " and " + placed(b));
        });
    }

    void compareHandles()
    {
        for (const auto& [box, addresses] : boxes_) {
            const auto handles = handles_.find(box);
            if (handles == handles_.end()) continue;
            if (peopleIn(addresses) > mostSharing || peopleIn(handles->second) > mostSharing) {
                continue;
            }
            for (const auto& address : addresses) {
                for (const auto& handle : handles->second) {
                    if (handle.person == address.person) continue;
                    note(handle, address, Strength::Handle,
                         "the user name " + placed(handle) + " begins the address " + address.text);
                }
            }
        }
    }

    /// Namesakes in one place are two people unless marks that nobody sees tell them apart.
    void noteName(const Known& a, const Known& b)
    {
        const auto& first = platforms_[a.person];
        const auto& second = platforms_[b.person];
        const bool together = std::any_of(first.begin(), first.end(),
                                          [&](const auto& name) { return second.contains(name); });
        if (!together) {
            note(a, b, Strength::Name,
                 "the same name “" + withoutInvisible(a.text) + "” on " + a.platform + " and " +
                     b.platform);
        } else if (a.text != b.text && withoutInvisible(a.text) == withoutInvisible(b.text)) {
            note(a, b, Strength::LookAlike,
                 "the names “" + withoutInvisible(a.text) +
                     "” differ only in marks that cannot be seen");
        }
    }

    void compareShapes()
    {
        compare(shapes_, [&](const Known& a, const Known& b) {
            if (!looksAlikeInOtherLetters(a.text, b.text)) return;
            note(a, b, Strength::LookAlike,
                 "the names “" + withoutInvisible(a.text) + "” and “" + withoutInvisible(b.text) +
                     "” look alike but have letters of different alphabets");
        });
    }

    void note(const Known& a, const Known& b, Strength strength, std::string reason)
    {
        const Pair pair = std::minmax(a.person, b.person);
        if (refused_.contains(pair)) return;
        Found& found = found_[pair];
        found.strength = std::min(found.strength, strength);
        found.reasons.emplace_back(strength, std::move(reason));
    }

    std::vector<SamePerson> sorted()
    {
        std::vector<std::pair<Strength, SamePerson>> pairs;
        for (auto& [pair, found] : found_) {
            auto [first, second] = pair;
            if (messages_[second] > messages_[first]) std::swap(first, second);
            SamePerson same{first, second, {}, found.strength == Strength::LookAlike};
            std::ranges::sort(found.reasons);
            for (auto& [strength, reason] : found.reasons) {
                const auto& told = same.reasons;
                if (std::find(told.begin(), told.end(), reason) == told.end()) {
                    same.reasons.push_back(std::move(reason));
                }
            }
            pairs.emplace_back(found.strength, std::move(same));
        }
        std::ranges::stable_sort(pairs, {}, &std::pair<Strength, SamePerson>::first);
        std::vector<SamePerson> list;
        for (auto& [strength, same] : pairs) list.push_back(std::move(same));
        return list;
    }

    const Workspace& workspace_;
    Task& task_;
    std::set<Pair> refused_;
    std::map<PersonId, std::int64_t> messages_;
    std::map<PersonId, std::set<std::string>> platforms_;
    Index addresses_;
    Index boxes_;  // what stands before '@'
    Index phones_;
    Index handles_;
    Index names_;
    Index shapes_;
    std::map<Pair, Found> found_;
};

}  // namespace

std::vector<SamePerson> samePeople(const Workspace& workspace, Task& task)
{
    const ReadTransaction reading(workspace.database());
    return Finder(workspace, task).run();
}

void keepApart(Workspace& workspace, PersonId first, PersonId second)
{
    const auto a = person(workspace, first);
    const auto b = person(workspace, second);
    if (!a || !b) throw Error(Error::Kind::NotFound, "there is no such person");
    if (first == second) {
        throw Error(Error::Kind::Usage, "a person cannot be kept apart from themselves");
    }
    Edit edit(workspace);
    const auto [low, high] = std::minmax(first, second);
    Statement(edit.db(),
              "INSERT OR IGNORE INTO not_same (first, second, hash) "
              "VALUES (?1, ?2, row_hash(?1, ?2))")
        .run(low, high);
    edit.commit("Noted that “" + a->name + "” and “" + b->name + "” are two people");
}

}  // namespace kith
