#pragma once

#include "tests/fuzz/check.h"
#include "tests/fuzz/package.h"

namespace kith::fuzz {

inline std::shared_ptr<const Package> packageFrom(const Reader& reader, std::string_view bytes)
{
    if (reader.wantsCollection()) return packageOf("export.zip", entriesIn(bytes));
    const auto& extensions = reader.info().extensions;
    const std::string name = "chat" + std::string(extensions.empty() ? ".txt" : extensions.front());
    return packageOf(name, {{name, std::string(bytes)}});
}

/// Answers to what only a user could decide, by the length of the input: all are met.
inline ReadOptions optionsFor(std::size_t size)
{
    ReadOptions options;
    if (size % 2 == 0)
        options.dates = size % 4 == 0 ? DateOrder::DayMonthYear : DateOrder::MonthDayYear;
    if (size % 3 == 0) options.zone = Zone::find("Europe/London");
    if (size % 5 == 0) options.encoding = size % 10 == 0 ? "utf-8" : "windows-1252";
    if (size % 7 != 0) options.chats = {"*"};
    options.privateToo = size % 11 == 0;
    return options;
}

/// A digest of all that was handed on, or of the sentence that refused it.
inline Hash outcome(const Reader& reader, const Package& package, const ReadOptions& options)
{
    CheckingSink sink;
    Task task;
    try {
        sink.finish(reader.read(package, options, sink, task));
        return sink.digest();
    } catch (const Error& error) {
        requireError(error);
        return hashOf(std::string_view(error.what()));
    }
}

/// Any bytes through a reader, whole and in pieces: ends the program when a promise is broken.
inline void readOnce(const Reader& reader, std::string_view bytes)
{
    const auto package = packageFrom(reader, bytes);
    if (package->entries().empty()) return;
    const auto options = optionsFor(bytes.size());
    const Stopwatch watch;
    const auto whole = outcome(reader, *package, options);
    watch.requireFast(bytes.size());
    constexpr std::size_t small = 4096;
    if (bytes.size() <= small) {
        const auto pieces = outcome(reader, PiecedPackage(package, 1 + bytes.size() % 13), options);
        require(whole == pieces, "bytes that arrive in pieces are read otherwise");
    }
}

}  // namespace kith::fuzz
