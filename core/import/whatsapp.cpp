#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/encoding.h"
#include "core/import/latin.h"
#include "core/import/lines.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/whatsappmentions.h"
#include "core/import/whatsappsurvey.h"
#include "core/import/whatsappwords.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

/// Wall times to instants. Within an hour that the zone treats evenly, its offset is kept.
class Clock {
public:
    explicit Clock(const Zone& zone) : zone_(zone) {}

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

std::string nameOfChat(const Package& package, const ReadOptions& options)
{
    if (const auto name = chatNamedBy(package.entries().front().name)) return std::string(*name);
    if (const auto name = chatNamedBy(package.name())) return std::string(*name);
    return options.conversation;
}

/// The encoding of the lines. The last line counts without the character that it may end in the
/// middle of: a file that was cut off there is not in another encoding.
class LineEncodings {
public:
    void look(std::string_view line, std::uint64_t number, std::uint64_t byte)
    {
        survey_.look(held_, line_, byte_);
        held_.clear();
        const bool ascii = line.empty() || static_cast<unsigned char>(line.back()) < 0x80;
        if (ascii) return survey_.look(line, number, byte);
        held_.assign(line);
        line_ = number;
        byte_ = byte;
    }

    const EncodingSurvey& finish()
    {
        held_.resize(held_.size() - cutUtf8Tail(held_));
        survey_.look(std::exchange(held_, {}), line_, byte_);
        return survey_;
    }

private:
    EncodingSurvey survey_;
    std::string held_;
    std::uint64_t line_ = 0;
    std::uint64_t byte_ = 0;
};

/// The second reading: gives every line its meaning and sends it on.
class ChatPass {
public:
    ChatPass(const Package& package, const ReadOptions& options, const ChatSurvey& survey,
             Sink& sink, std::string conversation)
        : place_(placeIn(package, 0)),
          zone_(options.zone.value_or(Zone())),
          clock_(zone_),
          survey_(survey),
          mentions_(survey.labels()),
          sink_(sink),
          conversation_(std::move(conversation))
    {}

    void line(std::string_view text, std::uint64_t number, std::uint64_t byte)
    {
        lineEnd_ = byte + text.size();
        number_ = number;
        const auto header = chatHeader(text);
        if (!header) {
            continuation(text, number, byte);
            return;
        }
        const auto behind = text.substr(header->body);
        const auto end = survey_.senderEndOf(behind);
        const bool named = end != std::string_view::npos;
        const auto raw = named ? behind.substr(0, end) : std::string_view();
        auto& account = accountOf(raw);
        if (open_ && survey_.isPasted(*header, number, account.label)) {
            pasted_.add(number);
            continuation(text, number, byte);
            return;
        }
        flush();
        ++seen_;
        open_ = true;
        header_ = *header;
        stamp_ = header->stamp;  // its views end with the line
        header_.stamp = {};
        header_.unknownWord = {};
        named_ = named;
        account_ = &account;
        line_ = number;
        byte_ = byte;
        auto body = named ? behind.substr(end + 1) : behind;
        if (named && body.starts_with(' ')) body.remove_prefix(1);
        bodyBytes_ = body.size();
        pieces_.assign(1, {0, number, lineEnd_ - body.size()});
        body_.assign(body);
    }

    void finish()
    {
        cutTail();
        flush();
        report();
    }

    std::uint64_t seen() const { return seen_; }

private:
    struct Account {
        std::string label;
        std::string key;
        bool phone = false;
        bool sent = false;
    };

    Place at(std::uint64_t line, std::uint64_t byte) const
    {
        Place place = place_;
        place.line = line;
        place.byte = byte;
        return place;
    }

    Account& accountOf(std::string_view raw)
    {
        if (lastAccount_ != nullptr && raw == lastRaw_) return *lastAccount_;
        lastRaw_ = raw;
        const auto [found, fresh] = accounts_.try_emplace(lastRaw_);
        auto& account = found->second;
        if (fresh) {
            account.label = senderLabel(repairUtf8(raw));
            if (const auto phone = phoneDigits(account.label)) {
                account.key = *phone;
                account.phone = true;
            } else {
                account.key = nfc(account.label);
            }
            if (account.label.find("<U+202") != std::string::npos) direction_.add(number_);
        }
        lastAccount_ = &account;
        return account;
    }

    void continuation(std::string_view text, std::uint64_t number, std::uint64_t byte)
    {
        if (!open_) {
            if (trim(text).empty() || headless_) return;
            headless_ = true;
            ++seen_;
            sink_.problem({Outcome::Skipped, at(number, byte),
                           "the text before the first message has no date and no sender"});
            return;
        }
        if (!body_.empty() || !text.empty() || named_) body_ += '\n';
        bodyBytes_ += text.size() + 1;
        if (body_.size() > longestText) return;
        pieces_.push_back({body_.size(), number, byte});
        body_.append(text.substr(0, longestText + 1));
    }

    /// A file that was cut off in the middle of a character ends before it.
    void cutTail()
    {
        const auto cut = open_ ? cutUtf8Tail(body_) : 0;
        if (cut == 0 || bodyBytes_ > longestText) return;
        body_.resize(body_.size() - cut);
        sink_.problem({Outcome::Noted, at(pieces_.back().line, lineEnd_ - cut),
                       "the file ends in the middle of a character, which is left out"});
    }

    /// Where a byte of the open message's body stands in the file.
    Place placeOf(std::size_t offset) const
    {
        const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::at);
        const auto& piece = after == pieces_.begin() ? pieces_.front() : *std::prev(after);
        return at(piece.line, piece.byte + (offset - piece.at));
    }

    void flush()
    {
        if (!std::exchange(open_, false)) return;
        while (body_.ends_with('\n')) body_.pop_back();
        const auto place = at(line_, byte_);
        const auto wall = header_.at(survey_.order());
        if (!wall) {
            sink_.problem({Outcome::Refused, place,
                           "the date in \"" + repairUtf8(stamp_) + "\" does not exist"});
            return;
        }
        if (body_.find('\0') != std::string::npos) {
            sink_.problem(
                {Outcome::Refused, place, "the message holds a NUL byte, which is no text"});
            return;
        }
        repair(place);
        const auto time = clock_.at(*wall);
        if (time.certainty == TimeCertainty::Shifted) shifted_.add(line_);
        if (time.certainty == TimeCertainty::Ambiguous) ambiguous_.add(line_);
        if (header_.shortYear) shortYear_.add(line_);
        auto body = named_ ? readChatBody(body_, header_.marked, survey_.style()) : ChatBody{};
        if (!named_ || body.kind == ChatBody::Kind::Notice) {
            sendNotice(time.time, place, named_ ? body.text : withoutInvisible(body_));
        } else {
            sendMessage(time, place, std::move(body));
        }
    }

    void repair(const Place& place)
    {
        if (const auto bad = firstBadUtf8(body_)) {
            sink_.problem({Outcome::Repaired, placeOf(*bad),
                           "the message holds bytes that are not UTF-8; they are shown as \uFFFD"});
            body_ = repairUtf8(body_);
        }
        if (body_.size() > longestText) {
            sink_.problem({Outcome::Repaired, place,
                           fmt::format("the message is {} bytes long and was cut at 256 KB",
                                       withSeparators(static_cast<std::int64_t>(bodyBytes_)))});
            body_ = shorten(body_, longestText - std::string_view("…").size());
        }
    }

    void sendNotice(Time time, const Place& place, std::string text)
    {
        sink_.system({{}, conversation_, time, true, std::move(text), place});
    }

    void sendMessage(const Zone::Resolved& time, const Place& place, ChatBody body)
    {
        if (!std::exchange(account_->sent, true)) {
            sink_.account(
                {account_->key, account_->label, account_->phone ? account_->key : "", false});
        }
        MessageRecord message;
        message.conversation = conversation_;
        message.account = account_->key;
        message.time = time.time;
        message.certainty = time.certainty;
        message.attachments = std::move(body.attachments);
        message.edited = body.edited;
        message.deleted = body.kind == ChatBody::Kind::Deleted;
        message.ties = mentions_.in(body.text, account_->key);
        message.text = std::move(body.text);
        message.place = place;
        sink_.message(std::move(message));
        ++said_;
    }

    void note(Outcome outcome, const Tally& tally, const std::string& what)
    {
        if (tally.count == 0) return;
        Place place = place_;
        place.line = tally.line;
        sink_.problem({outcome, place, what});
    }

    void report()
    {
        if (said_ == 0) {
            sink_.problem({Outcome::Noted, place_,
                           "nobody says anything in this file: it holds notices of the app only"});
        }
        if (survey_.backwards() > 0) {
            note(Outcome::Noted, {survey_.backwards(), survey_.firstBackwards()},
                 fmt::format("{} lines are dated more than a day before an earlier line",
                             survey_.backwards()));
        }
        note(Outcome::Noted, survey_.slips(),
             fmt::format("at {} the time goes back by more than an hour: a line that was copied "
                         "into a message may pass there for somebody else's",
                         survey_.slips().count == 1
                             ? "one place"
                             : fmt::format("{} places", survey_.slips().count)));
        note(Outcome::Noted, pasted_,
             fmt::format("{} lines look like messages but were pasted into another message; they "
                         "are kept as its text",
                         pasted_.count));
        note(Outcome::Repaired, shifted_,
             fmt::format("{} times fall into the hour that was skipped when the clocks went "
                         "forward; they are moved past it",
                         shifted_.count));
        note(Outcome::Noted, ambiguous_,
             fmt::format("{} times fall into the hour that happened twice when the clocks went "
                         "back; the earlier is taken",
                         ambiguous_.count));
        note(
            Outcome::Noted, shortYear_,
            fmt::format("{} years have two digits and are read as 2000 to 2099", shortYear_.count));
        note(Outcome::Noted, direction_,
             "a sender's name holds characters that turn the reading direction; they are written "
             "out");
        for (const auto& label : survey_.labelsWithColon()) {
            sink_.problem({Outcome::Noted, place_,
                           "the name \"" + senderLabel(label) + "\" is taken to hold a colon"});
        }
        if (!survey_.orderReason().empty()) {
            const bool day = survey_.order() == DateOrder::DayMonthYear;
            sink_.problem({Outcome::Noted, place_,
                           fmt::format("the dates are read {} first, because {}",
                                       day ? "day" : "month", survey_.orderReason())});
        }
    }

    Place place_;
    Zone zone_;
    Clock clock_;
    const ChatSurvey& survey_;
    ChatMentions mentions_;
    Sink& sink_;
    std::string conversation_;

    std::unordered_map<std::string, Account> accounts_;
    std::string lastRaw_;
    Account* lastAccount_ = nullptr;

    bool open_ = false;
    ChatHeader header_;
    std::string stamp_;
    bool named_ = false;
    Account* account_ = nullptr;
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

class WhatsappReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "whatsapp", "WhatsApp chat export", {"whatsapp"}, {".txt", ".zip"}, {.mentions = true}};
        return info;
    }

    /// More than half of the first lines that begin like a stamp must be one.
    Recognition recognise(const Probe& probe) const override
    {
        constexpr int enough = 20;
        int lines = 0;
        int headers = 0;
        for (const auto line : split(probe.head, '\n')) {
            if (lines == enough) break;
            if (trim(line).empty()) continue;
            ++lines;
            if (chatHeader(line)) ++headers;
        }
        if (headers == 0) return {};
        if (headers * 2 > lines) return {95, "its lines start with a WhatsApp date"};
        return {chatHeader(probe.head.substr(0, probe.head.find('\n'))) ? 80 : 40,
                "some of its lines start with a WhatsApp date"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto place = placeIn(package, 0);
        task.begin("Reading " + place.text(), package.entries().front().size * 2);
        FirstReading first;
        std::string conversation = nameOfChat(package, options);
        walk(package, task,
             [&](std::string_view line, const LineReader& lines) { first.take(line, lines); });
        const auto encoding = first.encoding.finish().decide(options.encoding, OneFile(package));
        const bool latin = encoding == TextEncoding::Windows1252;
        if (latin) {
            first = {};  // nothing it saw beyond ASCII was right
            walk(package, task, [&](std::string_view line, const LineReader& lines) {
                first.take(fromLatin(line), lines);
            });
        }
        const auto& survey = first.survey;
        first.survey.finish(options, place);
        if (conversation.empty()) conversation = first.created;
        if (conversation.empty()) conversation = package.entries().front().name;
        ChatPass pass(package, options, survey, sink, repairUtf8(conversation));
        walk(package, task, [&](std::string_view line, const LineReader& lines) {
            pass.line(latin ? std::string_view(fromLatin(line)) : line, lines.line(), lines.byte());
        });
        pass.finish();
        if (latin || first.utf16) {
            sink.problem(
                {Outcome::Noted, place,
                 fmt::format("the file is read as {}", latin ? "Windows-1252" : "UTF-16")});
        }
        if (!options.zone) {
            sink.problem({Outcome::Noted, place,
                          "the times carry no time zone and are read as UTC; pass --zone to say "
                          "where the phone was"});
        }
        return {pass.seen(), "whatsapp", options.zone.value_or(Zone()).name(), true};
    }

private:
    /// What is found out before any line is given a meaning.
    struct FirstReading {
        LineEncodings encoding;
        ChatSurvey survey;
        std::string created;  ///< name of the group, from the line that says who made it
        bool utf16 = false;

        void take(std::string_view line, const LineReader& lines)
        {
            encoding.look(line, lines.line(), lines.byte());
            survey.add(line, lines.line());
            if (created.empty()) created = nameInLine(line);
            utf16 = lines.isUtf16();
        }
    };

    static std::string nameInLine(std::string_view line)
    {
        const auto header = chatHeader(line);
        if (!header) return {};
        const auto behind = line.substr(header->body);
        if (senderEnd(behind) != std::string_view::npos &&
            behind.find("\u200E") == std::string_view::npos)
            return {};
        return std::string(createdGroup(behind).value_or(std::string_view()));
    }

    template <class Take>
    static void walk(const Package& package, Task& task, const Take& take)
    {
        const auto source = package.open(0);
        LineReader lines(*source, placeIn(package, 0).text());
        std::uint64_t before = 0;
        while (const auto line = lines.next()) {
            take(*line, lines);
            task.advance(lines.consumed() - std::exchange(before, lines.consumed()));
        }
    }
};

}  // namespace

const Reader& whatsappReader()
{
    static const WhatsappReader reader;
    return reader;
}

}  // namespace kith
