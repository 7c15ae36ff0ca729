#include "core/base/error.h"
#include "core/base/text.h"
#include "core/scenario/writers.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <zip.h>

namespace kith {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> channels = {"general", "pay", "rota"};
constexpr std::string_view workspaceBot = "B00ROTABOT";

/// Entries of the archive: name -> bytes.
using Entries = std::map<std::string, std::string>;

void cannotWrite(const std::filesystem::path& file)
{
    throw Error(Error::Kind::CannotWrite, "the archive cannot be written",
                {file.filename().string(), {}, {}, {}},
                "Choose a folder with room that you may write to.");
}

/// Every entry carries the same date, so that the same town gives the same bytes.
void writeZip(const Entries& entries, const std::filesystem::path& file)
{
    constexpr zip_uint16_t dosDate = ((2025 - 1980) << 9) | (1 << 5) | 6;
    zip_t* zip = zip_open(file.string().c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (zip == nullptr) cannotWrite(file);
    bool good = true;
    for (const auto& [name, bytes] : entries) {
        zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        good = good && index >= 0;
        if (index < 0)
            zip_source_free(source);
        else if (zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, dosDate, 0) != 0)
            good = false;
    }
    if (!good || zip_close(zip) != 0) {
        zip_discard(zip);
        cannotWrite(file);
    }
}

class Slack {
public:
    explicit Slack(const VenueTalk& talk) : talk_(talk)
    {
        stamps_.reserve(talk.said.size());
        for (std::size_t i = 0; i < talk.said.size(); ++i)
            stamps_.push_back(stamp(talk.said[i].time, i % 900'000 + 100'000));
        for (std::size_t i = 0; i < talk.said.size(); ++i)
            if (const auto root = rootOf(i); root != i) threads_[root].push_back(i);
    }

    FileTruth write(const std::filesystem::path& file)
    {
        FileTruth truth = countsOf(talk_);
        announceMembers(truth);
        remindWeekly(truth);
        for (std::size_t i = 0; i < talk_.said.size(); ++i) {
            if (talk_.said[i].parent != nobody) ++truth.replies;
            truth.reactions += talk_.said[i].nods.size();
            place(channelOf(i), talk_.said[i].time, message(i));
        }
        writeZip(entries(), file);
        return truth;
    }

private:
    static std::string stamp(Time time, std::size_t micro)
    {
        return fmt::format("{}.{:06}", toMillis(time) / 1000, micro);
    }

    std::size_t rootOf(std::size_t index) const { return talk_.said[index].root - talk_.first; }
    std::string_view channelOf(std::size_t index) const
    {
        return channels.at(rootOf(index) * 7 % channels.size());
    }
    const std::string& key(std::size_t person) const
    {
        return talk_.town.people[person].accounts.at(Platform::Slack);
    }

    void place(std::string_view channel, Time time, Json message)
    {
        days_[fmt::format("{}/{}.json", channel, dateText(time))].push_back(std::move(message));
    }

    void announceMembers(FileTruth& truth)
    {
        const Time start = talk_.town.start - std::chrono::hours(30);
        for (const std::string_view channel : channels) {
            for (std::size_t i = 0; i < talk_.people.size(); ++i) {
                const std::string& who = key(talk_.people[i]);
                place(channel, start + std::chrono::seconds(i),
                      {{"type", "message"},
                       {"subtype", "channel_join"},
                       {"ts", stamp(start + std::chrono::seconds(i), 200)},
                       {"user", who},
                       {"text", "<@" + who + "> has joined the channel"}});
                ++truth.system;
            }
        }
        const std::string& who = key(talk_.people.front());
        const Time later = start + std::chrono::hours(1);
        place("rota", later,
              {{"type", "message"},
               {"subtype", "channel_topic"},
               {"ts", stamp(later, 300)},
               {"user", who},
               {"topic", "Four weeks ahead"},
               {"text", "<@" + who + "> set the channel topic: Four weeks ahead"}});
        ++truth.system;
    }

    void remindWeekly(FileTruth& truth)
    {
        for (unsigned week = 0; week < talk_.town.options.weeks; ++week) {
            const Time time = townTime(talk_.town, week * 7, 8 * 60);
            place("rota", time,
                  {{"type", "message"},
                   {"subtype", "bot_message"},
                   {"ts", stamp(time, 42)},
                   {"bot_id", workspaceBot},
                   {"username", "Rota reminder"},
                   {"text", "The rota for this week is on the board. Swaps by Wednesday."}});
            ++truth.messages;
            ++truth.bots;
        }
    }

    static std::string escaped(std::string text)
    {
        text = replaceAll(std::move(text), "&", "&amp;");
        text = replaceAll(std::move(text), "<", "&lt;");
        return replaceAll(std::move(text), ">", "&gt;");
    }

    Json message(std::size_t index) const
    {
        const Said& said = talk_.said[index];
        const std::string text = escaped(said.text);
        Json out = {
            {"type", "message"},
            {"user", key(said.author)},
            {"text", said.addressed == nobody ? text : "<@" + key(said.addressed) + "> " + text},
            {"ts", stamps_[index]}};
        const std::size_t root = rootOf(index);
        if (root != index) {
            out["thread_ts"] = stamps_[root];
            out["parent_user_id"] = key(talk_.said[root].author);
        } else if (const auto thread = threads_.find(index); thread != threads_.end()) {
            addThread(out, thread->second);
        }
        if (!said.nods.empty()) out["reactions"] = reactions(said);
        return out;
    }

    void addThread(Json& out, const std::vector<std::size_t>& answers) const
    {
        std::vector<std::string> users;
        Json replies = Json::array();
        for (const std::size_t answer : answers) {
            const std::string& user = key(talk_.said[answer].author);
            if (std::find(users.begin(), users.end(), user) == users.end()) users.push_back(user);
            replies.push_back({{"user", user}, {"ts", stamps_[answer]}});
        }
        out["thread_ts"] = out["ts"];
        out["reply_count"] = answers.size();
        out["reply_users_count"] = users.size();
        out["latest_reply"] = stamps_[answers.back()];
        out["reply_users"] = users;
        out["replies"] = std::move(replies);
    }

    Json reactions(const Said& said) const
    {
        std::map<std::string, Json> byName;
        for (const Nod& nod : said.nods)
            byName[nod.emoji == "👍" ? "+1" : "heart"].push_back(key(nod.who));
        Json out = Json::array();
        for (auto& [name, users] : byName)
            out.push_back({{"name", name}, {"users", users}, {"count", users.size()}});
        return out;
    }

    Json users() const
    {
        Json out = Json::array();
        for (std::size_t person = 0; person < talk_.town.people.size(); ++person) {
            const Resident& who = talk_.town.people[person];
            if (!who.attends.at(talk_.venue)) continue;
            out.push_back({{"id", key(person)},
                           {"name", replaceAll(asciiLower(who.name), " ", ".")},
                           {"deleted", false},
                           {"real_name", who.name},
                           {"tz", "Europe/London"},
                           {"profile", {{"real_name", who.name}, {"display_name", who.name}}},
                           {"is_bot", false}});
        }
        return out;
    }

    Json channelList() const
    {
        Json members = Json::array();
        for (const std::size_t person : talk_.people) members.push_back(key(person));
        Json out = Json::array();
        for (std::size_t i = 0; i < channels.size(); ++i)
            out.push_back({{"id", fmt::format("C0MILL{:03}", i + 1)},
                           {"name", channels.at(i)},
                           {"created", 1735900000},
                           {"creator", key(talk_.people.front())},
                           {"is_archived", false},
                           {"members", members},
                           {"topic", {{"value", ""}}},
                           {"purpose", {{"value", ""}}}});
        return out;
    }

    Entries entries()
    {
        Entries out;
        out["users.json"] = users().dump(1);
        out["channels.json"] = channelList().dump(1);
        for (auto& [name, day] : days_) {
            std::stable_sort(day.begin(), day.end(),
                             [](const Json& a, const Json& b) { return a["ts"] < b["ts"]; });
            out[name] = Json(day).dump(1);
        }
        return out;
    }

    const VenueTalk& talk_;
    std::vector<std::string> stamps_;
    std::map<std::size_t, std::vector<std::size_t>> threads_;
    std::map<std::string, std::vector<Json>> days_;
};

}  // namespace

FileTruth writeSlack(const VenueTalk& talk, const std::filesystem::path& file)
{
    return Slack(talk).write(file);
}

}  // namespace kith
