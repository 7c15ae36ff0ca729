#include "core/store/flatchats.h"

#include "core/store/postings.h"
#include "core/store/tieblocks.h"

#include <algorithm>
#include <unordered_set>

namespace kith {

namespace {

/// A conversation up to this size is looked at as a whole, in about five bytes of memory for each
/// of its text. A longer one is looked at in such pieces, in the order in which it was stored, so
/// that memory does not grow with it.
constexpr std::size_t mostMessages = 100'000;
constexpr std::size_t mostBytes = 8U << 20U;
constexpr std::size_t mostAuthors = 20'000;  ///< half a kilobyte each, for what they may be called
constexpr std::size_t overlap =
    200;  ///< of the piece before: nobody answers what stands further off

/// Everything in one conversation: system lines too, for they part what is said.
class Pieces {
public:
    Pieces(const Database& db, std::int64_t conversation)
        : conversation_(conversation),
          postings_(db, PostingList::Conversation),
          walk_(postings_, conversation),
          row_(db,
               "SELECT id, iif(flags & 1, 0, ifnull(account, 0)), time, text, flags & 8 "
               "FROM message WHERE id = ?1 AND conversation = ?2 AND time IS NOT NULL")
    {}

    /// Puts the next piece behind the end of the one before, in time order. @return false at the
    /// end
    bool next()
    {
        if (messages_.size() > overlap)
            messages_.erase(messages_.begin(), messages_.end() - overlap);
        first_ = messages_.size();
        std::size_t bytes = 0;
        std::unordered_set<std::int64_t> authors;
        while (messages_.size() - first_ < mostMessages && bytes < mostBytes &&
               authors.size() < mostAuthors) {
            const auto number = walk_.next();
            if (!number) break;
            if (!row_.bind(*number, conversation_).next()) continue;
            messages_.push_back({MessageId{row_.integer(0)}, AccountId{row_.integer(1)},
                                 fromMillis(row_.integer(2)), row_.text(3), row_.integer(4) != 0});
            bytes += messages_.back().text.size();
            authors.insert(messages_.back().author.value);
        }
        row_.reset();
        std::stable_sort(messages_.begin() + static_cast<std::ptrdiff_t>(first_), messages_.end(),
                         [](const auto& a, const auto& b) { return a.time < b.time; });
        return messages_.size() > first_;
    }

    const std::vector<FlatMessage>& messages() const { return messages_; }
    std::size_t first() const { return first_; }  ///< that was not in the piece before

private:
    std::int64_t conversation_;
    Postings postings_;
    Postings::Walk walk_;
    Statement row_;
    std::vector<FlatMessage> messages_;
    std::size_t first_ = 0;
};

std::map<AccountId, std::string> namesOf(const Database& db,
                                         const std::vector<FlatMessage>& messages)
{
    std::map<AccountId, std::string> names;
    for (const FlatMessage& message : messages) {
        if (message.author) names.try_emplace(message.author);
    }
    Statement row(db, "SELECT name FROM account WHERE id = ?1");
    for (auto& [id, name] : names) {
        row.bind(id).next();
        name = row.text(0);
    }
    return names;
}

/// Messages whose file says what they answer: nothing is to be inferred about them.
class Answered {
public:
    Answered(const Database& db, std::int64_t conversation) : stored_(db)
    {
        Statement rows(db,
                       "SELECT DISTINCT message FROM unresolved WHERE conversation = ?1 AND "
                       "kind = 1 ORDER BY message");
        for (rows.bind(conversation); rows.next();) waiting_.push_back(rows.integer(0));
    }

    bool contains(MessageId message)
    {
        if (std::ranges::binary_search(waiting_, message.value)) return true;
        stored_.of(message.value, ties_);
        return std::ranges::find(ties_, TieKind::Reply, &StoredTie::kind) != ties_.end();
    }

private:
    TiesOfMessages stored_;
    std::vector<StoredTie> ties_;
    std::vector<std::int64_t> waiting_;
};

/// @return how many ties were written
std::uint64_t writeAnswers(const Pieces& piece, const std::vector<InferredAnswer>& answers,
                           Answered& answered, TieWriter& writer)
{
    const auto& messages = piece.messages();
    std::vector<StoredTie> ties;
    for (const InferredAnswer& answer : answers) {
        if (answer.from < piece.first()) continue;
        const FlatMessage& from = messages.at(answer.from);
        const FlatMessage& to = messages.at(answer.to);
        if (!from.author || !to.author || from.author == to.author) continue;
        if (answer.probability <= 0) continue;
        ties.push_back({from.id.value, TieKind::Adjacent, from.author.value, to.author.value,
                        to.id.value, from.time, answer.probability});
    }
    std::ranges::stable_sort(ties, {}, &StoredTie::message);
    std::erase_if(ties,
                  [&](const StoredTie& tie) { return answered.contains(MessageId{tie.message}); });
    for (const StoredTie& tie : ties) writer.add(tie);
    return ties.size();
}

std::uint64_t inferIn(const Database& db, std::int64_t conversation, const AnswerFinder& finder,
                      Task& task)
{
    dropInferredTies(db, conversation);
    Answered answered(db, conversation);
    TieWriter writer(db, conversation);
    std::uint64_t count = 0;
    for (Pieces piece(db, conversation); piece.next();) {
        task.advance(0);
        const auto& messages = piece.messages();
        count += writeAnswers(piece, finder(messages, namesOf(db, messages)), answered, writer);
    }
    writer.finish();
    return count;
}

}  // namespace

std::uint64_t inferAnswers(const Database& db, const std::vector<std::int64_t>& conversations,
                           const AnswerFinder& finder, Task& task)
{
    task.begin("Working out who answers whom", conversations.size());
    Statement mark(db, "UPDATE conversation SET flat = 1 WHERE id = ?1");
    std::uint64_t count = 0;
    for (const auto conversation : conversations) {
        mark.run(conversation);
        if (finder) count += inferIn(db, conversation, finder, task);
        task.advance();
    }
    return count;
}

}  // namespace kith
