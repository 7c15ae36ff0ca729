#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/import/collect.h"

#include <optional>
#include <string>
#include <vector>

namespace kith::tests {

/// People, ties and problems of a graph file make up what it held.
inline bool graphAdds(const Collected& all)
{
    return all.report.seen == all.accounts.size() + all.givenTies.size() +
                                  all.count(Outcome::Skipped) + all.count(Outcome::Refused);
}

/// The error that reading ends with; nullopt when it does not.
inline std::optional<Error> failure(const Reader& reader, const std::string& text,
                                    const ReadOptions& options = {},
                                    const std::string& name = "a.csv")
{
    try {
        collect(reader, text, options, name);
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

inline Recognition recognition(const Reader& reader, const std::string& text,
                               std::string name = "a")
{
    constexpr std::size_t head = 1U << 16U;
    return reader.recognise(
        {std::move(name), std::string_view(text).substr(0, head), text.size() <= head, {}});
}

/// Everything a reader sent, in one text, for comparing.
inline std::string told(const Collected& all)
{
    std::string out;
    for (const auto& one : all.messages) {
        out += one.id + '|' + one.conversation + '|' + one.thread + '|' + one.account + '|' +
               std::to_string(toMillis(one.time)) + '|' + one.text + '|';
        for (const auto& tie : one.ties) {
            out += std::string(name(tie.kind)) + ':' + tie.account + ':' + tie.message + ' ';
        }
        out += '\n';
    }
    for (const auto& one : all.systems) out += one.text + '\n';
    for (const auto& one : all.accounts) out += one.key + '|' + one.name + '|' + one.handle + '\n';
    for (const auto& one : all.givenTies) {
        out += one.from + "->" + one.to + ' ' + std::to_string(one.weight) +
               (one.directed ? "" : " both") + '\n';
    }
    for (const auto& one : all.traits)
        out += one.account + '.' + one.trait + '=' + one.value + '\n';
    for (const auto& one : all.problems) out += one.place.text() + ' ' + one.what + '\n';
    return out;
}

/// The files of one folder of the public data whose names end so, sorted; empty when it is absent.
inline std::vector<std::filesystem::path> publicFiles(const std::string& folder,
                                                      const std::string& ending)
{
    std::vector<std::filesystem::path> found;
    const auto data = publicData();
    if (!data) return found;
    for (const auto& entry : std::filesystem::directory_iterator(*data / folder)) {
        if (entry.path().filename().string().ends_with(ending)) found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
}

/// Reads the text cut at random places: it may fail with an Error that says where, and what it kept
/// never exceeds what the whole text holds. Gives the number of cuts that could be read.
inline int readCut(const Reader& reader, const std::string& text, int cuts)
{
    Random random(7, text.size());
    int fine = 0;
    for (int turn = 0; turn < cuts && !text.empty(); ++turn) {
        const auto kept = text.substr(0, random.below(text.size()));
        try {
            collect(
                reader, kept,
                {.zone = {}, .dates = DateOrder::DayMonthYear, .columns = {}, .conversation = {}});
            ++fine;
        } catch (const Error& error) {
            if (error.cause().empty()) throw;
        }
    }
    return fine;
}

}  // namespace kith::tests
