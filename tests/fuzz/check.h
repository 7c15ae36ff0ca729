#pragma once

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/import/reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

namespace kith::fuzz {

/// Ends the program, which the fuzzer reports with the input that led here.
inline void require(bool fine, const char* what, std::string_view detail = {})
{
    if (fine) return;
    const std::string shown(detail.substr(0, 300));
    std::fprintf(stderr, "broken promise: %s: %s\n", what, shown.c_str());
    std::abort();
}

inline void requireText(const char* what, std::string_view text)
{
    require(!firstBadUtf8(text), what, text);
}

inline void requireError(const Error& error)
{
    requireText("a sentence is no UTF-8", error.what());
    require(!error.cause().empty(), "an error without words");
    require(error.kind() == Error::Kind::NotFound || !error.remedy().empty(),
            "an error without a remedy", error.what());
}

inline void requireTime(Time time)
{
    static const auto end = parseIso("9999-12-31T23:59")->wall.time_since_epoch();
    constexpr auto slack = std::chrono::hours(48);
    require(time.time_since_epoch() >= -slack && time.time_since_epoch() <= end + slack,
            "a time out of range", isoText(time));
}

/// Counters of our own for the fuzzer, which keeps what reaches a new one: here, an input that
/// costs more time, or more for each byte, than any before. So it climbs towards what is slow.
__attribute__((section("__libfuzzer_extra_counters"))) static std::uint8_t costs[64];

inline void noteCost(double seconds, std::size_t size)
{
    constexpr double usual = 0.002;  // what any input may take; below it, chance says more
    constexpr double leastPerByte = 1e-7;
    const double more = seconds - usual;
    if (more <= 0) return;
    const auto step = [](double ratio) {
        constexpr double last = 31;
        return static_cast<std::size_t>(std::clamp(2 * std::log2(ratio), 0.0, last));
    };
    constexpr std::size_t perByte = sizeof costs / 2;
    costs[step(more / usual)] = 1;
    costs[perByte + step(more / static_cast<double>(size + 1) / leastPerByte)] = 1;
}

/// What an input may take (RELIABILITY F3), in seconds of this program alone: a machine with other
/// work makes nothing slow.
class Stopwatch {
public:
    void requireFast(std::size_t size) const
    {
        constexpr std::size_t small = 64U << 10U;
        const double most = size <= small ? 1 : 3;
        const double took = static_cast<double>(std::clock() - begin_) / CLOCKS_PER_SEC;
        noteCost(took, size);
        require(took <= most, "an input that takes too long", std::to_string(took) + " s");
    }

private:
    std::clock_t begin_ = std::clock();
};

/// Checks everything that a reader promises of what it hands on, and keeps a digest of it.
class CheckingSink final : public Sink {
public:
    void account(AccountRecord record) override
    {
        ++nodes_;
        require(!record.key.empty(), "an account without key");
        add({record.key, record.name, record.handle});
    }

    void message(MessageRecord&& record) override
    {
        ++said_;
        ++records_;
        constexpr std::size_t longestText = (256U << 10U) + std::string_view("…").size();
        require(record.text.size() <= longestText, "a message longer than 256 KB");
        if (record.timed) requireTime(record.time);
        add({record.id, record.conversation, record.thread, record.account, record.text});
        digest_.add(record.timed ? toMillis(record.time) : 0);
        for (const auto& tie : record.ties) {
            require(!tie.account.empty() || !tie.message.empty(), "a tie to nothing");
            require(std::isfinite(tie.weight), "a weight that is no number");
            require(tie.kind != TieKind::Given, "a given tie made by a message");
            add({tie.account, tie.message});
        }
        for (const auto& reaction : record.reactions) {
            require(!reaction.account.empty(), "a reaction of nobody");
            if (reaction.time) requireTime(*reaction.time);
            add({reaction.account, reaction.what});
        }
        for (const auto& one : record.attachments) add({one});
        place(record.place);
    }

    void system(SystemRecord record) override
    {
        ++said_;
        ++records_;
        if (record.timed) requireTime(record.time);
        add({record.id, record.conversation, record.text});
        place(record.place);
    }

    void change(ChangeRecord record) override
    {
        require(!record.message.empty(), "a change of no message");
        if (record.time) requireTime(*record.time);
        add({record.conversation, record.message, record.account, record.text});
        place(record.place);
    }

    void givenTie(GivenTie tie) override
    {
        ++given_;
        require(!tie.from.empty() && !tie.to.empty(), "a tie without ends");
        require(std::isfinite(tie.weight) && tie.weight > 0, "a weight that is no number over 0");
        if (tie.time) requireTime(*tie.time);
        add({tie.from, tie.to});
        place(tie.place);
    }

    void trait(TraitRecord record) override
    {
        require(!record.account.empty() && !record.trait.empty() && !record.value.empty(),
                "a trait with an empty part");
        add({record.account, record.trait, record.value});
    }

    void vote(VoteRecord record) override
    {
        ++records_;
        require(!record.account.empty() && !record.message.empty(), "a vote with an empty part");
        require(record.value >= -1 && record.value <= 1, "a vote that is none");
        if (record.time) requireTime(*record.time);
        add({record.account, record.conversation, record.message});
        place(record.place);
    }

    void problem(Problem problem) override
    {
        const bool instead =
            problem.outcome == Outcome::Skipped || problem.outcome == Outcome::Refused;
        if (instead) ++records_;
        require(!problem.what.empty(), "a problem without words");
        add({problem.what});
        place(problem.place);
    }

    /// What the reader counted where it split the file must be what arrived.
    void finish(const ReadReport& report)
    {
        // In a graph people and ties are records; elsewhere people come along with what they say.
        const bool graph = said_ == 0 && records_ != report.seen;
        const auto all = records_ + (graph ? given_ + nodes_ : 0);
        require(all == report.seen, "records do not add up",
                std::to_string(report.seen) + " seen, " + std::to_string(all) + " arrived");
        requireText("a platform that is no UTF-8", report.platform);
        for (const auto& column : report.columns) {
            add({column.header, column.role});
            for (const auto& sample : column.samples) add({sample});
        }
    }

    Hash digest() { return digest_.finish(); }

private:
    void add(std::initializer_list<std::string_view> texts)
    {
        for (const auto text : texts) {
            requireText("a text that is no UTF-8", text);
            digest_.add(text);
        }
    }

    void place(const Place& place)
    {
        requireText("a place that is no UTF-8", place.file);
        requireText("a place that is no UTF-8", place.entry);
        require(!place.line || *place.line > 0, "a line before the first");
    }

    Hasher digest_;
    std::uint64_t records_ = 0;
    std::uint64_t said_ = 0;
    std::uint64_t nodes_ = 0;
    std::uint64_t given_ = 0;
};

}  // namespace kith::fuzz
