#include "core/import/postimport.h"

#include "core/base/text.h"
#include "core/import/tabledates.h"

#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;

}  // namespace

void PostImport::refuse(const Place& place, std::string what)
{
    ++report_.seen;
    sink_.problem({Outcome::Refused, place, std::move(what)});
}

void PostImport::skip(const Place& place, std::string what)
{
    ++report_.seen;
    sink_.problem({Outcome::Skipped, place, std::move(what)});
}

void PostImport::note(const Place& place, std::string what)
{
    sink_.problem({Outcome::Noted, place, std::move(what)});
}

void PostImport::send(MessageRecord record)
{
    ++report_.seen;
    ++kept_;
    if (record.text.size() > longestText) {
        sink_.problem(
            {Outcome::Repaired, record.place,
             "the text of " + std::to_string(record.text.size()) + " bytes was cut at 256 KB"});
        record.text = shorten(record.text, longestText);
    }
    // A post may say that it passes on another, and not whose, nor which.
    std::erase_if(record.ties,
                  [](const TieRecord& tie) { return tie.account.empty() && tie.message.empty(); });
    std::erase_if(record.reactions, [](const ReactionRecord& one) { return one.account.empty(); });
    sink_.message(std::move(record));
}

void PostImport::describe(AccountRecord record)
{
    if (record.key.empty()) return;
    const bool more = !record.name.empty() || !record.handle.empty() || record.bot;
    const auto key = tableKey(record.key);
    if (!more || described_.contains(key)) return;
    if (described_.size() >= mostDescribed) described_.clear();
    // A bare handle may still be followed by a name.
    if (!described_.first(record.name.empty() ? ~key : key)) return;
    sink_.account(std::move(record));
}

bool PostImport::leaveOut(const Place& place, const std::string& reason)
{
    if (options_.privateToo) return false;
    ++leftOut_[reason];
    skip(place, "left out: it is one of the " + reason);
    return true;
}

void PostImport::noteLeftOut(const Place& place)
{
    for (const auto& [reason, count] : leftOut_) {
        note(place,
             withSeparators(static_cast<std::int64_t>(count)) + " " + reason + " were left out");
    }
}

std::string PostImport::conversation(std::string_view usual) const
{
    return options_.conversation.empty() ? std::string(usual) : options_.conversation;
}

std::optional<Time> postTime(std::string_view text)
{
    if (const auto iso = parseIso(trim(text))) {
        return Time(iso->wall.time_since_epoch() - iso->offset.value_or(std::chrono::minutes(0)));
    }
    text = trim(text);
    const bool words = !text.empty() && ((text.front() >= 'A' && text.front() <= 'Z') ||
                                         (text.front() >= 'a' && text.front() <= 'z'));
    if (!words) return std::nullopt;
    const auto moment = TableDates().read(text, Zone());
    return moment ? std::optional(moment->time) : std::nullopt;
}

}  // namespace kith
