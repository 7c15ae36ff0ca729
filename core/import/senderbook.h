#pragma once

#include "core/import/bodies.h"
#include "core/import/hashtable.h"
#include "core/import/sink.h"

#include <string>
#include <tuple>
#include <utility>

namespace kith {

/// Describes each person once, and again when there is a new name to tell. Of more than a million
/// people some are described again without need, which changes nothing.
class SenderBook {
public:
    explicit SenderBook(Sink& sink) : sink_(sink) {}

    /// An empty key or name says nothing.
    void tell(const std::string& key, std::string name, std::string handle = {}, bool bot = false)
    {
        if (key.empty() || name.empty()) return;
        name = withoutNul(std::move(name));
        if (!isNews(key, name)) return;
        sink_.account({key, std::move(name), withoutNul(std::move(handle)), bot});
    }

    /// Whether somebody is new, or has a name that was not the one told last; it counts as told.
    bool isNews(std::string_view key, std::string_view name)
    {
        auto [known, fresh] = told_.add(tableKey(key));
        if (known == nullptr) {
            told_.clear();
            std::tie(known, fresh) = told_.add(tableKey(key));
        }
        const auto hash = tableKey(name);
        if (!fresh && (name.empty() || *known == hash)) return false;
        *known = hash;
        return true;
    }

private:
    static constexpr std::size_t mostTold = 1'000'000;

    Sink& sink_;
    HashTable<std::uint64_t> told_{mostTold};  ///< hash of the name by that of the key
};

}  // namespace kith
