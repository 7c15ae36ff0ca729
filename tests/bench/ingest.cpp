// How fast, how small and in how much memory files become a workspace, against what the parts alone
// cost. See README.md.
#include "core/base/allocator.h"
#include "core/store/ingest.h"

#include "core/import/json.h"
#include "core/import/jsonlines.h"
#include "core/store/database.h"
#include "core/store/messages.h"
#include "core/store/textindex.h"
#include "tests/bench/inputs.h"
#include "tests/bench/measured.h"
#include "tests/bench/memory.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <simdjson.h>
#include <unistd.h>

using namespace kith;
using namespace kith::bench;
namespace fs = std::filesystem;

namespace {

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

constexpr const char* hashSize = "INSERT INTO best (best, rank) VALUES ('hashsize', ";

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
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

    /// Peer and Kith in turn, so that a busy machine slows both; the ratio is of the medians.
    void rows(std::uint64_t runs)
    {
        const auto file = fresh("posts.ndjson");
        writePosts(file, count_);
        std::vector<double> bare;
        std::vector<double> ours;
        for (std::uint64_t run = 0; run < runs; ++run) {
            const auto peer = measured([&] { bareInsert(file, fresh("bare.db")); });
            const auto kith = measured([&] { import(file, fresh("town.kith")); });
            bare.push_back(peer.cpu);
            ours.push_back(kith.cpu);
            std::cout << fmt::format("bare {:.2f} s, Kith {:.2f} s CPU\n", peer.cpu, kith.cpu);
        }
        std::cout << fmt::format("a. ratio of the medians {:.2f}, of the least {:.2f} (goal 2.0)\n",
                                 median(ours) / median(bare),
                                 std::ranges::min(ours) / std::ranges::min(bare));
        size(file, folder_ / "town.kith");
    }

    /// The same for the text index.
    void texts(std::uint64_t runs)
    {
        const auto file = fresh("posts.ndjson");
        writePosts(file, count_);
        const auto made = fresh("made.kith");
        if (!measured([&] { import(file, made); }).good) throw std::runtime_error("no workspace");
        fs::remove(file);
        std::vector<double> best;
        std::vector<double> ours;
        for (std::uint64_t run = 0; run < runs; ++run) {
            double least = 1e9;
            for (const char* size : {"16777216", "67108864", "268435456"}) {
                const auto cost = measured([&] {
                    bestTextIndex(made, fresh("fts.db"), hashSize + std::string(size) + ")");
                });
                std::cout << fmt::format("FTS5 {} {:.2f}  ", size, cost.cpu);
                least = std::min(least, cost.cpu);
            }
            const auto target = fresh("town.kith");
            fs::copy_file(made, target);
            ours.push_back(measured([&] { index(target); }).cpu);
            best.push_back(least);
            std::cout << fmt::format("Kith {:.2f} s CPU\n", ours.back());
        }
        std::cout << fmt::format("d. ratio of the medians {:.2f} (goal 1.25)\n",
                                 median(ours) / median(best));
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

private:
    fs::path fresh(const std::string& name) const
    {
        const auto path = folder_ / name;
        fs::remove_all(path);
        return path;
    }

    static void parseOurs(const fs::path& path)
    {
        const auto package = Package::open(path);
        const OneFile file(*package);
        Task task;
        JsonLines lines(file, task);
        std::size_t bytes = 0;
        while (const auto* line = lines.next()) bytes += line->value["body"].text().size();
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
                 {"hashsize 16 MiB", hashSize + std::string("16777216)")},
                 {"hashsize 64 MiB", hashSize + std::string("67108864)")},
                 {"hashsize 256 MiB", hashSize + std::string("268435456)")}}) {
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
    giveLargeBlocksBack();
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
    if (what == "rows") bench.rows(argc > 3 ? std::stoull(argv[3]) : 5);
    if (what == "texts") bench.texts(argc > 3 ? std::stoull(argv[3]) : 5);
    if (what == "telegram") bench.telegram(size);
    if (what == "memory" || what == "readers")
        memoryTable(size, argc > 3 ? argv[3] : "", folder, what == "readers");
    fs::remove_all(folder);
}
