#include "core/text/talk.h"

#include "core/base/release.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace kith {

/// What one person said in one place: a stretch of words with their weight.
struct Stretch {
    std::uint32_t person = 0;
    std::uint32_t place = 0;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

/// Everybody's words by person and place, weighed.
struct WeighedTalk {
    std::vector<std::uint32_t> word;
    std::vector<double> weight;
    std::vector<Stretch> stretches;  ///< by person, then place

    double amount(const Stretch& s) const
    {
        return std::accumulate(weight.begin() + static_cast<std::ptrdiff_t>(s.from),
                               weight.begin() + static_cast<std::ptrdiff_t>(s.to), 0.0);
    }
};

namespace {

/// Sums over words, emptied by what filled them.
class WordSums {
public:
    explicit WordSums(std::size_t words) : sum_(words, 0) {}

    void add(std::uint32_t word, double weight)
    {
        if (sum_[word] == 0) touched_.push_back(word);
        sum_[word] += weight;
    }
    double of(std::uint32_t word) const { return sum_[word]; }
    const std::vector<std::uint32_t>& sorted()
    {
        std::sort(touched_.begin(), touched_.end());
        return touched_;
    }
    void clear()
    {
        for (const auto word : touched_) sum_[word] = 0;
        touched_.clear();
    }

private:
    std::vector<double> sum_;
    std::vector<std::uint32_t> touched_;
};

/// Rows of unit length for everybody with enough words.
/// @return their lengths before; 0 = no row
std::vector<double> addRows(const WeighedTalk& all, std::size_t people, std::size_t words,
                            TalkProfiles& out)
{
    std::vector<double> length(people, 0);
    WordSums sums(words);
    std::size_t at = 0;
    for (std::size_t person = 0; person < people; ++person) {
        for (; at < all.stretches.size() && all.stretches[at].person == person; ++at) {
            const auto& stretch = all.stretches[at];
            for (auto i = stretch.from; i < stretch.to; ++i) sums.add(all.word[i], all.weight[i]);
        }
        const auto& row = sums.sorted();
        if (row.size() >= TalkProfiles::fewestWords) {
            double squares = 0;
            for (const auto word : row) squares += sums.of(word) * sums.of(word);
            length[person] = std::sqrt(squares);
            for (const auto word : row) {
                out.word.push_back(word);
                out.weight.push_back(static_cast<float>(sums.of(word) / length[person]));
            }
        }
        out.rowStart.push_back(out.word.size());
        sums.clear();
    }
    return length;
}

/// Works out a place's mean and what each of its people has of it.
class PlaceMeans {
public:
    PlaceMeans(const WeighedTalk& all, const std::vector<double>& length, std::size_t words)
        : all_(all), length_(length), sums_(words), likeMean_(all.stretches.size(), 0)
    {}

    /// @param here the stretches of one place, by number
    /// @return M_t
    double measure(std::span<const std::uint32_t> here)
    {
        double amounts = 0;
        double amountSquares = 0;
        double squares = 0;
        for (const auto s : here) {
            const auto& stretch = all_.stretches[s];
            for (auto i = stretch.from; i < stretch.to; ++i) {
                sums_.add(all_.word[i], all_.weight[i]);
                squares += all_.weight[i] * all_.weight[i];
            }
            const double amount = all_.amount(stretch);
            amounts += amount;
            amountSquares += amount * amount;
        }
        double mean = 0;
        for (const auto word : sums_.sorted()) mean += sums_.of(word) * sums_.of(word);
        mean /= amounts * amounts;
        double departures = squares;
        for (const auto s : here) {
            const auto& stretch = all_.stretches[s];
            double like = 0;
            for (auto i = stretch.from; i < stretch.to; ++i)
                like += all_.weight[i] * sums_.of(all_.word[i]) / amounts;
            likeMean_[s] = like;
            departures -= 2 * all_.amount(stretch) * like;
        }
        departures += amountSquares * mean;
        sums_.clear();
        return mean + departures / (amounts * amounts - amountSquares);
    }

    TalkProfiles::Part part(std::uint32_t s, std::uint32_t place) const
    {
        const auto& stretch = all_.stretches[s];
        const double length = length_[stretch.person];
        return {place, static_cast<float>(all_.amount(stretch) / length),
                static_cast<float>(likeMean_[s] / length)};
    }

private:
    const WeighedTalk& all_;
    const std::vector<double>& length_;
    WordSums sums_;
    std::vector<double> likeMean_;
};

/// Fills in places with two or more profiled people; of the others nothing is common.
void addParts(const WeighedTalk& all, const std::vector<double>& length, std::size_t people,
              TalkProfiles& out)
{
    constexpr auto none = UINT32_MAX;
    std::vector<std::uint32_t> order;  // stretches of profiled people, by place, then person
    for (std::uint32_t s = 0; s < all.stretches.size(); ++s)
        if (length[all.stretches[s].person] > 0) order.push_back(s);
    const auto placeOf = [&](std::uint32_t s) { return all.stretches[s].place; };
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return placeOf(a) < placeOf(b); });
    PlaceMeans means(all, length, out.words.size());
    std::vector<std::uint32_t> numberOf(all.stretches.size(), none);
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && placeOf(order[j]) == placeOf(order[i])) ++j;
        if (j - i >= 2) {
            const auto place = static_cast<std::uint32_t>(out.placeMean.size());
            const std::span<const std::uint32_t> here(order.data() + i, j - i);
            out.placeMean.push_back(static_cast<float>(means.measure(here)));
            for (const auto s : here) numberOf[s] = place;
        }
        i = j;
    }
    std::uint32_t s = 0;
    for (std::size_t person = 0; person < people; ++person) {
        for (; s < all.stretches.size() && all.stretches[s].person == person; ++s)
            if (numberOf[s] != none) out.parts.push_back(means.part(s, numberOf[s]));
        out.partStart.push_back(out.parts.size());
    }
}

}  // namespace

std::size_t TalkProfiles::profiled() const
{
    std::size_t count = 0;
    for (std::size_t person = 0; person < people(); ++person)
        if (has(person)) ++count;
    return count;
}

double TalkProfiles::likeness(std::size_t u, std::size_t v) const
{
    return std::clamp(product(u, v), -1.0, 1.0);
}

double TalkProfiles::product(std::size_t u, std::size_t v) const
{
    double sum = 0;
    const auto a = wordsOf(u);
    const auto b = wordsOf(v);
    if (a.empty() || b.empty()) return 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j])
            sum += static_cast<double>(weightsOf(u)[i++]) * static_cast<double>(weightsOf(v)[j++]);
        else
            a[i] < b[j] ? ++i : ++j;
    }
    const auto p = partsOf(u);
    const auto q = partsOf(v);
    for (std::size_t i = 0, j = 0; i < p.size() && j < q.size();) {
        if (p[i].place == q[j].place)
            sum -= taken(p[i++], q[j++]);
        else
            p[i].place < q[j].place ? ++i : ++j;
    }
    return sum;
}

std::vector<std::string> TalkProfiles::sharedWords(std::size_t u, std::size_t v,
                                                   std::size_t most) const
{
    std::vector<std::pair<float, std::uint32_t>> common;
    const auto a = wordsOf(u);
    const auto b = wordsOf(v);
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) {
            common.emplace_back(weightsOf(u)[i] * weightsOf(v)[j], a[i]);
            ++i;
            ++j;
        } else {
            a[i] < b[j] ? ++i : ++j;
        }
    }
    std::sort(common.begin(), common.end(), [](const auto& x, const auto& y) {
        return x.first != y.first ? x.first > y.first : x.second < y.second;
    });
    if (common.size() > most) common.resize(most);
    std::vector<std::string> shared;
    for (const auto& [part, number] : common) shared.push_back(words[number]);
    return shared;
}

TalkCounter::TalkCounter(std::size_t people, const std::vector<std::string>& names)
    : people_(people), lexicon_(names), spoke_(people, false)
{}

void TalkCounter::add(std::uint32_t person, std::uint32_t place, std::string_view text)
{
    spoke_[person] = true;
    if (messages_.size() <= place) messages_.resize(place + 1, 0);
    ++messages_[place];
    message_.clear();
    lexicon_.read(text, [&](std::uint32_t word) { message_.push_back(word); });
    std::sort(message_.begin(), message_.end());
    message_.erase(std::unique(message_.begin(), message_.end()), message_.end());
    for (const auto word : message_) uses_.push_back({person, place, word});
}

TalkProfiles TalkCounter::profiles()
{
    return profilesOf(std::exchange(uses_, {}));
}

TalkProfiles TalkCounter::dealtProfiles(Random& random) const
{
    auto uses = uses_;
    const auto together = [](const Use& one) { return std::pair(one.person, one.place); };
    if (!std::ranges::is_sorted(uses)) std::ranges::sort(uses);
    std::vector<std::uint32_t> speakers;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        if (i == 0 || together(uses[i]) != together(uses[i - 1]))
            speakers.push_back(uses[i].person);
    }
    random.shuffle(std::span(speakers));
    auto speaker = speakers.begin();
    for (std::size_t i = 0; i < uses.size();) {
        const auto stretch = together(uses[i]);
        for (; i < uses.size() && together(uses[i]) == stretch; ++i) uses[i].person = *speaker;
        ++speaker;
    }
    return profilesOf(std::move(uses));
}

TalkProfiles TalkCounter::profilesOf(std::vector<Use> uses) const
{
    std::ranges::sort(uses);
    TalkProfiles out;
    const auto vocabulary = chooseWords(uses, out);
    const WeighedTalk all = weigh(uses, vocabulary);
    release(uses);
    const auto length = addRows(all, people_, out.words.size(), out);
    addParts(all, length, people_, out);
    return out;
}

/// The uses stand by person.
std::vector<std::uint32_t> TalkCounter::authorsByWord(const std::vector<Use>& uses) const
{
    std::vector<std::uint32_t> authors(lexicon_.size(), 0);
    std::vector<std::uint32_t> last(lexicon_.size(), Lexicon::none);
    for (const auto& use : uses) {
        if (last[use.word] == use.person) continue;
        last[use.word] = use.person;
        ++authors[use.word];
    }
    return authors;
}

TalkCounter::Vocabulary TalkCounter::chooseWords(const std::vector<Use>& uses,
                                                 TalkProfiles& out) const
{
    const auto authors = authorsByWord(uses);
    const auto speakers = static_cast<double>(std::count(spoke_.begin(), spoke_.end(), true));
    const auto shown = lexicon_.shown();
    Vocabulary vocabulary{std::vector<std::uint32_t>(lexicon_.size(), Lexicon::none), {}};
    for (std::size_t w = 0; w < authors.size(); ++w) {
        if (authors[w] < leastAuthors || authors[w] > tooCommon * speakers) continue;
        vocabulary.numberOf[w] = static_cast<std::uint32_t>(out.words.size());
        vocabulary.rarity.push_back(std::log(speakers / authors[w]));
        out.words.push_back(shown[w]);
        out.authors.push_back(authors[w]);
    }
    return vocabulary;
}

WeighedTalk TalkCounter::weigh(const std::vector<Use>& uses, const Vocabulary& vocabulary)
{
    WeighedTalk all;
    for (std::size_t i = 0; i < uses.size();) {
        const Use use = uses[i];
        std::size_t count = 0;
        for (; i < uses.size() && uses[i] == use; ++i) ++count;
        const auto word = vocabulary.numberOf[use.word];
        if (word == Lexicon::none) continue;
        auto& stretches = all.stretches;
        if (stretches.empty() || stretches.back().person != use.person ||
            stretches.back().place != use.place)
            stretches.push_back({use.person, use.place, all.word.size(), all.word.size()});
        all.word.push_back(word);
        all.weight.push_back((1 + std::log(static_cast<double>(count))) * vocabulary.rarity[word]);
        stretches.back().to = all.word.size();
    }
    return all;
}

}  // namespace kith
