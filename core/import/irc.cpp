#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/irccalendar.h"
#include "core/import/ircpeople.h"
#include "core/import/latin.h"
#include "core/import/lines.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/senderbook.h"
#include "core/import/wallclock.h"

#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

using Kind = IrcLine::Kind;

/// One log being read, in two walks: who is who is known only at the end.
class IrcImport {
public:
    IrcImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package),
          options_(options),
          sink_(sink),
          task_(task),
          clock_(options),
          book_(sink),
          calendar_(package.entries().front().name)
    {}

    ReadReport run()
    {
        task_.begin("Reading " + file_.name(), file_.size() * 2);
        walk([&](const IrcLine& line, const Place&) { people_.survey(line); });
        people_.settle();
        nameConversation();
        walk([&](const IrcLine& line, const Place& place) { take(line, place); });
        if (kept_ == 0) {
            throw Error(Error::Kind::BadInput, "no line of the file is a message or a notice",
                        file_.place(), "Expected the log of an IRC client.");
        }
        tell();
        return {seen_, "irc", clock_.zone(), true};
    }

private:
    template <class Use>
    void walk(Use use)
    {
        const auto source = file_.open();
        LineReader lines(*source, file_.name());
        std::uint64_t before = 0;
        foreign_ = 0;
        while (const auto raw = lines.next()) {
            task_.advance(lines.consumed() - std::exchange(before, lines.consumed()));
            if (trim(*raw).empty()) continue;
            bool repaired = false;
            const auto text = utf8OrLatin(*raw, repaired);
            if (repaired && foreign_++ == 0) foreignLine_ = lines.line();
            use(ircLine(text), file_.line(lines.line()));
        }
    }

    void nameConversation()
    {
        conversation_ = people_.channel();
        const auto name = std::string(file_.name());
        const auto sign = name.find('#');
        auto stem = file_.stem();
        if (const auto date = dateInName(stem)) stem.erase(date->from, date->size);
        if (conversation_.empty() && sign != std::string::npos) {
            const auto end = name.find_first_of("._ ", sign);
            conversation_ = asciiLower(name.substr(sign, end - sign));
        }
        if (conversation_.empty()) conversation_ = options_.conversation;
        while (!stem.empty() && std::string_view("-_. ").find(stem.back()) != stem.npos)
            stem.pop_back();
        while (!stem.empty() && std::string_view("-_. ").find(stem.front()) != stem.npos)
            stem.erase(0, 1);
        if (conversation_.empty()) conversation_ = stem.empty() ? "IRC channel" : stem;
    }

    void take(const IrcLine& line, const Place& place)
    {
        ++seen_;
        if (line.kind == Kind::Unknown) {
            return sink_.problem({Outcome::Refused, place,
                                  "the line is neither a message nor a notice with its time"});
        }
        ++kept_;
        if (line.kind == Kind::Day) calendar_.begin(line.stamp);
        const auto when = timeOf(line);
        if (!when) ++untimed_;
        if (!line.nick.empty()) people_.meet(line.nick);
        if (!line.renamedTo.empty()) people_.meet(line.renamedTo);
        if (line.kind == Kind::Notice || line.kind == Kind::Day) {
            return sink_.system({{},
                                 conversation_,
                                 when ? when->time : Time(),
                                 when.has_value(),
                                 withoutNul(line.text),
                                 place});
        }
        if (line.kind == Kind::Empty) return skipEmpty(place);
        said(line, when, place);
    }

    void skipEmpty(const Place& place)
    {
        sink_.problem({Outcome::Skipped, place, "somebody sent a line without words"});
    }

    void said(const IrcLine& line, const std::optional<WallClock::Moment>& when, const Place& place)
    {
        std::string_view text = line.text;
        if (line.userHost && people_.hasSigns() && (text.front() == '+' || text.front() == '-'))
            text = trim(text.substr(1));
        if (text.empty()) return skipEmpty(place);
        MessageRecord message;
        message.conversation = conversation_;
        message.timed = when.has_value();
        if (when) {
            message.time = when->time;
            message.certainty = when->certainty;
        }
        message.place = place;
        const auto& speaker = people_.speaker(line.nick);
        const auto relayed = people_.isBridge(line.nick) ? ircRelayed(text) : std::nullopt;
        if (relayed) {
            message.account = asciiLower(relayed->name) + "@" + speaker.key;
            book_.tell(message.account, relayed->name);
            text = relayed->text;
        } else {
            message.account = speaker.key;
            message.bot = speaker.bot;
            book_.tell(speaker.key, speaker.name, {}, speaker.bot || people_.isBridge(line.nick));
        }
        message.text = text;
        for (auto& key : people_.addressed(text)) {
            if (key != message.account)
                message.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
        }
        limitText(message, sink_);
        sink_.message(std::move(message));
    }

    std::optional<WallClock::Moment> timeOf(const IrcLine& line)
    {
        const auto wall = calendar_.at(line.stamp);
        if (!wall) return std::nullopt;
        if (line.stamp.offset) {
            return WallClock::Moment{Time(wall->time_since_epoch()) - *line.stamp.offset,
                                     TimeCertainty::Exact};
        }
        return clock_.at(*wall);
    }

    void tell()
    {
        if (people_.isCrowded()) {
            sink_.problem({Outcome::Noted, file_.place(),
                           "the log holds more than 300,000 nicks: changes of the nicks met after "
                           "those, and whom they are said to speak to, are not followed"});
        }
        if (untimed_ > 0) {
            sink_.problem(
                {Outcome::Noted, file_.place(),
                 fmt::format("{} lines say no day or no year, and neither does the file's name: "
                             "they are kept without a time; to have times, put the first day into "
                             "the name, as in 2024-03-01.log, and import it again",
                             untimed_)});
        }
        if (foreign_ > 0) {
            auto place = file_.line(foreignLine_);
            sink_.problem({Outcome::Repaired, place,
                           fmt::format("{} lines are no UTF-8 and were read as Windows-1252, the "
                                       "first in line {}",
                                       foreign_, foreignLine_)});
        }
        clock_.finish(file_.place(), sink_);
    }

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    WallClock clock_;
    SenderBook book_;
    IrcCalendar calendar_;
    IrcPeople people_;
    std::string conversation_;
    std::uint64_t seen_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t untimed_ = 0;
    std::uint64_t foreign_ = 0;
    std::uint64_t foreignLine_ = 0;
};

class IrcReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "irc", "IRC log", {"irc"}, {".log", ".txt", ".weechatlog"}, {.mentions = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        constexpr std::size_t enough = 60;
        std::size_t lines = 0;
        std::size_t known = 0;
        std::size_t spoken = 0;
        auto rest = probe.head;
        while (!rest.empty() && lines < enough) {
            const auto end = rest.find('\n');
            // The last line of a part may be cut.
            if (end == rest.npos && !probe.whole && lines > 0) break;
            auto raw = rest.substr(0, end);
            rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
            if (raw.ends_with('\r')) raw.remove_suffix(1);
            if (trim(raw).empty()) continue;
            ++lines;
            bool repaired = false;
            const auto line = ircLine(utf8OrLatin(raw, repaired));
            if (line.kind == Kind::Unknown) continue;
            ++known;
            const bool person = line.kind == Kind::Said || line.kind == Kind::Action;
            if (person || !line.nick.empty()) ++spoken;
        }
        if (known == 0 || spoken == 0) return {};
        if (known * 2 > lines) {
            return {50 + static_cast<int>(44 * known / lines),
                    "its lines are those of an IRC client"};
        }
        return {20, "some of its lines are those of an IRC client"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return IrcImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& ircReader()
{
    static const IrcReader reader;
    return reader;
}

}  // namespace kith
