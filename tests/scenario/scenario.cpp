#include "core/scenario/scenario.h"

#include "core/base/error.h"
#include "core/scenario/chronicle.h"
#include "core/scenario/talk.h"
#include "core/scenario/writers.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <zip.h>

using namespace kith;
using nlohmann::json;

namespace {

std::filesystem::path scratch(const std::string& name)
{
    static const tests::TempFolder all;  // of this process: tests run side by side
    const auto folder = all.path() / name;
    std::filesystem::remove_all(folder);
    return folder;
}

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Written {
    ScenarioFiles files;
    json truth;
};

Written write(const std::string& name, const ScenarioOptions& options = {})
{
    Task task;
    Written out{writeScenario("millbrook", scratch(name), options, task), {}};
    out.truth = json::parse(bytesOf(out.files.truth));
    return out;
}

const Written& standard()
{
    static const Written once = write("standard");
    return once;
}

json fileTruth(const Written& town, const std::string& platform)
{
    for (const json& file : town.truth["files"])
        if (file["platform"] == platform) return file;
    FAIL("no " << platform);
    return {};
}

std::filesystem::path exportOf(const Written& town, const json& file)
{
    return town.files.truth.parent_path() / file["file"].get<std::string>();
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

bool startsDated(std::string line)
{
    if (line.rfind("\u200E", 0) == 0) line = line.substr(3);
    if (!line.empty() && line.front() == '[') line = line.substr(1);
    return line.size() > 12 && line[2] == '/' && line[5] == '/' && line.substr(6, 4) == "2025" &&
           line[10] == ',';
}

std::map<std::string, std::string> unzipped(const std::filesystem::path& file)
{
    std::map<std::string, std::string> out;
    zip_t* zip = zip_open(file.string().c_str(), ZIP_RDONLY, nullptr);
    REQUIRE(zip != nullptr);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t stat;
        REQUIRE(zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) == 0);
        std::string bytes(stat.size, '\0');
        zip_file_t* entry = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
        REQUIRE(zip_fread(entry, bytes.data(), stat.size) == static_cast<zip_int64_t>(stat.size));
        zip_fclose(entry);
        out[stat.name] = bytes;
    }
    zip_discard(zip);
    return out;
}

}  // namespace

TEST_CASE("the same options give the same bytes, another seed others")
{
    const ScenarioOptions small{7, 80, 5};
    const Written one = write("same-1", small);
    const Written two = write("same-2", small);
    const Written other = write("same-3", {8, 80, 5});
    REQUIRE(one.files.exports.size() == 8);
    for (std::size_t i = 0; i < one.files.exports.size(); ++i) {
        INFO(one.files.exports[i].filename());
        CHECK(bytesOf(one.files.exports[i]) == bytesOf(two.files.exports[i]));
        CHECK(bytesOf(one.files.exports[i]) != bytesOf(other.files.exports[i]));
    }
    CHECK(bytesOf(one.files.members) == bytesOf(two.files.members));
    CHECK(bytesOf(one.files.truth) == bytesOf(two.files.truth));
    CHECK(bytesOf(one.files.members) != bytesOf(other.files.members));
}

TEST_CASE("people and weeks out of range and unknown towns are refused")
{
    Task task;
    const auto folder = scratch("refused");
    for (const ScenarioOptions& options :
         {ScenarioOptions{1, 59, 16}, ScenarioOptions{1, 2001, 16}, ScenarioOptions{1, 300, 3},
          ScenarioOptions{1, 300, 105}}) {
        try {
            writeScenario("millbrook", folder, options, task);
            FAIL("accepted " << options.people << " people, " << options.weeks << " weeks");
        } catch (const Error& error) {
            CHECK(error.kind() == Error::Kind::Usage);
        }
    }
    CHECK_THROWS_AS(writeScenario("elsewhere", folder, {}, task), Error);
    CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("the smallest and the largest town can be written")
{
    for (const ScenarioOptions& options :
         {ScenarioOptions{3, 60, 4}, ScenarioOptions{3, 2000, 4}, ScenarioOptions{3, 60, 104}}) {
        const Written town = write("range", options);
        CHECK(town.truth["people"].size() == options.people);
        std::size_t sum = 0;
        for (const json& cluster : town.truth["clusters"]) {
            CHECK(cluster["size"] >= 5);
            sum += cluster["size"].get<std::size_t>();
        }
        CHECK(sum == options.people);
        CHECK(town.truth["bridges"].size() == 3);
    }
}

TEST_CASE("work can be cancelled")
{
    std::stop_source stop;
    stop.request_stop();
    Task task(stop.get_token(), {});
    CHECK_THROWS_AS(writeScenario("millbrook", scratch("cancelled"), {}, task), Cancelled);
}

TEST_CASE("WhatsApp headers are as many as the truth says")
{
    const Written& town = standard();
    for (const json& file : town.truth["files"]) {
        if (file["platform"] != "whatsapp") continue;
        INFO(file["file"]);
        std::size_t headers = 0;
        std::size_t deleted = 0;
        std::size_t omitted = 0;
        for (const std::string& line : linesOf(bytesOf(exportOf(town, file)))) {
            if (!startsDated(line)) continue;
            ++headers;
            if (line.find("This message was deleted") != std::string::npos) ++deleted;
            if (line.find(" omitted") != std::string::npos) ++omitted;
        }
        CHECK(headers == file["messages"].get<std::size_t>() + file["system"].get<std::size_t>());
        CHECK(deleted == file["deleted"]);
        CHECK(omitted == file["media"]);
        CHECK(file["replies"] == 0);
    }
}

TEST_CASE("the Telegram export is whole and its pointers lead somewhere")
{
    const Written& town = standard();
    const json truth = fileTruth(town, "telegram");
    const json root = json::parse(bytesOf(exportOf(town, truth)));
    std::set<std::size_t> ids;
    std::size_t messages = 0;
    std::size_t system = 0;
    std::size_t replies = 0;
    std::size_t reactions = 0;
    for (const json& item : root["messages"]) {
        CHECK(ids.insert(item["id"].get<std::size_t>()).second);
        (item["type"] == "message" ? messages : system) += 1;
        if (item.contains("reply_to_message_id")) {
            ++replies;
            CHECK(ids.count(item["reply_to_message_id"].get<std::size_t>()) == 1);
        }
        if (!item.contains("reactions")) continue;
        for (const json& reaction : item["reactions"]) reactions += reaction["recent"].size();
    }
    CHECK(messages == truth["messages"]);
    CHECK(system == truth["system"]);
    CHECK(replies == truth["replies"]);
    CHECK(reactions == truth["reactions"]);
}

TEST_CASE("the Slack archive is whole and its threads begin somewhere")
{
    const Written& town = standard();
    const json truth = fileTruth(town, "slack");
    const auto entries = unzipped(exportOf(town, truth));
    std::set<std::string> users;
    for (const json& user : json::parse(entries.at("users.json"))) users.insert(user["id"]);
    std::set<std::string> stamps;
    std::vector<std::string> parents;
    std::size_t messages = 0;
    std::size_t system = 0;
    for (const auto& [name, bytes] : entries) {
        if (name.find('/') == std::string::npos) continue;
        for (const json& item : json::parse(bytes)) {
            const std::string subtype = item.value("subtype", "");
            (subtype.empty() || subtype == "bot_message" ? messages : system) += 1;
            const auto channel = name.substr(0, name.find('/'));
            CHECK(stamps.insert(channel + item["ts"].get<std::string>()).second);
            if (item.contains("user")) CHECK(users.count(item["user"]) == 1);
            if (item.contains("parent_user_id"))
                parents.push_back(channel + item["thread_ts"].get<std::string>());
        }
    }
    CHECK(messages == truth["messages"]);
    CHECK(system == truth["system"]);
    CHECK(parents.size() == truth["replies"]);
    for (const std::string& parent : parents) CHECK(stamps.count(parent) == 1);
}

TEST_CASE("the mailbox has as many letters and answers as the truth says")
{
    const Written& town = standard();
    const json truth = fileTruth(town, "email");
    std::size_t letters = 0;
    std::size_t answers = 0;
    std::set<std::string> ids;
    for (const std::string& line : linesOf(bytesOf(exportOf(town, truth)))) {
        if (line.rfind("From ", 0) == 0) ++letters;
        if (line.rfind("Message-ID: ", 0) == 0) CHECK(ids.insert(line.substr(12)).second);
        if (line.rfind("In-Reply-To: ", 0) != 0) continue;
        ++answers;
        CHECK(ids.count(line.substr(13)) == 1);
    }
    CHECK(letters == truth["messages"]);
    CHECK(ids.size() == letters);
    CHECK(answers == truth["replies"]);
}

TEST_CASE("the truth counts what was planted")
{
    const Written& town = standard();
    std::size_t total = 0;
    for (const json& file : town.truth["files"]) total += file["messages"].get<std::size_t>();
    CHECK(total >= 8000);
    CHECK(total <= 12000);
    std::map<std::string, std::size_t> clusters;
    std::size_t listed = 0;
    for (const json& person : town.truth["people"]) {
        ++clusters[person["cluster"]];
        if (person["listed"]) ++listed;
        CHECK_FALSE(person["accounts"].empty());
    }
    for (const json& cluster : town.truth["clusters"]) {
        CHECK(clusters[cluster["id"]] == cluster["size"]);
        CHECK(cluster["size"] >= 15);
        CHECK(cluster["size"] <= 70);
        if (cluster["trait"].is_null()) continue;
        CHECK(cluster["share"] >= 0.8);
        CHECK(cluster["share"] <= 0.92);
    }
    CHECK(town.truth["member_rows"] == listed);
    CHECK(linesOf(bytesOf(town.files.members)).size() == listed + 1);
    CHECK(listed >= 261);
    CHECK(listed <= 291);
}

TEST_CASE("planted wards are far above their share in town, age and tenure are not")
{
    const Written& town = standard();
    const auto share = [&](const json& cluster, const std::string& trait,
                           const std::string& value) {
        double with = 0;
        double of = 0;
        for (const json& person : town.truth["people"]) {
            if (!cluster.is_null() && person["cluster"] != cluster["id"]) continue;
            if (!person["traits"].contains(trait)) continue;
            ++of;
            if (person["traits"][trait] == value) ++with;
        }
        return with / of;
    };
    for (const json& cluster : town.truth["clusters"]) {
        INFO(cluster["id"]);
        CHECK(std::abs(share(cluster, "age band", "45-64") - share({}, "age band", "45-64")) < 0.3);
        CHECK(std::abs(share(cluster, "tenure", "owner") - share({}, "tenure", "owner")) < 0.3);
        if (cluster["trait"].is_null()) continue;
        CHECK(share(cluster, cluster["trait"], cluster["value"]) -
                  share({}, cluster["trait"], cluster["value"]) >
              0.4);
    }
}

TEST_CASE("one worry grows by itself, one campaign by plan")
{
    const json concerns = standard().truth["concerns"];
    const json& organic = concerns[0];
    const json& managed = concerns[1];
    CHECK(organic["messages"] > 250);
    CHECK(organic["authors"] > 120);
    const double caused = 1 - organic["set_off"].get<double>() / organic["messages"].get<double>();
    CHECK(caused == Approx(0.6).margin(0.12));
    CHECK(managed["authors"] == 4);
    CHECK(managed["messages"] == 3 * 15 * 7);
    std::size_t found = 0;
    std::size_t pledges = 0;
    Task task;
    for (const Said& said : chronicleOf(foundTown({}), task).said) {
        if (said.text.find("rown water") != std::string::npos) ++found;
        if (said.text.find("ledge") != std::string::npos) ++pledges;
    }
    CHECK(found == organic["messages"]);
    CHECK(pledges == managed["messages"]);
}

TEST_CASE("people answer within their cluster, and everybody is heard")
{
    const Town town = foundTown({});
    Task task;
    const Chronicle chronicle = chronicleOf(town, task);
    std::size_t inside = 0;
    std::size_t answers = 0;
    std::set<std::size_t> heard;
    for (const Said& said : chronicle.said) {
        heard.insert(said.author);
        if (said.parent == nobody) continue;
        const Said& parent = chronicle.said[said.parent];
        CHECK(parent.venue == said.venue);
        CHECK(parent.time <= said.time);
        CHECK(parent.author != said.author);
        ++answers;
        if (town.people[parent.author].home == town.people[said.author].home) ++inside;
    }
    CHECK(heard.size() == town.people.size());
    CHECK(static_cast<double>(inside) / static_cast<double>(answers) > 0.9);
}

TEST_CASE("the texts have sentences enough and no slot that nothing fills")
{
    std::set<std::string_view> frames;
    for (const char* subject : {"damp", "buses", "clinic", "union", "plots", "school", "kitchen",
                                "river", "taps", "drive"}) {
        Talk talk(subject);
        Random random(1);
        for (const char* section :
             {"ask",        "tell",       "good",    "testimony", "answer", "agree",  "plan",
              "org",        "sharedPlan", "minutes", "join",      "follow", "closer", "small",
              "smallReply", "glad",       "moved",   "first",     "next",   "post"}) {
            if (!talk.has(section)) continue;
            for (const std::string_view line : talk.lines(section)) frames.insert(line);
            for (std::size_t i = 0; i < 3 * talk.lines(section).size(); ++i) {
                Bound bound;
                CHECK(talk.say(section, bound, random).find_first_of("{}|") == std::string::npos);
            }
        }
    }
    CHECK(frames.size() >= 150);
}

TEST_CASE("waiting times have mean one")
{
    Random random(5);
    double sum = 0;
    for (int i = 0; i < 200000; ++i) sum += exponential(random);
    CHECK(sum / 200000 == Approx(1).margin(0.01));
}
