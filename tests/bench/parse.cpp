// How fast files become records, without a store, against the peers' parsers. See README.md.
#include "core/import/catalogue.h"
#include "core/import/json.h"
#include "core/import/jsonlines.h"
#include "core/import/silentsink.h"
#include "tests/bench/inputs.h"
#include "tests/bench/measured.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <rapidjson/filereadstream.h>
#include <rapidjson/reader.h>
#include <stdexcept>
#include <vector>

using namespace kith;
using namespace kith::bench;
namespace fs = std::filesystem;

namespace {

/// Takes the records and looks at what a store would need of them.
class NullSink final : public Sink {
public:
    void account(AccountRecord) override {}
    void message(MessageRecord&& record) override
    {
        ++messages;
        bytes += record.text.size() + record.account.size() + record.ties.size();
    }
    void system(SystemRecord) override {}
    void change(ChangeRecord) override {}
    void givenTie(GivenTie) override {}
    void trait(TraitRecord) override {}
    void vote(VoteRecord) override {}
    void problem(Problem) override {}

    std::uint64_t messages = 0;
    std::size_t bytes = 0;
};

std::uint64_t messagesIn(const fs::path& path)
{
    const auto found = recognise(path);
    NullSink sink;
    Task task;
    found.front().reader->read(*found.front().package, {}, sink, task);
    if (sink.bytes == 0) throw std::runtime_error("nothing was read");
    return sink.messages;
}

void records(const fs::path& path, std::uint64_t expected)
{
    const auto messages = messagesIn(path);
    if (messages != expected)
        throw std::runtime_error(fmt::format("{} messages, not {}", messages, expected));
}

void everyLine(const fs::path& path)
{
    const auto package = Package::open(path);
    const OneFile file(*package);
    Task task;
    JsonLines lines(file, task);
    std::size_t bytes = 0;
    while (const auto* line = lines.next()) bytes += line->value["body"].text().size();
    if (bytes == 0) throw std::runtime_error("nothing was parsed");
}

/// What a hand-written handler keeps of a Telegram message.
struct Handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
    bool Key(const char* text, rapidjson::SizeType length, bool)
    {
        const std::string_view key(text, length);
        wanted = key == "text" || key == "from" || key == "from_id" || key == "date_unixtime";
        isId = key == "id" || key == "reply_to_message_id";
        return true;
    }
    bool String(const char* text, rapidjson::SizeType length, bool)
    {
        if (wanted) kept.assign(text, length);
        bytes += wanted ? kept.size() : 0;
        return true;
    }
    bool Uint(unsigned number)
    {
        if (isId) bytes += number & 1U;
        return true;
    }
    bool EndObject(rapidjson::SizeType)
    {
        ++objects;
        return true;
    }

    bool wanted = false;
    bool isId = false;
    std::string kept;
    std::size_t bytes = 0;
    std::uint64_t objects = 0;
};

void sax(const fs::path& path)
{
    std::vector<char> buffer(1U << 18U);
    FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error("cannot be opened");
    rapidjson::FileReadStream stream(file, buffer.data(), buffer.size());
    rapidjson::Reader reader;
    Handler handler;
    const bool good = !reader.Parse(stream, handler).IsError();
    std::fclose(file);
    if (!good || handler.bytes == 0) throw std::runtime_error("nothing was parsed");
}

/// Both sides in turn, so that both meet the same neighbours; the least of each counts.
double ratio(const std::string& own, const std::function<void()>& ours, const std::string& other,
             const std::function<void()>& theirs, std::uint64_t messages)
{
    constexpr int rounds = 5;
    Cost best{1e9, 1e9, 0, true};
    Cost peer = best;
    const auto less = [](const Cost& a, const Cost& b) { return a.cpu < b.cpu; };
    for (int i = 0; i < rounds; ++i) {
        peer = std::min(peer, measured(theirs), less);
        best = std::min(best, measured(ours), less);
    }
    show(other, peer, messages);
    show(own, best, messages);
    return best.cpu / peer.cpu;
}

}  // namespace

int main(int argc, char** argv)
{
    const std::string what = argc > 1 ? argv[1] : "posts";
    if (what == "once") {
        show("once", measured([&] { messagesIn(argv[2]); }), 0);
        return 0;
    }
    const auto size = argc > 2 ? std::stoull(argv[2]) : 200'000ULL;
    const fs::path folder = fs::temp_directory_path() / "kith-bench-parse";
    fs::create_directories(folder);
    if (what == "posts") {
        const auto file = folder / "posts.ndjson";
        writePosts(file, size);
        const auto six = [&] { eachPost(file, [](const Post&) {}); };
        const std::string peer = "simdjson on-demand, 1 MiB blocks, six fields";
        std::cout << fmt::format("ratio {:.2f}\n", ratio(
                                                       "Json of every line (strict, all members)",
                                                       [&] { everyLine(file); }, peer, six, size));
        std::cout << fmt::format(
            "ratio {:.2f} (goal 1.6)\n",
            ratio(
                "records of posts", [&] { records(file, size); }, peer, six, size));
    }
    if (what == "telegram") {
        const auto file = folder / "result.json";
        const auto messages = writeTelegram(file, size);
        std::cout << fmt::format(
            "ratio {:.2f} (goal 0.6)\n",
            ratio(
                "records of a Telegram export", [&] { records(file, messages); },
                "RapidJSON SAX, a handler by hand", [&] { sax(file); }, messages));
    }
    fs::remove_all(folder);
}
