#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace kith {

/// What is known of things met lately, by a hash of their ids, in memory that does not grow with
/// the file: between `most` and twice as many of those met last, then the others are forgotten.
template <class Value>
class LatelyMet {
public:
    /// @param most at least 1
    explicit LatelyMet(std::size_t most) : most_(most) {}

    /// What is known of it, which counts as meeting it; nullptr when that is nothing.
    Value* find(std::uint64_t key)
    {
        if (const auto found = young_.find(key); found != young_.end()) return &found->second;
        auto known = old_.extract(key);
        if (!known) return nullptr;
        makeRoom();
        return &young_.insert(std::move(known)).position->second;
    }

    /// The same, without meeting it.
    const Value* peek(std::uint64_t key) const
    {
        if (const auto found = young_.find(key); found != young_.end()) return &found->second;
        const auto found = old_.find(key);
        return found == old_.end() ? nullptr : &found->second;
    }

    /// What is known of it, empty when it is new. Valid until two others have been met.
    Value& meet(std::uint64_t key)
    {
        if (auto* known = find(key)) return *known;
        makeRoom();
        return young_[key];
    }

    std::size_t size() const { return young_.size() + old_.size(); }

private:
    void makeRoom()
    {
        if (young_.size() < most_) return;
        old_ = std::exchange(young_, {});
    }

    std::size_t most_;
    std::unordered_map<std::uint64_t, Value> young_;
    std::unordered_map<std::uint64_t, Value> old_;
};

}  // namespace kith
