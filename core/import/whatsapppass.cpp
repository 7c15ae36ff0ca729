#include "core/import/whatsapppass.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

}  // namespace

ChatPass::ChatPass(const Package& package, const ReadOptions& options, const ChatSurvey& survey,
                   Sink& sink, std::string conversation)
    : place_(placeIn(package, 0)),
      zone_(options.zone.value_or(Zone())),
      clock_(zone_),
      survey_(survey),
      mentions_(survey.labels()),
      sink_(sink),
      conversation_(std::move(conversation))
{}

void ChatPass::line(std::string_view text, std::uint64_t number, std::uint64_t byte)
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
    const auto account = accountOf(raw);
    if (open_ && survey_.isPasted(*header, number, account->label)) {
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
    account_ = account;
    line_ = number;
    byte_ = byte;
    auto body = named ? behind.substr(end + 1) : behind;
    if (named && body.starts_with(' ')) body.remove_prefix(1);
    bodyBytes_ = body.size();
    pieces_.assign(1, {0, number, lineEnd_ - body.size()});
    body_.assign(body);
}

void ChatPass::finish()
{
    cutTail();
    flush();
    report();
}

Place ChatPass::at(std::uint64_t line, std::uint64_t byte) const
{
    Place place = place_;
    place.line = line;
    place.byte = byte;
    return place;
}

std::shared_ptr<ChatPass::Account> ChatPass::accountOf(std::string_view raw)
{
    if (lastAccount_ != nullptr && raw == lastRaw_) return lastAccount_;
    lastRaw_ = raw;
    constexpr std::size_t most = 20'000;
    if (accounts_.size() >= most) accounts_.clear();  // some are described once more, then
    auto& known = accounts_[lastRaw_];
    if (!known) {
        known = std::make_shared<Account>();
        auto& account = *known;
        account.label = senderLabel(repairUtf8(raw));
        if (const auto phone = phoneDigits(account.label)) {
            account.key = *phone;
            account.phone = true;
        } else {
            account.key = nfc(account.label);
        }
        const auto turned = [&](const char* sign) {
            return account.label.find(sign) != std::string::npos;
        };
        if (turned("<U+202D>") || turned("<U+202E>")) direction_.add(number_);
    }
    lastAccount_ = known;
    return known;
}

void ChatPass::continuation(std::string_view text, std::uint64_t number, std::uint64_t byte)
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

void ChatPass::cutTail()
{
    const auto cut = open_ ? cutUtf8Tail(body_) : 0;
    if (cut == 0 || bodyBytes_ > longestText) return;
    body_.resize(body_.size() - cut);
    sink_.problem({Outcome::Noted, at(pieces_.back().line, lineEnd_ - cut),
                   "the file ends in the middle of a character, which is left out"});
}

Place ChatPass::placeOf(std::size_t offset) const
{
    const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::at);
    const auto& piece = after == pieces_.begin() ? pieces_.front() : *std::prev(after);
    return at(piece.line, piece.byte + (offset - piece.at));
}

void ChatPass::flush()
{
    if (!std::exchange(open_, false)) return;
    while (body_.ends_with('\n')) body_.pop_back();
    const auto place = at(line_, byte_);
    const auto wall = header_.at(survey_.order());
    if (!wall) {
        sink_.problem(
            {Outcome::Refused, place, "the date in \"" + repairUtf8(stamp_) + "\" does not exist"});
        return;
    }
    if (body_.find('\0') != std::string::npos) {
        sink_.problem({Outcome::Refused, place, "the message holds a NUL byte, which is no text"});
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

void ChatPass::repair(const Place& place)
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

void ChatPass::sendNotice(Time time, const Place& place, std::string text)
{
    sink_.system({{}, conversation_, time, true, std::move(text), place});
}

void ChatPass::sendMessage(const Zone::Resolved& time, const Place& place, ChatBody body)
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

void ChatPass::note(Outcome outcome, const Tally& tally, const std::string& what)
{
    if (tally.count == 0) return;
    Place place = place_;
    place.line = tally.line;
    sink_.problem({outcome, place, what});
}

void ChatPass::report()
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
         fmt::format("at {} the time goes back by more than an hour: a line that was copied into a "
                     "message may pass there for somebody else's",
                     survey_.slips().count == 1 ? "one place"
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
    note(Outcome::Noted, shortYear_,
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
                       fmt::format("the dates are read {} first, because {}", day ? "day" : "month",
                                   survey_.orderReason())});
    }
}

}  // namespace kith
