#include "core/base/error.h"
#include "core/import/catalogue.h"
#include "core/import/question.h"
#include "tests/import/archivemaking.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

fs::path made(const TempFolder& folder, const std::string& name, const std::string& bytes)
{
    const auto path = folder.path() / name;
    writeFile(path, bytes);
    return path;
}

/// Names and contents of what a package holds, or the sentence that refuses it.
std::string contents(const fs::path& path, const Limits& limits = {},
                     const std::set<std::string>& wanted = {})
{
    try {
        const auto package = Package::open(path, limits, wanted);
        std::string all;
        for (std::size_t i = 0; i < package->entries().size(); ++i) {
            all += package->entries()[i].name + "=" + readAll(*package->open(i), 1U << 20U) + ";";
        }
        return all;
    } catch (const Error& error) {
        CHECK_FALSE(error.remedy().empty());
        return error.what();
    }
}

Question questionOf(const fs::path& path, const Limits& limits = {})
{
    try {
        const auto package = Package::open(path, limits);
        std::vector<char> buffer(1U << 16U);
        for (std::size_t i = 0; i < package->entries().size(); ++i) {
            const auto source = package->open(i);
            while (source->read(buffer) > 0) {
            }
        }
    } catch (const AnswerNeeded& asked) {
        CHECK(asked.kind() == Error::Kind::NeedsAnswer);
        CHECK_THAT(asked.remedy(), Catch::Contains(asked.question().about == Question::About::Limits
                                                       ? "--raise-limits"
                                                       : "--chat"));
        return asked.question();
    }
    FAIL("nothing was asked");
    return {};
}

const std::string chat = "20/03/2024, 10:00 - Anna: hi\n20/03/2024, 10:01 - Ben: ho\n";
const std::string mail =
    "From ann@example.org Sat Mar 02 10:00:00 2024\nFrom: Ann <ann@example.org>\nDate: Sat, 2 Mar "
    "2024 10:00:00 +0000\nMessage-ID: <1@example.org>\nSubject: Damp\n\nIt is back.\n";

/// The same text as a file of its own, twice compressed and in archives, gives the same.
const Files two{{"a.txt", "first words"}, {"sub/b.txt", std::string(3000, 'x')}};
const std::string twoContents = "a.txt=first words;sub/b.txt=" + std::string(3000, 'x') + ";";

}  // namespace

TEST_CASE("gzip and Zstandard files are the one file in them, in one or several parts")
{
    const TempFolder folder;
    const std::string text = "line\n" + std::string(200'000, 'y');
    const std::vector<std::pair<std::string, std::string>> cases{
        {"notes.txt.gz", gzip(text)},
        {"notes.txt.gz", gzip(text.substr(0, 7)) + gzip("") + gzip(text.substr(7))},
        {"notes.txt.gz", gzip(text) + std::string(700, '\0')},
        {"notes.txt.zst", zstd(text)},
        {"notes.txt.zst", zstd(text.substr(0, 7)) + zstd(text.substr(7))},
        {"notes.txt.zst", std::string("\x50\x2A\x4D\x18\x03\0\0\0abc", 11) + zstd(text)},
    };
    for (const auto& [name, bytes] : cases) {
        const auto package = Package::open(made(folder, name, bytes));
        CHECK_FALSE(package->isCollection());
        REQUIRE(package->entries().size() == 1);
        CHECK(package->entries().front().name == "notes.txt");
        CHECK(package->name() == name);
        CHECK(readAll(*package->open(0), 1U << 20U) == text);
        CHECK(readAll(*package->open(0), 1U << 20U) == text);
    }
}

TEST_CASE("tar archives are lists of files, packed or not, with long names")
{
    const TempFolder folder;
    const std::string deep = std::string(90, 'd') + "/" + std::string(120, 'f') + ".txt";
    const auto plain = tar(two);
    CHECK(contents(made(folder, "t.tar", plain)) == twoContents);
    CHECK(contents(made(folder, "t.tar.gz", gzip(plain))) == twoContents);
    CHECK(contents(made(folder, "t.tar.zst", zstd(plain))) == twoContents);
    CHECK(contents(made(folder, "t", plain)) == twoContents);
    const auto pair =
        made(folder, "t.tgz", gzip(tar({{"./", ""}, {"./a.txt", "one"}, {"._a", "mac"}})));
    CHECK(contents(pair) == "a.txt=one;");
    CHECK(contents(made(folder, "p.tar",
                        pax("path", deep) + tarFile("short", "one") + tarFile("b", "two") +
                            tarEnd())) == deep + "=one;b=two;");
    CHECK(contents(made(folder, "g.tar",
                        tarFile("././@LongLink", deep + '\0', 'L') + tarFile("short", "one") +
                            tarFile("b", "two") + tarEnd())) == deep + "=one;b=two;");
    CHECK(contents(made(folder, "s.tar",
                        pax("size", "3") + tarHeader("a", 0) + padded("one") + tarFile("b", "two") +
                            tarEnd())) == "a=one;b=two;");
    auto prefixed = tarHeader("name.txt", 3);
    CHECK(contents(made(folder, "d.tar",
                        tarHeader("dir/", 0, '5') + prefixed + padded("one") + tarEnd())) ==
          "name.txt=one;");
}

TEST_CASE("entries of a packed tar may be read in any order and side by side")
{
    const TempFolder folder;
    Files files;
    for (int i = 0; i < 40; ++i) {
        files.emplace_back("f" + std::to_string(i), std::string(5000 + static_cast<std::size_t>(i),
                                                                static_cast<char>('a' + i % 26)));
    }
    const auto package = Package::open(made(folder, "t.tar.gz", gzip(tar(files))));
    REQUIRE(package->entries().size() == 40);
    for (const std::size_t i : {39U, 0U, 20U, 19U, 21U, 39U, 5U}) {
        CHECK(readAll(*package->open(i), 1U << 20U) == files[i].second);
    }
    const auto a = package->open(7);
    const auto b = package->open(3);
    char one = 0;
    CHECK(a->read({&one, 1}) == 1);
    CHECK(one == files[7].second[0]);
    CHECK(readAll(*b, 1U << 20U) == files[3].second);
    CHECK(readAll(*a, 1U << 20U) == files[7].second.substr(1));
}

TEST_CASE("dangerous or damaged tar archives are refused")
{
    const TempFolder folder;
    const auto with = [&](const std::string& bytes) {
        const auto plain = contents(made(folder, "t.tar", bytes));
        CHECK(contents(made(folder, "t.tar", gzip(bytes))) == plain);
        return plain;
    };
    CHECK_THAT(with(tar({{"../x.txt", "x"}})), Catch::Contains("unsafe name"));
    CHECK_THAT(with(tar({{"/etc/x", "x"}})), Catch::Contains("unsafe name"));
    CHECK_THAT(with(tar({{"a/../../x", "x"}})), Catch::Contains("unsafe name"));
    CHECK_THAT(with(tar({{"a\u202Etxt.exe", "x"}})), Catch::Contains("<U+202E>"));
    CHECK_THAT(with(tar({{"A.txt", "x"}, {"a.txt", "y"}})),
               Catch::Contains("cannot be told apart"));
    for (const char type : {'1', '2', '3', '4', '6', 'S'}) {
        CHECK_THAT(with(tarFile("a.txt", "x") + tarHeader("link", 0, type) + tarEnd()),
                   Catch::Contains("link or device"));
    }
    CHECK_THAT(with(pax("GNU.sparse.major", "1") + tarFile("a", "x") + tarEnd()),
               Catch::Contains("link or device"));
    CHECK_THAT(with(pax("path", "../x") + tarFile("a", "x") + tarEnd()),
               Catch::Contains("unsafe name"));
    auto broken = tar(two);
    broken[1024 + 3] ^= 1;
    CHECK_THAT(with(broken), Catch::Contains("makes no sense"));
    CHECK_THAT(with(tarFile("PaxHeaders/x", "999 path=x\n", 'x') + tarFile("a", "x") + tarEnd()),
               Catch::Contains("makes no sense"));
    const auto latin = Package::open(made(folder, "l.tar", tar({{"Ol\xE1.txt", "x"}})));
    CHECK(latin->entries().front().name == "Ol\u00E1.txt");
    REQUIRE(latin->notes().size() == 1);
    const auto open = Package::open(made(folder, "o.tar", tarFile("a", "x")));
    CHECK(open->entries().size() == 1);
    CHECK_THAT(open->notes().front().what, Catch::Contains("end mark"));
}

TEST_CASE("damaged packed files are refused and never end early in silence")
{
    const TempFolder folder;
    std::string text;
    for (int i = 0; i < 500; ++i) text += "line " + std::to_string(i * 7919 % 1000) + "\n";
    for (const auto& bytes : {gzip(text), zstd(text), gzip(text) + gzip(text)}) {
        const auto name = bytes.starts_with("\x1F") ? "n.txt.gz" : "n.txt.zst";
        for (std::size_t cut = 4; cut < bytes.size(); cut += 37) {
            if (cut == gzip(text).size()) continue;
            CHECK_THAT(contents(made(folder, name, bytes.substr(0, cut))),
                       Catch::Contains("cut off") || Catch::Contains("damaged"));
        }
        auto changed = bytes;
        changed[bytes.size() / 2] ^= 0x10;
        CHECK_THAT(contents(made(folder, name, changed)),
                   Catch::Contains("damaged") || Catch::Contains("checksum") ||
                       Catch::Contains("something else"));
        CHECK_THAT(contents(made(folder, name, bytes + "more")),
                   Catch::Contains("damaged") || Catch::Contains("something else") ||
                       Catch::Contains("cut off"));
    }
    auto summed = gzip(text);
    summed[summed.size() - 6] ^= 1;
    CHECK_THAT(contents(made(folder, "n.gz", summed)), Catch::Contains("checksum"));
}

TEST_CASE("bombs of every kind stop at their limit, which can be raised")
{
    const TempFolder folder;
    const std::string zeros(60U << 20U, '\0');
    for (const auto& [name, bytes] : Files{{"z.gz", gzip(zeros)},
                                           {"z.zst", zstd(zeros)},
                                           {"z.tar.gz", gzip(tar({{"zeros", zeros}}))},
                                           {"z.tar.zst", zstd(tar({{"a", "x"}, {"zeros", zeros}}))},
                                           {"z.zip", zip({{"zeros", zeros}})}}) {
        INFO(name);
        const auto path = made(folder, name, bytes);
        CHECK(questionOf(path).about == Question::About::Limits);
        const auto raised = Package::open(path, Limits::raised());
        std::uint64_t total = 0;
        std::vector<char> buffer(1U << 20U);
        const auto source = raised->open(raised->entries().size() - 1);
        while (const auto count = source->read(buffer)) total += count;
        CHECK(total == zeros.size());
    }
    Files many;
    for (int i = 0; i < 20'001; ++i) many.emplace_back("f" + std::to_string(i), "");
    for (const auto& [name, bytes] : Files{{"m.tar.gz", gzip(tar(many))}, {"m.zip", zip(many)}}) {
        INFO(name);
        const auto path = made(folder, name, bytes);
        CHECK_THAT(contents(path), Catch::Contains("20,000 files"));
        CHECK(questionOf(path).about == Question::About::Limits);
        CHECK(Package::open(path, Limits::raised())->entries().size() == 20'001);
    }
}

TEST_CASE("a long-distance Zstandard file needs the user's word for its memory")
{
    const TempFolder folder;
    const auto path = made(folder, "RC_2024.zst", zstd("words and words", 27));
    CHECK_THAT(contents(path), Catch::Contains("32 MB of memory"));
    CHECK(questionOf(path).about == Question::About::Limits);
    CHECK(contents(path, Limits::raised()) == "RC_2024=words and words;");
    CHECK(contents(made(folder, "s.zst", zstd("words and words", 25))) == "s=words and words;");
}

TEST_CASE("of an archive that is cut off the whole files are listed, and read when asked for")
{
    const TempFolder folder;
    std::string noise;
    for (int i = 0; i < 3000; ++i) noise += std::to_string(i * 7919 % 10007) + " ";
    const Files files{{"one.txt", "hello"}, {"two.txt", chat}, {"three.txt", noise}};
    for (const auto& [name, bytes] : Files{{"c.zip", zip(files)},
                                           {"d.zip", zip(files, true)},
                                           {"c.tar", tar(files)},
                                           {"c.tar.gz", gzip(tar(files))}}) {
        INFO(name);
        const auto path = made(folder, name, bytes.substr(0, bytes.size() * 2 / 3));
        const auto sentence = contents(path);
        CHECK_THAT(sentence, Catch::Contains("cut off") && Catch::Contains("\"one.txt\"") &&
                                 Catch::Contains("\"two.txt\"") && !Catch::Contains("three.txt"));
        const auto question = questionOf(path);
        CHECK(question.about == Question::About::Chats);
        REQUIRE(question.choices.size() == 3);
        CHECK(question.choices[0].value == "*");
        CHECK(question.choices[2].value == "two.txt");
        CHECK(contents(path, {}, {"*"}) == "one.txt=hello;two.txt=" + chat + ";");
        CHECK(contents(path, {}, {"two.txt"}) == "two.txt=" + chat + ";");
        CHECK_THAT(contents(path, {}, {"three.txt"}), Catch::Contains("not among"));
        const auto found = recognise(path, {}, {}, {"*"});
        REQUIRE(found.size() == 1);
        CHECK(found.front().package->isPartial());
        REQUIRE_FALSE(found.front().notes.empty());
        CHECK_THAT(found.front().notes.front().what, Catch::Contains("cut off"));
        CHECK(collect(*found.front().reader, *found.front().package).messages.size() == 2);
    }
    const auto bytes = zip(files);
    CHECK_THAT(contents(made(folder, "n.zip", bytes.substr(0, 20))),
               Catch::Contains("no file in it is whole"));
    auto wrong = bytes.substr(0, bytes.size() * 2 / 3);
    wrong[14] ^= 1;
    CHECK_THAT(contents(made(folder, "w.zip", wrong), {}, {"one.txt"}),
               Catch::Contains("checksum"));
}

TEST_CASE(
    "z14, z15: what is called a zip archive and is something else is refused by its true name")
{
    const TempFolder folder;
    CHECK_THAT(contents(made(folder, "z.zip", tar(two))), Catch::Contains("is a tar archive"));
    CHECK_THAT(contents(made(folder, "z.zip", gzip("x"))), Catch::Contains("is a gzip archive"));
    CHECK_THROWS_WITH(recognise(made(folder, "z.zip", "Rar!\x1A\x07 and so on")),
                      Catch::Contains("RAR"));
    CHECK_THAT(contents(made(folder, "z.zip", "MZ a program" + zip(two))),
               Catch::Contains("in front of this archive"));
    CHECK_THAT(contents(made(folder, "z.zip", "#!/bin/sh\nexit\n" + zip(two))),
               Catch::Contains("in front of this archive"));
}

TEST_CASE("z16: a name in an old code page is read one way, and both readings are shown")
{
    const TempFolder folder;
    const std::string raw = "Ol\xA0 caf\x82.txt";
    const auto path = made(folder, "z.zip", zip({{raw, chat}}));
    std::setlocale(LC_ALL, "C");
    const auto package = Package::open(path);
    CHECK(package->entries().front().name == "Ol\u00E1 caf\u00E9.txt");
    REQUIRE(package->notes().size() == 1);
    CHECK_THAT(package->notes().front().what,
               Catch::Contains("\"Ol\u00E1 caf\u00E9.txt\"") && Catch::Contains("caf\u201A.txt\""));
    const auto found = recognise(path);
    REQUIRE(found.front().notes.size() == 1);
    CHECK(found.front().notes.front().outcome == Outcome::Noted);
    CHECK(found.front().notes.front().place.entry == "Ol\u00E1 caf\u00E9.txt");
}

TEST_CASE("archives in a folder are opened, archives in an archive are listed and left out")
{
    const TempFolder folder;
    const auto all = folder.path() / "all";
    fs::create_directories(all / "lists");
    writeFile(all / "a.zip", zip({{"WhatsApp Chat with A.txt", chat}, {"inner.zip", zip(two)}}));
    writeFile(all / "b.txt", chat);
    writeFile(all / "lists" / "2024-March.txt.gz", gzip(mail));
    writeFile(all / "lists" / "bad.txt.gz", gzip(mail).substr(0, 60));
    const auto found = recognise(all);
    REQUIRE(found.size() == 3);
    CHECK(found[0].reader->info().id == "whatsapp");
    CHECK(found[0].member == "a.zip");
    CHECK(found[1].member.empty());
    CHECK(found[2].reader->info().id == "mail");
    CHECK(found[2].member == "lists/2024-March.txt.gz");
    CHECK(collect(*found[2].reader, *found[2].package).messages.size() == 1);
    std::string notes;
    for (const auto& part : found) {
        for (const auto& note : part.notes) notes += note.place.text() + ": " + note.what + "\n";
    }
    CHECK_THAT(notes, Catch::Contains("bad.txt.gz: it is left out: the packed file is cut off"));
    CHECK_THAT(notes, Catch::Contains("a.zip, inner.zip: it is left out") &&
                          Catch::Contains("not opened"));
    const auto nested = folder.path() / "n.zip";
    writeFile(nested, zip({{"x.txt.gz", gzip(chat)}, {"y.tar", tar(two)}, {"z.zst", zstd(chat)}}));
    CHECK_THROWS_WITH(recognise(nested), Catch::Contains("not opened"));
}

TEST_CASE("pipermail as gzip is the same list as plain text")
{
    const TempFolder folder;
    const auto packed = recognise(made(folder, "2024-March.txt.gz", gzip(mail)));
    const auto plain = recognise(made(folder, "2024-March.txt", mail));
    REQUIRE(packed.size() == 1);
    const auto a = collect(*packed.front().reader, *packed.front().package);
    const auto b = collect(*plain.front().reader, *plain.front().package);
    REQUIRE(a.messages.size() == 1);
    CHECK(a.messages.front().conversation == b.messages.front().conversation);
    CHECK(a.messages.front().id == b.messages.front().id);
}
