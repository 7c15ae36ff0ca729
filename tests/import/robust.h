#pragma once

#include "tests/import/collect.h"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kith::tests {

/// Everything of a result that must not depend on how the bytes arrived.
inline std::string fingerprint(const Collected& all)
{
    std::string out;
    for (const auto& one : all.messages) {
        out += one.conversation + "|" + one.id + "|" + one.thread + "|" + one.account + "|" +
               std::to_string(toMillis(one.time)) + "|" + one.text;
        for (const auto& tie : one.ties) {
            out +=
                "|" + std::to_string(static_cast<int>(tie.kind)) + tie.account + ":" + tie.message;
        }
        out += '\n';
    }
    for (const auto& one : all.systems)
        out += "S|" + one.conversation + "|" + one.id + "|" + one.text + "\n";
    for (const auto& one : all.votes) {
        out += "V|" + one.account + "|" + one.message + "|" + std::to_string(one.value) + "\n";
    }
    for (const auto& one : all.problems) out += "P|" + one.place.text() + "|" + one.what + "\n";
    return out;
}

/// Splitting the stream of a single file at any byte changes nothing.
inline void checkSplit(const Reader& reader, const std::string& name, const std::string& text,
                       const ReadOptions& options = {})
{
    const auto whole = fingerprint(collect(reader, text, options, name));
    for (const auto& sizes : std::vector<std::vector<std::size_t>>{{1}, {7, 1, 64}, {4095, 2}}) {
        const PiecedPackage pieces(name, text, sizes);
        CHECK(fingerprint(collect(reader, pieces, options)) == whole);
    }
}

/// Cut anywhere, a file gives whole records in the order of the whole file, or one clear error.
inline void checkCut(const Reader& reader, const std::string& name, const std::string& text,
                     const ReadOptions& options = {})
{
    const auto whole = collect(reader, text, options, name);
    std::set<std::string> known;
    for (const auto& one : whole.messages) known.insert(one.id);
    const std::size_t step = std::max<std::size_t>(1, text.size() / 23);
    std::size_t most = 0;
    for (std::size_t cut = 1; cut < text.size(); cut += step) {
        INFO("cut at byte " << cut);
        try {
            const auto part = collect(reader, text.substr(0, cut), options, name);
            CHECK(part.adds());
            for (const auto& one : part.messages) CHECK(known.contains(one.id));
            CHECK(part.messages.size() >= most);
            most = part.messages.size();
        } catch (const Error& error) {
            CHECK(most == 0);
            CHECK(error.kind() == Error::Kind::BadInput);
        }
    }
    CHECK(most > 0);
}

}  // namespace kith::tests
