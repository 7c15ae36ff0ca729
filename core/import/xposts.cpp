#include "core/import/xposts.h"

#include "core/base/text.h"
#include "core/import/markup.h"
#include "core/import/once.h"
#include "core/import/tablecells.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t keptBack = 500;
constexpr std::size_t longId = 17;  ///< digits; a double keeps 15 of them for certain

}  // namespace

void XPosts::Ids::survey(const std::string& id)
{
    if (isMangled(id)) damaged = true;
    if (id.size() < longId || !met.insert(id).second) return;
    ++seen;
    if (isRounded(id)) ++rounded;
    if (id.ends_with("00")) ++shortened;
}

/// One id in ten thousand ends in four zeros by itself, one in a hundred in two.
void XPosts::Ids::decide()
{
    constexpr std::uint64_t enough = 3;
    met.clear();
    if (seen == 0) return;
    damaged = damaged || rounded == seen || (seen >= enough && shortened == seen);
}

void XPosts::learn(const XPerson& person)
{
    if (!person.id.empty() && !person.handle.empty())
        numbers_.meet(asciiLower(person.handle), person.id);
}

void XPosts::meet(const XPerson& person, bool isProtected)
{
    if (person.id.empty() || person.handle.empty()) return;
    learn(person);
    if (!decided_) {
        const auto [known, isNew] = met_.try_emplace(person.id, person);
        if (!isNew && known->second.name.empty()) known->second.name = person.name;
    } else if (!people_.damaged) {
        import_.describe({person.id, person.name, person.handle, false});
    }
    if (!isProtected || std::exchange(protectedSaid_, true)) return;
    import_.note(file_,
                 "it holds tweets of protected accounts, which were not meant for the public");
}

void XPosts::take(XPost post)
{
    if (decided_) return send(std::move(post));
    posts_.survey(post.id);
    if (post.answers) posts_.survey(post.answers->post);
    people_.survey(post.author.id);
    waiting_.push_back(std::move(post));
    if (waiting_.size() >= keptBack) decide(file_);
}

void XPosts::distrustIds(const Place& place)
{
    posts_.damaged = true;
    decide(place);
}

void XPosts::finish()
{
    if (!decided_) decide(file_);
}

void XPosts::decide(const Place& place)
{
    posts_.decide();
    people_.decide();
    decided_ = true;
    if (posts_.damaged && !std::exchange(damageSaid_, true)) {
        import_.note(place,
                     "the message ids were rounded by a spreadsheet, so they are not used: replies "
                     "cannot be matched to the messages they answer");
    }
    if (people_.damaged) {
        import_.note(place,
                     "the account ids were rounded by a spreadsheet, so people are told "
                     "apart by their handles");
    }
    for (const auto& [id, one] : std::exchange(met_, {})) {
        if (!people_.damaged) import_.describe({one.id, one.name, one.handle, false});
    }
    for (auto& post : std::exchange(waiting_, {})) send(std::move(post));
}

std::string XPosts::postId(const std::string& id) const
{
    return posts_.damaged || isMangled(id) ? std::string() : id;
}

std::string XPosts::key(const XPerson& person)
{
    if (!person.id.empty() && !people_.damaged && !isMangled(person.id)) return person.id;
    if (person.handle.empty()) return {};
    const auto folded = asciiLower(person.handle);
    if (!people_.damaged) {
        if (const auto known = numbers_.find(folded)) return std::string(*known);
    }
    auto key = "@" + folded;
    import_.describe(
        {key, person.name.empty() ? person.handle : person.name, person.handle, false});
    return key;
}

void XPosts::send(XPost post)
{
    MessageRecord record;
    record.id = postId(post.id);
    record.conversation = import_.conversation("X");
    record.thread = postId(post.thread);
    record.account = key(post.author);
    record.timed = post.time.has_value();
    record.time = post.time.value_or(Time());
    record.text = decodeEntities(post.text);
    record.edited = post.edited;
    record.attachments = std::move(post.attachments);
    record.place = std::move(post.place);
    if (post.reposts) {
        // The words are another's, and so are the mentions in them.
        record.kind = MessageKind::Repost;
        record.ties.push_back(
            {TieKind::Repost, key(post.reposts->author), postId(post.reposts->post), 1});
        return import_.send(std::move(record));
    }
    if (post.answers) {
        record.ties.push_back(
            {TieKind::Reply, key(post.answers->author), postId(post.answers->post), 1});
    }
    for (const auto& quote : post.quotes)
        record.ties.push_back({TieKind::Quote, key(quote.author), postId(quote.post), 1});
    addMentions(post, record);
    import_.send(std::move(record));
}

/// A reply names whom it answers: that is one act, so no mention beside the reply.
void XPosts::addMentions(const XPost& post, MessageRecord& record)
{
    Once done{record.account, {}};
    if (post.answers) (void)done.first(key(post.answers->author));
    for (const auto& mention : post.mentions) {
        auto who = key(mention);
        if (!done.first(who)) continue;
        record.ties.push_back({TieKind::Mention, std::move(who), {}, 1});
    }
}

}  // namespace kith
