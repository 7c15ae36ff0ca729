#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <string_view>

namespace kith {

/// A platform's own id as it is stored: as a number when it is plainly one, which is shorter.
/// Refers to the text it was made from.
class NativeId {
public:
    explicit NativeId(std::string_view text);

    void bind(Statement& statement, int position) const;

    /// Equal for equal ids of one conversation.
    std::uint64_t hash(std::uint64_t seed, std::int64_t conversation) const;

    bool numeric() const { return numeric_; }
    std::int64_t number() const { return number_; }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
    std::int64_t number_ = 0;
    bool numeric_ = false;
};

}  // namespace kith
