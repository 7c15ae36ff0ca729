#pragma once

#include "core/text/lexicon.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A word of a draft that a group does not know.
struct DraftWord {
    std::string word;         ///< as it stands in the draft, folded
    std::uint32_t times = 0;  ///< in the draft
    double reach = 0;         ///< share of the group's people who use it, 0..1
};

/// A word of the sender's own that a group hardly uses.
struct InsiderWord {
    std::string word;
    double reachSender = 0;  ///< at least 0.10
    double reach = 0;        ///< below 0.01
    double z = 0;            ///< log-odds, sender against the group; at least 2.58
};

/// How a draft sounds to one group.
struct DraftFit {
    std::size_t authors = 0;
    std::uint64_t tokens = 0;  ///< that count, said by the group
    bool enough = false;       ///< 30 authors and 5,000 tokens; otherwise nothing below is said
    double cover = 0;          ///< share of the draft's content words that are words of the group
    double surprise = 0;       ///< mean bits a word: how unexpected it is in this group
    std::vector<DraftWord> unknown;    ///< in the order of the draft
    std::vector<InsiderWord> insider;  ///< by z; empty without a sender
};

/// Compares a draft with the words of groups (METHODS j). A word is a group's when at least
/// max(0.05, 2/authors) of its people used it. Content words leave out stop words, names, numbers
/// and what more than 60 % of all authors used. Memory grows with the draft and the authors, not
/// with what was said.
class DraftChecker {
public:
    static constexpr std::size_t fewestAuthors = 30;
    static constexpr std::uint64_t fewestTokens = 5'000;

    /// @param names every display name; their parts are no words
    DraftChecker(std::string_view draft, std::size_t groups, const std::vector<std::string>& names);

    /// @param groups that the author belongs to; may be none or several
    void add(std::span<const std::uint32_t> groups, std::int64_t author, std::string_view text);

    /// Content words of the draft, repeats included.
    std::size_t contentWords() const;

    /// By group.
    /// @param sender the group that speaks
    std::vector<DraftFit> check(std::optional<std::uint32_t> sender) const;

private:
    /// What a group, or everybody, said.
    struct Said {
        std::set<std::int64_t> authors;
        std::uint64_t tokens = 0;
        std::uint64_t incidences = 0;                  ///< of a word in a message
        std::vector<std::uint64_t> uses;               ///< by word of the draft
        std::vector<std::uint64_t> messages;           ///< by word of the draft: that hold it
        std::vector<std::set<std::int64_t>> speakers;  ///< by word of the draft
    };
    struct Word {
        std::string text;
        std::uint32_t number = 0;  ///< of the lexicon, below draftWords_
    };

    void count(Said& said, std::int64_t author, const std::vector<std::uint32_t>& words) const;
    bool isContent(std::uint32_t word) const;
    double background(std::uint32_t word) const;
    double prior(std::uint32_t word, double a0) const;
    void findInsider(const Said& sender, const Said& group, DraftFit& fit) const;

    Lexicon lexicon_;
    std::vector<Word> draft_;
    std::size_t draftWords_ = 0;
    std::vector<Said> groups_;
    Said all_;
    std::vector<std::uint32_t> message_;
};

}  // namespace kith
