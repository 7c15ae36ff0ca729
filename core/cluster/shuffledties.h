#pragma once

#include "core/cluster/knownties.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kith::known {

/// What is gone through for every shuffle, as small as it can be: values in a byte each where there
/// are few, and ties without their weights.
template <class Value>
class ShuffledTies {
public:
    /// Shuffles whose ties are counted in one walk: as many as make one register of values.
    static constexpr std::size_t together = 16 / sizeof(Value);
    using Counts = std::array<std::size_t, together>;

    explicit ShuffledTies(const Part& part)
        : values_(part.values.begin(), part.values.end()), sizes_(part.sizes)
    {
        ties_.reserve(part.ties.size());
        for (const auto& tie : part.ties) ties_.push_back({tie.a, tie.b});
    }

    const std::vector<Value>& values() const { return values_; }      ///< by known person
    const std::vector<std::size_t>& sizes() const { return sizes_; }  ///< by value
    std::size_t ties() const { return ties_.size(); }

    /// Ties that join people of one value, were the values those.
    std::size_t inside(const std::vector<Value>& those) const
    {
        std::size_t count = 0;
        for (const Ends& tie : ties_) count += those[tie.a] == those[tie.b];
        return count;
    }

    /// The same for each of up to `together` shuffles. Going through the ties is most of the work,
    /// and one walk does for all: a person's values stand side by side.
    Counts inside(std::span<const std::vector<Value>> shuffles) const
    {
        const auto rows = sideBySide(shuffles);
        Counts counts{};
        for (std::size_t first = 0; first < ties_.size(); first += walk) {
            const std::size_t many = std::min(walk, ties_.size() - first);
            const Row some = alike(rows, std::span(ties_).subspan(first, many));
            for (std::size_t k = 0; k < together; ++k)
                counts[k] += static_cast<std::size_t>(some[k]);
        }
        return counts;
    }

private:
    using Row = std::array<Value, together>;

    struct Ends {
        std::uint32_t a = 0;
        std::uint32_t b = 0;
    };

    static constexpr std::size_t walk = 255;  ///< ties that can be counted in a byte

    std::vector<Row> sideBySide(std::span<const std::vector<Value>> shuffles) const
    {
        std::vector<Row> rows(values_.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t k = 0; k < shuffles.size(); ++k) rows[i][k] = shuffles[k][i];
        return rows;
    }

    /// A plain loop over a whole row is what compilers make a single instruction of.
    static Row alike(const std::vector<Row>& rows, std::span<const Ends> ties)
    {
        Row counts{};
        for (const Ends& tie : ties) {
            const Row& a = rows[tie.a];
            const Row& b = rows[tie.b];
            for (std::size_t k = 0; k < together; ++k)
                counts[k] = static_cast<Value>(counts[k] + (a[k] == b[k]));
        }
        return counts;
    }

    std::vector<Value> values_;
    std::vector<Ends> ties_;
    const std::vector<std::size_t>& sizes_;
};

}  // namespace kith::known
