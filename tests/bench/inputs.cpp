#include "tests/bench/inputs.h"

#include "tests/bench/writer.h"

#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <simdjson.h>
#include <string>
#include <vector>

namespace kith::bench {

namespace fs = std::filesystem;

namespace {

std::string base36(std::uint64_t number)
{
    std::string out;
    for (; number > 0; number /= 36)
        out.insert(out.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    return out;
}

constexpr std::uint64_t firstId = 0x1'0000'0000;

}  // namespace

/// One comment or submission a line, a twelfth of them submissions; replies point at something that
/// stands before them, now and then at something that does not stand in the file.
void writePosts(const fs::path& path, std::uint64_t count)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(7);
    Random& random = writer.random();
    struct Thread {
        std::string id;
        std::vector<std::string> messages;
    };
    std::vector<Thread> open;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string id = base36(firstId + i * 3);
        const auto time = 1'600'000'000 + i * 2;
        const std::string head = fmt::format(
            R"({{"id":"{}","author":"{}","author_fullname":"t2_{}","created_utc":{},)"
            R"("subreddit":"housing","score":{},"edited":false,"stickied":false,)",
            id, writer.author(), base36(random.below(1U << 30U)), time, random.below(90));
        if (open.size() < 20 || random.below(12) == 0) {
            if (open.size() >= 400)
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(random.below(open.size())));
            open.push_back({"t3_" + id, {"t3_" + id}});
            out << head
                << fmt::format(R"("title":"{}","selftext":"{}","is_self":true,"num_comments":4}})",
                               "About the damp", writer.text())
                << '\n';
            continue;
        }
        Thread& thread = open[random.below(open.size())];
        const std::string parent = random.below(20) == 0
                                       ? "t1_missing" + base36(i + 1)
                                       : thread.messages[random.below(thread.messages.size())];
        out << head
            << fmt::format(R"("link_id":"{}","parent_id":"{}","body":"{}","controversiality":0}})",
                           thread.id, parent, writer.text())
            << '\n';
        thread.messages.push_back("t1_" + id);
    }
}

std::uint64_t writeTelegram(const fs::path& path, std::uint64_t bytes)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(8);
    out << R"({"name":"Neighbours","type":"public_supergroup","id":123456,"messages":[)";
    std::uint64_t written = 0;
    std::uint64_t i = 1;
    for (; written < bytes; ++i) {
        const auto person = writer.author();
        const auto text = writer.text();
        auto line = fmt::format(
            R"({}{{"id":{},"type":"message","date":"2024-01-02T03:04:05","date_unixtime":"{}",)"
            R"("from":"{}","from_id":"user{}",{}"text":"{}",)"
            R"("text_entities":[{{"type":"plain","text":"{}"}}]}})",
            i == 1 ? "\n " : ",\n ", i, 1'600'000'000 + i, person, person.substr(9),
            i > 9 && i % 3 == 0
                ? fmt::format(R"("reply_to_message_id":{},)", i - 1 - writer.random().below(8))
                : "",
            text, text);
        out << line;
        written += line.size();
    }
    out << "]}\n";
    return i - 1;
}

void eachPost(const fs::path& path, const std::function<void(const Post&)>& each)
{
    constexpr std::size_t block = 1U << 20U;
    std::vector<char> buffer(block + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    FILE* file = std::fopen(path.c_str(), "rb");
    std::size_t kept = 0;
    for (;;) {
        const std::size_t read = std::fread(buffer.data() + kept, 1, block - kept, file);
        if (read == 0) break;
        const std::size_t filled = kept + read;
        std::size_t at = 0;
        while (const void* end = std::memchr(buffer.data() + at, '\n', filled - at)) {
            const auto length =
                static_cast<std::size_t>(static_cast<const char*>(end) - buffer.data()) - at;
            Post post;
            auto document = parser.iterate(buffer.data() + at, length, buffer.size() - at);
            for (auto field : document.get_object()) {
                const std::string_view key = field.unescaped_key();
                if (key == "id")
                    post.id = field.value().get_string();
                else if (key == "author")
                    post.author = field.value().get_string();
                else if (key == "created_utc")
                    post.time = field.value().get_int64();
                else if (key == "link_id")
                    post.thread = field.value().get_string();
                else if (key == "parent_id")
                    post.parent = field.value().get_string();
                else if (key == "body" || key == "selftext")
                    post.text = field.value().get_string();
            }
            each(post);
            at += length + 1;
        }
        kept = filled - at;
        std::memmove(buffer.data(), buffer.data() + at, kept);
    }
    std::fclose(file);
}

}  // namespace kith::bench
