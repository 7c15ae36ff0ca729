#pragma once

#include "core/text/answermodel.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace kith {

/// "line `from` answers line `to`", an earlier one by somebody else.
struct Answer {
    std::size_t from = 0;
    std::size_t to = 0;
    /// That `from` answers this person, whichever of their lines: [0.5, 1], to four decimals.
    double probability = 0;
};

/// Who answers whom in a chat that keeps no reply pointers, by METHODS b: each line and each of the
/// hundred before it are a pair with 55 features; a ranker trained on annotated chats gives every
/// pair, and "opens a conversation", a probability. A line gets an answer when one person has at
/// least an even chance of being the one who is answered; the sum of the probabilities of two
/// people's answers is how many are to be expected. Where fewer than one line in twenty names
/// somebody, lines that no name is about are judged by weights that do without names. Always an
/// inference: mark it so wherever it is shown. English has the most cues; times count by minutes.
/// @param names display names by author, to find who is named
/// O(bytes + lines x window). The same lines give the same answers, to the last bit.
std::vector<Answer> answersIn(const std::vector<ChatLine>& lines,
                              const std::map<std::int64_t, std::string>& names,
                              AnswerMethod method = AnswerMethod::Hidden);

}  // namespace kith
