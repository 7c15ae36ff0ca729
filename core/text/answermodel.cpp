#include "core/text/answermodel.h"

#include "core/base/text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>

namespace kith {

/// resources/answers/*.csv: (file name, text).
extern const std::vector<std::pair<std::string_view, std::string_view>> answerWeightFiles;

namespace {

using Feature = AnswerFeature;

constexpr std::uint64_t lineBits = bitOf(Feature::Lines1) | bitOf(Feature::Lines2) |
                                   bitOf(Feature::Lines3to5) | bitOf(Feature::Lines6to10) |
                                   bitOf(Feature::Lines11to20) | bitOf(Feature::LinesMore);

constexpr std::size_t at(Feature feature)
{
    return static_cast<std::size_t>(feature);
}

float logLines(std::uint32_t lines)
{
    return lines == 0 ? 0 : std::log(static_cast<float>(lines));
}

/// ln(1 + minutes): 0 for "opens a conversation" too.
float logMinutes(std::uint32_t minutes)
{
    constexpr std::size_t kept = 64;
    static const auto table = [] {
        std::array<float, kept> logs{};
        for (std::size_t i = 0; i < kept; ++i) logs[i] = std::log1p(static_cast<float>(i));
        return logs;
    }();
    return minutes < kept ? table[minutes] : std::log1p(static_cast<float>(minutes));
}

std::vector<float> numbersIn(std::span<const std::string_view> cells)
{
    std::vector<float> numbers;
    for (const auto cell : cells) {
        const auto number = parseReal(cell);
        if (!number) throw std::runtime_error("a weight is no number: " + std::string(cell));
        numbers.push_back(static_cast<float>(*number));
    }
    return numbers;
}

void require(bool right, const char* what)
{
    if (!right) throw std::runtime_error(std::string("table of weights: ") + what);
}

using Units = std::array<float, answerUnits>;

void add(Units& sum, const Units& units)
{
    for (std::size_t i = 0; i < answerUnits; ++i) sum[i] += units[i];
}

void add(Units& sum, const Units& units, float times)
{
    for (std::size_t i = 0; i < answerUnits; ++i) sum[i] += units[i] * times;
}

/// Eight sums side by side, so that a processor can add them at once, always in the same order.
float rectifiedProduct(const Units& units, const Units& weights)
{
    std::array<float, 8> sums{};
    for (std::size_t i = 0; i < answerUnits; i += sums.size()) {
        for (std::size_t k = 0; k < sums.size(); ++k) {
            sums[k] += std::max(units[i + k], 0.0F) * weights[i + k];
        }
    }
    float total = 0;
    for (const float sum : sums) total += sum;
    return total;
}

}  // namespace

AnswerWeights readAnswerWeights(std::string_view csv)
{
    AnswerWeights weights;
    std::size_t row = 0;
    for (const auto text : split(csv, '\n')) {
        if (trim(text).empty() || text.front() == '#' || text.starts_with("feature,")) continue;
        const auto cells = split(trim(text), ',');
        const auto numbers = numbersIn(std::span(cells).subspan(1));
        const auto names = answerFeatureNames();
        if (row < answerFeatures) {
            require(cells.front() == names[row], "the features stand in another order");
            auto& into = numbers.size() == 1 ? weights.output : weights.input;
            into.insert(into.end(), numbers.begin(), numbers.end());
        } else {
            auto& into = cells.front() == "bias" ? weights.bias : weights.output;
            into.insert(into.end(), numbers.begin(), numbers.end());
        }
        ++row;
    }
    if (!weights.input.empty()) weights.method = AnswerMethod::Hidden;
    return weights;
}

AnswerModel::AnswerModel(AnswerWeights weights) : method_(weights.method)
{
    if (method_ == AnswerMethod::Linear) {
        require(weights.output.size() == answerFeatures, "a feature has no weight");
        std::copy_n(weights.output.begin(), answerFeatures, linear_.begin());
        return;
    }
    require(weights.input.size() == answerFeatures * answerUnits &&
                weights.bias.size() == answerUnits && weights.output.size() == answerUnits,
            "the layer has not 64 units");
    auto next = weights.input.begin();
    for (auto& units : input_) {
        std::copy_n(next, answerUnits, units.begin());
        next += answerUnits;
    }
    std::copy_n(weights.output.begin(), answerUnits, output_.begin());
    for (std::uint32_t lines = 0; lines <= answerWindow; ++lines) {
        Units units{};
        std::copy_n(weights.bias.begin(), answerUnits, units.begin());
        if (lines > 0) {
            add(units, input_[at(lineFeature(lines))]);
            add(units, input_[at(Feature::LogLines)], logLines(lines));
        }
        byLines_.push_back(units);
    }
}

const AnswerModel& AnswerModel::shipped(AnswerMethod method, bool names)
{
    static const auto load = [](std::string_view file) {
        const auto found = std::find_if(answerWeightFiles.begin(), answerWeightFiles.end(),
                                        [&](const auto& entry) { return entry.first == file; });
        require(found != answerWeightFiles.end(), "a file is missing");
        return AnswerModel(readAnswerWeights(found->second));
    };
    if (method == AnswerMethod::Linear) {
        static const AnswerModel with = load("linear.csv");
        static const AnswerModel without = load("linear_without_names.csv");
        return names ? with : without;
    }
    static const AnswerModel with = load("hidden.csv");
    static const AnswerModel without = load("hidden_without_names.csv");
    return names ? with : without;
}

float AnswerModel::linearScore(const AnswerPair& pair) const
{
    float score = logLines(pair.lines) * linear_[at(Feature::LogLines)] +
                  logMinutes(pair.minutes) * linear_[at(Feature::LogMinutes)] +
                  pair.likeness * linear_[at(Feature::Likeness)];
    for (auto bits = pair.bits; bits != 0; bits &= bits - 1) {
        score += linear_[static_cast<std::size_t>(std::countr_zero(bits))];
    }
    return score;
}

float AnswerModel::hiddenScore(const AnswerPair& pair) const
{
    Units units = byLines_[pair.lines];
    if (pair.minutes > 0) add(units, input_[at(Feature::LogMinutes)], logMinutes(pair.minutes));
    if (pair.likeness > 0) add(units, input_[at(Feature::Likeness)], pair.likeness);
    for (auto bits = pair.bits & ~lineBits; bits != 0; bits &= bits - 1) {
        add(units, input_[static_cast<std::size_t>(std::countr_zero(bits))]);
    }
    return rectifiedProduct(units, output_);
}

void AnswerModel::probabilities(std::span<const AnswerPair> pairs,
                                std::vector<float>& probabilities) const
{
    probabilities.resize(pairs.size());
    float highest = -INFINITY;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        probabilities[i] =
            method_ == AnswerMethod::Linear ? linearScore(pairs[i]) : hiddenScore(pairs[i]);
        highest = std::max(highest, probabilities[i]);
    }
    float sum = 0;
    for (float& p : probabilities) sum += p = std::exp(p - highest);
    for (float& p : probabilities) p /= sum;
}

}  // namespace kith
