// What the readers of large files stand on: bytes are read ahead, cut into lines and parsed where
// they stand. Each way is held against the plain one.
#include "core/base/error.h"
#include "core/import/json.h"
#include "core/import/jsonmembers.h"
#include "core/import/jsontable.h"
#include "core/import/lines.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <array>
#include <rapidcheck/catch.h>

using namespace kith;
using kith::tests::Pieces;

namespace {

std::vector<std::size_t> anySizes()
{
    return *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40));
}

std::string anyOf(const std::string& signs)
{
    return *rc::gen::container<std::string>(rc::gen::elementOf(signs));
}

struct CutLine {
    std::string text;
    std::uint64_t number = 0;
    std::uint64_t byte = 0;
    std::uint64_t behind = 0;

    bool operator==(const CutLine&) const = default;
};

std::vector<CutLine> cut(const std::string& text, std::vector<std::size_t> sizes)
{
    Pieces source(text, std::move(sizes));
    LineReader reader(source, "f");
    std::vector<CutLine> all;
    while (const auto line = reader.next()) {
        RC_ASSERT(line->data()[line->size()] == '\0');
        all.push_back({std::string(*line), reader.line(), reader.byte(), reader.consumed()});
    }
    return all;
}

/// Sign by sign.
std::vector<CutLine> cutPlainly(const std::string& text)
{
    std::vector<CutLine> all;
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size()) {
        const auto end = std::min(text.find_first_of("\r\n", at), text.size());
        const bool pair = text.compare(end, 2, "\r\n") == 0;
        const auto behind = std::min(end + (pair ? 2 : 1), text.size());
        all.push_back({text.substr(at, end - at), all.size() + 1, at, behind});
        at = behind;
    }
    return all;
}

/// What parsing comes to: the value written out, or the error with its place.
template <class Parse>
std::string outcome(const Parse& parse)
{
    struct Writer {
        std::string all;
        void add(const Json& value)
        {
            all += std::to_string(static_cast<int>(value.kind())) + ':';
            all += std::string(value.text()) + ' ';
            for (const auto& item : value.items()) add(item);
            for (const auto& [key, inner] : value.members()) {
                all += std::string(key) + '=';
                add(inner);
            }
            all += ';';
        }
    };
    try {
        Writer writer;
        writer.add(parse());
        return writer.all;
    } catch (const Error& error) {
        return error.cause() + '@' + error.where().text();
    }
}

/// A document with one sign changed, left out or put in, now and then.
std::string damaged(std::string text)
{
    const std::string signs = "\"\\{}[],: \n\0xau1-e\xff";
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const char sign = *rc::gen::elementOf(signs);
        switch (*rc::gen::inRange(0, 3)) {
        case 0: text[at] = sign; break;
        case 1: text.insert(at, 1, sign); break;
        default: text.erase(at, 1);
        }
    }
    return text;
}

const std::string document = R"({"name": "One", "messages": [
 {"id": 1, "text": "plain", "list": [1, {"a": [2.5e3]}, "x,]"], "none": null},
 {"id": 2, "text": "a \"quoted\" word\u00e9\x41\n", "on": true, "": "caf)"
                             "\xC3\xA9"
                             R"("},
 [1, "two", [false]], "alone", 17,
 {"id": 3, "text": "", "a key that is longer than sixteen bytes": {"b": {}}}]})";

struct WalkedElement {
    std::string raw;
    std::string place;
    std::string value;

    bool operator==(const WalkedElement&) const = default;
};

std::vector<WalkedElement> walk(const std::string& text, std::vector<std::size_t> sizes,
                                bool parsed)
{
    Pieces source(text, std::move(sizes));
    JsonElements elements(source, {"f.json", {}, {}, {}}, {"messages"}, 200);
    std::vector<WalkedElement> all;
    while (auto* one = parsed ? elements.parsed() : elements.next()) {
        auto value =
            outcome([&] { return parsed ? Json(one->json()) : Json::parse(one->raw, one->place); });
        all.push_back({std::string(one->raw), one->place.text(), std::move(value)});
    }
    if (const auto& broken = elements.broken())
        all.push_back({broken->what, broken->place.text(), {}});
    else
        all.push_back({std::to_string(elements.consumed()), {}, {}});
    return all;
}

}  // namespace

TEST_CASE("lines are the same however the bytes arrive", "[property]")
{
    rc::prop("any text of line ends", [] {
        const auto mark = *rc::gen::arbitrary<bool>() ? std::string("\xEF\xBB\xBF") : "";
        const auto text = mark + anyOf(std::string("\r\n\nab\0", 6));
        const auto expected = cutPlainly(text);
        RC_ASSERT(cut(text, anySizes()) == expected);
        RC_ASSERT(cut(text, {1U << 20U}) == expected);
    });
}

TEST_CASE("a line that is too long is refused wherever the bytes are cut")
{
    for (const std::size_t size : {1U, 7U, 4096U}) {
        Pieces source("short\n" + std::string(100'000, 'x') + "\nshort", {size});
        LineReader reader(source, "f.txt", 50'000);
        CHECK(reader.next() == "short");
        try {
            (void)reader.next();
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.kind() == Error::Kind::LimitReached);
            CHECK(error.where().line == 2U);
        }
    }
}

TEST_CASE("JSON that is parsed where it stands is read like a copy of it", "[property]")
{
    rc::prop("whole and damaged values", [] {
        const auto text = damaged(document);
        const Place place{"f.json", {}, 7, 100};
        auto sealed = text + std::string(sealBytes, '\0');
        seal(sealed.data() + text.size());
        const std::string_view there(sealed.data(), text.size());
        const auto expected = outcome([&] { return Json::parse(text, place); });
        RC_ASSERT(outcome([&] { return Json::parseInPlace(there, place); }) == expected);
        RC_ASSERT(there == text);
    });
}

TEST_CASE("a value at the front of more text is the value alone, or none", "[property]")
{
    rc::prop("what follows it changes nothing", [] {
        const auto text = damaged(document);
        auto sealed =
            text + *rc::gen::elementOf(std::vector<std::string>{"", ",", "]", " {\"a", "x"});
        const auto size = sealed.size();
        sealed.append(sealBytes, '\0');
        seal(sealed.data() + size);
        std::size_t length = 1;
        const auto json = Json::parseFront({sealed.data(), size}, length);
        if (length == 0) {
            RC_ASSERT(json.isNull());
            RC_ASSERT(outcome([&] { return Json::parse(text); }).find('@') != std::string::npos);
        } else {
            const auto front = sealed.substr(0, length);
            RC_ASSERT(outcome([&] { return json; }) == outcome([&] { return Json::parse(front); }));
        }
    });
}

TEST_CASE("elements parsed on the way are those that are parsed afterwards", "[property]")
{
    rc::prop("whole and damaged documents in any pieces", [] {
        const auto text = damaged(document);
        const auto expected = walk(text, {1U << 20U}, false);
        RC_ASSERT(walk(text, {1U << 20U}, true) == expected);
        RC_ASSERT(walk(text, anySizes(), true) == expected);
        RC_ASSERT(walk(text, anySizes(), false) == expected);
    });
}

TEST_CASE("a table finds what a search for each key finds", "[property]")
{
    enum class Field { A, Empty, Ab, Ba, Long };
    static constexpr std::array<std::string_view, 5> keys{"a", "", "ab", "ba",
                                                          "a key of more than sixteen bytes"};
    static constexpr JsonTable<Field, 5> table(keys);
    rc::prop("any object of like keys", [] {
        std::string text = "{";
        std::set<std::string> met;
        for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
            const bool known = *rc::gen::arbitrary<bool>();
            const auto key = known ? std::string(*rc::gen::elementOf(keys)) : anyOf("ab");
            if (met.insert(key).second)
                text += (met.size() > 1 ? ",\"" : "\"") + key + "\":" + std::to_string(i);
        }
        const auto json = Json::parse(text + "}");
        const auto found = table.of(json);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto field = static_cast<Field>(i);
            RC_ASSERT(found.has(field) == json.has(keys[i]));
            RC_ASSERT(found[field].text() == json[keys[i]].text());
        }
    });
    CHECK_FALSE(table.of(Json::parse("[1]")).has(Field::A));
    CHECK(table.of(Json::parse("7"))[Field::A].isNull());
}

namespace {

std::string asItems(const std::string& text, const std::string& member, MembersAsItems::Keys keys,
                    std::size_t piece = 1000)
{
    const kith::tests::PiecedPackage package("f.json", text, {piece});
    const MembersAsItems items(package, member, keys);
    const auto source = items.open(0);
    return readAll(*source, 1U << 20U);
}

}  // namespace

TEST_CASE("an object's members become a list, byte for byte where they stand")
{
    using enum MembersAsItems::Keys;
    const std::string text =
        R"( {"posts":"posts","a":{"posts":{"b":1}}, "posts" : {"x\":{,":{"posts":{"k":[1,{}]}},
"y":"a:b,}", "z" :2 } , "posts":{"late":1}} )";
    const std::string items =
        R"( {"posts":"posts","a":{"posts":{"b":1}}, "posts" : ["x\":{,",{"posts":{"k":[1,{}]}},
"y","a:b,}", "z" ,2 ] , "posts":{"late":1}} )";
    const std::string blank =
        R"( {"posts":"posts","a":{"posts":{"b":1}}, "posts" : [         {"posts":{"k":[1,{}]}},
    "a:b,}",      2 ] , "posts":{"late":1}} )";
    for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
        CHECK(asItems(text, "posts", Items, piece) == items);
        CHECK(asItems(text, "posts", Blank, piece) == blank);
        CHECK(asItems(text, "absent", Blank, piece) == text);
    }
    CHECK(asItems("\xEF\xBB\xBF {} ", {}, Items) == "\xEF\xBB\xBF [] ");
    CHECK(asItems(R"([{"a":1}])", {}, Items) == R"([{"a":1}])");
    CHECK(asItems(R"({"a":{"b":1},"c":[2]})", {}, Items) == R"(["a",{"b":1},"c",[2]])");
    CHECK(asItems(R"("a" {"b":1})", {}, Items) == R"("a" {"b":1})");
    CHECK(asItems(R"({"p":[{"a":1}]})", "p", Items) == R"({"p":[{"a":1}]})");
}
