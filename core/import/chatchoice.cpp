#include "core/import/chatchoice.h"

#include "core/base/text.h"
#include "core/import/json.h"
#include "core/import/question.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kith {

void requireKnown(const std::vector<ListedChat>& chats, const ReadOptions& options,
                  const Place& place)
{
    for (const auto& wanted : options.chats) {
        if (wanted == "*") continue;
        if (std::ranges::find(chats, wanted, &ListedChat::name) != chats.end()) continue;
        std::vector<std::string> first;
        constexpr std::size_t shown = 5;
        for (const auto& chat : chats) {
            if (first.size() < shown) first.push_back('"' + shorten(chat.name, 80) + '"');
        }
        throw Error(Error::Kind::Usage, "there is no chat \"" + wanted + "\" in the export", place,
                    "In it are " + join(first, ", ") + (chats.size() > shown ? ", ..." : "") + ".");
    }
}

void requireChoice(const std::vector<ListedChat>& chats, const ReadOptions& options,
                   const Place& place)
{
    if (chats.size() < 2 || options.chats.contains("*")) return;
    requireKnown(chats, options, place);
    if (!options.chats.empty()) return;
    Question question{Question::About::Chats, {}, {}};
    std::vector<std::string> first;
    constexpr std::size_t shown = 5;
    for (const auto& chat : chats) {
        question.choices.push_back(
            {chat.name, fmt::format("{}, {} {}", chat.name, chat.messages,
                                    chat.messages == 1 ? "message" : "messages")});
        if (first.size() < shown) first.push_back('"' + shorten(chat.name, 80) + '"');
    }
    throw AnswerNeeded(std::move(question),
                       fmt::format("the export holds {} chats ({}{})", chats.size(),
                                   join(first, ", "), chats.size() > shown ? ", ..." : ""),
                       place,
                       "Pass --chat NAME for each chat that is wanted, or --chat \"*\" for all.");
}

void noteLeftOut(std::uint64_t chats, const Place& place, Sink& sink)
{
    if (chats == 0) return;
    sink.problem(
        {Outcome::Noted, place,
         chats == 1 ? std::string("one other chat of the export is left out, as chosen")
                    : fmt::format("{} other chats of the export are left out, as chosen", chats)});
}

std::uint64_t countElements(const Package& package, std::size_t entry,
                            std::vector<std::string> paths, Task& task)
{
    const auto source = package.open(entry);
    JsonElements elements(*source, placeIn(package, entry), std::move(paths));
    std::uint64_t count = 0;
    std::uint64_t before = 0;
    while (elements.next()) {
        ++count;
        task.advance(elements.consumed() - std::exchange(before, elements.consumed()));
    }
    return count;
}

}  // namespace kith
