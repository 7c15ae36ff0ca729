#pragma once

#include "tests/train/irc.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith::irc {

/// One annotated line with its candidates, and which of them are right.
struct Example {
    std::vector<AnswerPair> pairs;
    std::vector<std::size_t> right;  ///< positions in `pairs`, at least one
};

/// Every annotated line that has an antecedent in its window.
/// @param names false takes the features away that need names
std::vector<Example> examplesOf(const std::vector<Channel>& channels, bool names);

struct Training {
    AnswerMethod method = AnswerMethod::Hidden;
    std::size_t epochs = 0;
    double rate = 0;   ///< step of Adam at the start; it falls to nothing along half a cosine
    double decay = 0;  ///< weight decay, apart from the gradient (Loshchilov and Hutter 2019)
    std::uint64_t seed = 1;
};

/// Maximises the likelihood that a right candidate is chosen, with Adam (Kingma and Ba 2015) over
/// groups of 32 lines. One thread: equal examples and seed give equal weights.
AnswerWeights train(const std::vector<Example>& examples, const Training& training);

/// As readAnswerWeights() reads it; the note goes into the first lines, behind '#'.
std::string csvText(const AnswerWeights& weights, const std::vector<std::string>& notes);

}  // namespace kith::irc
