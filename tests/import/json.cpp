#include "core/import/json.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>

using namespace kith;
using kith::tests::Pieces;

namespace {

struct Walked {
    std::vector<std::string> raws;
    std::vector<std::uint64_t> lines;
    std::vector<std::string> names;
    std::optional<JsonElements::Break> broken;
};

Walked walk(const std::string& text, std::vector<std::string> paths,
            std::vector<std::size_t> sizes = {7, 1, 64}, std::size_t longest = 1000)
{
    Pieces source(text, std::move(sizes));
    JsonElements elements(source, {"f.json", {}, {}, {}}, std::move(paths), longest);
    Walked all;
    while (const auto one = elements.next()) {
        all.raws.emplace_back(one->raw);
        all.lines.push_back(one->place.line.value_or(0));
        all.names.push_back(elements.scalar("chats.list[].name").value_or("-"));
        if (!one->raw.empty()) CHECK(text.substr(*one->place.byte, one->raw.size()) == one->raw);
    }
    all.broken = elements.broken();
    return all;
}

const std::string nested = R"({"about": "a ] } \" b", "skip": [{"messages": [9]}],
 "chats": {"list": [
  {"name": "One", "messages": [1, {"a": [2]}, "x,]"]},
  {"messages": [], "name": "Two"},
  {"name": "Three", "messages": [
   true]}]}, "left_chats": {"list": [{"name": "L", "messages": [4 ]}]}})";

const std::vector<std::string> nestedPaths{"messages", "chats.list[].messages",
                                           "left_chats.list[].messages"};

}  // namespace

TEST_CASE("a JSON value answers every question")
{
    const auto json =
        Json::parse(R"({"id": 12345678901234567890, "n": -7, "t": "a\u00e9\ud83d\ude00\n",
        "list": [1, "2", null, true], "x": "\x1f\x41"})");
    CHECK(json["id"].text() == "12345678901234567890");
    CHECK_FALSE(json["id"].integer());
    CHECK(json["n"].integer() == -7);
    CHECK(json["t"].text() == "a\u00e9\U0001F600\n");
    CHECK(json["list"].items().size() == 4);
    CHECK(json["list"].items()[1].integer() == 2);
    CHECK(json["list"].items()[3].isTrue());
    CHECK(json["x"].text() ==
          "\x1f"
          "A");
    CHECK(json["absent"]["deeper"].isNull());
    CHECK(json["n"].items().empty());
    CHECK_FALSE(json.has("absent"));
}

TEST_CASE("bad JSON is refused with its byte")
{
    struct Case {
        std::string text;
        std::uint64_t byte;
        std::string words;
    };
    const std::vector<Case> cases{
        {"", 0, "ends"},
        {"{\"a\":1,\"a\":2}", 0, "twice"},
        {"[1,]", 3, "no JSON value"},
        {"[1 2]", 3, "comma"},
        {"{a:1}", 1, "quotes"},
        {"\"abc", 0, "no closing quote"},
        {"[01]", 1, "no JSON value"},
        {"[1e999]", 1, "out of range"},
        {"[NaN]", 1, "no JSON value"},
        {"[1] x", 4, "behind the end"},
        {"[\"\\q\"]", 3, "escape"},
        {"[\"\\u12g4\"]", 6, "hexadecimal"},
        {std::string(65, '[') + std::string(65, ']'), 64, "deeper than 64"},
    };
    for (const auto& one : cases) {
        INFO(one.text);
        try {
            (void)Json::parse(one.text);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.where().byte == one.byte);
            CHECK_THAT(error.cause(), Catch::Contains(one.words));
            CHECK_FALSE(error.remedy().empty());
        }
    }
    CHECK_NOTHROW(Json::parse(std::string(64, '[') + std::string(64, ']')));
}

TEST_CASE("lone surrogates and bad bytes become the replacement mark")
{
    CHECK(Json::parse("\"\\ud800x\"").text() == "\uFFFDx");
    CHECK(Json::parse("\"\\udc00\"").text() == "\uFFFD");
    CHECK(Json::parse("\"\\ud800\\u0041\"").text() ==
          "\uFFFD"
          "A");
    CHECK(Json::parse("\"\xff\"").text() == "\uFFFD");
}

TEST_CASE("a copy stands by itself, a value that is moved keeps its texts")
{
    auto json = Json::parse(R"({"a": [1, "two\n", {"": null}], "b": {"c": "d"}, "e": ""})");
    const Json list = json["a"];
    const Json empty = json["e"];
    Json moved = std::move(json);
    const auto text = moved["b"]["c"].text();
    const Json other = std::move(moved);
    CHECK(text == "d");
    CHECK(json.isNull());
    moved = Json::parse("[true]");
    moved = Json(moved);
    CHECK(moved.items().front().isTrue());
    CHECK(list.items()[1].text() == "two\n");
    CHECK(list.items()[2].has(""));
    CHECK(list.items()[2].members().size() == 1);
    CHECK(empty.isString());
    CHECK(other["a"].items().size() == 3);
}

TEST_CASE("a document that is used again keeps nothing of the text before")
{
    for (const std::size_t count : {3U, 400U, 1U, 30U, 0U, 5000U, 2U}) {
        std::string text = "{";
        for (std::size_t i = 0; i < count; ++i) {
            text += i == 0 ? "" : ",";
            text += "\"key " + std::to_string(i) + "\":[" + std::to_string(i) + ",\"\\u00e9\"]";
        }
        const auto json = Json::parse(text + "}");
        REQUIRE(json.members().size() == count);
        for (std::size_t i = 0; i < count; ++i) {
            const auto& found = json["key " + std::to_string(i)];
            CHECK(found.items()[0].integer() == static_cast<std::int64_t>(i));
            CHECK(found.items()[1].text() == "\u00e9");
        }
        CHECK_FALSE(json.has("key " + std::to_string(count)));
        if (count == 0) continue;
        CHECK_THROWS_AS(Json::parse(text + ",\"key 0\":1}"), Error);
    }
}

namespace {

/// The same value, as another parser sees it.
bool same(const Json& ours, const nlohmann::json& theirs)
{
    if (theirs.is_string()) return ours.isString() && ours.text() == theirs.get<std::string>();
    if (theirs.is_number()) return ours.isNumber() && ours.real() == theirs.get<double>();
    if (theirs.is_boolean()) return ours.isTrue() == theirs.get<bool>() && !ours.isNull();
    if (theirs.is_null()) return ours.isNull();
    if (ours.items().size() + ours.members().size() != theirs.size()) return false;
    if (theirs.is_array()) {
        for (std::size_t i = 0; i < theirs.size(); ++i) {
            if (!same(ours.items()[i], theirs[i])) return false;
        }
        return ours.isArray();
    }
    for (const auto& member : theirs.items()) {
        if (!ours.has(member.key()) || !same(ours[member.key()], member.value())) return false;
    }
    return ours.isObject();
}

nlohmann::json anyValue(int depth)
{
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0: return nullptr;
    case 1: return *rc::gen::arbitrary<bool>();
    case 2: return *rc::gen::arbitrary<std::int32_t>();
    case 3: return *rc::gen::arbitrary<std::int32_t>() / 64.0;
    case 4: {
        const auto units =
            *rc::gen::container<std::u16string>(rc::gen::inRange<char16_t>(1, 0xd7ff));
        std::string text;
        for (const auto unit : units) appendUtf8(text, unit);
        return text;
    }
    case 5: {
        auto list = nlohmann::json::array();
        for (int i = *rc::gen::inRange(0, 5); i > 0; --i) list.push_back(anyValue(depth - 1));
        return list;
    }
    default: {
        auto object = nlohmann::json::object();
        for (int i = *rc::gen::inRange(0, 20); i > 0; --i)
            object[*rc::gen::string<std::string>()] = nullptr;
        auto good = nlohmann::json::object();
        for (const auto& member : object.items()) {
            if (!firstBadUtf8(member.key())) good[member.key()] = anyValue(depth - 1);
        }
        return good;
    }
    }
}

}  // namespace

TEST_CASE("any value is read as another parser reads it")
{
    rc::prop("written in two ways", [] {
        const auto value = anyValue(3);
        const bool ascii = *rc::gen::arbitrary<bool>();
        const int indent = *rc::gen::inRange(-1, 3);
        const auto text = value.dump(indent, ' ', ascii);
        const auto json = Json::parse(text);
        RC_ASSERT(same(json, value));
        const Json copy = json;
        RC_ASSERT(same(copy, value));
    });
}

TEST_CASE("elements are handed out with their places and the names beside them")
{
    const auto all = walk(nested, nestedPaths);
    CHECK_FALSE(all.broken);
    CHECK(all.raws == std::vector<std::string>{"1", "{\"a\": [2]}", "\"x,]\"", "true", "4"});
    CHECK(all.lines == std::vector<std::uint64_t>{3, 3, 3, 6, 6});
    CHECK(all.names == std::vector<std::string>{"One", "One", "One", "Three", "Three"});
    CHECK(walk("[]", {""}).raws.empty());
    CHECK(walk("\xEF\xBB\xBF [{\"a\":1},2]", {""}).raws.size() == 2);
}

TEST_CASE("an element that is too long is handed out empty and passed over")
{
    const auto all = walk("[\"" + std::string(5000, 'x') + "\", 2]", {""});
    CHECK(all.raws == std::vector<std::string>{"", "2"});
}

TEST_CASE("a document that breaks off keeps the whole elements before")
{
    const auto whole = walk(nested, nestedPaths);
    for (std::size_t cut = 0; cut < nested.size(); ++cut) {
        INFO(cut);
        const auto all = walk(nested.substr(0, cut), nestedPaths);
        REQUIRE(all.broken);
        REQUIRE(all.raws.size() <= whole.raws.size());
        CHECK(std::equal(all.raws.begin(), all.raws.end(), whole.raws.begin()));
    }
    CHECK(walk("nonsense", {""}).broken->what == "the document begins with neither { nor [");
    CHECK(walk("[1] 2", {""}).broken->place.byte == 4);
    CHECK(walk("[1}", {""}).broken);
}

TEST_CASE("walking does not depend on how the bytes arrive")
{
    rc::prop("any split gives the same elements", [] {
        const auto sizes =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40));
        RC_ASSERT(walk(nested, nestedPaths, sizes).raws ==
                  walk(nested, nestedPaths, {100000}).raws);
    });
}
