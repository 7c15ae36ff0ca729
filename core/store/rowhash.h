#pragma once

#include "core/base/hash.h"
#include "core/base/quickhash.h"

#include <cstdint>
#include <string_view>

namespace kith {

/// What row_hash() and message_hash() make of a row's values, worked out without SQLite: each value
/// is preceded by the number of its type.
/// @tparam Hashing Hasher as in row_hash(), or QuickHasher as in message_hash()
template <class Hashing>
class RowHash {
public:
    RowHash& number(std::int64_t value) { return add(integerType, value); }
    RowHash& text(std::string_view value) { return bytes(textType, value); }
    RowHash& blob(std::string_view value) { return bytes(blobType, value); }
    /// Of any type but integers and null, by SQLite's number of it.
    RowHash& bytes(int type, std::string_view value) { return add(type, value); }
    RowHash& null()
    {
        hasher_.add(std::int64_t{nullType});
        return *this;
    }

    /// At most once. Never negative.
    std::int64_t finish() { return static_cast<std::int64_t>(bits(hasher_.finish()) >> 1U); }

private:
    // As SQLite numbers its types.
    static constexpr int integerType = 1;
    static constexpr int textType = 3;
    static constexpr int blobType = 4;
    static constexpr int nullType = 5;

    template <class Value>
    RowHash& add(int type, Value value)
    {
        hasher_.add(std::int64_t{type}).add(value);
        return *this;
    }
    static std::uint64_t bits(const Hash& hash) { return shortHash(hash); }
    static std::uint64_t bits(std::uint64_t hash) { return hash; }

    Hashing hasher_;
};

}  // namespace kith
