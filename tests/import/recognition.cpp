#include "core/base/error.h"
#include "core/import/catalogue.h"
#include "tests/support/data.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace kith;
using namespace kith::tests;

namespace {

constexpr int sure = 50;

/// The ids of the formats that are sure of a file.
std::vector<std::string> sureOf(const std::filesystem::path& path)
{
    constexpr std::size_t head = 1U << 16U;
    std::vector<std::string> found;
    auto text = readFile(path);
    const bool whole = text.size() <= head;
    if (!whole) text.resize(head);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    for (const auto* reader : readers()) {
        if (reader->wantsCollection()) continue;
        const auto said = reader->recognise({path.filename().string(), text, whole, {}});
        if (said.confidence >= sure) found.emplace_back(reader->info().id);
    }
    return found;
}

/// A table of a known kind is a table, too, and lines of three words look like a list of ties.
bool isTableToo(const std::vector<std::string>& ids)
{
    return ids.size() == 2 && (std::ranges::find(ids, "table") != ids.end() ||
                               std::ranges::find(ids, "edgelist") != ids.end());
}

}  // namespace

TEST_CASE("no public file is taken for two formats, and none of the chats for another")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    const std::vector<std::pair<std::string, std::string>> folders{{"irc", "irc"},
                                                                   {"whatsapp", "whatsapp"},
                                                                   {"telegram", "telegram"},
                                                                   {"discord", "discord"},
                                                                   {"meta", "messenger"}};
    for (const auto& one : std::filesystem::recursive_directory_iterator(*data)) {
        if (!one.is_regular_file()) continue;
        const auto ids = sureOf(one.path());
        std::string all;
        for (const auto& id : ids) all += id + " ";
        INFO(one.path().string() << ": " << all);
        CHECK((ids.size() < 2 || isTableToo(ids)));
        const auto name = one.path().filename().string();
        const auto folder = one.path().lexically_relative(*data).begin()->string();
        const bool chat = !name.ends_with(".zip") && !name.ends_with(".md") &&
                          !name.ends_with(".annotation.txt") && !name.starts_with("LICENSE");
        for (const auto& [where, wanted] : folders) {
            if (where != folder || !chat) continue;
            CHECK(recognise(one.path()).at(0).reader->info().id == wanted);
        }
    }
}
