#include "core/base/error.h"
#include "core/import/catalogue.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <clocale>
#include <filesystem>
#include <zip.h>

using namespace kith;
using namespace kith::tests;
namespace fs = std::filesystem;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

fs::path makeZip(const fs::path& path, const Files& files)
{
    int code = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    REQUIRE(archive != nullptr);
    for (const auto& [name, text] : files) {
        auto* source = zip_source_buffer(archive, text.data(), text.size(), 0);
        REQUIRE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    REQUIRE(zip_close(archive) == 0);
    return path;
}

std::string refusal(const fs::path& path)
{
    try {
        const auto package = Package::open(path);
        for (std::size_t i = 0; i < package->entries().size(); ++i) {
            (void)readAll(*package->open(i), 1U << 30U);
        }
    } catch (const Error& error) {
        CHECK_FALSE(error.remedy().empty());
        return error.what();
    }
    return "accepted";
}

std::string replaced(std::string bytes, const std::string& what, const std::string& with,
                     std::size_t times)
{
    REQUIRE(what.size() == with.size());
    for (auto at = bytes.find(what); at != std::string::npos && times > 0;
         at = bytes.find(what, at + 1), --times) {
        bytes.replace(at, what.size(), with);
    }
    return bytes;
}

const std::string chat = "20/03/2024, 10:00 - Anna: hi\n20/03/2024, 10:01 - Ben: ho\n";

}  // namespace

TEST_CASE("files, folders and archives are seen as lists of files")
{
    const TempFolder folder;
    const auto& at = folder.path();
    writeFile(at / "b.txt", "two");
    fs::create_directories(at / "sub");
    fs::create_directories(at / ".git");
    fs::create_directories(at / "__MACOSX");
    writeFile(at / "sub" / "a.txt", "one");
    writeFile(at / ".git" / "x", "hidden");
    writeFile(at / "__MACOSX" / "x", "hidden");
    writeFile(at / ".DS_Store", "hidden");
    const auto all = Package::open(at);
    CHECK(all->isCollection());
    REQUIRE(all->entries().size() == 2);
    CHECK(all->entries()[0].name == "b.txt");
    CHECK(all->entries()[1].name == "sub/a.txt");
    CHECK(readAll(*all->open(1), 10) == "one");
    const auto one = Package::open(at / "b.txt");
    CHECK_FALSE(one->isCollection());
    CHECK(one->entries().front().name == "b.txt");
    const auto zip = Package::open(
        makeZip(at / "z.zip", {{"Ol\u00E1/x.txt", "x"}, {"__MACOSX/._x", "y"}, {".h", "z"}}));
    REQUIRE(zip->entries().size() == 1);
    CHECK(zip->entries().front().name == "Ol\u00E1/x.txt");
    CHECK(readAll(*zip->open(0), 10) == "x");
    CHECK(placeIn(*zip, 0).text() == "z.zip, Ol\u00E1/x.txt");
    CHECK_THAT(refusal(at / "absent"), Catch::Contains("no such file"));
    CHECK_THAT(refusal("/dev/null"), Catch::Contains("neither a file nor a folder"));
}

TEST_CASE("dangerous archives are refused")
{
    const TempFolder folder;
    const auto path = folder.path() / "z.zip";
    const std::vector<std::pair<Files, std::string>> cases{
        {{{"../x.txt", "x"}}, "unsafe name"},
        {{{"/etc/x", "x"}}, "unsafe name"},
        {{{"C:x.txt", "x"}}, "unsafe name"},
        {{{"\\\\host\\share", "x"}}, "unsafe name"},
        {{{"a\u202Etxt.exe", "x"}}, "<U+202E>"},
        {{{"Chat.txt", "x"}, {"chat.txt", "y"}}, "cannot be told apart"},
        {{{"\u00E9.txt", "x"}, {"e\u0301.txt", "y"}}, "cannot be told apart"},
        {{{"zeros", std::string(60U << 20U, '\0')}}, "unpacks to more than"},
    };
    for (const auto& [files, words] : cases) {
        INFO(files.front().first);
        fs::remove(path);
        CHECK_THAT(refusal(makeZip(path, files)), Catch::Contains(words));
    }
    fs::remove(path);
    Files many;
    for (int i = 0; i < 20'001; ++i) many.emplace_back("f" + std::to_string(i), "");
    CHECK_THAT(refusal(makeZip(path, many)), Catch::Contains("20,000"));
}

TEST_CASE("damaged archives are refused")
{
    const TempFolder folder;
    const auto path =
        makeZip(folder.path() / "z.zip", {{"one.txt", "hello hello"}, {"two.txt", "other words"}});
    const auto bytes = readFile(path);
    const auto with = [&](const std::string& changed) {
        writeFile(path, changed);
        return refusal(path);
    };
    CHECK(with(bytes) == "accepted");
    CHECK_THAT(with(bytes.substr(0, bytes.size() / 2)),
               Catch::Contains("cut off") && Catch::Contains("one.txt"));
    CHECK_THAT(with(replaced(bytes, "one.txt", "eno.txt", 1)),
               Catch::Contains("contradicts itself"));
    CHECK_THAT(with(replaced(bytes, "two.txt", "one.txt", 2)),
               Catch::Contains("cannot be told apart"));
    auto summed = bytes;
    summed[summed.find("PK\x01\x02") + 16] ^= 1;
    CHECK_THAT(with(summed), Catch::Contains("checksum"));
    auto locked = bytes;
    for (auto at = locked.find("PK\x01\x02"); at != std::string::npos;
         at = locked.find("PK\x01\x02", at + 1))
        locked[at + 8] |= 1;
    CHECK_THAT(with(locked), Catch::Contains("password"));
    auto linked = bytes;
    const auto central = linked.find("PK\x01\x02");
    linked[central + 5] = 3;
    linked[central + 40] = '\0';
    linked[central + 41] = '\xA0';
    CHECK_THAT(with(linked), Catch::Contains("link or device"));
    auto overlapping = bytes;
    const auto second = overlapping.find("PK\x01\x02", central + 1);
    overlapping.replace(second + 42, 4, std::string("\x05\0\0\0", 4));
    CHECK_THAT(with(overlapping), Catch::Contains("share the same bytes"));
    for (std::size_t cut = 4; cut < bytes.size(); ++cut)
        CHECK(with(bytes.substr(0, cut)) != "accepted");
}

TEST_CASE("names are UTF-8 in any locale")
{
    const TempFolder folder;
    const auto path = makeZip(folder.path() / "z.zip", {{"\u0427\u0430\u0442.txt", chat}});
    std::setlocale(LC_ALL, "C");
    CHECK(Package::open(path)->entries().front().name == "\u0427\u0430\u0442.txt");
}

TEST_CASE("an archive of several chats gives each of them, with their places")
{
    const TempFolder folder;
    const auto path = makeZip(folder.path() / "chats.zip", {{"WhatsApp Chat with A.txt", chat},
                                                            {"b/_chat.txt", chat},
                                                            {"IMG-1.jpg", "\xFF\xD8\xFF"},
                                                            {"notes.md", "nothing"},
                                                            {"inner.zip", "PK\x03\x04 nested"}});
    const auto found = recognise(path);
    REQUIRE(found.size() == 2);
    for (const auto& one : found) {
        CHECK(one.reader->info().id == "whatsapp");
        const auto all = collect(*one.reader, *one.package);
        CHECK(all.messages.size() == 2);
        CHECK_FALSE(all.messages.front().place.entry.empty());
    }
    CHECK(collect(*found[0].reader, *found[0].package).messages.front().conversation == "A");
    const auto single = recognise(
        makeZip(folder.path() / "WhatsApp Chat - Damp homes (2).zip", {{"_chat.txt", chat}}));
    CHECK(collect(*single.front().reader, *single.front().package).messages.front().conversation ==
          "Damp homes");
}

TEST_CASE("the catalogue lists every reader once")
{
    REQUIRE(readers().size() >= 40);
    std::set<std::string_view> ids;
    for (const auto* reader : readers()) {
        ids.insert(reader->info().id);
        CHECK(readerNamed(reader->info().id) == reader);
        CHECK_FALSE(reader->info().platforms.empty());
    }
    CHECK(ids.size() == readers().size());
    CHECK(readerNamed("nothing") == nullptr);
    CHECK_THROWS_WITH(recognise(packageOf("a", {{"a", chat}}), "nothing"),
                      Catch::Contains("no format"));
    CHECK(recognise(packageOf("a", {{"a", chat}}), "whatsapp").front().reader->info().id ==
          "whatsapp");
}

TEST_CASE("files that are no conversations are refused by what they are")
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "no messages"},
        {"\xEF\xBB\xBF \n", "no messages"},
        {"<!DOCTYPE html><html><body>hi</body></html>", "web page"},
        {"<!DOCTYPE html><html><head><title>Exported Data</title></head></html>", "Telegram"},
        {"<html><div class=\"chatlog__message\"></div></html>", "Discord"},
        {"%PDF-1.7", "PDF"},
        {"\x89PNG\r\n\x1A\n", "picture"},
        {"\xFF\xD8\xFF\xE0", "picture"},
        {std::string("SQLite format 3\0", 16), "database"},
        {"\x1F\x8B\x08", "gzip"},
        {"Rar!\x1A", "RAR"},
        {std::string("MZ\x90\0", 4), "program"},
        {std::string("a\0b\0c", 5), "binary"},
        {R"({"@context": "x", "orderedItems": [{"type": "Create"}]})", "Mastodon"},
        {R"([{"type": "message", "user": "U1", "ts": "1.2", "text": "x"}])", "Slack"},
    };
    for (const auto& [text, words] : cases) {
        INFO(text);
        try {
            (void)recognise(packageOf("file.txt", {{"file.txt", text}}));
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.kind() == Error::Kind::FormatUnknown);
            CHECK_THAT(error.what(), Catch::Contains(words));
            CHECK_FALSE(error.remedy().empty());
        }
    }
    CHECK_THROWS_WITH(
        recognise(packageOf("w.kith", {{"w.kith", std::string("SQLite format 3\0", 16)}})),
        Catch::Contains("workspace"));
    CHECK_THROWS_WITH(recognise(packageOf("d", {{"messages.html", "<html>"}, {"x.css", ""}})),
                      Catch::Contains("Telegram"));
    CHECK_THROWS_WITH(recognise(packageOf("d", {{"a.jpg", "x"}, {"b.mp4", ""}})),
                      Catch::Contains("none of the 2 files"));
    CHECK_THROWS_WITH(recognise(packageOf("d", {{"x/y.zip", "PK\x03\x04 x"}, {"b.mp4", ""}})),
                      Catch::Contains("not opened"));
    CHECK_THROWS_WITH(
        recognise(packageOf("d", {{"xl/a.xml", "<a/>"}, {"[Content_Types].xml", ""}})),
        Catch::Contains("spreadsheet"));
}
