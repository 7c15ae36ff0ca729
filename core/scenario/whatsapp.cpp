#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/scenario/writers.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::string_view mark = "\u200E";

/// A line of the app, between the messages.
struct Notice {
    Time time;
    std::string who;  ///< iOS: whose name stands before it
    std::string text;
};

bool isNumber(const std::string& label)
{
    return label.front() == '+';
}

std::string digitsOf(const std::string& label)
{
    std::string out;
    for (const char c : label)
        if (isDigit(c)) out += c;
    return out;
}

/// As the sentence goes on after a name: "We should" becomes "we should", "I'd" stays.
std::string continued(std::string text)
{
    const bool word = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';
    if (word && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
    return text;
}

class WhatsApp {
public:
    explicit WhatsApp(const VenueTalk& talk)
        : talk_(talk),
          venue_(venues()[talk.venue]),
          random_(talk.town.options.seed, 60 + talk.venue)
    {}

    FileTruth write(const std::filesystem::path& file)
    {
        FileTruth truth = countsOf(talk_);
        const auto notices = noticesOf();
        truth.system = notices.size();
        std::size_t next = 0;
        for (const Said& said : talk_.said) {
            for (; next < notices.size() && notices[next].time <= said.time; ++next)
                line(notices[next].time, noticeBody(notices[next]), false);
            line(said.time, shownLabel(said.author) + ": " + bodyOf(said),
                 venue_.iphone && said.kind == SaidKind::Media);
        }
        for (; next < notices.size(); ++next)
            line(notices[next].time, noticeBody(notices[next]), false);
        writeBytes(file, out_);
        return truth;
    }

private:
    const std::string& label(std::size_t person) const
    {
        return talk_.town.people[person].accounts.at(Platform::WhatsApp);
    }

    /// Numbers stand between direction marks on iOS, with spaces that do not break.
    std::string shownLabel(std::size_t person) const
    {
        const std::string& name = label(person);
        if (!isNumber(name) || !venue_.iphone) return name;
        return "\u202A" + replaceAll(name, " ", "\u00A0") + "\u202C";
    }

    void line(Time time, const std::string& body, bool marked)
    {
        if (marked) out_ += mark;
        out_ += stamp(time) + body + (venue_.iphone ? "\r\n" : "\n");
    }

    std::string stamp(Time time) const
    {
        const Clock c = clockOf(talk_.town.zone, time);
        const std::string date = fmt::format("{:02}/{:02}/{}", c.day, c.month, c.year);
        const unsigned hour = venue_.halfDays ? (c.hour + 11) % 12 + 1 : c.hour;
        const std::string half = venue_.halfDays ? c.hour < 12 ? "\u202Fam" : "\u202Fpm" : "";
        const std::string clock = venue_.halfDays ? fmt::format("{}:{:02}", hour, c.minute)
                                                  : fmt::format("{:02}:{:02}", hour, c.minute);
        if (venue_.iphone) return fmt::format("[{}, {}:{:02}{}] ", date, clock, c.second, half);
        return fmt::format("{}, {}{} - ", date, clock, half);
    }

    std::string noticeBody(const Notice& notice) const
    {
        if (!venue_.iphone) return notice.text;
        return notice.who + ": " + std::string(mark) + notice.text;
    }

    std::string bodyOf(const Said& said)
    {
        if (said.kind == SaidKind::Deleted)
            return venue_.iphone ? std::string(mark) + "This message was deleted."
                                 : "This message was deleted";
        if (said.kind == SaidKind::Media) {
            if (!venue_.iphone) return "<Media omitted>";
            return std::string(mark) + (random_.chance(0.7) ? "image omitted" : "sticker omitted");
        }
        return said.addressed == nobody ? said.text : named(said);
    }

    std::string named(const Said& said)
    {
        const Resident& person = talk_.town.people[said.addressed];
        const std::string& name = label(said.addressed);
        if (isNumber(name)) return "@" + digitsOf(name) + " " + said.text;
        if (random_.chance(0.3))
            return (venue_.iphone ? "@\u2068" + name + "\u2069 " : "@" + name + " ") + said.text;
        if (random_.chance(0.2) && said.text.back() != '.') return said.text + " " + person.first;
        return person.first + (random_.chance(0.6) ? ", " : " ") + continued(said.text);
    }

    std::vector<Notice> noticesOf()
    {
        const std::string group(venue_.name);
        const std::size_t first = talk_.people[talk_.people.size() / 2];
        const std::string founder = label(first);
        const Time start = talk_.town.start - std::chrono::hours(10);
        std::vector<Notice> out = {
            {start, group,
             "Messages and calls are end-to-end encrypted. Only people in this chat can read, "
             "listen "
             "to, or share them."},
            {start, group, founder + " created group \"" + group + ": the first lot\""},
            {start + std::chrono::minutes(3), group,
             founder + " changed the group name from \"" + group + ": the first lot\" to \"" +
                 group + "\""},
            {start + std::chrono::minutes(4), group, founder + " changed this group's icon"},
        };
        const auto minutes = talk_.town.options.weeks * 7ULL * 24 * 60;
        for (const std::size_t person : talk_.people) {
            if (person == first) continue;
            // Most were there at the beginning; some came by themselves, a few were fetched.
            const Time early = start + std::chrono::minutes(10);
            if (random_.chance(0.75))
                out.push_back({early, group, founder + " added " + label(person)});
            else
                out.push_back(
                    {early + std::chrono::minutes(random_.below(600)), label(person),
                     label(person) + (venue_.iphone ? " joined using this group's invite link"
                                                    : " joined using a group link.")});
        }
        const auto weeks = talk_.town.options.weeks;
        for (unsigned i = 0; i < weeks / 2; ++i) {
            const std::string& who = label(pick(talk_.people, random_));
            const Time time = talk_.town.start + std::chrono::minutes(random_.below(minutes));
            if (random_.chance(0.5))
                out.push_back(
                    {time, who, "Your security code with " + who + " changed. Tap to learn more."});
            else
                leaveAndReturn(out, who, founder, time);
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const Notice& a, const Notice& b) { return a.time < b.time; });
        return out;
    }

    static void leaveAndReturn(std::vector<Notice>& out, const std::string& who,
                               const std::string& founder, Time time)
    {
        if (who == founder) return;
        out.push_back({time, who, who + " left"});
        out.push_back({time + std::chrono::hours(3), founder, founder + " added " + who});
    }

    const VenueTalk& talk_;
    const Venue& venue_;
    Random random_;
    std::string out_;
};

}  // namespace

FileTruth writeWhatsApp(const VenueTalk& talk, const std::filesystem::path& file)
{
    return WhatsApp(talk).write(file);
}

}  // namespace kith
