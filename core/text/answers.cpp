#include "core/text/answers.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

constexpr double evenChance = 0.5;
constexpr std::size_t namingShare = 20;  // one line in so many must name somebody

/// Whether so many lines name somebody that silence about names means something.
bool usesNames(const std::vector<ChatLine>& lines, const ChatFeatures& chat)
{
    std::size_t said = 0;
    std::size_t naming = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].system) continue;
        ++said;
        if (chat.names(i)) ++naming;
    }
    return naming * namingShare >= said;
}

bool aboutNames(const std::vector<AnswerPair>& pairs)
{
    constexpr auto names = bitOf(AnswerFeature::NamesC) | bitOf(AnswerFeature::NamedByC);
    return std::any_of(pairs.begin(), pairs.end(),
                       [](const AnswerPair& pair) { return (pair.bits & names) != 0; });
}

/// Works out the answer of one line after the other.
class Reader {
public:
    Reader(const std::vector<ChatLine>& lines, const std::map<std::int64_t, std::string>& names,
           AnswerMethod method)
        : lines_(lines),
          chat_(lines, names),
          withNames_(AnswerModel::shipped(method, true)),
          withoutNames_(AnswerModel::shipped(method, false)),
          usesNames_(usesNames(lines, chat_))
    {}

    std::vector<Answer> run()
    {
        std::vector<Answer> answers;
        for (std::size_t i = 1; i < lines_.size(); ++i) {
            if (lines_[i].system) continue;
            chat_.candidates(i, pairs_);
            const bool names = usesNames_ || aboutNames(pairs_);
            (names ? withNames_ : withoutNames_).probabilities(pairs_, chances_);
            const Answer answer = likeliest(i);
            if (answer.probability >= evenChance) answers.push_back(answer);
        }
        return answers;
    }

private:
    /// The person who is most likely answered, by their likeliest line.
    Answer likeliest(std::size_t from)
    {
        people_.clear();
        for (std::size_t i = 1; i < pairs_.size(); ++i) {
            const ChatLine& said = lines_[from - i];
            if (said.system || said.author == lines_[from].author) continue;
            auto known = std::find_if(people_.begin(), people_.end(), [&](const Person& person) {
                return person.author == said.author;
            });
            if (known == people_.end()) {
                known = people_.insert(known, {said.author, 0, 0, i});
            }
            const auto chance = static_cast<double>(chances_[i]);
            known->chance += chance;
            if (chance > known->best) {
                known->best = chance;
                known->line = i;
            }
        }
        const auto found =
            std::max_element(people_.begin(), people_.end(),
                             [](const Person& a, const Person& b) { return a.chance < b.chance; });
        if (found == people_.end()) return {};
        const double rounded = std::round(std::min(found->chance, 1.0) * 1e4) / 1e4;
        return {from, from - found->line, rounded};
    }

    struct Person {
        std::int64_t author;
        double chance;
        double best;
        std::size_t line;  // lines before
    };

    const std::vector<ChatLine>& lines_;
    ChatFeatures chat_;
    const AnswerModel& withNames_;
    const AnswerModel& withoutNames_;
    bool usesNames_;
    std::vector<AnswerPair> pairs_;
    std::vector<float> chances_;
    std::vector<Person> people_;
};

}  // namespace

std::vector<Answer> answersIn(const std::vector<ChatLine>& lines,
                              const std::map<std::int64_t, std::string>& names, AnswerMethod method)
{
    return Reader(lines, names, method).run();
}

}  // namespace kith
