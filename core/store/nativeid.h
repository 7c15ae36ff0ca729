#pragma once

#include "core/store/database.h"
#include "core/store/rowbatch.h"

#include <cstdint>
#include <string_view>

namespace kith {

/// What tells a message from the others of its conversation, as it is stored: the platform's own
/// id, as a number when it is plainly one, which is shorter; or where there is none a hash of who
/// said what when. Refers to what it was made from.
class NativeId {
public:
    explicit NativeId(std::string_view text);
    static NativeId ofHash(std::string_view bytes);

    void bind(Statement& statement, int position) const;
    void addTo(RowBatch& rows) const;

    /// Equal for equal ids of one conversation, and never 0.
    std::uint64_t hash(std::uint64_t seed, std::int64_t conversation) const;

    bool numeric() const { return kind_ == Kind::Number; }
    bool hashed() const { return kind_ == Kind::Digest; }
    std::int64_t number() const { return number_; }
    std::string_view text() const { return text_; }  ///< or the bytes of the hash

private:
    enum class Kind : std::uint8_t { Text, Number, Digest };

    std::string_view text_;
    std::int64_t number_ = 0;
    Kind kind_ = Kind::Text;
};

}  // namespace kith
