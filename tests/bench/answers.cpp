#include "core/text/answers.h"

#include "core/base/random.h"

#include <ctime>
#include <fmt/format.h>

/// Messages a second of CPU time of working out who answers whom, by method, on an invented chat:
/// words of natural frequencies, some lines addressed by name, some unconnected.

using namespace kith;

namespace {

constexpr std::size_t lineCount = 100'000;
constexpr std::size_t peopleCount = 80;

struct Chat {
    std::vector<std::string> texts;
    std::vector<ChatLine> lines;
    std::map<std::int64_t, std::string> names;
};

std::string wordNumber(std::uint64_t number)
{
    std::string word;
    for (number += 30; number > 0; number /= 24) {
        word += static_cast<char>('a' + number % 24);
        word += "eiou"[number % 4];
    }
    return word;
}

Chat invented()
{
    Chat chat;
    Random random(1);
    for (std::size_t i = 0; i < peopleCount; ++i) {
        chat.names[static_cast<std::int64_t>(i)] = "Q" + wordNumber(i) + " " + wordNumber(900 + i);
    }
    std::int64_t millis = 1'700'000'000'000;
    for (std::size_t i = 0; i < lineCount; ++i) {
        std::string text;
        const auto named = chat.names.at(static_cast<std::int64_t>(random.below(peopleCount)));
        if (random.chance(0.3)) text = named.substr(0, named.find(' ')) + ": ";
        for (auto words = 3 + random.below(18); words > 0; --words) {
            const double rank = 1 / (1e-4 + random.real());  // Zipf
            text += wordNumber(static_cast<std::uint64_t>(rank) % 20'000) + " ";
        }
        if (random.chance(0.2)) text += "?";
        chat.texts.push_back(std::move(text));
        millis += static_cast<std::int64_t>(random.below(60'000));
        chat.lines.push_back(
            {static_cast<std::int64_t>(random.below(peopleCount)), fromMillis(millis), {}});
    }
    for (std::size_t i = 0; i < lineCount; ++i) chat.lines[i].text = chat.texts[i];
    return chat;
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

int main()
{
    const Chat chat = invented();
    for (const auto& [name, method] :
         {std::pair{"linear", AnswerMethod::Linear}, std::pair{"hidden", AnswerMethod::Hidden}}) {
        double best = 1e9;
        std::size_t found = 0;
        for (int run = 0; run < 3; ++run) {
            const double begin = cpuSeconds();
            found = answersIn(chat.lines, chat.names, method).size();
            best = std::min(best, cpuSeconds() - begin);
        }
        fmt::print("{}: {:.0f} messages a second of CPU time ({} answers in {} messages)\n", name,
                   static_cast<double>(lineCount) / best, found, lineCount);
    }
    return 0;
}
