#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith {

/// Lets a map of strings be asked with a string_view.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept
    {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// One word of a line as far as names go: everything between spaces and ",:;!?()<>@".
struct NameToken {
    std::string_view text;
    bool called = false;  ///< stands behind '@'
};

/// Cuts a folded line (foldForMatching) into name tokens, replacing the content of `tokens`.
void nameTokens(std::string_view folded, std::vector<NameToken>& tokens);

/// Everything the people of a chat may be called: a name without spaces as a whole; of a longer
/// name the given name, all of it, all of it without spaces ("@AnnSmith") and the nickname in
/// brackets or quotation marks. A word that fits two people names nobody; of full names the longest
/// that fits counts, and of two people with the same one the first. A name that is also an everyday
/// word ("will", "mark") counts only as the first word of a line or behind '@'.
class NameBook {
public:
    /// @param names display names by author; authors come back as positions in this map, from 0
    explicit NameBook(const std::map<std::int64_t, std::string>& names);

    struct Named {
        std::uint32_t author;  ///< position in the map of names
        std::size_t tokens;    ///< how many tokens the name takes
    };
    static constexpr std::uint32_t nobody = UINT32_MAX;

    /// Who is named by the tokens from `at` on; author `nobody` and one token otherwise. Looks once
    /// for each length of the names that begin with the token, however many these are.
    Named at(const std::vector<NameToken>& tokens, std::size_t at) const;

private:
    void enter(const std::string& name, std::uint32_t author);
    void enterFullName(const std::vector<std::string>& parts, std::uint32_t author);
    void enterWord(const std::string& word, std::uint32_t author);
    std::uint32_t fullNameAt(const std::vector<NameToken>& tokens, std::size_t at,
                             std::size_t length) const;
    std::uint32_t wordAt(const NameToken& token, bool first) const;

    TextMap<std::uint32_t> byWord_;
    TextMap<std::uint32_t> byFullName_;          ///< parts parted by spaces
    TextMap<std::vector<std::size_t>> lengths_;  ///< of full names by first part, longest first
};

}  // namespace kith
