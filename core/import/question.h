#pragma once

#include "core/base/error.h"

#include <string>
#include <utility>
#include <vector>

namespace kith {

/// Something about a file that only the user can decide.
struct Question {
    enum class About {
        Dates,     ///< answer: ReadOptions::dates
        Columns,   ///< answer: ReadOptions::columns
        Encoding,  ///< answer: ReadOptions::encoding
        Chats,     ///< answer: ReadOptions::chats, any number of the choices
        Format,    ///< the format is a guess; answer: ImportOptions::format or guess
        Members,   ///< a name may hold a colon; answer: ReadOptions::members, one of the choices
        Limits     ///< a limit was hit that may be raised once; answer: ImportOptions::raiseLimits
    };
    struct Choice {
        std::string value;    ///< as the command line takes it: "dmy"
        std::string meaning;  ///< in words: "3 April 2024"; of a column its first few cells
    };

    About about = About::Dates;
    std::string asWritten;  ///< the example from the file: "03/04/2024"; may be empty
    std::vector<Choice> choices;
};

/// An Error of kind NeedsAnswer that carries its question, for screens that can ask it.
class AnswerNeeded : public Error {
public:
    AnswerNeeded(Question question, const std::string& what, Place where, std::string remedy)
        : Error(Kind::NeedsAnswer, what, std::move(where), std::move(remedy)),
          question_(std::move(question))
    {}

    const Question& question() const { return question_; }

private:
    Question question_;
};

}  // namespace kith
