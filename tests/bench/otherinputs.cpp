#include "tests/bench/otherinputs.h"

#include "tests/bench/writer.h"

#include <array>
#include <fmt/format.h>
#include <fstream>

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

/// Writes `front`, records with `between` them until there are so many bytes, and `end`.
template <class Record>
void writeList(const fs::path& path, std::uint64_t bytes, const std::string& front,
               const std::string& between, const std::string& end, const Record& record)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(11);
    out << front;
    std::uint64_t written = 0;
    for (std::uint64_t i = 1; written < bytes; ++i) {
        const std::string one = (i == 1 ? "" : between) + record(writer, i);
        out << one;
        written += one.size();
    }
    out << end;
}

std::string clock(std::uint64_t i)
{
    return fmt::format("{:02}:{:02}:{:02}", i / 3600 % 24, i / 60 % 60, i % 60);
}

std::string day(std::uint64_t i)
{
    return fmt::format("{}-{:02}-{:02}", 2010 + i / 86'400 / 336, 1 + i / 86'400 / 28 % 12,
                       1 + i / 86'400 % 28);
}

void writeDiscord(const fs::path& path, std::uint64_t bytes)
{
    writeList(path, bytes,
              R"({"guild":{"id":"1","name":"Town"},"channel":{"id":"2","type":"GuildTextChat",)"
              R"("name":"damp"},"messages":[)",
              ",\n", "],\"messageCount\":0}\n", [](Writer& writer, std::uint64_t i) {
                  const auto person = writer.author();
                  return fmt::format(
                      R"({{"id":"{}","type":"{}","timestamp":"{}T{}.000+00:00","content":"{}",)"
                      R"("author":{{"id":"{}","name":"{}","isBot":false}},"attachments":[],)"
                      R"("embeds":[],"reactions":[],"mentions":[]{}}})",
                      1'000'000 + i, i % 3 == 0 ? "Reply" : "Default", day(i), clock(i),
                      writer.text(), 700'000 + std::stoull(person.substr(9)), person,
                      i % 3 == 0 ? fmt::format(R"(,"reference":{{"messageId":"{}"}})",
                                               1'000'000 + i - 1 - writer.random().below(2))
                                 : "");
              });
}

void writeMessenger(const fs::path& path, std::uint64_t bytes)
{
    writeList(path, bytes,
              R"({"participants":[{"name":"resident_1"},{"name":"resident_2"}],"messages":[)",
              ",\n",
              R"(],"title":"Town","is_still_participant":true,"thread_path":"inbox/town_1"})",
              [](Writer& writer, std::uint64_t i) {
                  return fmt::format(R"({{"sender_name":"{}","timestamp_ms":{},"content":"{}"}})",
                                     writer.author(), 1'900'000'000'000 - i * 1000, writer.text());
              });
}

void writeMatrix(const fs::path& path, std::uint64_t bytes)
{
    writeList(
        path, bytes, R"({"room_name":"Town","room_creator":"@a:town.org","messages":[)", ",\n",
        "]}\n", [](Writer& writer, std::uint64_t i) {
            return fmt::format(
                R"({{"type":"m.room.message","event_id":"$e{}","sender":"@{}:town.org",)"
                R"("origin_server_ts":{},"content":{{"msgtype":"m.text","body":"{}"{}}}}})",
                i, writer.author(), 1'600'000'000'000 + i * 1000, writer.text(),
                i % 3 == 0
                    ? fmt::format(R"(,"m.relates_to":{{"m.in_reply_to":{{"event_id":"$e{}"}}}})",
                                  i - 1)
                    : "");
        });
}

void writeUtterances(const fs::path& path, std::uint64_t bytes)
{
    fs::create_directories(path);
    writeList(path / "utterances.jsonl", bytes, "", "\n", "\n",
              [](Writer& writer, std::uint64_t i) {
                  return fmt::format(
                      R"({{"id":"u{}","speaker":"{}","conversation_id":"u{}","reply_to":{},)"
                      R"("timestamp":{},"text":"{}","meta":{{}}}})",
                      i, writer.author(), i - i % 8,
                      i % 8 == 0 || i < 8 ? "null" : fmt::format("\"u{}\"", i - 1),
                      1'600'000'000 + i, writer.text());
              });
}

void writeTable(const fs::path& path, std::uint64_t bytes)
{
    writeList(path, bytes, "id,author,time,text,reply_to\n", "\n", "\n",
              [](Writer& writer, std::uint64_t i) {
                  return fmt::format("{},{},{} {},\"{}\",{}", i, writer.author(), day(i), clock(i),
                                     writer.text(), i % 3 == 0 ? std::to_string(i - 1) : "");
              });
}

void writeIrc(const fs::path& path, std::uint64_t bytes)
{
    writeList(path, bytes, "", "\n", "\n", [](Writer& writer, std::uint64_t i) {
        return fmt::format("{}T{}  <{}> {}", day(i), clock(i), writer.author(), writer.text());
    });
}

void writeGraphml(const fs::path& path, std::uint64_t bytes)
{
    writeList(path, bytes,
              "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
              "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
              "<graph edgedefault=\"directed\">\n",
              "\n", "\n</graph></graphml>\n", [](Writer& writer, std::uint64_t) {
                  return fmt::format(
                      "<edge source=\"{}\" target=\"{}\"><data key=\"w\">{}</data></edge>",
                      writer.author(), writer.author(), 1 + writer.random().below(9));
              });
}

void writeGexf(const fs::path& path, std::uint64_t bytes)
{
    writeList(
        path, bytes,
        "<?xml version=\"1.0\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">"
        "<graph defaultedgetype=\"directed\"><edges>\n",
        "\n", "\n</edges></graph></gexf>\n", [](Writer& writer, std::uint64_t i) {
            return fmt::format("<edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"/>", i,
                               writer.author(), writer.author(), 1 + writer.random().below(9));
        });
}

void writeSlack(const fs::path& path, std::uint64_t bytes)
{
    constexpr std::uint64_t dayBytes = 4'000'000;
    fs::create_directories(path / "damp");
    std::ofstream(path / "users.json") << "[]";
    std::ofstream(path / "channels.json") << R"([{"id":"C1","name":"damp","members":[]}])";
    std::uint64_t second = 0;
    for (std::uint64_t at = 0; at * dayBytes < bytes; ++at) {
        const auto file = path / "damp" / (day(at * 86'400) + ".json");
        writeList(file, dayBytes, "[", ",\n", "]", [&](Writer& writer, std::uint64_t) {
            ++second;
            const auto person = writer.author();
            return fmt::format(
                R"({{"type":"message","user":"U{}","text":"{}","ts":"{}.000200"{}}})",
                person.substr(9), writer.text(), 1'600'000'000 + second,
                second % 3 == 0
                    ? fmt::format(R"(,"thread_ts":"{}.000200")", 1'600'000'000 + second - 1)
                    : "");
        });
    }
}

const std::array inputs{
    Input{"town.json", writeDiscord},    Input{"message_1.json", writeMessenger},
    Input{"room.json", writeMatrix},     Input{"corpus", writeUtterances},
    Input{"posts.csv", writeTable},      Input{"town.log", writeIrc},
    Input{"town.graphml", writeGraphml}, Input{"town.gexf", writeGexf},
    Input{"slack", writeSlack}};

}  // namespace

std::span<const Input> otherInputs()
{
    return inputs;
}

}  // namespace kith::bench
