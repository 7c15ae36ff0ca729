#pragma once

#include "core/base/fetchahead.h"
#include "core/base/largepages.h"
#include "core/graph/graph.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace kith {

/// A set of ties. Where they are dense it is a table with a bit for every pair of people; else open
/// addressing with linear probing, at most two thirds full, where taking one out closes the gap
/// behind it, so that no marks of deleted entries pile up over many swaps. 12 bytes a tie, up to
/// four times that for the table.
class TieSet {
public:
    /// @param most ties that will be in it at any time, below 2^31
    TieSet(std::size_t people, std::size_t most)
    {
        const std::size_t slots = most + most / 2 + 2;
        const std::size_t words = people * (people + 1) / 2 / wordBits + 1;
        dense_ = people <= mostDense && words <= 4 * slots;
        reserveLarge(words_, dense_ ? words : slots);
        words_.assign(dense_ ? words : slots, dense_ ? 0 : none);
    }

    bool has(Vertex a, Vertex b) const
    {
        if (dense_) return (words_[word(bit(a, b))] & mark(bit(a, b))) != 0;
        return words_[find(key(a, b))] != none;
    }

    void add(Vertex a, Vertex b)
    {
        if (dense_)
            words_[word(bit(a, b))] |= mark(bit(a, b));
        else
            words_[find(key(a, b))] = key(a, b);
    }

    void take(Vertex a, Vertex b)
    {
        if (dense_)
            words_[word(bit(a, b))] &= ~mark(bit(a, b));
        else
            close(find(key(a, b)));
    }

    /// Asks for the memory where a tie would stand, which is looked at soon.
    void ask(Vertex a, Vertex b) const
    {
        fetchAhead(words_.data() + (dense_ ? word(bit(a, b)) : home(key(a, b))));
    }

private:
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    static constexpr std::size_t wordBits = 64;
    static constexpr std::size_t mostDense = 1'000'000;

    /// The place of a pair among all pairs, which may be of one and the same person.
    static std::uint64_t bit(Vertex a, Vertex b)
    {
        if (a < b) std::swap(a, b);
        return std::uint64_t{a} * (a + std::uint64_t{1}) / 2 + b;
    }
    static std::size_t word(std::uint64_t bit) { return bit / wordBits; }
    static std::uint64_t mark(std::uint64_t bit) { return std::uint64_t{1} << bit % wordBits; }

    /// Moves those behind it that belong before it into a gap, until nothing is left to move.
    void close(std::size_t gap)
    {
        for (std::size_t at = next(gap); words_[at] != none; at = next(at)) {
            const std::size_t wanted = home(words_[at]);
            if (steps(wanted, at) < steps(gap, at)) continue;
            words_[gap] = words_[at];
            gap = at;
        }
        words_[gap] = none;
    }

    static std::uint64_t key(Vertex a, Vertex b)
    {
        if (a > b) std::swap(a, b);
        return (std::uint64_t{a} << 32U) | b;
    }

    std::size_t home(std::uint64_t key) const
    {
        return static_cast<std::size_t>(((key * 0x9e3779b97f4a7c15ULL) >> 32U) * words_.size() >>
                                        32U);
    }

    std::size_t next(std::size_t at) const { return at + 1 == words_.size() ? 0 : at + 1; }

    /// How far it is from one slot onwards to another.
    std::size_t steps(std::size_t from, std::size_t to) const
    {
        return to >= from ? to - from : to + words_.size() - from;
    }

    std::size_t find(std::uint64_t key) const
    {
        std::size_t at = home(key);
        while (words_[at] != none && words_[at] != key) at = next(at);
        return at;
    }

    bool dense_ = false;
    std::vector<std::uint64_t> words_;  ///< keys, or bits
};

}  // namespace kith
