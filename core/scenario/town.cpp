#include "core/scenario/town.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <set>

namespace kith {
namespace {

constexpr unsigned standardSize = 300;
constexpr std::size_t smallestCircle = 5;
constexpr std::string_view careUnion = "Transport and Care";

struct CirclePlan {
    std::string_view id, label, trait, value;
    unsigned size;  ///< in a town of 300
    std::size_t venue;
    std::optional<std::size_t> second;
};

const std::array<CirclePlan, 8> circlePlans = {{
    {"damp", "Damp homes in Eastfield", "ward", "Eastfield", 62, 0, 7},
    {"buses", "Northgate buses", "ward", "Northgate", 50, 4, 7},
    {"clinic", "Waiting lists in Mill Lane", "ward", "Mill Lane", 42, 5, {}},
    {"union", "Transport and Care branch", "union", careUnion, 46, 6, {}},
    {"plots", "Allotments and library", "", "", 34, 2, {}},
    {"school", "Southbrook school crossing", "ward", "Southbrook", 28, 1, {}},
    {"kitchen", "St Anne's kitchen", "", "", 20, 3, {}},
    {"river", "River path", "", "", 18, 7, {}},
}};

struct OrganisationPlan {
    std::string_view name, sector, ward;
    std::size_t circle;
};
constexpr std::array<OrganisationPlan, 4> organisationPlans = {{
    {"Eastfield Housing Association", "third", "Eastfield", 0},
    {"Millbrook Bus Company", "private", "Northgate", 1},
    {"Mill Lane Clinic", "public", "Mill Lane", 2},
    {"Millbrook Library", "public", "Southbrook", 4},
}};

/// Whose home is the first circle and who also takes part in the others.
const std::array<std::vector<std::size_t>, 3> bridgePlans = {{{0, 2}, {3, 1, 5}, {4, 5, 6}}};

std::vector<std::size_t> circleSizes(unsigned people)
{
    std::vector<std::size_t> sizes;
    for (const auto& plan : circlePlans)
        sizes.push_back(std::max<std::size_t>(smallestCircle, plan.size * people / standardSize));
    std::size_t total = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
    for (std::size_t i = 0; total < people; i = (i + 1) % sizes.size(), ++total) ++sizes[i];
    for (; total > people; --total) --*std::max_element(sizes.begin(), sizes.end());
    return sizes;
}

/// First names that do not repeat within a circle until the list is used up, full names that do
/// not repeat in town.
class Namer {
public:
    Namer(const Talk& names, Random& random) : names_(names), random_(random) {}

    void startCircle() { firsts_.clear(); }

    void name(Resident& person)
    {
        if (firsts_.empty()) {
            firsts_ = names_.lines("first");
            random_.shuffle(std::span(firsts_));
        }
        person.first = std::string(firsts_.back());
        firsts_.pop_back();
        do person.name = person.first + " " + std::string(pick(names_.lines("last"), random_));
        while (!taken_.insert(person.name).second);
    }

private:
    const Talk& names_;
    Random& random_;
    std::vector<std::string_view> firsts_;
    std::set<std::string> taken_;
};

void settle(Town& town, const Talk& names, Random& random)
{
    const auto sizes = circleSizes(town.options.people);
    Namer namer(names, random);
    for (std::size_t c = 0; c < circlePlans.size(); ++c) {
        const auto& plan = circlePlans[c];
        town.circles.push_back(
            {plan.id, plan.label, plan.trait, plan.value, plan.venue, plan.second, {}, {}});
        namer.startCircle();
        for (std::size_t i = 0; i < sizes[c]; ++i) {
            Resident person;
            person.id = fmt::format("p{:04}", town.people.size() + 1);
            person.home = c;
            namer.name(person);
            // Heavy-tailed: a few people write ten times as much as most.
            person.activity = 1 / (0.1 + random.real());
            person.style = randomStyle(random);
            town.circles[c].members.push_back(town.people.size());
            town.people.push_back(std::move(person));
        }
    }
}

void appointBridges(Town& town)
{
    for (const auto& plan : bridgePlans) {
        Resident& person = town.people[town.circles[plan.front()].members[1]];
        person.visits.assign(plan.begin() + 1, plan.end());
        person.activity = 12;
        for (const std::size_t circle : person.visits)
            town.circles[circle].visitors.push_back(town.circles[plan.front()].members[1]);
    }
}

void appointOrganisations(Town& town)
{
    for (const auto& plan : organisationPlans) {
        Resident& person = town.people[town.circles[plan.circle].members[0]];
        person.organisation = true;
        person.name = std::string(plan.name);
        person.first = std::string(plan.name);
        person.activity = 1.5;
        person.style = letterStyle();
        person.traits.clear();
        person.traits["sector"] = std::string(plan.sector);
        person.traits["ward"] = std::string(plan.ward);
    }
}

std::string weighted(std::initializer_list<std::pair<std::string_view, double>> choices,
                     Random& random)
{
    double left = random.real();
    for (const auto& [value, share] : choices)
        if ((left -= share) < 0) return std::string(value);
    return std::string(std::rbegin(choices)->first);
}

void giveTraits(Resident& person, const Talk& names, Random& random)
{
    person.traits["ward"] = std::string(pick(names.lines("ward"), random));
    person.traits["union"] = weighted(
        {{"none", 0.66}, {careUnion, 0.12}, {"Public Services", 0.12}, {"Shop Workers", 0.1}},
        random);
    person.traits["sector"] =
        weighted({{"private", 0.45}, {"public", 0.35}, {"third", 0.2}}, random);
    person.traits["role"] =
        weighted({{"resident", 0.62}, {"volunteer", 0.2}, {"staff", 0.12}, {"rep", 0.06}}, random);
    person.traits["age band"] =
        weighted({{"18-29", 0.18}, {"30-44", 0.28}, {"45-64", 0.32}, {"65+", 0.22}}, random);
    person.traits["newcomer"] = weighted({{"no", 0.82}, {"yes", 0.18}}, random);
    person.traits["tenure"] =
        weighted({{"owner", 0.45}, {"social rent", 0.3}, {"private rent", 0.25}}, random);
}

/// Exactly 86 % of a circle (rounded) carry its planted value, the others anything else.
void plantTrait(Town& town, const Circle& circle, Random& random)
{
    if (circle.trait.empty()) return;
    std::vector<std::size_t> people = circle.members;
    random.shuffle(std::span(people));
    const std::size_t alike = (people.size() * 86 + 50) / 100;
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto& value = town.people[people[i]].traits[std::string(circle.trait)];
        if (i < alike)
            value = std::string(circle.value);
        else if (value == circle.value)
            value = circle.trait == "union"       ? "none"
                    : circle.value == "Eastfield" ? "Northgate"
                                                  : "Eastfield";
    }
}

std::string compact(std::string_view name)
{
    return replaceAll(asciiLower(name), " ", "");
}

std::string slackId(std::size_t index)
{
    constexpr std::string_view digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    std::uint64_t left = 1'000'000'007ULL * (index + 11);
    std::string id = "U0";
    for (int i = 0; i < 8; ++i, left /= digits.size()) id += digits[left % digits.size()];
    return id;
}

/// How somebody is saved on the exporter's phone: a full name, a first name with something to
/// tell people apart, or not at all.
std::string contactLabel(const Resident& person, std::set<std::string>& taken,
                         std::vector<unsigned>& numbers, Random& random)
{
    const double kind = random.real();
    if (!person.organisation && kind < 0.1 && !numbers.empty()) {
        const unsigned number = numbers.back();
        numbers.pop_back();
        return fmt::format("+44 7700 900{:03}", number);  // numbers kept free for fiction
    }
    std::string label = person.name;
    if (!person.organisation && kind < 0.3) label = person.name.substr(0, person.first.size() + 2);
    if (!person.organisation && kind > 0.93) label = person.first + " " + person.traits.at("ward");
    if (!taken.insert(label).second) label = person.name;
    taken.insert(label);
    return label;
}

void openAccounts(Town& town, Random& random)
{
    std::vector<unsigned> numbers(1000);
    std::iota(numbers.begin(), numbers.end(), 0U);
    random.shuffle(std::span(numbers));
    std::set<std::string> taken;
    for (std::size_t i = 0; i < town.people.size(); ++i) {
        Resident& person = town.people[i];
        for (std::size_t v = 0; v < venueCount; ++v) {
            if (!person.attends[v] || person.accounts.count(venues()[v].platform) != 0) continue;
            std::string key;
            switch (venues()[v].platform) {
            case Platform::WhatsApp: key = contactLabel(person, taken, numbers, random); break;
            case Platform::Telegram: key = fmt::format("user{}", 500'000'003 + 7919 * i); break;
            case Platform::Email:
                key = replaceAll(asciiLower(person.name), " ", ".") + "@example.org";
                break;
            case Platform::Slack: key = slackId(i); break;
            case Platform::Posts:
                key = fmt::format("{}{}", compact(person.name), i % 90 + 10);
                break;
            }
            person.accounts.emplace(venues()[v].platform, std::move(key));
        }
    }
}

void attend(Town& town, Random& random)
{
    for (Resident& person : town.people) {
        const Circle& home = town.circles[person.home];
        person.attends[home.venue] = true;
        if (home.second && random.chance(0.45)) person.attends[*home.second] = true;
        for (const std::size_t circle : person.visits)
            person.attends[town.circles[circle].venue] = true;
        const bool needed = person.organisation || !person.visits.empty();
        if (!needed && random.chance(0.08)) person.listed = false;
    }
}

}  // namespace

const std::array<Venue, venueCount>& venues()
{
    static const std::array<Venue, venueCount> all = {{
        {Platform::WhatsApp, "WhatsApp Chat with Eastfield Tenants.txt", "Eastfield Tenants"},
        {Platform::WhatsApp, "WhatsApp Chat - Crossing Parents.txt", "Crossing Parents", true,
         false},
        {Platform::WhatsApp, "WhatsApp Chat with Plots and Pages.txt", "Plots and Pages", false,
         true},
        {Platform::WhatsApp, "WhatsApp Chat - St Anne's Kitchen.txt", "St Anne's Kitchen", true,
         true},
        {Platform::Telegram, "result.json", "Northgate Bus Watch"},
        {Platform::Email, "mill-lane-patients.mbox", "mill-lane-patients"},
        {Platform::Slack, "transport-and-care-slack.zip", "Transport and Care branch"},
        {Platform::Posts, "notice-board.csv", "Millbrook notice board"},
    }};
    return all;
}

Town foundTown(const ScenarioOptions& options)
{
    const auto zone = Zone::find("Europe/London");
    if (!zone)
        throw Error(Error::Kind::NotFound, "the time zone Europe/London is not on this computer",
                    {}, "Install the system's time zone data (tzdata).");
    Town town;
    town.options = options;
    town.zone = *zone;
    town.start = townTime(town, 0, 0);
    town.end = townTime(town, options.weeks * 7, 0);
    Random random(options.seed, 1);
    const Talk names("names");
    settle(town, names, random);
    for (Resident& person : town.people) giveTraits(person, names, random);
    for (const Circle& circle : town.circles) plantTrait(town, circle, random);
    appointOrganisations(town);
    appointBridges(town);
    attend(town, random);
    openAccounts(town, random);
    return town;
}

Time townTime(const Town& town, unsigned day, unsigned minutes)
{
    const WallTime first = *wallTime(2025, 1, 6);
    return town.zone.toUtc(first + std::chrono::hours(24) * day + std::chrono::minutes(minutes))
        .time;
}

}  // namespace kith
