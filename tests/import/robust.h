#pragma once

#include "core/base/error.h"
#include "core/import/question.h"
#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What every reader must bear: files that break off anywhere, and bytes that arrive in any pieces.
namespace kith::tests {

/// The answer that takes every chat of an export.
inline ReadOptions allChats()
{
    ReadOptions options;
    options.chats = {"*"};
    return options;
}

/// The chats that are asked about, "name: meaning", when none was chosen; empty when nothing is
/// asked. One that is not there is refused.
inline std::vector<std::string> chatsAsked(const Reader& reader, const Package& package)
{
    ReadOptions nowhere;
    nowhere.chats = {"Nowhere"};
    CHECK_THROWS_AS(collect(reader, package, nowhere), Error);
    std::vector<std::string> asked;
    try {
        (void)collect(reader, package);
    } catch (const AnswerNeeded& answer) {
        CHECK(answer.question().about == Question::About::Chats);
        for (const auto& choice : answer.question().choices) {
            CHECK(choice.meaning.starts_with(choice.value));
            asked.push_back(choice.meaning);
        }
    }
    return asked;
}

/// Time and words of everything that was said, sorted: what a reading is worth, whatever the order.
inline std::multiset<std::string> saidIn(const Collected& all)
{
    std::multiset<std::string> said;
    for (const auto& one : all.messages)
        said.insert(std::to_string(toMillis(one.time)) + ' ' + one.text);
    return said;
}

/// How many messages end before `cut`: those behind which another starts before it.
inline std::size_t wholeBefore(const Collected& all, const std::string& text, std::size_t cut)
{
    const auto lines = static_cast<std::uint64_t>(
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cut), '\n'));
    std::vector<std::uint64_t> starts;
    bool bytes = true;
    for (const auto& one : all.messages) bytes = bytes && one.place.byte.has_value();
    for (const auto& one : all.messages)
        starts.push_back(bytes ? *one.place.byte : one.place.line.value_or(0));
    std::ranges::sort(starts);
    const auto end = bytes ? cut : lines;
    const auto behind = std::ranges::lower_bound(starts, end);
    if (behind == starts.begin()) return 0;
    // The last record that starts before it is cut, with all that it gives.
    const auto whole = std::ranges::lower_bound(starts, *std::prev(behind));
    return static_cast<std::size_t>(whole - starts.begin());
}

/// Cuts `text` at `cuts` places, evenly spread: nothing but an Error may come out, whole records
/// before the cut are kept, nothing is made up but for the record that was cut, and the sum of what
/// became of the records is the number of records.
inline void checkCuts(const Reader& reader, const std::string& text, const std::string& name,
                      std::size_t cuts = 40, const ReadOptions& options = {})
{
    const auto whole = collect(reader, text, options, name);
    const auto said = saidIn(whole);
    for (std::size_t turn = 1; turn <= cuts; ++turn) {
        const auto cut = text.size() * turn / (cuts + 1);
        const auto wanted = wholeBefore(whole, text, cut);
        INFO(name << " cut at byte " << cut << " of " << text.size());
        try {
            const auto part = collect(reader, text.substr(0, cut), options, name);
            CHECK(part.adds());
            CHECK(part.messages.size() >= wanted);
            std::size_t strange = 0;
            for (const auto& one : saidIn(part)) strange += said.contains(one) ? 0U : 1U;
            CHECK(strange <= 1);
        } catch (const Error& error) {
            CHECK(!error.cause().empty());
            CHECK(!error.remedy().empty());
            CHECK(wanted == 0);
        }
    }
}

/// The same bytes in pieces of one, two, three ... bytes give the same.
inline void checkSplits(const Reader& reader, const std::string& text, const std::string& name,
                        const ReadOptions& options = {})
{
    const auto whole = collect(reader, text, options, name);
    const std::vector<std::vector<std::size_t>> all{{1}, {2}, {3, 1}, {7, 64, 1}, {1000}};
    for (const auto& sizes : all) {
        const PiecedPackage package(name, text, sizes);
        const auto pieced = collect(reader, package, options);
        INFO(name << " in pieces of " << sizes.front());
        CHECK(pieced.report.seen == whole.report.seen);
        CHECK(saidIn(pieced) == saidIn(whole));
        CHECK(pieced.systems.size() == whole.systems.size());
        CHECK(pieced.problems.size() == whole.problems.size());
        CHECK(pieced.accounts.size() == whole.accounts.size());
    }
}

}  // namespace kith::tests
