#include "tests/train/trainer.h"

#include "core/base/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <numeric>

namespace kith::irc {
namespace {

constexpr std::size_t groupSize = 32;
constexpr float negligible = 1e-5F;

/// The non-zero features of a pair.
struct Entries {
    std::array<std::pair<std::size_t, float>, answerFeatures> all;
    std::size_t count = 0;

    void add(std::size_t feature, float value) { all.at(count++) = {feature, value}; }
    void add(AnswerFeature feature, float value)
    {
        if (value != 0) add(static_cast<std::size_t>(feature), value);
    }
};

Entries entriesOf(const AnswerPair& pair)
{
    Entries entries;
    for (auto bits = pair.bits; bits != 0; bits &= bits - 1) {
        entries.add(static_cast<std::size_t>(std::countr_zero(bits)), 1);
    }
    if (pair.lines > 0) {
        entries.add(AnswerFeature::LogLines, std::log(static_cast<float>(pair.lines)));
        entries.add(AnswerFeature::LogMinutes, std::log1p(static_cast<float>(pair.minutes)));
    }
    entries.add(AnswerFeature::Likeness, pair.likeness);
    return entries;
}

/// All numbers of a model in one row: input, bias, output.
class Network {
public:
    Network(AnswerMethod method, std::uint64_t seed)
        : units_(method == AnswerMethod::Linear ? 0 : answerUnits),
          numbers_(units_ == 0 ? answerFeatures : (answerFeatures + 2) * units_)
    {
        if (units_ == 0) return;
        Random random(seed, 1);
        const auto spread = [&](std::size_t from, std::size_t to, double width) {
            for (std::size_t i = from; i < to; ++i) {
                numbers_[i] = static_cast<float>((random.real() * 2 - 1) * width);
            }
        };
        spread(0, biasAt(), 0.5);
        spread(outputAt(), numbers_.size(), 1 / std::sqrt(static_cast<double>(units_)));
    }

    std::size_t size() const { return numbers_.size(); }
    std::vector<float>& numbers() { return numbers_; }

    /// Adds the gradient of -ln P(right) of one example.
    void addGradient(const Example& example, std::vector<float>& gradient)
    {
        forward(example);
        const auto slopes = slopesOf(example);
        for (std::size_t i = 0; i < example.pairs.size(); ++i) {
            if (std::abs(slopes[i]) > negligible) backward(i, slopes[i], gradient);
        }
    }

    AnswerWeights weights() const
    {
        const auto cut = [&](std::size_t from, std::size_t to) {
            return std::vector<float>(numbers_.begin() + static_cast<std::ptrdiff_t>(from),
                                      numbers_.begin() + static_cast<std::ptrdiff_t>(to));
        };
        if (units_ == 0) return {AnswerMethod::Linear, {}, {}, numbers_};
        return {AnswerMethod::Hidden, cut(0, biasAt()), cut(biasAt(), outputAt()),
                cut(outputAt(), numbers_.size())};
    }

private:
    std::size_t biasAt() const { return answerFeatures * units_; }
    std::size_t outputAt() const { return biasAt() + units_; }

    void forward(const Example& example)
    {
        const auto count = example.pairs.size();
        entries_.resize(count);
        scores_.assign(count, 0);
        layer_.resize(count * units_);
        for (std::size_t i = 0; i < count; ++i) {
            entries_[i] = entriesOf(example.pairs[i]);
            scores_[i] = units_ == 0 ? linear(entries_[i]) : hidden(i);
        }
    }

    float linear(const Entries& entries) const
    {
        float score = 0;
        for (std::size_t k = 0; k < entries.count; ++k) {
            score += numbers_[entries.all[k].first] * entries.all[k].second;
        }
        return score;
    }

    float hidden(std::size_t pair)
    {
        float* layer = layer_.data() + pair * units_;
        std::copy_n(numbers_.data() + biasAt(), units_, layer);
        for (std::size_t k = 0; k < entries_[pair].count; ++k) {
            const auto [feature, value] = entries_[pair].all[k];
            const float* row = numbers_.data() + feature * units_;
            for (std::size_t u = 0; u < answerUnits; ++u) layer[u] += row[u] * value;
        }
        const float* output = numbers_.data() + outputAt();
        float score = 0;
        for (std::size_t u = 0; u < answerUnits; ++u) score += std::max(layer[u], 0.0F) * output[u];
        return score;
    }

    /// How the loss changes with each score: P(c) - P(c | right).
    std::vector<float> slopesOf(const Example& example) const
    {
        std::vector<float> chances = scores_;
        const float highest = *std::max_element(chances.begin(), chances.end());
        float sum = 0;
        for (float& p : chances) sum += p = std::exp(p - highest);
        for (float& p : chances) p /= sum;
        float right = 0;
        for (const auto i : example.right) right += chances[i];
        std::vector<float> slopes = chances;
        for (const auto i : example.right) slopes[i] -= chances[i] / std::max(right, 1e-30F);
        return slopes;
    }

    void backward(std::size_t pair, float slope, std::vector<float>& gradient) const
    {
        const Entries& entries = entries_[pair];
        if (units_ == 0) {
            for (std::size_t k = 0; k < entries.count; ++k) {
                gradient[entries.all[k].first] += slope * entries.all[k].second;
            }
            return;
        }
        const float* layer = layer_.data() + pair * units_;
        const float* output = numbers_.data() + outputAt();
        std::array<float, answerUnits> units{};
        for (std::size_t u = 0; u < answerUnits; ++u) {
            gradient[outputAt() + u] += slope * std::max(layer[u], 0.0F);
            units[u] = layer[u] > 0 ? slope * output[u] : 0;
            gradient[biasAt() + u] += units[u];
        }
        for (std::size_t k = 0; k < entries.count; ++k) {
            const auto [feature, value] = entries.all[k];
            float* row = gradient.data() + feature * units_;
            for (std::size_t u = 0; u < answerUnits; ++u) row[u] += units[u] * value;
        }
    }

    std::size_t units_;
    std::vector<float> numbers_;
    std::vector<Entries> entries_;
    std::vector<float> scores_;
    std::vector<float> layer_;
};

class Adam {
public:
    explicit Adam(std::size_t size) : mean_(size), square_(size) {}

    void step(std::vector<float>& numbers, std::vector<float>& gradient, double rate, double decay)
    {
        ++steps_;
        const double first = 1 - std::pow(meanKept, steps_);
        const double second = 1 - std::pow(squareKept, steps_);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const auto slope = static_cast<double>(gradient[i]);
            mean_[i] = meanKept * mean_[i] + (1 - meanKept) * slope;
            square_[i] = squareKept * square_[i] + (1 - squareKept) * slope * slope;
            const double change = mean_[i] / first / (std::sqrt(square_[i] / second) + 1e-8);
            const auto old = static_cast<double>(numbers[i]);
            numbers[i] = static_cast<float>(old - rate * (change + decay * old));
            gradient[i] = 0;
        }
    }

private:
    static constexpr double meanKept = 0.9;
    static constexpr double squareKept = 0.999;
    std::vector<double> mean_;
    std::vector<double> square_;
    int steps_ = 0;
};

}  // namespace

std::vector<Example> examplesOf(const std::vector<Channel>& channels, bool names)
{
    std::uint64_t kept = 0;
    for (std::size_t i = 0; i < answerFeatures; ++i) {
        const auto feature = static_cast<AnswerFeature>(i);
        if (names || !needsNames(feature)) kept |= bitOf(feature);
    }
    std::vector<Example> examples;
    for (const auto& channel : channels) {
        const ChatFeatures chat(channel.lines, channel.names);
        for (const auto& [line, answered] : channel.answers) {
            Example example;
            chat.candidates(line, example.pairs);
            for (auto& pair : example.pairs) pair.bits &= kept;
            for (const auto to : answered) {
                if (line - to < example.pairs.size()) example.right.push_back(line - to);
            }
            if (!example.right.empty()) examples.push_back(std::move(example));
        }
    }
    return examples;
}

AnswerWeights train(const std::vector<Example>& examples, const Training& training)
{
    Network network(training.method, training.seed);
    Adam adam(network.size());
    std::vector<float> gradient(network.size());
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Random random(training.seed, 2);
    const auto total = static_cast<double>(training.epochs * examples.size());
    std::size_t done = 0;
    for (std::size_t epoch = 0; epoch < training.epochs; ++epoch) {
        random.shuffle(std::span(order));
        for (std::size_t i = 0; i < order.size(); ++i) {
            network.addGradient(examples[order[i]], gradient);
            ++done;
            if ((i + 1) % groupSize != 0 && i + 1 < order.size()) continue;
            const double way = static_cast<double>(done) / total;
            const double rate = training.rate * (1 + std::cos(std::numbers::pi * way)) / 2;
            for (float& slope : gradient) slope /= static_cast<float>(groupSize);
            adam.step(network.numbers(), gradient, rate, training.decay);
        }
    }
    return network.weights();
}

std::string csvText(const AnswerWeights& weights, const std::vector<std::string>& notes)
{
    std::string text;
    for (const auto& note : notes) text += "# " + note + "\n";
    const bool linear = weights.method == AnswerMethod::Linear;
    const std::size_t width = linear ? 1 : answerUnits;
    text += "feature";
    for (std::size_t u = 1; u <= width; ++u) text += linear ? ",weight" : fmt::format(",u{}", u);
    const auto row = [&](std::string_view name, const float* numbers) {
        text += fmt::format("\n{}", name);
        // Seldom-seen units fade to numbers like 1e-40: nothing.
        for (std::size_t u = 0; u < width; ++u) {
            text += fmt::format(",{:.5g}", std::abs(numbers[u]) < 1e-6F ? 0 : numbers[u]);
        }
    };
    const auto& rows = linear ? weights.output : weights.input;
    for (std::size_t i = 0; i < answerFeatures; ++i) {
        row(answerFeatureNames()[i], rows.data() + i * width);
    }
    if (!linear) {
        row("bias", weights.bias.data());
        row("output", weights.output.data());
    }
    return text + "\n";
}

}  // namespace kith::irc
