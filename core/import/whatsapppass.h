#pragma once

#include "core/base/time.h"
#include "core/import/reader.h"
#include "core/import/whatsappbody.h"
#include "core/import/whatsappheader.h"
#include "core/import/whatsappmentions.h"
#include "core/import/whatsappsurvey.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith {

/// Wall times to instants. Within an hour that the zone treats evenly, its offset is kept.
class HourClock {
public:
    explicit HourClock(const Zone& zone) : zone_(zone) {}

    Zone::Resolved at(WallTime wall)
    {
        const auto hour = std::chrono::floor<std::chrono::hours>(wall);
        if (!known_ || hour != hour_) {
            const auto begin = zone_.toUtc(hour);
            const auto end =
                zone_.toUtc(hour + std::chrono::hours(1) - std::chrono::milliseconds(1));
            hour_ = hour;
            known_ = true;
            offset_ = begin.time.time_since_epoch() - WallTime(hour).time_since_epoch();
            even_ = begin.certainty == TimeCertainty::Zoned &&
                    end.certainty == TimeCertainty::Zoned &&
                    end.time - begin.time == std::chrono::hours(1) - std::chrono::milliseconds(1);
        }
        if (!even_) return zone_.toUtc(wall);
        return {Time(wall.time_since_epoch() + offset_), TimeCertainty::Zoned};
    }

private:
    const Zone& zone_;
    bool known_ = false;
    bool even_ = false;
    std::chrono::time_point<std::chrono::local_t, std::chrono::hours> hour_{};
    std::chrono::milliseconds offset_{};
};

/// The second reading: gives every line its meaning and sends it on.
class ChatPass {
public:
    ChatPass(const Package& package, const ReadOptions& options, const ChatSurvey& survey,
             Sink& sink, std::string conversation);
    void line(std::string_view text, std::uint64_t number, std::uint64_t byte);
    void finish();
    std::uint64_t seen() const { return seen_; }

private:
    struct Account {
        std::string label;
        std::string key;
        bool phone = false;
        bool sent = false;
    };

    Place at(std::uint64_t line, std::uint64_t byte) const;
    std::shared_ptr<Account> accountOf(std::string_view raw);
    void continuation(std::string_view text, std::uint64_t number, std::uint64_t byte);

    /// A file that was cut off in the middle of a character ends before it.
    void cutTail();

    /// Where a byte of the open message's body stands in the file.
    Place placeOf(std::size_t offset) const;
    void flush();
    void repair(const Place& place);
    void sendNotice(Time time, const Place& place, std::string text);
    void sendMessage(const Zone::Resolved& time, const Place& place, ChatBody body);
    void note(Outcome outcome, const Tally& tally, const std::string& what);
    void report();

    Place place_;
    Zone zone_;
    HourClock clock_;
    const ChatSurvey& survey_;
    ChatMentions mentions_;
    Sink& sink_;
    std::string conversation_;

    std::unordered_map<std::string, std::shared_ptr<Account>> accounts_;  ///< emptied when large
    std::string lastRaw_;
    std::shared_ptr<Account> lastAccount_;

    bool open_ = false;
    ChatHeader header_;
    std::string stamp_;
    bool named_ = false;
    std::shared_ptr<Account> account_;
    std::uint64_t line_ = 0;
    std::uint64_t byte_ = 0;
    std::string body_;
    std::uint64_t bodyBytes_ = 0;  ///< of all of it, however little is kept
    struct Piece {
        std::size_t at;  ///< in body_
        std::uint64_t line;
        std::uint64_t byte;
    };
    std::vector<Piece> pieces_;  ///< the lines of body_
    std::uint64_t lineEnd_ = 0;
    std::uint64_t number_ = 0;  ///< of the line at hand, which need not be the open message's

    std::uint64_t seen_ = 0;
    std::uint64_t said_ = 0;
    bool headless_ = false;
    Tally pasted_;
    Tally shifted_;
    Tally ambiguous_;
    Tally shortYear_;
    Tally direction_;
};

}  // namespace kith
