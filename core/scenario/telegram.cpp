#include "core/base/text.h"
#include "core/scenario/writers.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kith {
namespace {

using Json = nlohmann::ordered_json;

class Telegram {
public:
    explicit Telegram(const VenueTalk& talk)
        : talk_(talk), random_(talk.town.options.seed, 60 + talk.venue), messages_(Json::array())
    {}

    FileTruth write(const std::filesystem::path& file)
    {
        FileTruth truth = countsOf(talk_);
        foundGroup();
        const std::size_t half = talk_.said.size() / 2;
        for (std::size_t i = 0; i < talk_.said.size(); ++i) {
            messages_.push_back(message(talk_.said[i], i));
            truth.reactions += talk_.said[i].nods.size();
            if (talk_.said[i].parent != nobody) ++truth.replies;
            if (i == half) pinHere(talk_.said[i], i);
        }
        truth.system = services_;
        Json root = {{"name", venues()[talk_.venue].name},
                     {"type", "private_supergroup"},
                     {"id", 1'900'420'042},
                     {"messages", std::move(messages_)}};
        writeBytes(file, root.dump(1) + "\n");
        return truth;
    }

private:
    /// Messages keep the numbers 1001 onwards; services use those below.
    std::size_t idOf(std::size_t index) const { return 1001 + index; }
    const Resident& resident(std::size_t person) const { return talk_.town.people[person]; }
    std::string key(std::size_t person) const
    {
        return resident(person).accounts.at(Platform::Telegram);
    }

    Json dated(std::size_t id, std::string_view type, Time time) const
    {
        const Clock c = clockOf(talk_.town.zone, time);
        return {{"id", id},
                {"type", type},
                {"date", fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day,
                                     c.hour, c.minute, c.second)},
                {"date_unixtime", std::to_string(toMillis(time) / 1000)}};
    }

    Json service(Time time, std::size_t actor, std::string_view action)
    {
        Json out = dated(++services_, "service", time);
        out["actor"] = resident(actor).name;
        out["actor_id"] = key(actor);
        out["action"] = action;
        return out;
    }

    void add(Json service)
    {
        service["text"] = "";
        service["text_entities"] = Json::array();
        messages_.push_back(std::move(service));
    }

    void foundGroup()
    {
        const std::size_t founder = talk_.people.front();
        Time time = talk_.town.start - std::chrono::hours(9);
        Json created = service(time, founder, "create_group");
        created["title"] = "Northgate buses";
        created["members"] = Json::array({resident(founder).name});
        add(std::move(created));
        Json titled = service(time += std::chrono::seconds(50), founder, "edit_group_title");
        titled["title"] = venues()[talk_.venue].name;
        add(std::move(titled));
        for (std::size_t i = 1; i < talk_.people.size(); ++i) {
            time += std::chrono::seconds(40);
            if (random_.chance(0.6)) {
                Json invited = service(time, founder, "invite_members");
                invited["members"] = Json::array({resident(talk_.people[i]).name});
                add(std::move(invited));
            } else {
                Json joined = service(time, talk_.people[i], "join_group_by_link");
                joined["inviter"] = "Group";
                add(std::move(joined));
            }
        }
    }

    void pinHere(const Said& said, std::size_t index)
    {
        Json pinned = service(said.time, talk_.people.front(), "pin_message");
        pinned["message_id"] = idOf(index);
        add(std::move(pinned));
    }

    Json message(const Said& said, std::size_t index) const
    {
        Json out = dated(idOf(index), "message", said.time);
        out["from"] = resident(said.author).name;
        out["from_id"] = key(said.author);
        if (said.parent != nobody) out["reply_to_message_id"] = idOf(said.parent - talk_.first);
        setText(out, said);
        if (!said.nods.empty()) out["reactions"] = reactions(said);
        return out;
    }

    void setText(Json& out, const Said& said) const
    {
        if (said.addressed == nobody) {
            out["text"] = said.text;
            out["text_entities"] = Json::array({{{"type", "plain"}, {"text", said.text}}});
            return;
        }
        const std::string& number = key(said.addressed);
        const Json mention = {{"type", "mention_name"},
                              {"text", resident(said.addressed).first},
                              {"user_id", *parseInteger(std::string_view(number).substr(4))}};
        out["text"] = Json::array({mention, " " + said.text});
        out["text_entities"] =
            Json::array({mention, {{"type", "plain"}, {"text", " " + said.text}}});
    }

    Json reactions(const Said& said) const
    {
        std::map<std::string_view, Json> byEmoji;
        for (const Nod& nod : said.nods) {
            const Clock c = clockOf(talk_.town.zone, said.time + std::chrono::minutes(2));
            byEmoji[nod.emoji].push_back(
                {{"from", resident(nod.who).name},
                 {"from_id", key(nod.who)},
                 {"date", fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day,
                                      c.hour, c.minute, c.second)}});
        }
        Json out = Json::array();
        for (auto& [emoji, recent] : byEmoji)
            out.push_back({{"type", "emoji"},
                           {"count", recent.size()},
                           {"emoji", emoji},
                           {"recent", recent}});
        return out;
    }

    const VenueTalk& talk_;
    Random random_;
    Json messages_;
    std::size_t services_ = 0;
};

}  // namespace

FileTruth writeTelegram(const VenueTalk& talk, const std::filesystem::path& file)
{
    return Telegram(talk).write(file);
}

}  // namespace kith
