#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace kith {

/// Who was met in a message already: nearly always a few people, who are looked through; where a
/// hostile message names thousands, a table is made of them.
class Once {
public:
    Once(std::initializer_list<std::string_view> known = {})
    {
        if (known.size() > 0) few_.reserve(usual);
        for (const auto one : known) (void)first(one);
    }

    /// True the first time that `one` is met.
    bool first(std::string_view one)
    {
        if (many_.empty()) {
            if (std::ranges::find(few_, one) != few_.end()) return false;
            few_.emplace_back(one);
            if (few_.size() > most) many_.insert(few_.begin(), few_.end());
            return true;
        }
        return many_.emplace(one).second;
    }

private:
    static constexpr std::size_t usual = 8;
    static constexpr std::size_t most = 32;

    std::vector<std::string> few_;
    std::unordered_set<std::string> many_;
};

}  // namespace kith
