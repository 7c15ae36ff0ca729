#include "core/base/text.h"
#include "core/scenario/chronicle.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace kith {
namespace {

constexpr double messagesPerPersonWeek = 2.0;
constexpr std::size_t meanLength = 8;

/// How busy each hour of the day is.
constexpr std::array<double, 24> hours = {0, 0, 0, 0, 0, 0.2, 1, 3, 4, 3, 3, 3,
                                          5, 4, 3, 3, 4, 6,   7, 8, 8, 6, 3, 0.4};

unsigned minuteOfDay(Random& random)
{
    double left = random.real() * std::accumulate(hours.begin(), hours.end(), 0.0);
    unsigned hour = 0;
    while (hour < 23 && (left -= hours[hour]) >= 0) ++hour;
    return hour * 60 + static_cast<unsigned>(random.below(60));
}

std::size_t pickActive(const Town& town, const std::vector<std::size_t>& people, Random& random)
{
    double total = 0;
    for (const std::size_t person : people) total += town.people[person].activity;
    double left = random.real() * total;
    for (const std::size_t person : people)
        if ((left -= town.people[person].activity) < 0) return person;
    return people.back();
}

/// No full stop or question mark yet: the sentence can go on.
bool endsOpen(const std::string& text)
{
    return text.find_last_of(".?!") + 1 != text.size();
}

/// Holds the conversations of one circle in one venue.
class Host {
public:
    Host(const Town& town, std::size_t circle, std::size_t venue, std::vector<Said>& said)
        : town_(town),
          circle_(circle),
          venue_(venue),
          said_(said),
          talk_(town.circles[circle].id),
          random_(town.options.seed, 100 + circle * venueCount + venue)
    {
        for (const auto* group : {&town.circles[circle].members, &town.circles[circle].visitors})
            for (const std::size_t person : *group)
                if (town.people[person].attends[venue]) people_.push_back(person);
        random_.shuffle(std::span(people_));
    }

    void hold(std::size_t messages, Task& task)
    {
        if (people_.size() < 3) return;
        for (std::size_t c = 0; c < std::max<std::size_t>(1, messages / meanLength); ++c) {
            converse(c);
            task.advance();
        }
    }

private:
    bool letters() const { return venues()[venue_].platform == Platform::Email; }

    /// Two by turns, so that everybody is heard, the rest by how active they are.
    std::vector<std::size_t> company(std::size_t number)
    {
        std::vector<std::size_t> out = {people_[2 * number % people_.size()],
                                        people_[(2 * number + 1) % people_.size()]};
        const std::size_t wanted = std::min<std::size_t>(people_.size(), 3 + random_.below(4));
        for (int tries = 0; out.size() < wanted && tries < 60; ++tries) {
            const std::size_t person = pickActive(town_, people_, random_);
            if (std::find(out.begin(), out.end(), person) == out.end()) out.push_back(person);
        }
        return out;
    }

    std::string_view openingAct(std::size_t author)
    {
        if (town_.people[author].organisation && talk_.has("org")) return "org";
        struct Choice {
            std::string_view act;
            double share;
        };
        constexpr std::array<Choice, 7> choices = {{{"ask", 0.35},
                                                    {"tell", 0.3},
                                                    {"good", 0.07},
                                                    {"testimony", 0.06},
                                                    {"plan", 0.09},
                                                    {"minutes", 0.03},
                                                    {"small", 0.1}}};
        double left = random_.real();
        for (const auto& choice : choices)
            if ((left -= choice.share) < 0)
                return letters() && choice.act == "small" ? "ask" : choice.act;
        return "ask";
    }

    std::string_view answeringAct(std::string_view opening, bool toOpener, bool last)
    {
        if (last && random_.chance(0.5)) return "closer";
        if (opening == "small") return toOpener || random_.chance(0.7) ? "smallReply" : "closer";
        if (!toOpener && random_.chance(0.5)) return "follow";
        if (opening == "ask") return random_.chance(0.7) ? "answer" : "agree";
        if (opening == "tell") return random_.chance(0.75) ? "agree" : "follow";
        if (opening == "good") return toOpener ? "glad" : "follow";
        if (opening == "testimony") return random_.chance(0.5) ? "moved" : "agree";
        if (opening == "plan" || opening == "minutes") return "join";
        return random_.chance(0.5) ? "follow" : "agree";
    }

    std::string_view sectionOf(std::string_view act)
    {
        if (act != "plan" || !random_.chance(0.5)) return act;
        return "sharedPlan";
    }

    std::string wording(std::string_view act, Bound& bound)
    {
        std::string text = talk_.say(sectionOf(act), bound, random_);
        if (act == "agree" && random_.chance(0.15) && endsOpen(text))
            text += ", " + talk_.say("aside", bound, random_);
        if ((act == "answer" || act == "agree") && random_.chance(0.12))
            text += (letters() ? endsOpen(text) ? ". " : " " : "\n") +
                    talk_.say("follow", bound, random_);
        if (act == "tell" && random_.chance(0.04))
            text += "\n" + talk_.say("pasted", bound, random_);
        return text;
    }

    void converse(std::size_t number)
    {
        const auto present = company(number);
        const unsigned day = static_cast<unsigned>(random_.below(town_.options.weeks * 7));
        Time time =
            townTime(town_, day, minuteOfDay(random_)) + std::chrono::seconds(random_.below(60));
        const std::size_t root = said_.size();
        const std::size_t length = 4 + random_.below(2 * (meanLength - 4) + 1);
        const std::string_view opening = openingAct(present.front());
        Bound bound;
        const std::string subject = talk_.say("subject", bound, random_);
        for (std::size_t i = 0; i < length; ++i) {
            Said said;
            said.author = i == 0 ? present.front() : nextSpeaker(present, i);
            said.parent = i == 0 ? nobody : answered(root, said.author);
            said.time = time;
            said.root = root;
            said.subject = subject;
            const bool toOpener = said.parent == root;
            speak(said, i == 0 ? opening : answeringAct(opening, toOpener, i + 1 == length), bound);
            time += pause();
        }
    }

    std::chrono::seconds pause()
    {
        const double mean = letters()                                      ? 4 * 3600.0
                            : venues()[venue_].platform == Platform::Posts ? 900
                                                                           : 110;
        return std::chrono::seconds(8 + static_cast<int>(exponential(random_) * mean));
    }

    std::size_t nextSpeaker(const std::vector<std::size_t>& present, std::size_t turn)
    {
        const std::size_t last = said_.back().author;
        if (turn == 1) return present[1];
        // A passer-by on the notice board; elsewhere groups keep to themselves.
        if (venues()[venue_].platform == Platform::Posts && random_.chance(0.015))
            return passerBy(last);
        for (;;) {
            const std::size_t person = present[random_.below(present.size())];
            if (person != last) return person;
        }
    }

    std::size_t passerBy(std::size_t last)
    {
        for (;;) {
            const std::size_t person = random_.below(town_.people.size());
            if (person != last && town_.people[person].attends[venue_]) return person;
        }
    }

    /// The message that is answered: mostly the last one, never one's own.
    std::size_t answered(std::size_t root, std::size_t author)
    {
        const std::size_t last = said_.size() - 1;
        if (random_.chance(0.65)) return last;
        for (int tries = 0; tries < 8; ++tries) {
            const std::size_t back = std::min<std::size_t>(last - root, random_.below(5));
            if (said_[last - back].author != author) return last - back;
        }
        return last;
    }

    void speak(Said& said, std::string_view act, Bound& bound)
    {
        said.venue = venue_;
        said.circle = circle_;
        const Resident& person = town_.people[said.author];
        const Platform platform = venues()[venue_].platform;
        if (said.parent != nobody && platform == Platform::WhatsApp) {
            if (random_.chance(0.045))
                said.kind = SaidKind::Media;
            else if (random_.chance(0.012))
                said.kind = SaidKind::Deleted;
        }
        if (said.kind == SaidKind::Text) {
            said.text = inStyle(wording(act, bound), letters() ? letterStyle() : person.style,
                                talk_, random_);
            address(said, platform);
        }
        if (platform == Platform::Telegram || platform == Platform::Slack) react(said);
        said_.push_back(std::move(said));
    }

    /// In a flat chat people name each other, above all when somebody spoke in between.
    void address(Said& said, Platform platform)
    {
        if (said.parent == nobody) return;
        const bool behind = said.parent + 1 != said_.size();
        double chance = behind ? 0.2 : 0.08;
        if (platform == Platform::WhatsApp) chance = behind ? 0.95 : 0.6;
        if (platform == Platform::Email) chance = 0.5;
        if (random_.chance(chance)) said.addressed = said_[said.parent].author;
    }

    void react(Said& said)
    {
        if (!random_.chance(0.16)) return;
        const auto count = 1 + random_.below(4);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::size_t who = people_[random_.below(people_.size())];
            const bool again = std::any_of(said.nods.begin(), said.nods.end(),
                                           [&](const Nod& nod) { return nod.who == who; });
            if (who != said.author && !again)
                said.nods.push_back({who, random_.chance(0.7) ? "👍" : "❤"});
        }
    }

    const Town& town_;
    std::size_t circle_;
    std::size_t venue_;
    std::vector<Said>& said_;
    Talk talk_;
    Random random_;
    std::vector<std::size_t> people_;
};

/// Orders by venue and time and carries the pointers along.
void putInOrder(std::vector<Said>& said)
{
    std::vector<std::size_t> order(said.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(said[a].venue, said[a].time) < std::pair(said[b].venue, said[b].time);
    });
    std::vector<std::size_t> place(said.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    std::vector<Said> sorted;
    sorted.reserve(said.size());
    for (const std::size_t old : order) {
        sorted.push_back(std::move(said[old]));
        Said& moved = sorted.back();
        if (moved.parent != nobody) moved.parent = place[moved.parent];
        moved.root = place[moved.root];
    }
    said = std::move(sorted);
}

}  // namespace

Chronicle chronicleOf(const Town& town, Task& task)
{
    Chronicle chronicle;
    task.begin("Talking in Millbrook", 0);
    for (std::size_t c = 0; c < town.circles.size(); ++c) {
        const Circle& circle = town.circles[c];
        const auto total = static_cast<std::size_t>(static_cast<double>(circle.members.size()) *
                                                    town.options.weeks * messagesPerPersonWeek);
        const std::size_t aside = circle.second ? total / 4 : 0;
        Host(town, c, circle.venue, chronicle.said).hold(total - aside, task);
        if (circle.second) Host(town, c, *circle.second, chronicle.said).hold(aside, task);
    }
    chronicle.organic = spreadWorry(town, chronicle.said, task);
    runCampaign(town, chronicle.said);
    putInOrder(chronicle.said);
    return chronicle;
}

}  // namespace kith
