#pragma once

#include "core/import/json.h"
#include "core/import/jsonkeys.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kith {

/// The members that a reader asks of every record, found in one pass over the record instead of one
/// search for each. Made at compile time of the keys in the order of an enumeration from 0:
///     enum class Field { Id, Body };
///     constexpr JsonTable<Field, 2> fields({"id", "body"});
///     const auto post = fields.of(value);
///     use(post[Field::Body].text());
template <class Field, std::size_t count>
class JsonTable {
public:
    consteval explicit JsonTable(const std::array<std::string_view, count>& keys) : keys_(keys)
    {
        for (std::size_t i = 0; i < count; ++i) {
            auto& first = firstOf_[Json::tagOf(keys[i])];
            nextOf_[i] = first;
            first = static_cast<std::uint8_t>(i + 1);
        }
    }

    /// What was found; points into the record.
    class Found {
    public:
        /// Null when absent.
        const Json& operator[](Field field) const
        {
            const auto* const found = at_[static_cast<std::size_t>(field)];
            return found == nullptr ? Json::absent : *found;
        }
        bool has(Field field) const { return at_[static_cast<std::size_t>(field)] != nullptr; }

    private:
        friend class JsonTable;
        std::array<const Json*, count> at_{};
    };

    /// Nothing is found in what is no object.
    Found of(const Json& object) const
    {
        Found found;
        const auto members = object.members();
        const auto* const tags = object.tags();
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t at = firstOf_[tags[i]]; at != 0; at = nextOf_[at - 1]) {
                const auto& key = members[i].key;
                const auto& wanted = keys_[at - 1];
                if (key.size() != wanted.size() ||
                    !sameBytes(key.data(), wanted.data(), key.size()))
                    continue;
                found.at_[at - 1] = &members[i].value;
                break;
            }
        }
        return found;
    }

private:
    static_assert(count < 255);

    std::array<std::string_view, count> keys_;
    std::array<std::uint8_t, 256> firstOf_{};   ///< by tag: place in keys_ from 1; 0 = none
    std::array<std::uint8_t, count> nextOf_{};  ///< the next key of the same tag
};

}  // namespace kith
