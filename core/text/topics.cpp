#include "core/text/topics.h"

#include "core/base/error.h"
#include "core/base/matching.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kith {
namespace {

constexpr std::array<std::size_t, 10> tried{5, 6, 8, 10, 12, 15, 20, 25, 30, 40};
constexpr std::size_t halves = 10;
constexpr double asStable = 0.02;  ///< at least: what makes no difference
constexpr std::size_t wordsShown = 10;
constexpr std::size_t wordsAsked = 4;  ///< in a suggested query
constexpr std::size_t poolsATopic = 3;
constexpr NmfOptions roughly{50, 1e-3};  ///< for what is compared and thrown away

SparseRows rowsOf(const SparseRows& all, const std::vector<std::size_t>& chosen)
{
    SparseRows some;
    some.columns = all.columns;
    for (const auto row : chosen) {
        const auto columns = all.columnsOf(row);
        const auto values = all.valuesOf(row);
        some.column.insert(some.column.end(), columns.begin(), columns.end());
        some.value.insert(some.value.end(), values.begin(), values.end());
        some.start.push_back(some.column.size());
    }
    return some;
}

/// Some of the rows, ascending.
std::vector<std::size_t> sample(std::size_t rows, std::size_t most, std::uint64_t seed,
                                std::uint64_t stream)
{
    std::vector<std::size_t> chosen(rows);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    if (rows <= most) return chosen;
    Random(seed, stream).shuffle(std::span(chosen));
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

double cosine(const Factors& a, std::size_t i, const Factors& b, std::size_t j)
{
    double product = 0;
    double x = 0;
    double y = 0;
    for (std::size_t word = 0; word * a.k < a.h.size(); ++word) {
        const double u = a.h[word * a.k + i];
        const double v = b.h[word * b.k + j];
        product += u * v;
        x += u * u;
        y += v * v;
    }
    return x > 0 && y > 0 ? product / std::sqrt(x * y) : 0;
}

/// The words of a topic, strongest first.
std::vector<std::size_t> strongest(const Factors& factors, std::size_t topic, std::size_t most)
{
    std::vector<std::size_t> order;
    for (std::size_t word = 0; word * factors.k < factors.h.size(); ++word)
        if (factors.h[word * factors.k + topic] > 0) order.push_back(word);
    const auto weight = [&](std::size_t word) { return factors.h[word * factors.k + topic]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return weight(a) > weight(b); });
    if (order.size() > most) order.resize(most);
    return order;
}

/// In how many texts words stand, alone and together.
class Coherence {
public:
    explicit Coherence(const SparseRows& table) : texts_(table.rows()), byWord_(table.turned()) {}

    double of(const std::vector<std::size_t>& words) const
    {
        double sum = 0;
        double pairs = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            for (std::size_t j = i + 1; j < words.size(); ++j) {
                sum += npmi(static_cast<double>(texts_), count(words[i]), count(words[j]),
                            together(words[i], words[j]));
                ++pairs;
            }
        }
        return pairs > 0 ? sum / pairs : 0;
    }

private:
    double count(std::size_t word) const
    {
        return static_cast<double>(byWord_.columnsOf(word).size());
    }
    double together(std::size_t a, std::size_t b) const
    {
        const auto x = byWord_.columnsOf(a);
        const auto y = byWord_.columnsOf(b);
        std::size_t both = 0;
        for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
            if (x[i] == y[j]) {
                ++both;
                ++i;
                ++j;
            } else {
                x[i] < y[j] ? ++i : ++j;
            }
        }
        return static_cast<double>(both);
    }

    std::size_t texts_;
    SparseRows byWord_;
};

double meanOf(const std::vector<double>& values)
{
    if (values.empty()) return 0;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// How like the topics of halves of the texts are.
struct Stability {
    std::vector<double> byTopic;  ///< mean over the halves
    double mean = 0;
    double sd = 0;  ///< of the halves' means
};

Stability stability(const SparseRows& table, const Factors& whole, const TopicOptions& options,
                    const Task& task)
{
    std::vector<std::vector<double>> found(halves, std::vector<double>(whole.k, 0));
    parallelFor(halves, options.threads, [&](std::size_t half) {
        if (task.cancelled()) return;
        Task silent;
        const auto rows = sample(table.rows(), (table.rows() + 1) / 2, options.seed, 100 + half);
        const auto part = factorise(rowsOf(table, rows), whole.k, roughly, silent);
        std::vector<std::vector<double>> likeness(whole.k, std::vector<double>(part.k, 0));
        for (std::size_t i = 0; i < whole.k; ++i)
            for (std::size_t j = 0; j < part.k; ++j) likeness[i][j] = cosine(whole, i, part, j);
        const auto twin = bestMatching(likeness);
        for (std::size_t i = 0; i < whole.k; ++i)
            if (twin[i] != unmatched) found[half][i] = likeness[i][twin[i]];
    });
    Stability out{std::vector<double>(whole.k, 0), 0, 0};
    double squares = 0;
    for (const auto& half : found) {
        for (std::size_t i = 0; i < whole.k; ++i)
            out.byTopic[i] += half[i] / static_cast<double>(halves);
        squares += meanOf(half) * meanOf(half) / static_cast<double>(halves);
    }
    out.mean = meanOf(out.byTopic);
    out.sd = std::sqrt(std::max(0.0, squares - out.mean * out.mean));
    return out;
}

double meanCoherence(const Coherence& coherence, const Factors& factors)
{
    std::vector<double> all;
    for (std::size_t topic = 0; topic < factors.k; ++topic)
        all.push_back(coherence.of(strongest(factors, topic, wordsShown)));
    return meanOf(all);
}

/// Tries numbers of topics on some of the texts.
std::size_t chooseK(const SparseRows& table, const TopicOptions& options, TopicModel& model,
                    Task& task)
{
    const auto some = rowsOf(table, sample(table.rows(), options.mostTried, options.seed, 2));
    const Coherence coherence(some);
    task.begin("Looking for topics that come out again", tried.size());
    for (const auto k : tried) {
        task.advance();
        if (k * poolsATopic * 2 > some.rows() && !model.trials.empty()) break;
        const auto whole = factorise(some, k, roughly, task);
        const auto stable = stability(some, whole, options, task);
        model.trials.push_back({k, stable.mean, stable.sd, meanCoherence(coherence, whole)});
    }
    const auto& most = *std::max_element(
        model.trials.begin(), model.trials.end(),
        [](const TopicTrial& a, const TopicTrial& b) { return a.stability < b.stability; });
    const double enough = most.stability - std::max(asStable, most.sd);
    const TopicTrial* best = nullptr;
    for (const auto& trial : model.trials) {
        if (trial.stability < enough) continue;
        if (best == nullptr || trial.npmi > best->npmi) best = &trial;
    }
    return best->k;
}

/// "damp OR mould OR moulds": the strongest words with their common forms.
std::string queryFor(const TalkPools& pools, const std::vector<std::size_t>& words)
{
    std::vector<std::string> asked;
    for (std::size_t i = 0; i < std::min(wordsAsked, words.size()); ++i)
        asked.insert(asked.end(), pools.forms[words[i]].begin(), pools.forms[words[i]].end());
    return join(asked, " OR ");
}

/// Counts texts, messages and people by the topic that is strongest in each text.
void assign(const TalkPools& pools, const Factors& factors, std::vector<Topic>& topics)
{
    Factors all = factors;
    all.w = project(pools.table, factors);
    std::vector<std::vector<std::uint32_t>> people(factors.k);
    for (std::size_t row = 0; row < pools.table.rows(); ++row) {
        const auto best = all.strongestOf(row);
        if (!(all.w[row * all.k + best] > 0)) continue;
        ++topics[best].pools;
        topics[best].messages += pools.messages[row];
        people[best].insert(people[best].end(), pools.people[row].begin(), pools.people[row].end());
    }
    for (std::size_t topic = 0; topic < factors.k; ++topic) {
        std::sort(people[topic].begin(), people[topic].end());
        topics[topic].people = static_cast<std::size_t>(
            std::unique(people[topic].begin(), people[topic].end()) - people[topic].begin());
    }
}

/// How much of what is explained each topic explains.
std::vector<double> weights(const Factors& factors)
{
    std::vector<double> w(factors.k, 0);
    std::vector<double> h(factors.k, 0);
    for (std::size_t i = 0; i < factors.w.size(); ++i) w[i % factors.k] += factors.w[i];
    for (std::size_t i = 0; i < factors.h.size(); ++i) h[i % factors.k] += factors.h[i];
    double all = 0;
    for (std::size_t k = 0; k < w.size(); ++k) all += w[k] * h[k];
    std::vector<double> share;
    for (std::size_t k = 0; k < w.size(); ++k) share.push_back(all > 0 ? w[k] * h[k] / all : 0);
    return share;
}

std::vector<Topic> describe(const TalkPools& pools, const SparseRows& table, const Factors& factors,
                            const std::vector<double>& stable)
{
    const Coherence coherence(table);
    const auto share = weights(factors);
    std::vector<Topic> topics(factors.k);
    for (std::size_t k = 0; k < factors.k; ++k) {
        const auto words = strongest(factors, k, wordsShown);
        for (const auto word : words)
            topics[k].words.push_back(
                {pools.words[word],
                 factors.h[word * factors.k + k] / factors.h[words.front() * factors.k + k]});
        topics[k].weight = share[k];
        topics[k].stability = stable[k];
        topics[k].npmi = coherence.of(words);
        topics[k].query = queryFor(pools, words);
    }
    return topics;
}

void checkSizes(const TalkPools& pools, const TopicOptions& options)
{
    const auto texts = pools.table.rows();
    if (texts < fewestPools)
        throw Error(Error::Kind::TooLittleData,
                    fmt::format("{} threads or days say enough to look for topics, and {} are "
                                "needed",
                                texts, fewestPools),
                    {}, "Choose a longer time, or more sources.");
    if (options.k == 0) return;
    if (options.k < 2 || options.k > mostTopics || options.k * poolsATopic > texts)
        throw Error(
            Error::Kind::Usage,
            fmt::format("{} topics cannot be made from {} threads or days", options.k, texts), {},
            fmt::format("Choose from 2 to {}.", std::min(mostTopics, texts / poolsATopic)));
}

}  // namespace

double npmi(double texts, double withX, double withY, double withBoth)
{
    if (!(withBoth > 0)) return -1;
    if (withBoth >= texts) return 1;
    return std::log(withBoth * texts / (withX * withY)) / -std::log(withBoth / texts);
}

TopicModel findTopics(const TalkPools& pools, const TopicOptions& options, Task& task)
{
    checkSizes(pools, options);
    TopicModel model;
    model.pools = pools.table.rows();
    const auto table =
        rowsOf(pools.table, sample(model.pools, options.mostFitted, options.seed, 1));
    model.fitted = table.rows();
    const auto k = options.k != 0 ? options.k : chooseK(table, options, model, task);
    task.begin("Making topics", 0);
    const auto factors = factorise(table, k, {}, task);
    const auto stable = stability(table, factors, options, task);
    task.advance();
    model.topics = describe(pools, table, factors, stable.byTopic);
    if (options.k != 0)
        model.trials.push_back(
            {factors.k, stable.mean, stable.sd, meanCoherence(Coherence(table), factors)});
    model.error = factors.error / std::sqrt(static_cast<double>(table.rows()));
    assign(pools, factors, model.topics);
    std::stable_sort(model.topics.begin(), model.topics.end(),
                     [](const Topic& a, const Topic& b) { return a.weight > b.weight; });
    return model;
}

}  // namespace kith
