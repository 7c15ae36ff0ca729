#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/bodies.h"
#include "core/import/chatchoice.h"
#include "core/import/json.h"
#include "core/import/readers.h"
#include "core/import/slackmessage.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestList = 32U << 20U;

/// One file of an export: "general/2016-01-14.json", perhaps below one more folder.
struct DayFile {
    std::string folder;
    std::string date;
    std::size_t entry = 0;
};

std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

/// The folder above everything, with its slash; empty when the lists stand at the top.
std::string topFolder(std::span<const Package::Entry> entries)
{
    for (const auto& entry : entries) {
        const auto last = lastPart(entry.name);
        if (last == "channels.json" || last == "users.json" || last == "org_users.json") {
            return entry.name.substr(0, entry.name.size() - last.size());
        }
    }
    return {};
}

bool isDate(std::string_view name)
{
    const auto iso = parseIso(name);
    return iso && iso->dateOnly && name.size() == 10;
}

std::optional<DayFile> dayFile(const Package::Entry& entry, std::string_view top, std::size_t index)
{
    constexpr std::string_view ending = ".json";
    std::string_view name = entry.name;
    if (!name.starts_with(top) || !name.ends_with(ending)) return std::nullopt;
    name.remove_prefix(top.size());
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || name.find('/', slash + 1) != std::string_view::npos)
        return std::nullopt;
    const auto date = name.substr(slash + 1, name.size() - slash - 1 - ending.size());
    return DayFile{std::string(name.substr(0, slash)), std::string(date), index};
}

std::optional<std::size_t> entryNamed(const Package& package, const std::string& name)
{
    const auto& entries = package.entries();
    const auto found = std::ranges::find(entries, name, &Package::Entry::name);
    if (found == entries.end()) return std::nullopt;
    return static_cast<std::size_t>(found - entries.begin());
}

/// users.json and its like; an unreadable one is told and done without.
Json listNamed(const Package& package, const std::string& name, Sink& sink)
{
    const auto entry = entryNamed(package, name);
    if (!entry) return {};
    try {
        const auto source = package.open(*entry);
        return Json::parse(readAll(*source, longestList), placeIn(package, *entry));
    } catch (const Error& error) {
        if (error.kind() == Error::Kind::FileUnreadable) throw;
        if (error.kind() == Error::Kind::NeedsAnswer) throw;
        sink.problem({Outcome::Noted, placeIn(package, *entry),
                      "the list is unreadable and left out: " + error.cause()});
        return {};
    }
}

class SlackReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "slack",
            "Slack workspace export",
            {"slack"},
            {".zip"},
            {.replies = true, .mentions = true, .reposts = true, .reactions = true}};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        const auto top = topFolder(probe.entries);
        bool days = false;
        bool users = false;
        bool channels = false;
        for (std::size_t i = 0; i < probe.entries.size(); ++i) {
            const auto& entry = probe.entries[i];
            const auto day = dayFile(entry, top, i);
            days = days || (day && isDate(day->date));
            users =
                users || entry.name == top + "users.json" || entry.name == top + "org_users.json";
            channels = channels || entry.name == top + "channels.json";
        }
        if (users && channels) return {95, "holds the lists of a Slack workspace"};
        if (days && (users || channels)) return {90, "holds Slack's day files"};
        if (days) return {55, "holds files named by day, as Slack's are"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto top = topFolder(package.entries());
        SlackMessages messages(sink);
        readLists(package, top, sink, messages);
        auto days = dayFiles(package, top, sink);
        keepWanted(days, options, {package.name(), {}, {}, {}}, sink);
        std::uint64_t bytes = 0;
        for (const auto& day : days) bytes += package.entries()[day.entry].size;
        task.begin("Reading " + package.name(), bytes);
        std::string folder;
        for (const auto& day : days) {
            if (std::exchange(folder, day.folder) != day.folder) messages.beginChannel(day.folder);
            readDay(package, day, messages);
            task.advance(package.entries()[day.entry].size);
        }
        messages.finish({package.name(), {}, {}, {}});
        if (messages.seen() == 0) {
            throw Error(Error::Kind::BadInput, "the export holds no messages",
                        {package.name(), {}, {}, {}},
                        "Export the workspace again and choose all of its history.");
        }
        return {messages.seen(), "slack", {}, false};
    }

private:
    static void readLists(const Package& package, const std::string& top, Sink& sink,
                          SlackMessages& messages)
    {
        bool anyUsers = false;
        for (const auto* name : {"users.json", "org_users.json"}) {
            const auto users = listNamed(package, top + name, sink);
            anyUsers = anyUsers || users.isArray();
            messages.addUsers(users, {package.name(), top + name, {}, {}});
        }
        if (!anyUsers) {
            sink.problem({Outcome::Noted,
                          {package.name(), {}, {}, {}},
                          "the export has no list of users: people are named by their ids"});
        }
        for (const auto* name : {"channels.json", "groups.json", "mpims.json", "dms.json"}) {
            const auto channels = listNamed(package, top + name, sink);
            messages.addChannels(channels);
            if (!channels.items().empty() && std::string_view(name) != "channels.json") {
                sink.problem({Outcome::Noted,
                              {package.name(), top + name, {}, {}},
                              fmt::format("the export holds {} private conversations",
                                          channels.items().size())});
            }
        }
    }

    static std::vector<DayFile> dayFiles(const Package& package, const std::string& top, Sink& sink)
    {
        std::vector<DayFile> days;
        for (std::size_t i = 0; i < package.entries().size(); ++i) {
            auto day = dayFile(package.entries()[i], top, i);
            if (!day) continue;
            if (isDate(day->date)) {
                days.push_back(std::move(*day));
            } else {
                sink.problem({Outcome::Noted, placeIn(package, i),
                              "the file is not named by a day and is left out"});
            }
        }
        std::ranges::sort(days, [](const DayFile& a, const DayFile& b) {
            return std::tie(a.folder, a.date) < std::tie(b.folder, b.date);
        });
        return days;
    }

    /// A workspace is nobody's own, so that all of it is read unless channels were chosen.
    static void keepWanted(std::vector<DayFile>& days, const ReadOptions& options,
                           const Place& place, Sink& sink)
    {
        std::vector<ListedChat> channels;
        for (const auto& day : days) {
            if (channels.empty() || channels.back().name != day.folder)
                channels.push_back({day.folder});
        }
        requireKnown(channels, options, place);
        const auto left = std::ranges::count_if(
            channels, [&](const ListedChat& one) { return !isWanted(options, one.name); });
        noteLeftOut(static_cast<std::uint64_t>(left), place, sink);
        std::erase_if(days, [&](const DayFile& day) { return !isWanted(options, day.folder); });
    }

    /// A day is kept whole or not at all, since a wrong checksum shows only at its end: it is
    /// walked through first.
    static void readDay(const Package& package, const DayFile& day, SlackMessages& messages)
    {
        messages.beginDay();
        if (!surveyDay(package, day, messages)) return;
        const auto source = package.open(day.entry);
        JsonElements elements(*source, placeIn(package, day.entry), {""});
        while (auto* element = elements.parsed()) {
            Problem trouble;
            if (const auto item = parsed(*element, trouble)) {
                messages.take(*item);
            } else {
                messages.refuse(trouble.place, std::move(trouble.what));
            }
        }
    }

    /// @return whether the day is whole; if not, it is refused
    static bool surveyDay(const Package& package, const DayFile& day, SlackMessages& messages)
    {
        const auto whole = placeIn(package, day.entry);
        try {
            const auto source = package.open(day.entry);
            JsonElements elements(*source, whole, {""});
            // The first thing that is wrong says more than where the text ends.
            std::optional<Problem> first;
            while (auto* element = elements.parsed()) {
                Problem trouble;
                if (const auto item = parsed(*element, trouble)) {
                    messages.survey(item->json);
                } else if (!first) {
                    first = std::move(trouble);
                }
            }
            if (const auto& broken = elements.broken()) {
                messages.refuse(first ? first->place : broken->place,
                                "the day is left out: " + (first ? first->what : broken->what));
                return false;
            }
            if (elements.entered(0) > 0) return true;
            messages.refuse(whole, "the day is left out: it is no list of messages");
        } catch (const Error& error) {
            if (error.kind() == Error::Kind::FileUnreadable) throw;
            if (error.kind() == Error::Kind::LimitReached) throw;
            if (error.kind() == Error::Kind::NeedsAnswer) throw;
            messages.refuse(whole, "the day is left out: " + error.cause());
        }
        return false;
    }

    /// nullopt, and what the trouble is, when the element is no message.
    static std::optional<SlackMessages::Item> parsed(JsonElements::Element& element,
                                                     Problem& trouble)
    {
        trouble = {Outcome::Refused, element.place, "the entry is no message"};
        if (element.raw.empty()) {
            trouble.what = "the message is longer than 16 MB";
            return std::nullopt;
        }
        JsonElements::Break wrong;
        const auto* json = element.json(wrong);
        if (json == nullptr) {
            trouble = {Outcome::Refused, wrong.place,
                       "the message is no valid JSON: " + wrong.what};
            return std::nullopt;
        }
        if (!json->isObject()) return std::nullopt;
        return SlackMessages::Item{*json, element.place};
    }
};

}  // namespace

const Reader& slackReader()
{
    static const SlackReader reader;
    return reader;
}

}  // namespace kith
