#pragma once

#include "core/text/answerfeatures.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace kith {

enum class AnswerMethod : std::uint8_t {
    Linear,  ///< a weight a feature
    Hidden   ///< one hidden layer of rectified units; the better one
};

inline constexpr std::size_t answerUnits = 64;  ///< of the hidden layer

/// Numbers of a model: of the linear one only `output` by feature, of the other all.
struct AnswerWeights {
    AnswerMethod method = AnswerMethod::Linear;
    std::vector<float> input;   ///< answerFeatures rows of answerUnits
    std::vector<float> bias;    ///< answerUnits
    std::vector<float> output;  ///< answerUnits, or answerFeatures of a linear model
};

/// Reads what train_answers writes, resources/answers/*.csv.
/// @throws std::runtime_error when the text is not such a table
AnswerWeights readAnswerWeights(std::string_view csv);

/// Scores candidates, a conditional logit: the probability that line q answers c is exp(score of
/// c) over the sum of exp(score) of all candidates, "opens a conversation" among them.
class AnswerModel {
public:
    explicit AnswerModel(AnswerWeights weights);

    /// The weights that Kith comes with, trained on the Ubuntu IRC reply annotation (Kummerfeld et
    /// al. 2019); see resources/answers/README.md.
    /// @param names whether to use the features that need names in the text
    static const AnswerModel& shipped(AnswerMethod method, bool names);

    /// Replaces `probabilities` by those of `pairs`, which add up to 1. O(pairs x units).
    void probabilities(std::span<const AnswerPair> pairs, std::vector<float>& probabilities) const;

private:
    using Units = std::array<float, answerUnits>;

    float linearScore(const AnswerPair& pair) const;
    float hiddenScore(const AnswerPair& pair) const;

    AnswerMethod method_;
    std::array<float, answerFeatures> linear_{};
    std::array<Units, answerFeatures> input_{};
    std::vector<Units> byLines_;  ///< bias and both features of distance, worked out beforehand
    Units output_{};
};

}  // namespace kith
