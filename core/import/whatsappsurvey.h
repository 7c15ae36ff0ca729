#pragma once

#include "core/import/question.h"
#include "core/import/whatsappbody.h"
#include "core/import/whatsappheader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kith {

/// The sender's label in front of a body, cleaned of invisible marks, "~ " and odd blanks. When
/// nothing is left it is spelled out ("<U+200E>"), so that it is empty for no sender.
std::string senderLabel(std::string_view raw);

/// Where "Name: " ends in what stands behind a header; npos when the line has no sender.
std::size_t senderEnd(std::string_view behindHeader);

/// What is counted over the whole file and told once.
struct Tally {
    std::uint64_t count = 0;
    std::optional<std::uint64_t> line;

    void add(std::uint64_t at)
    {
        if (count++ == 0) line = at;
    }
};

/// What the first reading of a WhatsApp file finds out, before any line is given a meaning.
class ChatSurvey {
public:
    /// Takes the next line; lines without a header are only continuations.
    void add(std::string_view line, std::uint64_t number);

    /// Decides. To be called once, behind the last line.
    /// @throws Error BadInput: no messages, or two date orders in one file; NeedsAnswer: nothing in
    ///         the file tells day from month and `options.dates` is absent, or whether a name
    ///         holds a colon
    void finish(const ReadOptions& options, const Place& place);

    DateOrder order() const { return order_; }
    const std::string& orderReason() const { return orderReason_; }
    const ChatStyle& style() const { return style_; }
    std::uint64_t shortYears() const { return shortYears_; }
    std::uint64_t backwards() const { return chosen().backwards; }
    std::uint64_t firstBackwards() const { return chosen().firstBackwards; }
    /// More people write than names are kept of, for finding mentions.
    bool crowded() const { return others_.lines > 0; }
    /// Places where the time goes back by more than clocks are put back, though by less than a day:
    /// whoever copies a line into a message can make it look like another's.
    const Tally& slips() const { return chosen().slips; }

    /// True for a header that is part of a text pasted into a message: it has the other style than
    /// the file, or stands in a short run of old dates and nobody known says it.
    bool isPasted(const ChatHeader& header, std::uint64_t line, const std::string& sender) const;

    /// True when somebody of this label speaks outside of pasted text.
    bool knows(const std::string& label) const;
    /// The longest known label that what stands behind a header begins with, colons included.
    std::size_t senderEndOf(std::string_view behindHeader) const;
    const std::vector<std::string>& labelsWithColon() const { return withColon_; }
    std::vector<std::string> labels() const;

private:
    struct Sender {
        std::uint64_t lines = 0;
        std::uint64_t firstLine = 0;
        std::string second;       ///< what stands between the first and the second colon
        bool secondHolds = true;  ///< in every line
        std::array<bool, 2> outside{};
    };

    /// The file under one order of day and month.
    struct Reading {
        std::optional<WallTime> latest;
        std::optional<WallTime> previous;
        std::uint64_t steps = 0;  ///< back by however little, for telling the order
        Tally slips{};
        std::uint64_t backwards = 0;
        std::uint64_t firstBackwards = 0;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;
        std::uint64_t runStart = 0;
        std::uint64_t runEnd = 0;
        std::vector<Sender*> runSenders;
    };

    struct Evidence {
        std::uint64_t count = 0;
        std::uint64_t line = 0;
        std::string stamp;
    };

    void addDate(const ChatHeader& header, std::uint64_t line);
    void addTime(std::size_t which, const ChatHeader& header, std::uint64_t line, Sender& sender);
    static void closeRun(std::size_t which, Reading& reading, bool pasted);
    Sender& senderOf(const std::string& label);
    Sender& addSender(std::string_view behind, std::size_t end, std::uint64_t line);
    void addNotice(std::string_view behind);
    void decideOrder(const ReadOptions& options, const Place& place);
    void decideStyle();
    void decideLabels(const ReadOptions& options, const Place& place);
    const Reading& chosen() const { return readings_[order_ == DateOrder::MonthDayYear ? 1 : 0]; }

    std::array<Reading, 2> readings_;        ///< day first, month first
    std::array<std::uint64_t, 2> styles_{};  ///< dash, bracket
    std::unordered_map<std::string, Sender> senders_;
    Sender others_;
    std::string lastRaw_;
    Sender* lastSender_ = nullptr;
    std::vector<std::string> withColon_;
    std::string notices_;  ///< the first lines that name others, for names with a colon
    std::uint64_t headers_ = 0;
    std::uint64_t bracketWithoutSender_ = 0;
    bool firstWithoutSender_ = false;
    Evidence dayFirst_;
    Evidence monthFirst_;
    Evidence unknownWord_;
    Evidence open_;  ///< an example that fits both
    std::uint64_t yearFirst_ = 0;
    std::uint64_t shortYears_ = 0;
    std::array<std::uint64_t, 2> changes_{};
    std::array<int, 3> lastDate_{};
    DateOrder order_ = DateOrder::DayMonthYear;
    std::string orderReason_;
    Question dateQuestion_;
    ChatStyle style_;
};

}  // namespace kith
