#include "core/base/text.h"
#include "core/scenario/writers.h"

#include <fmt/format.h>

namespace kith {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

class Mailbox {
public:
    explicit Mailbox(const VenueTalk& talk)
        : talk_(talk), common_("common"), random_(talk.town.options.seed, 60 + talk.venue)
    {}

    FileTruth write(const std::filesystem::path& file)
    {
        FileTruth truth = countsOf(talk_);
        std::string out;
        for (std::size_t i = 0; i < talk_.said.size(); ++i) {
            if (talk_.said[i].parent != nobody) ++truth.replies;
            out += headers(talk_.said[i], i) + "\n" + escaped(body(talk_.said[i])) + "\n";
        }
        writeBytes(file, out);
        return truth;
    }

private:
    const Resident& resident(std::size_t person) const { return talk_.town.people[person]; }
    const std::string& address(std::size_t person) const
    {
        return resident(person).accounts.at(Platform::Email);
    }
    const Said& parentOf(const Said& said) const { return talk_.said[said.parent - talk_.first]; }

    std::string id(std::size_t index) const
    {
        return fmt::format("<{}.{}@lists.example.org>", toMillis(talk_.said[index].time) / 1000,
                           index + 1);
    }

    /// Ancestors from the first to the nearest, at most ten as mail programs do.
    std::string references(const Said& said) const
    {
        std::vector<std::string> ids;
        for (const Said* at = &said; at->parent != nobody && ids.size() < 10; at = &parentOf(*at))
            ids.insert(ids.begin(), id(at->parent - talk_.first));
        return join(ids, "\n ");
    }

    std::string date(Time time) const
    {
        const Clock c = clockOf(talk_.town.zone, time);
        const WallTime wall = talk_.town.zone.toWall(time);
        const auto offset = std::chrono::duration_cast<std::chrono::hours>(wall.time_since_epoch() -
                                                                           time.time_since_epoch());
        return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +{:02}00", weekdays.at(c.weekday), c.day,
                           months.at(c.month - 1), c.year, c.hour, c.minute, c.second,
                           offset.count());
    }

    std::string headers(const Said& said, std::size_t index) const
    {
        const Clock c = clockOf(Zone(), said.time);
        std::string out =
            fmt::format("From {} {} {} {:2} {:02}:{:02}:{:02} {}\n", address(said.author),
                        weekdays.at(c.weekday), months.at(c.month - 1), c.day, c.hour, c.minute,
                        c.second, c.year);
        out += fmt::format("From: {} <{}>\n", resident(said.author).name, address(said.author));
        out += fmt::format("To: {0}@lists.example.org\n", venues()[talk_.venue].name);
        out += fmt::format("Subject: {}[{}] {}\n",
                           said.parent == nobody ? "" : "Re: ", venues()[talk_.venue].name,
                           said.subject);
        out += "Date: " + date(said.time) + "\nMessage-ID: " + id(index) + "\n";
        if (said.parent != nobody)
            out += "In-Reply-To: " + id(said.parent - talk_.first) +
                   "\nReferences: " + references(said) + "\n";
        out += fmt::format("List-Id: <{}.lists.example.org>\n", venues()[talk_.venue].name);
        return out +
               "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
               "Content-Transfer-Encoding: 8bit\n";
    }

    std::string body(const Said& said)
    {
        std::string out = said.addressed == nobody
                              ? std::string(pick(common_.lines("greeting"), random_))
                              : "Dear " + resident(said.addressed).first;
        out += ",\n\n" + said.text + "\n\n";
        if (said.parent != nobody && random_.chance(0.7)) out += quoted(parentOf(said)) + "\n";
        out += std::string(pick(common_.lines("sign"), random_)) + ",\n" +
               resident(said.author).first + "\n";
        if (said.author % 3 != 0)
            out += fmt::format("\n-- \n{}\n{}, Millbrook\n", resident(said.author).name,
                               resident(said.author).traits.at("ward"));
        return out;
    }

    std::string quoted(const Said& said) const
    {
        const std::string when = date(said.time);
        return "On " + when.substr(0, when.size() - 9) + ", " + resident(said.author).name +
               " wrote:\n> " + replaceAll(said.text, "\n", "\n> ") + "\n";
    }

    static std::string escaped(const std::string& body)
    {
        return replaceAll(body, "\nFrom ", "\n>From ");
    }

    const VenueTalk& talk_;
    Talk common_;
    Random random_;
};

}  // namespace

FileTruth writeMail(const VenueTalk& talk, const std::filesystem::path& file)
{
    return Mailbox(talk).write(file);
}

}  // namespace kith
