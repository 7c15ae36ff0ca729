#include "core/store/threads.h"

#include "core/base/random.h"
#include "core/model/tie.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>

namespace kith {

namespace {

constexpr std::size_t mostPartners = 50;

/// Somebody's first message in a thread.
struct Speaker {
    std::int64_t account = 0;
    std::int64_t message = 0;
    std::optional<Time> time;
};

class ThreadTies {
public:
    explicit ThreadTies(const Database& db)
        : remove_(db,
                  "DELETE FROM tie WHERE kind = 6 AND message IN "
                  "(SELECT id FROM message WHERE thread = ?1)"),
          messages_(db,
                    "SELECT account, id, time FROM message "
                    "WHERE thread = ?1 AND account IS NOT NULL ORDER BY time, id"),
          insert_(db,
                  "INSERT INTO tie (message, kind, from_account, to_account, time, weight) "
                  "VALUES (?1, 6, ?2, ?3, ?4, ?5)")
    {}

    std::uint64_t join(std::int64_t thread)
    {
        remove_.run(thread);
        const auto speakers = speakersOf(thread);
        const std::size_t n = speakers.size();
        if (n < 2) return 0;
        return n - 1 <= mostPartners ? joinAll(speakers) : joinSome(speakers, thread);
    }

private:
    std::vector<Speaker> speakersOf(std::int64_t thread)
    {
        std::vector<Speaker> speakers;
        std::unordered_set<std::int64_t> seen;
        for (messages_.bind(thread); messages_.next();) {
            const auto account = messages_.integer(0);
            if (!seen.insert(account).second) continue;
            speakers.push_back({account, messages_.integer(1), messages_.time(2)});
        }
        messages_.reset();
        return speakers;
    }

    std::uint64_t joinAll(const std::vector<Speaker>& speakers)
    {
        const double weight = 1.0 / static_cast<double>(speakers.size() - 1);
        std::uint64_t count = 0;
        for (std::size_t late = 1; late < speakers.size(); ++late) {
            for (std::size_t early = 0; early < late; ++early, ++count) {
                tie(speakers[late], speakers[early], weight);
            }
        }
        return count;
    }

    std::uint64_t joinSome(const std::vector<Speaker>& speakers, std::int64_t thread)
    {
        std::vector<std::size_t> circle(speakers.size());
        for (std::size_t i = 0; i < circle.size(); ++i) circle[i] = i;
        Random random(static_cast<std::uint64_t>(thread), circle.size());
        random.shuffle(std::span(circle));
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < circle.size(); ++i) {
            for (std::size_t step = 1; step <= mostPartners / 2; ++step, ++count) {
                const auto [early, late] =
                    std::minmax({circle[i], circle[(i + step) % circle.size()]});
                tie(speakers[late], speakers[early], 1.0 / mostPartners);
            }
        }
        return count;
    }

    void tie(const Speaker& late, const Speaker& early, double weight)
    {
        insert_.run(late.message, late.account, early.account, late.time, weight);
    }

    Statement remove_;
    Statement messages_;
    Statement insert_;
};

}  // namespace

std::uint64_t joinThreads(const Database& db, const std::vector<std::int64_t>& threads, Task& task)
{
    ThreadTies ties(db);
    std::uint64_t count = 0;
    for (const auto thread : threads) {
        count += ties.join(thread);
        task.advance();
    }
    return count;
}

}  // namespace kith
