// Any bytes as JSON: one value, and the elements of a document, whole and in pieces.

#include "core/import/json.h"

#include "tests/fuzz/check.h"
#include "tests/fuzz/package.h"
#include "tests/fuzz/stretch.h"

using namespace kith;
using namespace kith::fuzz;

namespace {

void walk(const Json& value, int depth)
{
    require(depth <= 64, "deeper than 64");
    requireText("a text that is no UTF-8", value.text());
    (void)value.integer();
    if (const auto real = value.real()) require(std::isfinite(*real), "a number that is none");
    for (const auto& item : value.items()) walk(item, depth + 1);
    constexpr std::size_t most = 100;  // looked for: each search goes through all of them
    std::size_t count = 0;
    for (const auto& member : value.members()) {
        requireText("a key that is no UTF-8", member.key);
        require(++count > most || !value[member.key].isNull() || member.value.isNull(),
                "a member that is not found");
        walk(member.value, depth + 1);
    }
}

std::vector<std::string> elements(const Package& package)
{
    std::vector<std::string> all;
    const auto source = package.open(0);
    JsonElements elements(*source, {}, {"", "messages", "chats.list[].messages"});
    while (const auto element = elements.next()) all.emplace_back(element->raw);
    if (elements.broken()) all.push_back(elements.broken()->what + elements.broken()->place.text());
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Stopwatch watch;
    const std::string text(reinterpret_cast<const char*>(data), size);
    try {
        walk(Json::parse(text), 0);
    } catch (const Error& error) {
        require(error.kind() == Error::Kind::BadInput || error.kind() == Error::Kind::LimitReached,
                "no error of the parser", error.what());
    }
    const std::shared_ptr<const Package> whole = packageOf("x", {{"x", text}});
    const auto all = elements(*whole);
    constexpr std::size_t small = 4096;
    if (size <= small)
        require(all == elements(PiecedPackage(whole, 1 + size % 7)), "pieces are read otherwise");
    watch.requireFast(size);
    return 0;
}
