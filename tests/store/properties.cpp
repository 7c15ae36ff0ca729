// What holds for every reader and every file: the fixtures of tests/import, the invented town's
// exports, and chats made up on the spot.

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/import/json.h"
#include "core/import/question.h"
#include "core/import/readers.h"
#include "core/scenario/scenario.h"
#include "core/store/ingest.h"
#include "core/store/messages.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <rapidcheck/catch.h>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

/// Answers to whatever a file may ask.
ReadOptions answers()
{
    ReadOptions options;
    options.dates = DateOrder::DayMonthYear;
    options.encoding = "windows-1252";
    options.chats = {"*"};
    return options;
}

ImportOptions importAnswers()
{
    ImportOptions options;
    options.read = answers();
    options.guess = true;
    return options;
}

/// The exports of a small invented town, written once.
const fs::path& town()
{
    static const TempFolder folder;
    static const bool written = [] {
        Task task;
        ScenarioOptions options;
        options.people = 60;
        options.weeks = 6;
        (void)writeScenario(scenarios().front().id, folder.path(), options, task);
        return true;
    }();
    (void)written;
    return folder.path();
}

/// Everything that can be read: fixtures, folders of fixtures, the town.
std::vector<fs::path> inputs()
{
    std::vector<fs::path> all;
    const auto add = [&](const fs::path& folder) {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            all.push_back(entry.path());
        }
    };
    add(fs::path(KITH_SOURCE_DIR) / "tests/import/data");
    add(town());
    std::ranges::sort(all);
    return all;
}

struct Input {
    fs::path path;
    Recognised part;
    Collected whole;
};

/// Those of them that a reader takes, each read once.
const std::vector<Input>& readable()
{
    static const std::vector<Input> all = [] {
        std::vector<Input> found;
        for (const auto& path : inputs()) {
            try {
                for (auto& part : recognise(path)) {
                    auto whole = collect(*part.reader, *part.package, answers());
                    found.push_back({path, std::move(part), std::move(whole)});
                }
            } catch (const Error&) {
                continue;  // a picture, a README, a list of members: no export
            }
        }
        return found;
    }();
    return all;
}

/// A package of which one entry's bytes are changed, or arrive in pieces.
class ChangedPackage final : public Package {
public:
    ChangedPackage(const Package& whole, std::size_t entry, std::optional<std::size_t> cut,
                   std::vector<std::size_t> pieces)
        : whole_(whole), entry_(entry), cut_(cut), pieces_(std::move(pieces))
    {
        name_ = whole.name();
        entries_ = whole.entries();
        collection_ = whole.isCollection();
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        if (entry != entry_) return whole_.open(entry);
        const auto source = whole_.open(entry);
        auto text = readAll(*source, 256U << 20U);
        if (cut_) text.resize(std::min(text.size(), *cut_));
        return std::make_unique<Pieces>(std::move(text), pieces_);
    }

private:
    const Package& whole_;
    std::size_t entry_;
    std::optional<std::size_t> cut_;
    std::vector<std::size_t> pieces_;
};

std::string digest(const Collected& all)
{
    std::string text = std::to_string(all.report.seen) + "\n";
    for (const auto& one : all.accounts) {
        text += "A " + one.key + "|" + one.name + "|" + one.handle + "\n";
    }
    for (const auto& one : all.messages) {
        text += "M " + one.id + "|" + one.conversation + "|" + one.thread + "|" + one.account +
                "|" + isoText(one.time) + "|" + one.text + "|" + one.place.text();
        for (const auto& tie : one.ties) text += "|" + tie.account + ">" + tie.message;
        for (const auto& reaction : one.reactions) text += "|" + reaction.account + reaction.what;
        for (const auto& file : one.attachments) text += "|" + file;
        text += "\n";
    }
    for (const auto& one : all.systems) text += "S " + one.id + "|" + one.text + "\n";
    for (const auto& one : all.votes)
        text += fmt::format("V {}|{}|{}\n", one.account, one.message, one.value);
    for (const auto& one : all.givenTies)
        text += fmt::format("G {}|{}|{}\n", one.from, one.to, one.weight);
    for (const auto& one : all.traits)
        text += "T " + one.account + "|" + one.trait + "|" + one.value + "\n";
    for (const auto& one : all.problems) text += "P " + one.place.text() + "|" + one.what + "\n";
    return text;
}

bool addsUp(const Collected& all)
{
    return all.adds() ||
           (all.messages.empty() && all.report.seen == all.accounts.size() + all.givenTies.size() +
                                                           all.count(Outcome::Skipped) +
                                                           all.count(Outcome::Refused));
}

std::size_t bytesIn(const Package& package, std::size_t entry)
{
    const auto source = package.open(entry);
    return readAll(*source, 256U << 20U).size();
}

/// True when `one` ends before byte `cut` (line `line`) of its file, going by where `next` starts.
bool wholeBefore(const Place& next, std::size_t cut, std::uint64_t line)
{
    if (next.byte) return *next.byte <= cut;
    return next.line && *next.line < line;
}

bool samePlace(const Place& one, const Place& other)
{
    return one.byte == other.byte && one.line == other.line;
}

bool startsBefore(const Place& one, const Place& next)
{
    if (one.byte && next.byte) return *one.byte <= *next.byte;
    return one.line && next.line && *one.line <= *next.line;
}

std::uint64_t linesBefore(const Package& package, std::size_t entry, std::size_t cut)
{
    const auto source = package.open(entry);
    const auto text = readAll(*source, 256U << 20U);
    return 1 + static_cast<std::uint64_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cut), '\n'));
}

bool sameRecord(const MessageRecord& kept, const MessageRecord& whole, bool maybeMore)
{
    // What comes later in a file may edit a record, give a topic's first post its title, or tell
    // the name of somebody who is mentioned.
    const bool text = whole.edited || whole.deleted || whole.text.find('@') != std::string::npos ||
                      whole.text.ends_with(kept.text) ||
                      (maybeMore && kept.text.starts_with(whole.text));
    return kept.id == whole.id && text && kept.place.line == whole.place.line;
}

/// What stood whole before the cut is there, in order.
void checkCut(const Input& input, std::size_t entry, std::size_t cut)
{
    const auto& package = *input.part.package;
    const ChangedPackage cutOff(package, entry, cut, {});
    INFO(input.path.string() << ", " << package.entries()[entry].name << " cut at byte " << cut);
    std::vector<const MessageRecord*> expected;
    const auto line = linesBefore(package, entry, cut);
    const auto& all = input.whole.messages;
    if (!input.part.reader->wantsCollection()) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            // Records that share a place (answers inside a thread) end together, and where a file
            // tells the newest first a record does not end where the next begins.
            std::size_t next = i + 1;
            while (next < all.size() && samePlace(all[i].place, all[next].place)) ++next;
            if (next == all.size() || !startsBefore(all[i].place, all[next].place) ||
                !wholeBefore(all[next].place, cut, line))
                break;
            expected.push_back(&all[i]);
        }
    }
    try {
        const auto kept = collect(*input.part.reader, cutOff, answers());
        CHECK(addsUp(kept));
        REQUIRE(kept.messages.size() >= expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            INFO("record " << i << ": " << kept.messages[i].text);
            // What the next record was cut down to may look like a further line of this one.
            const bool last = i + 1 == expected.size();
            INFO(kept.messages[i].id << " at " << kept.messages[i].place.text() << ", was "
                                     << expected[i]->id << " at " << expected[i]->place.text());
            CHECK(sameRecord(kept.messages[i], *expected[i], last));
        }
    } catch (const Error& error) {
        INFO(error.what());
        CHECK_FALSE(error.remedy().empty());
        // A quotation that never ends leaves nothing of a table that could be trusted.
        const bool quoted = std::string(error.what()).find("quot") != std::string::npos;
        CHECK((expected.empty() || quoted || error.kind() == Error::Kind::NeedsAnswer));
    }
}

/// Somebody's made-up message.
struct Line {
    std::string author;
    std::string text;
    int minute = 0;
};

rc::Gen<std::string> words()
{
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            "damp", "mould", "Zoë", "Müller", "🦊", "قمر", "12/03/2024", "a:b", "\"so\"", "<b>",
            "&amp;", "From", "=1+1", "100%", "\\", "{x}", "'", "日本", "e\u0301", "-", "#")),
        [](const std::vector<std::string>& parts) {
            auto text = join(parts, " ");
            return text.empty() ? std::string("x") : "say " + text;
        });
}

rc::Gen<std::vector<Line>> chats()
{
    return rc::gen::nonEmpty(rc::gen::container<std::vector<Line>>(rc::gen::build<Line>(
        rc::gen::set(&Line::author, rc::gen::element<std::string>("Anna", "Ben", "Zoë M.", "🦊")),
        rc::gen::set(&Line::text, words()), rc::gen::set(&Line::minute, rc::gen::inRange(0, 2)))));
}

/// Times run forward: each line is `minute` minutes behind the last.
std::vector<Line> inOrder(std::vector<Line> lines)
{
    int now = 0;
    for (auto& line : lines) now = line.minute += now;
    return lines;
}

Time timeOf(const Line& line)
{
    return fromMillis((1710943200 + line.minute * 60LL) * 1000);
}

std::string quotedJson(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string asWhatsapp(const std::vector<Line>& lines)
{
    std::string out;
    for (const auto& line : lines) {
        const auto iso = isoText(timeOf(line));
        out += fmt::format("{}/{}/{}, {} - {}: {}\n", iso.substr(8, 2), iso.substr(5, 2),
                           iso.substr(0, 4), iso.substr(11, 5), line.author, line.text);
    }
    return out;
}

std::string asTelegram(const std::vector<Line>& lines)
{
    std::string out = R"({"name":"Home","type":"private_group","id":7,"messages":[)";
    int id = 0;
    for (const auto& line : lines) {
        out += fmt::format(
            R"({}{{"id":{},"type":"message","date":"{}","date_unixtime":"{}","from":{},"from_id":{},"text":{}}})",
            id == 0 ? "" : ",\n", id + 1, isoText(timeOf(line)).substr(0, 19),
            toMillis(timeOf(line)) / 1000, quotedJson(line.author),
            quotedJson("user" + line.author), quotedJson(line.text));
        ++id;
    }
    return out + "]}";
}

std::string asTable(const std::vector<Line>& lines)
{
    std::string out = "id,author,text,created_at\n";
    int id = 0;
    for (const auto& line : lines) {
        out += fmt::format("{},{},\"{}\",{}\n", ++id, line.author,
                           replaceAll(line.text, "\"", "\"\""), isoText(timeOf(line)));
    }
    return out;
}

std::string asMail(const std::vector<Line>& lines)
{
    std::string out;
    int id = 0;
    for (const auto& line : lines) {
        const auto stamp = isoText(timeOf(line));
        out += fmt::format(
            "From x@example.org Wed Mar 20 {} 2024\nFrom: {} <{}@example.org>\n"
            "Date: Wed, 20 Mar 2024 {} +0000\nMessage-ID: <{}@example.org>\nReferences: "
            "<root@example.org>\n"
            "Content-Type: text/plain; charset=utf-8\n\n{}\n\n",
            stamp.substr(11, 8), line.author, hexText(hashOf(line.author)).substr(0, 8),
            stamp.substr(11, 8), ++id, line.text);
    }
    return out;
}

struct Writer {
    const Reader& reader;
    std::string (*write)(const std::vector<Line>&);
    std::string file;
};

std::vector<Writer> writers()
{
    return {{whatsappReader(), asWhatsapp, "chat.txt"},
            {telegramReader(), asTelegram, "result.json"},
            {tableReader(), asTable, "table.csv"},
            {mailReader(), asMail, "list.mbox"}};
}

}  // namespace

TEST_CASE("every reader has a file to try it with", "[properties]")
{
    std::set<std::string_view> tried;
    for (const auto& input : readable()) tried.insert(input.part.reader->info().id);
    for (const auto* reader : readers()) {
        INFO(reader->info().id);
        CHECK(tried.contains(reader->info().id));
    }
}

TEST_CASE("every kind of file is known by what is in it, whatever its ending", "[properties]")
{
    const auto formatsOf = [](const std::vector<Recognised>& parts) {
        std::set<std::string_view> ids;
        for (const auto& part : parts) ids.insert(part.reader->info().id);
        return ids;
    };
    const TempFolder folder;
    std::set<fs::path> done;
    std::set<std::string_view> tried;
    for (const auto& input : readable()) {
        if (!fs::is_regular_file(input.path) || !done.insert(input.path).second) continue;
        const auto wanted = formatsOf(recognise(input.path));
        for (const char* name : {"export", "export.dat", "export.txt", "export.csv"}) {
            INFO(input.path.string() << " as " << name);
            const auto renamed = folder.path() / name;
            fs::copy_file(input.path, renamed, fs::copy_options::overwrite_existing);
            CHECK(formatsOf(recognise(renamed)) == wanted);
        }
        tried.insert(wanted.begin(), wanted.end());
    }
    for (const auto* reader : readers()) {
        INFO(reader->info().id);
        CHECK((reader->wantsCollection() || tried.contains(reader->info().id)));
    }
}

TEST_CASE("stored, system, votes, skipped and refused are what was seen, in every file",
          "[properties]")
{
    for (const auto& input : readable()) {
        INFO(input.path.string() << ": " << input.whole.report.seen << " seen");
        CHECK(addsUp(input.whole));
        CHECK(input.whole.report.seen > 0);
    }
}

TEST_CASE("how the bytes arrive changes nothing, in every reader", "[properties]")
{
    rc::prop("any split gives the same", [] {
        const auto& input = *rc::gen::elementOf(readable());
        const auto& package = *input.part.package;
        const auto entry = *rc::gen::inRange<std::size_t>(0, package.entries().size());
        constexpr std::size_t small = 20'000;
        const bool large = bytesIn(package, entry) > small;
        const auto sizes = *rc::gen::container<std::vector<std::size_t>>(
            rc::gen::inRange<std::size_t>(large ? 500 : 1, large ? 9000 : 40));
        RC_LOG() << input.path << " " << entry;
        const ChangedPackage pieces(
            package, entry, std::nullopt,
            large && sizes.empty() ? std::vector<std::size_t>{1000} : sizes);
        RC_ASSERT(digest(collect(*input.part.reader, pieces, answers())) == digest(input.whole));
    });
}

TEST_CASE("a file that is cut anywhere keeps what is whole before the cut", "[properties]")
{
    Random random(20240320);
    constexpr int cuts = 10;
    for (const auto& input : readable()) {
        const auto entries = input.part.package->entries().size();
        for (int i = 0; i < cuts; ++i) {
            const auto entry = random.below(entries);
            const auto bytes = bytesIn(*input.part.package, entry);
            if (bytes > 0) checkCut(input, entry, random.below(bytes));
        }
    }
}

TEST_CASE("importing anything a second time adds nothing", "[properties]")
{
    std::set<fs::path> done;
    for (const auto& input : readable()) {
        if (!done.insert(input.path).second) continue;
        INFO(input.path.string());
        const TempFolder folder;
        auto workspace = Workspace::create(folder.path() / "w.kith");
        Task task;
        (void)importFile(workspace, input.path, importAnswers(), task);
        const auto before = info(workspace);
        for (const auto& report : importFile(workspace, input.path, importAnswers(), task)) {
            CHECK(report.newMessages + report.newSystem + report.newAccounts == 0);
        }
        const auto after = info(workspace);
        CHECK(before.messages == after.messages);
        CHECK(before.system == after.system);
        CHECK(before.accounts == after.accounts);
        CHECK(before.ties == after.ties);
        CHECK(verify(workspace, task).empty());
    }
}

TEST_CASE("what is written in a format is read from it", "[properties]")
{
    for (const auto& writer : writers()) {
        rc::prop(std::string(writer.reader.info().id) +
                     ": the same people say the same at the same times",
                 [&] {
                     const auto lines = inOrder(*chats());
                     const auto read =
                         collect(writer.reader, writer.write(lines), answers(), writer.file);
                     RC_ASSERT(read.adds());
                     RC_ASSERT(read.messages.size() == lines.size());
                     std::map<std::string, std::string> names;
                     for (const auto& one : read.accounts)
                         names[one.key] = one.name.empty() ? one.key : one.name;
                     for (std::size_t i = 0; i < lines.size(); ++i) {
                         const auto& key = read.messages[i].account;
                         RC_ASSERT((names.contains(key) ? names[key] : key) == lines[i].author);
                         RC_ASSERT(read.messages[i].text == lines[i].text);
                         RC_ASSERT(read.messages[i].time == timeOf(lines[i]));
                     }
                 });
    }
}

TEST_CASE("a written chat with bytes changed is still accounted for", "[properties]")
{
    for (const auto& writer : writers()) {
        rc::prop(
            std::string(writer.reader.info().id) + ": records add up or the file is refused", [&] {
                auto text = writer.write(inOrder(*chats()));
                const auto changes =
                    *rc::gen::container<std::vector<std::pair<std::size_t, char>>>(rc::gen::pair(
                        rc::gen::inRange<std::size_t>(0, text.size()), rc::gen::arbitrary<char>()));
                for (const auto& [at, byte] : changes) text[at] = byte;
                try {
                    const auto read = collect(writer.reader, text, answers(), writer.file);
                    RC_ASSERT(read.adds());
                    for (const auto& one : read.messages) {
                        RC_ASSERT(!firstBadUtf8(one.text) && !firstBadUtf8(one.account));
                    }
                } catch (const Error& error) {
                    RC_ASSERT(!error.remedy().empty());
                }
            });
    }
}

TEST_CASE("a folded export holds the same when it is imported in two overlapping parts",
          "[properties]")
{
    rc::prop("overlap adds nothing", [] {
        const auto lines = inOrder(*chats());
        const auto split = *rc::gen::inRange<std::size_t>(0, lines.size() + 1);
        const auto early = *rc::gen::inRange<std::size_t>(0, split + 1);
        const std::vector<Line> first(lines.begin(),
                                      lines.begin() + static_cast<std::ptrdiff_t>(split));
        const std::vector<Line> second(lines.begin() + static_cast<std::ptrdiff_t>(early),
                                       lines.end());
        RC_PRE(!first.empty() && !second.empty());
        // Messages of one minute that say the same are told apart by their order in the file.
        std::set<std::tuple<std::string, std::string, int>> distinct;
        for (const auto& line : lines)
            RC_PRE(distinct.emplace(line.author, line.text, line.minute).second);
        const TempFolder folder;
        for (const char* part : {"a", "b"}) fs::create_directory(folder.path() / part);
        writeFile(folder.path() / "a/WhatsApp Chat with Home.txt", asWhatsapp(first));
        writeFile(folder.path() / "b/WhatsApp Chat with Home.txt", asWhatsapp(second));
        auto workspace = Workspace::create(folder.path() / "w.kith");
        Task task;
        for (const char* part : {"a", "b"}) {
            (void)importFile(workspace, folder.path() / part / "WhatsApp Chat with Home.txt",
                             importAnswers(), task);
        }
        RC_ASSERT(info(workspace).messages == lines.size());
    });
}
