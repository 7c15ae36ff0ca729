#include "core/base/release.h"
#include "core/text/talk.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace kith {

namespace {

constexpr std::size_t mostPoolWords = 8'000;
constexpr double formShare = 0.2;  ///< of a stem's uses, to be named as a form of it

}  // namespace

/// Afterwards the uses stand by place, then word.
TalkCounter::Vocabulary TalkCounter::choosePoolWords(TalkPools& out)
{
    std::sort(uses_.begin(), uses_.end());
    const auto authors = authorsByWord(uses_);
    std::sort(uses_.begin(), uses_.end(), [](const Use& a, const Use& b) {
        return std::tie(a.place, a.word, a.person) < std::tie(b.place, b.word, b.person);
    });
    std::vector<std::uint32_t> places(lexicon_.size(), 0);
    double all = 0;
    for (std::size_t i = 0; i < uses_.size(); ++i) {
        const bool newPlace = i == 0 || uses_[i].place != uses_[i - 1].place;
        if (newPlace) ++all;
        if (newPlace || uses_[i].word != uses_[i - 1].word) ++places[uses_[i].word];
    }
    std::vector<std::uint32_t> words;
    for (std::uint32_t w = 0; w < places.size(); ++w)
        if (authors[w] >= leastAuthors && places[w] >= leastAuthors && places[w] <= tooCommon * all)
            words.push_back(w);
    std::stable_sort(words.begin(), words.end(),
                     [&](auto a, auto b) { return places[a] > places[b]; });
    if (words.size() > mostPoolWords) words.resize(mostPoolWords);
    std::sort(words.begin(), words.end());
    const auto shown = lexicon_.shown();
    const auto forms = lexicon_.forms(formShare);
    Vocabulary vocabulary{std::vector<std::uint32_t>(lexicon_.size(), Lexicon::none), {}};
    for (const auto w : words) {
        vocabulary.numberOf[w] = static_cast<std::uint32_t>(out.words.size());
        vocabulary.rarity.push_back(std::log(all / places[w]));
        out.words.push_back(shown[w]);
        out.forms.push_back(forms[w]);
    }
    return vocabulary;
}

TalkPools TalkCounter::pools()
{
    TalkPools out;
    const auto vocabulary = choosePoolWords(out);
    out.table.columns = out.words.size();
    for (std::size_t i = 0; i < uses_.size();) {
        const auto place = uses_[i].place;
        std::vector<std::pair<std::uint32_t, double>> row;
        std::vector<std::uint32_t> people;
        while (i < uses_.size() && uses_[i].place == place) {
            const auto use = uses_[i].word;
            double count = 0;
            for (; i < uses_.size() && uses_[i].place == place && uses_[i].word == use; ++i) {
                people.push_back(uses_[i].person);
                ++count;
            }
            if (const auto word = vocabulary.numberOf[use]; word != Lexicon::none)
                row.emplace_back(word, (1 + std::log(count)) * vocabulary.rarity[word]);
        }
        if (row.size() < leastAuthors) continue;
        double squares = 0;
        for (const auto& [word, weight] : row) squares += weight * weight;
        for (const auto& [word, weight] : row) {
            out.table.column.push_back(word);
            out.table.value.push_back(weight / std::sqrt(squares));
        }
        out.table.start.push_back(out.table.column.size());
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
        out.people.push_back(std::move(people));
        out.place.push_back(place);
        out.messages.push_back(messages_[place]);
    }
    release(uses_);
    return out;
}

}  // namespace kith
