#include "core/store/threadbook.h"

#include "core/store/rows.h"

namespace kith {

namespace {

constexpr std::size_t mostKnown = 200'000;
constexpr std::size_t mostWaiting = 100'000;
constexpr std::size_t peopleColumn = 3;
constexpr std::size_t sieveWords = 1U << 20U;

}  // namespace

ThreadBook::ThreadBook(const Database& db)
    : anyBefore_(holdsAny(db, "thread")),
      firstWaiting_(nextNumber(db, "thread")),
      waiting_(peopleColumn + 1),
      find_(db, "SELECT id FROM thread WHERE conversation = ?1 AND native = ?2"),
      insert_(db,
              "INSERT OR FAIL INTO thread (id, conversation, native, people) "
              "SELECT c0, c1, c2, c3 FROM batch(?1)"),
      update_(db, "UPDATE thread SET people = ?2 WHERE id = ?1")
{}

std::int64_t ThreadBook::thread(std::int64_t conversation, const NativeId& id, std::uint64_t key)
{
    if (const auto* known = known_.find(key)) return static_cast<std::int64_t>(*known);
    if (known_.size() >= mostKnown) {
        flush();
        if (!forgotten_.isOpen()) forgotten_.open(sieveWords);
        known_.each([this](std::uint64_t one, std::uint64_t) { forgotten_.add(one); });
        known_.clear();
    }
    const bool other = anyBefore_ || (forgotten_.isOpen() && forgotten_.mayHold(key));
    auto found = other ? find(conversation, id) : 0;
    if (found == 0) {
        if (waiting_.rows() >= mostWaiting) flush();
        found = firstWaiting_ + static_cast<std::int64_t>(waiting_.rows());
        waiting_.add(found);
        waiting_.add(conversation);
        id.addTo(waiting_);
        waiting_.add(std::int64_t{0});
    }
    known_.add(key, static_cast<std::uint64_t>(found));
    return found;
}

std::int64_t ThreadBook::find(std::int64_t conversation, const NativeId& id)
{
    find_.bind(conversation);
    id.bind(find_, 2);
    const auto found = find_.next() ? find_.integer(0) : 0;
    find_.reset();
    return found;
}

void ThreadBook::setPeople(std::int64_t thread, std::int64_t people)
{
    if (thread < firstWaiting_) {
        update_.run(thread, people);
    } else {
        waiting_.set(static_cast<std::size_t>(thread - firstWaiting_), peopleColumn, people);
    }
}

void ThreadBook::flush()
{
    firstWaiting_ += static_cast<std::int64_t>(waiting_.rows());
    writeOut(insert_, waiting_);
}

}  // namespace kith
