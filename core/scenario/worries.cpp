#include "core/scenario/chronicle.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace kith {
namespace {

constexpr double branchingRatio = 0.6;
constexpr double meanDelaySeconds = 90 * 60;
constexpr double eventsPerPersonWeek = 0.1;
constexpr unsigned doublings = 5;
constexpr std::array<unsigned, 3> campaignMinutes = {9 * 60, 12 * 60 + 30, 18 * 60};
constexpr std::size_t campaigners = 4;

/// Number of events of a Poisson process in one unit of time.
unsigned poisson(double mean, Random& random)
{
    unsigned count = 0;
    for (double at = exponential(random); at < mean; at += exponential(random)) ++count;
    return count;
}

class Spread {
public:
    Spread(const Town& town, std::vector<Said>& said)
        : town_(town), said_(said), talk_("taps"), random_(town.options.seed, 50)
    {}

    OrganicTruth run(Task& task)
    {
        const unsigned days = town_.options.weeks * 7;
        const unsigned first = days / 4;
        const unsigned span = std::max(14U, days / 2);
        const unsigned end = std::min(days, first + span);
        OrganicTruth truth;
        truth.branchingRatio = branchingRatio;
        truth.doublingDays = static_cast<double>(end - first) / doublings;
        const double expected = eventsPerPersonWeek * town_.options.people * town_.options.weeks;
        const double immigrants = std::max(12.0, expected * (1 - branchingRatio));
        double total = 0;
        for (unsigned day = first; day < end; ++day) total += rate(day - first, truth);
        for (unsigned day = first; day < end; ++day) {
            const unsigned today = poisson(immigrants * rate(day - first, truth) / total, random_);
            for (unsigned i = 0; i < today; ++i, ++truth.immigrants) sighting(day);
            task.advance();
        }
        return truth;
    }

private:
    static double rate(unsigned day, const OrganicTruth& truth)
    {
        return std::exp2(static_cast<double>(day) / truth.doublingDays);
    }

    void sighting(unsigned day)
    {
        const auto minute = static_cast<unsigned>(7 * 60 + random_.below(14 * 60));
        const std::size_t circle = town_.people[random_.below(town_.people.size())].home;
        const Time time = townTime(town_, day, minute) + std::chrono::seconds(random_.below(60));
        family(say(circle, time, nobody));
    }

    /// All that follows from one message, in breadth.
    void family(std::size_t firstBorn)
    {
        std::vector<std::size_t> waiting = {firstBorn};
        while (!waiting.empty()) {
            const std::size_t parent = waiting.back();
            waiting.pop_back();
            const unsigned children = poisson(branchingRatio, random_);
            for (unsigned i = 0; i < children; ++i) {
                const auto delay = static_cast<int>(exponential(random_) * meanDelaySeconds);
                const Time time = said_[parent].time + std::chrono::seconds(20 + delay);
                // Word of mouth carries some of it to another group, where it is nobody's answer.
                const bool travels = random_.chance(0.25);
                const std::size_t circle =
                    travels ? random_.below(town_.circles.size()) : said_[parent].circle;
                waiting.push_back(say(circle, time, travels ? nobody : parent));
            }
        }
    }

    std::size_t say(std::size_t circle, Time time, std::size_t parent)
    {
        const Circle& group = town_.circles[circle];
        Said said;
        said.venue = group.venue;
        said.circle = circle;
        said.time = std::min(time, town_.end - std::chrono::minutes(1));
        said.worry = Worry::Organic;
        said.parent = parent;
        said.root = parent == nobody ? said_.size() : said_[parent].root;
        said.subject = "Water";
        said.author = author(group, parent == nobody ? nobody : said_[parent].author);
        if (parent != nobody) said.addressed = said_[parent].author;
        const Resident& person = town_.people[said.author];
        Style style =
            venues()[group.venue].platform == Platform::Email ? letterStyle() : person.style;
        style.typos = 0;  // so that a search for the concern finds every one
        Bound bound;
        said.text = inStyle(talk_.say(parent == nobody ? "first" : "next", bound, random_), style,
                            talk_, random_);
        said_.push_back(std::move(said));
        return said_.size() - 1;
    }

    /// Mostly somebody who has not spoken of it yet.
    std::size_t author(const Circle& group, std::size_t notThis)
    {
        std::size_t person = nobody;
        for (int tries = 0; tries < 12; ++tries) {
            person = pick(group.members, random_);
            if (person == notThis) continue;
            if (spoke_.count(person) == 0 || random_.chance(0.3)) break;
        }
        while (person == notThis) person = pick(group.members, random_);
        spoke_.insert(person);
        return person;
    }

    const Town& town_;
    std::vector<Said>& said_;
    Talk talk_;
    Random random_;
    std::set<std::size_t> spoke_;
};

}  // namespace

OrganicTruth spreadWorry(const Town& town, std::vector<Said>& said, Task& task)
{
    return Spread(town, said).run(task);
}

void runCampaign(const Town& town, std::vector<Said>& said)
{
    Talk talk("drive");
    Random random(town.options.seed, 51);
    const auto& river = town.circles.back();
    const auto first = river.members.end() - campaigners;
    std::size_t turn = 0;
    for (unsigned day = 7; day < town.options.weeks * 7; ++day) {
        for (const unsigned minute : campaignMinutes) {
            Said post;
            post.venue = river.venue;
            post.circle = town.circles.size() - 1;
            post.author = first[static_cast<std::ptrdiff_t>(turn++ % campaigners)];
            post.time = townTime(town, day, minute) + std::chrono::seconds(random.below(40));
            post.worry = Worry::Managed;
            post.root = said.size();
            Bound bound;
            post.text = talk.say("post", bound, random);
            said.push_back(std::move(post));
        }
    }
}

}  // namespace kith
