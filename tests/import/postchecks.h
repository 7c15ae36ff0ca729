#pragma once

#include "core/base/text.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

namespace kith::tests::posts {

/// What was kept of a text that was cut is what the whole holds too: a message that stands whole
/// before the cut is the same message, and everything that was seen is accounted for. A text of
/// which nothing can be kept ends in an Error with words of its own.
inline void checkCuts(const Reader& reader, const std::string& text, int cuts = 25,
                      const std::string& name = "a")
{
    std::set<std::string> ids;
    const auto whole = collect(reader, text, {}, name);
    for (const auto& one : whole.messages) ids.insert(one.id);
    Random random(11, text.size());
    for (int turn = 0; turn < cuts; ++turn) {
        const auto at = random.below(text.size());
        INFO("cut at byte " << at);
        try {
            const auto some = collect(reader, text.substr(0, at), {}, name);
            CHECK(some.adds());
            CHECK(some.messages.size() <= whole.messages.size());
            std::ptrdiff_t unknown = 0;
            for (const auto& one : some.messages) unknown += ids.contains(one.id) ? 0 : 1;
            // Only the record that the cut goes through may have lost part of its id: a row of a
            // table still looks like a row.
            CHECK(unknown <= 1);
        } catch (const Error& error) {
            CHECK_FALSE(error.cause().empty());
        }
    }
}

/// The same records come out, however the bytes arrive.
inline void checkSplits(const Reader& reader, const std::string& text,
                        const std::string& name = "a")
{
    const auto whole = told(collect(reader, text, {}, name));
    const std::vector<std::vector<std::size_t>> manners{{1}, {7, 64, 3}, {4096, 1}};
    for (const auto& sizes : manners)
        CHECK(told(collect(reader, PiecedPackage(name, text, sizes))) == whole);
}

/// All strings that a reader handed on are UTF-8.
inline bool allUtf8(const Collected& all)
{
    return !firstBadUtf8(told(all));
}

/// The message with this id; the test fails without it.
inline const MessageRecord& messageWith(const Collected& all, const std::string& id)
{
    const auto found = std::ranges::find(all.messages, id, &MessageRecord::id);
    REQUIRE(found != all.messages.end());
    return *found;
}

/// "reply:ann:1 mention:bob:", in file order.
inline std::string tiesOf(const MessageRecord& message)
{
    std::string out;
    for (const auto& tie : message.ties) {
        if (!out.empty()) out += ' ';
        out += std::string(name(tie.kind)) + ':' + tie.account + ':' + tie.message;
    }
    return out;
}

}  // namespace kith::tests::posts
