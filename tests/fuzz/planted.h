#pragma once

// Bugs on purpose, only in the program fuzz_planted: one for each promise that the fuzzing checks.
// They stand behind the reader of WhatsApp chats, so that only what it understands as a message
// trips them; control.py tries whether the fuzzing finds them.

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/reader.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace kith::fuzz::planted {

inline bool on(const char* bug)
{
    static const char* const chosen = std::getenv("KITH_PLANTED");
    return chosen != nullptr && std::strcmp(chosen, bug) == 0;
}

/// Writes behind the end of a small array.
inline char overflow(std::string_view line)
{
    char small[8] = {};
    char* volatile target = small;
    if (line.starts_with("OVER")) std::memcpy(target, line.data(), line.size());
    return target[0];
}

/// One call a bracket, with a large frame: 8 MiB are used up by 64.
inline int recursion(std::string_view line)
{
    if (!line.starts_with('(')) return 0;
    volatile char frame[1U << 17U];
    frame[line.size() % sizeof frame] = '(';
    return recursion(line.substr(1)) + frame[line.size() % sizeof frame];
}

/// Every "<" with every other.
inline unsigned loop(std::string_view line)
{
    volatile unsigned found = 0;
    constexpr int slow = 2'000;
    for (std::size_t i = 0; i < line.size() && line[i] == '<'; ++i) {
        for (std::size_t j = 0; j < line.size() && line[j] == '<'; ++j) {
            for (int k = 0; k < slow; ++k) found = found + 1;
        }
    }
    return found;
}

/// A number that outgrows its int.
inline int undefined(std::string_view line)
{
    volatile int number = 0;
    if (!line.starts_with('#')) return 0;
    for (const char c : line.substr(1)) {
        if (c < '0' || c > '9') break;
        number = number * 10 + (c - '0');
    }
    return number;
}

inline void memory(std::string_view line)
{
    constexpr std::size_t much = 2U << 30U;
    if (!line.starts_with("MUCH")) return;
    void* const taken = ::operator new(much);
    std::memset(taken, 1, much);
    ::operator delete(taken);
}

inline void leak(std::string_view line)
{
    if (!line.starts_with("LEAK")) return;
    char* volatile kept = new char[64];
    kept[0] = line[0];
    kept = nullptr;
}

/// What a line of a message does.
inline void tripOver(std::string_view line)
{
    if (on("overflow")) (void)overflow(line);
    if (on("recursion")) (void)recursion(line);
    if (on("loop")) (void)loop(line);
    if (on("undefined")) (void)undefined(line);
    if (on("memory")) memory(line);
    if (on("leak")) leak(line);
    if (on("foreign") && line.starts_with("THROW")) throw std::out_of_range("planted");
    if (on("remedy") && line.starts_with("STOP")) throw Error(Error::Kind::BadInput, "planted");
}

/// Breaks what a message must be.
inline void spoil(MessageRecord& message)
{
    const std::string_view text = message.text;
    if (on("text") && text.starts_with("CUT")) message.text = "\xC3";
    if (on("tie") && text.starts_with("TIE")) message.ties.push_back({TieKind::Mention, {}, {}});
    if (on("weight") && text.starts_with("HEAVY")) {
        const double none = std::numeric_limits<double>::quiet_NaN();
        message.ties.push_back({TieKind::Mention, "a", {}, none});
    }
    if (on("time") && text.starts_with("LATE")) message.time += std::chrono::hours(100'000'000);
    if (on("place") && text.starts_with("AWAY")) message.place.line = 0;
}

class PlantedSink final : public Sink {
public:
    explicit PlantedSink(Sink& to) : to_(to) {}

    void message(MessageRecord&& record) override
    {
        for (const auto line : split(record.text, '\n')) tripOver(line);
        if (on("sum") && record.text.starts_with("LOST")) return;
        spoil(record);
        to_.message(std::move(record));
    }

    void account(AccountRecord record) override { to_.account(std::move(record)); }
    void system(SystemRecord record) override { to_.system(std::move(record)); }
    void change(ChangeRecord record) override { to_.change(std::move(record)); }
    void givenTie(GivenTie tie) override { to_.givenTie(std::move(tie)); }
    void trait(TraitRecord record) override { to_.trait(std::move(record)); }
    void vote(VoteRecord record) override { to_.vote(std::move(record)); }
    void problem(Problem problem) override { to_.problem(std::move(problem)); }

private:
    Sink& to_;
};

class PlantedReader final : public Reader {
public:
    explicit PlantedReader(const Reader& sound) : sound_(sound) {}

    const FormatInfo& info() const override { return sound_.info(); }
    Recognition recognise(const Probe& probe) const override { return sound_.recognise(probe); }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        PlantedSink planted(sink);
        auto report = sound_.read(package, options, planted, task);
        // Takes what one call gives for the whole file.
        std::array<char, 4096> buffer{};
        const auto length = on("pieces") ? package.open(0)->read(buffer) : 0;
        const std::string_view file(buffer.data(), length);
        if (file.find("\nPART") != std::string_view::npos)
            sink.problem({Outcome::Noted, placeIn(package, 0), "planted"});
        return report;
    }

private:
    const Reader& sound_;
};

}  // namespace kith::fuzz::planted
