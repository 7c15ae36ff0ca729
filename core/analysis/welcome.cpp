#include "core/analysis/welcome.h"

#include "core/store/messages.h"
#include "core/store/replies.h"

#include <algorithm>
#include <unordered_map>

namespace kith {

namespace {

using std::chrono::hours;
constexpr Time never = Time::max();

/// A message that is looked at, and the first reply to it by somebody else.
struct Said {
    MessageId message;
    Time time;
    Time reply = never;
};

auto* find(auto& said, MessageId message)
{
    const auto found = std::ranges::lower_bound(said, message, {}, &Said::message);
    return found != said.end() && found->message == message ? &*found : nullptr;
}

/// 24 bytes a message.
class FirstReplies {
public:
    FirstReplies(const Workspace& workspace, const Lives& lives, Welcome& welcome, Task& task)
    {
        said_.reserve(lives.events().size());
        for (const auto& event : lives.events()) said_.push_back({event.message, event.time});
        std::ranges::sort(said_, {}, &Said::message);
        task.begin("Reading who answered whom", 0);
        eachReply(
            workspace,
            [&](const ReplyRow& reply) {
                auto* asked = find(said_, reply.question);
                if (asked == nullptr || !reply.time || *reply.time > lives.until()) return;
                ++welcome.replies;
                welcome.inferred += reply.inferred ? 1U : 0U;
                asked->reply = std::min(asked->reply, *reply.time);
            },
            task);
    }

    /// nullptr for a message that is not looked at.
    const Said* of(MessageId message) const { return find(said_, message); }

    Time to(MessageId message) const
    {
        const auto* said = of(message);
        return said == nullptr ? never : said->reply;
    }

private:
    std::vector<Said> said_;  ///< by message
};

bool asks(std::string_view text)
{
    // The question marks of Latin, Greek, Chinese and Japanese, and Arabic writing.
    return text.find('?') != std::string_view::npos ||
           text.find("\u037e") != std::string_view::npos ||
           text.find("\uff1f") != std::string_view::npos ||
           text.find("\u061f") != std::string_view::npos;
}

bool within(Time reply, Time asked, hours limit)
{
    return reply != never && reply - asked <= limit;
}

void meetNewcomers(const Lives& lives, const FirstReplies& replies, Time settled, Welcome& welcome)
{
    constexpr auto soon = hours(48);
    constexpr auto backFrom = hours(24 * 7);
    constexpr auto backUntil = hours(24 * 37);
    std::unordered_map<std::int64_t, MessageId> firstOf;
    for (const auto& event : lives.events()) firstOf.try_emplace(event.person.value, event.message);
    for (const auto& life : lives.all()) {
        if (life.first < settled || life.first < lives.from()) continue;
        if (lives.until() - life.first < soon) continue;
        const bool answered = within(replies.to(firstOf.at(life.person.value)), life.first, soon);
        ++welcome.answered.of;
        welcome.answered.hits += answered ? 1U : 0U;
        if (lives.until() - life.first < backUntil) continue;
        auto& returned = answered ? welcome.returnedAnswered : welcome.returnedUnanswered;
        const auto times = lives.times(life);
        const auto again = std::ranges::lower_bound(times, life.first + backFrom);
        ++returned.of;
        returned.hits += again != times.end() && *again <= life.first + backUntil ? 1U : 0U;
    }
}

void timeQuestions(const Workspace& workspace, const Selection& selection, const Lives& lives,
                   const FirstReplies& replies, Welcome& welcome, Task& task)
{
    constexpr auto limit = hours(72);
    constexpr double hour = 3'600'000;
    std::vector<Stay> waits;
    task.begin("Reading questions", 0);
    eachMessage(
        workspace, selection,
        [&](const MessageRow& row) {
            const auto* said = replies.of(row.id);
            if (said == nullptr || !asks(row.text)) return;
            const Time reply = said->reply;
            const bool answered = reply != never;
            const auto wait = (answered ? reply : lives.until()) - said->time;
            waits.push_back({std::max(0.0, static_cast<double>(wait.count()) / hour), answered, 0});
            if (lives.until() - said->time < limit) return;
            ++welcome.questions.of;
            welcome.questions.hits += within(reply, said->time, limit) ? 1U : 0U;
        },
        task);
    welcome.waiting = kaplanMeier(std::move(waits));
    welcome.medianHours = medianStay(welcome.waiting);
}

}  // namespace

Welcome welcomeOf(const Workspace& workspace, const Selection& selection, const Lives& lives,
                  Time settled, Task& task)
{
    Welcome welcome;
    const FirstReplies replies(workspace, lives, welcome, task);
    if (welcome.replies == 0) {
        welcome.refused = "nothing in this selection says who answered whom";
        return welcome;
    }
    meetNewcomers(lives, replies, settled, welcome);
    timeQuestions(workspace, selection, lives, replies, welcome, task);
    return welcome;
}

}  // namespace kith
