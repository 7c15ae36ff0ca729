#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The words of an export that count, numbered by stem as they turn up. Left out are stop words,
/// the parts of people's names, @names, numbers and single letters (METHODS j).
/// Not safe from several threads at once. Memory grows with distinct words, not with messages.
class Lexicon {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// @param names every display name; their parts are no words
    explicit Lexicon(const std::vector<std::string>& names);
    ~Lexicon();
    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;

    /// `each` gets the number of every word of the text that counts, in order, repeats included.
    /// New words are entered. O(bytes).
    void read(std::string_view text, const std::function<void(std::uint32_t)>& each);

    /// Looks only: `each` gets every word that would count, as it stands in the text (folded), with
    /// its number, or `none` when nobody in the export used it.
    void look(std::string_view text,
              const std::function<void(std::string_view, std::uint32_t)>& each) const;

    std::size_t size() const;  ///< numbers run from 0 to size() - 1

    /// By number: the commonest full word of each stem, among equals the first in byte order.
    std::vector<std::string> shown() const;

    /// By number: the full words of each stem that make up at least `share` of its uses, commonest
    /// first.
    std::vector<std::vector<std::string>> forms(double share) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kith
