#include "core/text/neighbours.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <algorithm>
#include <numeric>

namespace kith {
namespace {

constexpr std::size_t championsAWord = 100;  ///< people looked at for a word
constexpr std::size_t wordsAPerson = 32;     ///< the heaviest are looked up
constexpr std::size_t leastTried = 150;      ///< candidates that are looked at closely
constexpr std::size_t rounds = 2;            ///< of looking at neighbours' neighbours
constexpr std::size_t recallSample = 200;

/// Lists of (person, number) by word or by place.
template <class Item>
struct Postings {
    std::vector<std::uint64_t> start;
    std::vector<Item> items;

    std::span<const Item> of(std::size_t key) const
    {
        return {items.data() + start[key], start[key + 1] - start[key]};
    }
    std::span<Item> of(std::size_t key)
    {
        return {items.data() + start[key], start[key + 1] - start[key]};
    }
};

struct Speaker {
    std::uint32_t person = 0;
    float weight = 0;
};

struct Present {
    std::uint32_t person = 0;
    TalkProfiles::Part part;
};

Postings<Speaker> speakersByWord(const TalkProfiles& profiles)
{
    Postings<Speaker> by{std::vector<std::uint64_t>(profiles.words.size() + 1, 0), {}};
    for (const auto word : profiles.word) ++by.start[word + 1];
    std::partial_sum(by.start.begin(), by.start.end(), by.start.begin());
    by.items.resize(profiles.word.size());
    auto next = by.start;
    for (std::uint32_t person = 0; person < profiles.people(); ++person) {
        const auto words = profiles.wordsOf(person);
        for (std::size_t i = 0; i < words.size(); ++i)
            by.items[next[words[i]]++] = {person, profiles.weightsOf(person)[i]};
    }
    return by;
}

Postings<Present> presentByPlace(const TalkProfiles& profiles)
{
    Postings<Present> by{std::vector<std::uint64_t>(profiles.placeMean.size() + 1, 0), {}};
    for (const auto& part : profiles.parts) ++by.start[part.place + 1];
    std::partial_sum(by.start.begin(), by.start.end(), by.start.begin());
    by.items.resize(profiles.parts.size());
    auto next = by.start;
    for (std::uint32_t person = 0; person < profiles.people(); ++person)
        for (const auto& part : profiles.partsOf(person))
            by.items[next[part.place]++] = {person, part};
    return by;
}

bool nearer(const Likeminded& a, const Likeminded& b)
{
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.person < b.person;
}

void keepBest(std::vector<Likeminded>& found, std::size_t most)
{
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
    std::partial_sort(found.begin(), end, found.end(), nearer);
    found.erase(end, found.end());
    found.shrink_to_fit();
}

/// What one task works with; as long as there are people.
struct Desk {
    explicit Desk(std::size_t people) : sum(people, 0), marked(people, false) {}

    std::vector<double> sum;
    std::vector<char> marked;  ///< has a sum, or is left out
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> leftOut;

    void add(std::uint32_t person, double value)
    {
        if (marked[person] == 0) {
            marked[person] = 1;
            found.push_back(person);
        }
        sum[person] += value;
    }
    void leaveOut(std::uint32_t person, const NeighbourOptions& options)
    {
        leftOut.assign(1, person);
        if (options.leaveOut) options.leaveOut(person, leftOut);
        for (const auto other : leftOut) marked[other] = 2;
    }
    bool isLeftOut(std::uint32_t person) const { return marked[person] == 2; }
    void clear()
    {
        for (const auto person : found) {
            sum[person] = 0;
            marked[person] = 0;
        }
        for (const auto person : leftOut) {
            sum[person] = 0;
            marked[person] = 0;
        }
        found.clear();
        leftOut.clear();
    }
};

class Search {
public:
    Search(const TalkProfiles& profiles, const NeighbourOptions& options)
        : profiles_(profiles),
          options_(options),
          speakers_(speakersByWord(profiles)),
          present_(presentByPlace(profiles))
    {}

    /// Everybody is looked at.
    std::vector<Likeminded> exactly(std::uint32_t person, Desk& desk) const
    {
        desk.leaveOut(person, options_);
        const auto words = profiles_.wordsOf(person);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto weight = static_cast<double>(profiles_.weightsOf(person)[i]);
            for (const auto& speaker : speakers_.of(words[i]))
                desk.add(speaker.person, weight * static_cast<double>(speaker.weight));
        }
        for (const auto& part : profiles_.partsOf(person))
            for (const auto& other : present_.of(part.place))
                desk.add(other.person, -profiles_.taken(part, other.part));
        std::vector<Likeminded> best;
        for (const auto other : desk.found)
            if (desk.sum[other] >= options_.least)
                best.push_back({other, static_cast<float>(std::min(1.0, desk.sum[other]))});
        desk.clear();
        keepBest(best, options_.most);
        return best;
    }

    /// Sorts every word's people so that the first are its champions.
    void crown()
    {
        for (std::size_t word = 0; word < profiles_.words.size(); ++word) {
            const auto all = speakers_.of(word);
            std::stable_sort(all.begin(), all.end(), [](const Speaker& a, const Speaker& b) {
                return a.weight > b.weight;
            });
        }
    }

    /// Only champions of the person's heaviest words are looked at.
    std::vector<Likeminded> amongChampions(std::uint32_t person, Desk& desk) const
    {
        desk.leaveOut(person, options_);
        const auto words = profiles_.wordsOf(person);
        const auto weights = profiles_.weightsOf(person);
        std::vector<std::size_t> heaviest(words.size());
        std::iota(heaviest.begin(), heaviest.end(), std::size_t{0});
        std::stable_sort(heaviest.begin(), heaviest.end(),
                         [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
        if (heaviest.size() > wordsAPerson) heaviest.resize(wordsAPerson);
        for (const auto i : heaviest) {
            std::size_t seen = 0;
            for (const auto& speaker : speakers_.of(words[i])) {
                if (desk.isLeftOut(speaker.person)) continue;
                desk.add(speaker.person,
                         static_cast<double>(weights[i]) * static_cast<double>(speaker.weight));
                if (++seen == championsAWord) break;
            }
        }
        std::vector<Likeminded> candidates;
        for (const auto other : desk.found)
            candidates.push_back({other, static_cast<float>(desk.sum[other])});
        keepBest(candidates, std::max(leastTried, 6 * options_.most));
        std::vector<Likeminded> best;
        for (const auto& candidate : candidates) consider(person, candidate.person, best);
        desk.clear();
        keepBest(best, options_.most);
        return best;
    }

    /// Neighbours' neighbours are looked at too.
    std::vector<Likeminded> further(std::uint32_t person, const Neighbours& known,
                                    const std::vector<std::vector<std::uint32_t>>& back,
                                    Desk& desk) const
    {
        auto best = known.of[person];
        desk.leaveOut(person, options_);
        for (const auto& one : best) desk.add(one.person, 0);
        const std::size_t had = desk.found.size();
        const auto meet = [&](std::uint32_t other) {
            for (const auto& next : known.of[other])
                if (!desk.isLeftOut(next.person)) desk.add(next.person, 0);
        };
        for (const auto& one : known.of[person]) meet(one.person);
        for (const auto other : back[person]) {
            if (!desk.isLeftOut(other)) desk.add(other, 0);
            meet(other);
        }
        for (std::size_t i = had; i < desk.found.size(); ++i) consider(person, desk.found[i], best);
        desk.clear();
        keepBest(best, options_.most);
        return best;
    }

private:
    void consider(std::uint32_t person, std::uint32_t other, std::vector<Likeminded>& best) const
    {
        const double likeness = profiles_.likeness(person, other);
        if (likeness >= options_.least) best.push_back({other, static_cast<float>(likeness)});
    }

    const TalkProfiles& profiles_;
    const NeighbourOptions& options_;
    Postings<Speaker> speakers_;
    Postings<Present> present_;
};

/// Calls work(person, desk) for all, in blocks.
template <class Work>
void forEverybody(const TalkProfiles& profiles, const NeighbourOptions& options, Task& task,
                  const char* phase, Work work)
{
    const std::size_t people = profiles.people();
    const std::size_t blockSize = 64 + people / 1000;  // a desk is as long as there are people
    const std::size_t stride = 64 * blockSize;
    task.begin(phase, people);
    for (std::size_t from = 0; from < people; from += stride) {
        const std::size_t to = std::min(people, from + stride);
        parallelFor((to - from + blockSize - 1) / blockSize, options.threads, [&](std::size_t b) {
            if (task.cancelled()) return;
            Desk desk(people);
            const std::size_t end = std::min(to, from + (b + 1) * blockSize);
            for (std::size_t person = from + b * blockSize; person < end; ++person)
                if (profiles.has(person)) work(static_cast<std::uint32_t>(person), desk);
        });
        task.advance(to - from);
    }
}

/// By person: who has the person among the neighbours; as many as options.most.
std::vector<std::vector<std::uint32_t>> backwards(const Neighbours& known, std::size_t most)
{
    std::vector<std::vector<Likeminded>> all(known.of.size());
    for (std::uint32_t person = 0; person < known.of.size(); ++person)
        for (const auto& one : known.of[person]) all[one.person].push_back({person, one.likeness});
    std::vector<std::vector<std::uint32_t>> back(all.size());
    for (std::size_t person = 0; person < all.size(); ++person) {
        keepBest(all[person], most);
        for (const auto& one : all[person]) back[person].push_back(one.person);
    }
    return back;
}

/// The share of true neighbours that were found; one as alike as the last true one counts.
void measureRecall(const TalkProfiles& profiles, const NeighbourOptions& options,
                   const Search& search, Neighbours& found, Task& task)
{
    std::vector<std::uint32_t> sample;
    for (std::uint32_t person = 0; person < profiles.people(); ++person)
        if (profiles.has(person)) sample.push_back(person);
    Random(options.seed).shuffle(std::span(sample));
    if (sample.size() > recallSample) sample.resize(recallSample);
    std::vector<std::size_t> there(sample.size(), 0);
    std::vector<std::size_t> got(sample.size(), 0);
    task.begin("Checking who was found", 1);
    parallelFor(sample.size(), options.threads, [&](std::size_t i) {
        if (task.cancelled()) return;
        Desk desk(profiles.people());
        const auto truth = search.exactly(sample[i], desk);
        there[i] = truth.size();
        for (const auto& one : found.of[sample[i]])
            if (!truth.empty() && one.likeness >= truth.back().likeness * (1 - 1e-5F)) ++got[i];
        got[i] = std::min(got[i], there[i]);
    });
    task.advance();
    const auto sum = [](const std::vector<std::size_t>& counts) {
        return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
    };
    found.recallSample = sample.size();
    found.recall = sum(there) > 0 ? sum(got) / sum(there) : 1;
}

void searchApproximately(const TalkProfiles& profiles, const NeighbourOptions& options,
                         Search& search, Neighbours& found, Task& task)
{
    found.exact = false;
    search.crown();
    forEverybody(profiles, options, task, "Looking for people who talk about the same",
                 [&](std::uint32_t person, Desk& desk) {
                     found.of[person] = search.amongChampions(person, desk);
                 });
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto back = backwards(found, options.most);
        Neighbours next = found;
        forEverybody(profiles, options, task, "Looking at their neighbours",
                     [&](std::uint32_t person, Desk& desk) {
                         next.of[person] = search.further(person, found, back, desk);
                     });
        found = std::move(next);
    }
    measureRecall(profiles, options, search, found, task);
}

}  // namespace

Neighbours findNeighbours(const TalkProfiles& profiles, const NeighbourOptions& options, Task& task)
{
    Neighbours found;
    found.of.resize(profiles.people());
    Search search(profiles, options);
    if (profiles.people() > options.exactUpTo) {
        searchApproximately(profiles, options, search, found, task);
        return found;
    }
    forEverybody(
        profiles, options, task, "Comparing what people talk about",
        [&](std::uint32_t person, Desk& desk) { found.of[person] = search.exactly(person, desk); });
    return found;
}

}  // namespace kith
