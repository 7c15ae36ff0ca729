// How fast, how small and in how much memory files become a workspace, against what the parts alone
// cost. See README.md.
#include "core/store/ingest.h"

#include "core/base/random.h"
#include "core/import/json.h"
#include "core/import/jsonlines.h"
#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/textindex.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iostream>
#include <simdjson.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kith;
namespace fs = std::filesystem;

namespace {

struct Cost {
    double cpu = 0;        ///< seconds, user and system
    double wall = 0;       ///< seconds
    double megabytes = 0;  ///< the most memory that was resident
    bool good = false;
};

/// Runs `work` in a process of its own, so that its memory is its own.
Cost measured(const std::function<void()>& work)
{
    std::cout.flush();
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        try {
            work();
            std::cout.flush();
            _exit(0);
        } catch (const std::exception& error) {
            std::cerr << "failed: " << error.what() << "\n";
            _exit(1);
        }
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {seconds(used.ru_utime) + seconds(used.ru_stime), wall.count(),
            static_cast<double>(used.ru_maxrss) / 1024, status == 0};
}

void show(const std::string& what, const Cost& cost, std::uint64_t messages)
{
    std::cout << fmt::format("{:<54} {:7.2f} s CPU {:7.2f} s wall {:6.0f} MB {:9.0f} /s{}\n", what,
                             cost.cpu, cost.wall, cost.megabytes,
                             static_cast<double>(messages) / cost.cpu, cost.good ? "" : "  FAILED");
}

/// The same goes for messages of invented people in every shape that a file can have.
class Writer {
public:
    explicit Writer(std::uint64_t seed) : random_(seed) {}

    /// Words with a long tail, as people use them.
    std::string text()
    {
        std::string text;
        const auto count = 8 + random_.below(50);
        for (std::uint64_t i = 0; i < count; ++i) {
            if (i > 0) text += ' ';
            text += word();
        }
        return text;
    }

    std::string author()
    {
        const auto spread = random_.real();
        return "resident_" +
               std::to_string(static_cast<std::uint64_t>(spread * spread * spread * 60'000));
    }

    Random& random() { return random_; }

private:
    std::string word()
    {
        // Few words are most of a text; the rest are rare, up to some forty thousand.
        const double spread = random_.real();
        auto number = static_cast<std::uint64_t>(std::exp(spread * spread * 10.7));
        std::string word;
        do {
            word += "etaoinshrdlucmfwypvbgk"[number % 22];
            word += "aeiou"[number % 5];
            number /= 22;
        } while (number > 0);
        return word;
    }

    Random random_;
};

std::string base36(std::uint64_t number)
{
    std::string out;
    for (; number > 0; number /= 36)
        out.insert(out.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    return out;
}

constexpr std::uint64_t firstId = 0x1'0000'0000;

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

/// A chat of Telegram's desktop program: one object of any size.
void writeTelegram(const fs::path& path, std::uint64_t bytes)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(8);
    out << R"({"name":"Neighbours","type":"public_supergroup","id":123456,"messages":[)";
    std::uint64_t written = 0;
    for (std::uint64_t i = 1; written < bytes; ++i) {
        const auto person = writer.author();
        auto line = fmt::format(
            R"({}{{"id":{},"type":"message","date":"2024-01-02T03:04:05","date_unixtime":"{}",)"
            R"("from":"{}","from_id":"user{}",{}"text":"{}","text_entities":[]}})",
            i == 1 ? "\n " : ",\n ", i, 1'600'000'000 + i, person, person.substr(9),
            i > 9 && i % 3 == 0
                ? fmt::format(R"("reply_to_message_id":{},)", i - 1 - writer.random().below(8))
                : "",
            writer.text());
        out << line;
        written += line.size();
    }
    out << "]}\n";
}

void writeMail(const fs::path& path, std::uint64_t bytes)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(9);
    std::uint64_t written = 0;
    for (std::uint64_t i = 1; written < bytes; ++i) {
        const auto person = writer.author();
        const auto mail = fmt::format(
            "From {0}@example.org Mon Jan  1 10:00:00 2024\nFrom: {0} <{0}@example.org>\n"
            "Message-ID: <{1}@example.org>\n{2}Subject: damp\n"
            "Date: Mon, {3} Jan 2024 10:{4:02}:{5:02} +0000\n\n{6}\n{7}\n\n",
            person, i,
            i > 9 && i % 2 == 0 ? fmt::format("In-Reply-To: <{}@example.org>\n", i - 3) : "",
            1 + i % 28, i / 60 % 60, i % 60, writer.text(), writer.text());
        out << mail;
        written += mail.size();
    }
}

void writeWhatsApp(const fs::path& path, std::uint64_t bytes)
{
    std::ofstream out(path, std::ios::binary);
    Writer writer(10);
    std::uint64_t written = 0;
    for (std::uint64_t i = 0; written < bytes; ++i) {
        const auto line = fmt::format("{:02}/{:02}/2024, {:02}:{:02} - resident {}: {}\n",
                                      1 + i / 86'400 % 28, 1 + i / 2'419'200 % 12, i / 3600 % 24,
                                      i / 60 % 60, writer.random().below(900), writer.text());
        out << line;
        written += line.size();
    }
}

class Bare {
public:
    explicit Bare(const fs::path& path)
    {
        must(sqlite3_open(path.c_str(), &db_));
        run("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "PRAGMA cache_size = -65536");
    }
    ~Bare() { sqlite3_close(db_); }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;
    void run(const std::string& sql)
    {
        must(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr));
    }
    sqlite3_stmt* prepare(const std::string& sql)
    {
        sqlite3_stmt* made = nullptr;
        must(sqlite3_prepare_v2(db_, sql.c_str(), -1, &made, nullptr));
        return made;
    }

private:
    void must(int code) const
    {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
    }
    sqlite3* db_ = nullptr;
};

/// One line's six fields as the peers take them out.
struct Post {
    std::string_view id, author, thread, parent, text;
    std::int64_t time = 0;
};

/// simdjson's on-demand parser over a reused block of 1 MiB, the fastest way that was measured.
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

void bareInsert(const fs::path& posts, const fs::path& target)
{
    Bare db(target);
    db.run(
        "CREATE TABLE post (id INTEGER PRIMARY KEY, native TEXT, author TEXT, time INTEGER, "
        "thread TEXT, parent TEXT, text TEXT); BEGIN");
    sqlite3_stmt* insert = db.prepare("INSERT INTO post VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6)");
    eachPost(posts, [&](const Post& post) {
        const auto text = [&](int at, std::string_view value) {
            sqlite3_bind_text(insert, at, value.data(), static_cast<int>(value.size()),
                              SQLITE_STATIC);
        };
        text(1, post.id);
        text(2, post.author);
        sqlite3_bind_int64(insert, 3, post.time);
        text(4, post.thread);
        text(5, post.parent);
        text(6, post.text);
        if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("insert failed");
        sqlite3_reset(insert);
    });
    sqlite3_finalize(insert);
    db.run("COMMIT");
}

/// Bytes of text, and of the ids, names and times that a store has to hold, as the file writes
/// them.
struct Needed {
    std::uint64_t text = 0;
    std::uint64_t ids = 0;
};

Needed needed(const fs::path& posts)
{
    Needed needed;
    eachPost(posts, [&](const Post& post) {
        needed.text += post.text.size() + (post.thread.empty() ? 16 : 0);  // the title
        needed.ids += 3 + post.id.size() + post.author.size() + 8 +
                      (post.thread.empty() ? 3 + post.id.size() : post.thread.size()) +
                      post.parent.size();
    });
    return needed;
}

void import(const fs::path& file, const fs::path& target)
{
    auto workspace = Workspace::create(target);
    Task task;
    const auto reports = importFile(workspace, file, {}, task);
    if (reports.front().refused > 0) throw std::runtime_error("records were refused");
}

/// SQLite's own full-text index over the same texts, with the same words, made in one go.
void bestTextIndex(const fs::path& workspace, const fs::path& target, const std::string& settings)
{
    fs::copy_file(workspace, target);
    Bare db(target);
    db.run("PRAGMA cache_size = -65536; BEGIN");
    db.run(
        "CREATE VIRTUAL TABLE best USING fts5(text, content='message', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')");
    db.run(settings);
    db.run("INSERT INTO best (rowid, text) SELECT id, text FROM message; COMMIT");
}

class Bench {
public:
    Bench(fs::path folder, std::uint64_t count) : folder_(std::move(folder)), count_(count)
    {
        fs::create_directories(folder_);
    }

    void posts()
    {
        const auto file = fresh("posts.ndjson");
        writePosts(file, count_);
        std::cout << fmt::format("{} posts, {:.0f} MB\n", count_,
                                 static_cast<double>(fs::file_size(file)) / 1e6);
        const auto parsed = measured([&] { eachPost(file, [](const Post&) {}); });
        show("simdjson on-demand, 1 MiB blocks, six fields", parsed, count_);
        const auto own = measured([&] { parseOurs(file); });
        show("Json of every line (strict, every member)", own, count_);
        const auto bare = measured([&] { bareInsert(file, fresh("bare.db")); });
        show("a. peer: simdjson + bare SQLite insert", bare, count_);
        const auto target = fresh("town.kith");
        const auto ours = measured([&] { import(file, target); });
        show("a. Kith: people, ties, threads, all indexes", ours, count_);
        std::cout << fmt::format("a. ratio {:.2f} (goal 2.0)\n", ours.cpu / bare.cpu);
        python(file, ours.cpu);
        size(file, target);
        text(target);
    }

    void telegram(std::uint64_t bytes)
    {
        const auto file = fresh("result.json");
        writeTelegram(file, bytes);
        const auto scan = measured([&] { elements(file, false); });
        show("Telegram, one object: cut into elements", scan, bytes / 1000);
        show("Telegram, one object: cut and parsed", measured([&] { elements(file, true); }),
             bytes / 1000);
        show("simdjson on-demand, whole file loaded", measured([&] { wholeTelegram(file); }),
             bytes / 1000);
    }

    void memory(std::uint64_t bytes)
    {
        const std::vector<std::pair<std::string, void (*)(const fs::path&, std::uint64_t)>> kinds{
            {"result.json", writeTelegram},
            {"list.mbox", writeMail},
            {"WhatsApp Chat with Neighbours.txt", writeWhatsApp},
            {"posts.ndjson",
             [](const fs::path& path, std::uint64_t size) { writePosts(path, size / 370); }}};
        for (const auto& [name, write] : kinds) {
            const auto file = fresh(name);
            write(file, bytes);
            const auto target = fresh("memory.kith");
            const auto cost = measured([&] { import(file, target); });
            show(fmt::format("e. {} of {:.2f} GB (goal 256 MB)", name,
                             static_cast<double>(fs::file_size(file)) / 1e9),
                 cost, fs::file_size(file) / 370);
            if (name == "posts.ndjson") {
                show("e. and its text index", measured([&] { index(target); }), bytes / 370);
            }
            fs::remove(file);
            fs::remove(target);
        }
    }

private:
    fs::path fresh(const std::string& name) const
    {
        const auto path = folder_ / name;
        fs::remove(path);
        return path;
    }

    static void parseOurs(const fs::path& path)
    {
        const auto package = Package::open(path);
        const OneFile file(*package);
        Task task;
        JsonLines lines(file, task);
        std::size_t bytes = 0;
        while (const auto line = lines.next()) bytes += line->value["body"].text().size();
        if (bytes == 0) throw std::runtime_error("nothing was parsed");
    }

    static void elements(const fs::path& path, bool parse)
    {
        const auto package = Package::open(path);
        const auto source = package->open(0);
        JsonElements elements(*source, {}, {"messages"});
        std::size_t count = 0;
        Json value;
        while (const auto element = elements.next()) {
            ++count;
            if (parse) value = Json::parse(element->raw, element->place);
        }
        if (count == 0 || elements.broken()) throw std::runtime_error("nothing was cut");
    }

    static void wholeTelegram(const fs::path& path)
    {
        const simdjson::padded_string all = simdjson::padded_string::load(path.string());
        simdjson::ondemand::parser parser;
        auto document = parser.iterate(all);
        std::size_t bytes = 0;
        for (auto message : document["messages"].get_array()) {
            const std::string_view text = message["text"].get_string();
            bytes += text.size();
        }
        if (bytes == 0) throw std::runtime_error("nothing was parsed");
    }

    static void index(const fs::path& target)
    {
        auto workspace = Workspace::open(target);
        Task task;
        buildTextIndex(workspace, task);
    }

    void python(const fs::path& file, double ours) const
    {
        const std::string script = std::string(KITH_SOURCE_DIR) + "/tests/bench/ingest.py";
        const auto target = fresh("python.db");
        const auto cost = measured([&] {
            execlp("python3", "python3", script.c_str(), file.c_str(), target.c_str(), nullptr);
        });
        show("c. Python, json and sqlite3, the same tables", cost, count_);
        std::cout << fmt::format("c. ratio {:.1f} (goal 10)\n", cost.cpu / ours);
        fs::remove(target);
    }

    void size(const fs::path& file, const fs::path& target) const
    {
        const auto held = needed(file);
        const auto bytes = static_cast<double>(fs::file_size(target));
        const auto count = static_cast<double>(count_);
        std::cout << fmt::format(
            "f. {:.1f} bytes a message; text {:.1f}, ids, names and times {:.1f}; ratio {:.2f} "
            "(goal 1.3)\n",
            bytes / count, static_cast<double>(held.text) / count,
            static_cast<double>(held.ids) / count,
            bytes / static_cast<double>(held.text + held.ids));
    }

    void text(const fs::path& target) const
    {
        double best = 1e9;
        for (const auto& [name, settings] : std::vector<std::pair<std::string, std::string>>{
                 {"default", ""},
                 {"hashsize 16 MiB", "INSERT INTO best (best, rank) VALUES ('hashsize', 16777216)"},
                 {"hashsize 64 MiB", "INSERT INTO best (best, rank) VALUES ('hashsize', 67108864)"},
                 {"hashsize 256 MiB",
                  "INSERT INTO best (best, rank) VALUES ('hashsize', 268435456)"}}) {
            const auto cost = measured([&] { bestTextIndex(target, fresh("fts.db"), settings); });
            show("d. FTS5 in one go, " + name, cost, count_);
            best = std::min(best, cost.cpu);
        }
        fs::remove(folder_ / "fts.db");
        const auto ours = measured([&] { index(target); });
        show("d. Kith's, in batches that commit", ours, count_);
        std::cout << fmt::format("d. ratio {:.2f} (goal 1.25)\n", ours.cpu / best);
    }

    fs::path folder_;
    std::uint64_t count_;
};

}  // namespace

int main(int argc, char** argv)
{
    const std::string what = argc > 1 ? argv[1] : "posts";
    if (what == "write" && argc > 3) {
        writePosts(argv[3], std::stoull(argv[2]));
        return 0;
    }
    if (what == "once" && argc > 3) {
        fs::remove(argv[3]);
        show("once", measured([&] { import(argv[2], argv[3]); }), 1);
        return 0;
    }
    const auto size = argc > 2 ? std::stoull(argv[2]) : 200'000ULL;
    const fs::path folder = fs::temp_directory_path() / "kith-bench";
    Bench bench(folder, size);
    if (what == "posts") bench.posts();
    if (what == "telegram") bench.telegram(size);
    if (what == "memory") bench.memory(size);
    fs::remove_all(folder);
}
