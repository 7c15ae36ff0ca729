#include "core/store/givenbook.h"

#include "core/base/error.h"
#include "core/base/hash.h"

#include <algorithm>
#include <bit>

namespace kith {

namespace {

constexpr std::int64_t noTime = INT64_MIN;

std::uint64_t hashOfTie(std::string_view platform, std::string_view from, std::string_view to,
                        double weight, bool directed, std::int64_t time, std::uint32_t ordinal)
{
    return shortHash(hashOf(platform, from, to, std::bit_cast<std::int64_t>(weight),
                            std::int64_t{directed}, time == noTime ? std::int64_t{-1} : time,
                            std::int64_t{ordinal}));
}

std::uint32_t numberOf(AccountId account)
{
    if (account.value > UINT32_MAX) {
        throw Error(Error::Kind::LimitReached, "there are more than four billion accounts", {},
                    "Use several workspaces.");
    }
    return static_cast<std::uint32_t>(account.value);
}

}  // namespace

GivenBook::GivenBook(const Database& db, SourceId source, std::string platform)
    : db_(db),
      source_(source),
      platform_(std::move(platform)),
      insert_(db,
              "INSERT INTO given (identity, source, from_account, to_account, time, weight, "
              "directed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (identity) DO NOTHING"),
      known_(db, "SELECT id, source FROM given WHERE identity = ?1"),
      link_(db, "INSERT OR IGNORE INTO given_source (given, source) VALUES (?1, ?2)"),
      key_(db, "SELECT key FROM account WHERE id = ?1")
{}

void GivenBook::add(const GivenTie& tie, AccountId from, AccountId to)
{
    const auto time = tie.time ? toMillis(*tie.time) : noTime;
    const auto first = hashOfTie(platform_, tie.from, tie.to, tie.weight, tie.directed, time, 0);
    waiting_.push_back({first, numberOf(from), numberOf(to), time, tie.weight, 0, tie.directed});
}

void GivenBook::flush()
{
    std::ranges::sort(waiting_, {}, &Waiting::identity);
    number();
    for (const Waiting& tie : waiting_) write(tie);
    waiting_.clear();
}

/// Numbers equal ties, which stand side by side, on from those met before, and leaves all in the
/// order of their identities.
void GivenBook::number()
{
    bool moved = false;
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        const auto first = at->identity;
        const auto* met = repeats_.find(first);
        auto ordinal = met == nullptr ? 0 : *met;
        for (; at != waiting_.end() && at->identity == first; ++at, ++ordinal) {
            if (ordinal == 0) continue;
            at->ordinal = ordinal;
            at->identity = identityOf(*at, ordinal);
            moved = true;
        }
        if (ordinal < 2) continue;
        if (auto* next = repeats_.add(first).first) *next = ordinal;
    }
    if (moved) std::ranges::sort(waiting_, {}, &Waiting::identity);
}

/// Where this file has brought it, it is one more of the same.
void GivenBook::write(Waiting tie)
{
    if (insert(tie)) return;
    const auto first = identityOf(tie, 0);
    const auto* met = repeats_.find(first);
    tie.ordinal = std::max(tie.ordinal + 1, met == nullptr ? 0 : *met);
    for (;; ++tie.ordinal) {
        tie.identity = identityOf(tie, tie.ordinal);
        if (insert(tie)) break;
    }
    if (auto* next = repeats_.add(first).first) *next = std::max(*next, tie.ordinal + 1);
}

/// @return false when this file has brought a tie of this identity
bool GivenBook::insert(const Waiting& tie)
{
    const auto identity = static_cast<std::int64_t>(tie.identity);
    const auto time = tie.time == noTime ? std::nullopt : std::optional(fromMillis(tie.time));
    insert_.run(identity, source_, std::int64_t{tie.from}, std::int64_t{tie.to}, time, tie.weight,
                tie.directed);
    return db_.changes() == 1 || meet(identity);
}

/// A given tie of this identity is there. @return false when this very file has brought it
bool GivenBook::meet(std::int64_t identity)
{
    known_.bind(identity).next();
    const auto given = known_.integer(0);
    const bool ours = known_.integer(1) == source_.value;
    known_.reset();
    if (ours) return false;
    link_.run(given, source_);
    return db_.changes() == 1;
}

std::uint64_t GivenBook::identityOf(const Waiting& tie, std::uint32_t ordinal)
{
    return hashOfTie(platform_, keyOf(tie.from), keyOf(tie.to), tie.weight, tie.directed, tie.time,
                     ordinal);
}

std::string GivenBook::keyOf(std::uint32_t account)
{
    key_.bind(std::int64_t{account}).next();
    auto key = key_.text(0);
    key_.reset();
    return key;
}

}  // namespace kith
