#pragma once

#include "core/analysis/sentences.h"
#include "core/journey/agreement.h"
#include "core/model/listening.h"
#include "core/store/workspace.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith {

/// How far coders agree on one of the six questions: whether a message answers it.
struct QuestionAgreement {
    Question question = Question::Wrong;
    std::optional<AlphaRange> alpha;  ///< absent where everybody put the same on every message
    std::string refused;              ///< why not; empty when it is there
    std::size_t units = 0;            ///< messages that two or more coded
    std::size_t present = 0;          ///< of them those on which anybody put the code
    double agreement = 0;             ///< raw share of pairs of coders who agree
    std::optional<Kappa> kappa;       ///< of exactly two coders who coded the same messages
};

struct CodingAgreement {
    std::vector<std::string> coders;  ///< ascending
    std::size_t messages = 0;         ///< coded by anybody
    std::size_t units = 0;            ///< coded by two or more
    std::vector<QuestionAgreement> questions;
    unsigned draws = 1000;
    std::uint64_t seed = 1;

    bool few() const;  ///< fewer than a hundred units: the intervals say little (METHODS m)
};

/// Krippendorff's alpha for each question, nominal, present or absent; a message that a coder read
/// without putting a code on it counts as absent. Time O(draws x units).
CodingAgreement codingAgreement(const std::vector<Coding>& codings, std::uint64_t seed,
                                unsigned threads, Task& task);

/// One for each question that anybody used.
std::vector<EvidenceSentence> agreementSentences(const CodingAgreement& found);

/// "firm", "tentative", "not reliable" (Krippendorff 2004).
std::string_view reading(double alpha);

/// Codes from a table with the columns message, coder and codes ("wrong matters", or "none"), and
/// about where it is wanted.
/// @throws Error FileUnreadable; BadInput with the line
std::vector<Coding> readCodings(const std::filesystem::path& file);

/// "wrong", "Matters": a question; "none" gives nullopt.
/// @throws Error Usage, listing them
std::optional<Question> questionCalled(const std::string& text);

}  // namespace kith
