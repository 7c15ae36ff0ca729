#pragma once

#include "core/import/bodies.h"
#include "core/import/sink.h"

#include <string>
#include <unordered_map>
#include <utility>

namespace kith {

/// Describes each person once, and again when there is a new name to tell.
class SenderBook {
public:
    explicit SenderBook(Sink& sink) : sink_(sink) {}

    /// An empty key or name says nothing.
    void tell(const std::string& key, std::string name, std::string handle = {}, bool bot = false)
    {
        if (key.empty() || name.empty()) return;
        name = withoutNul(std::move(name));
        const auto [known, fresh] = names_.try_emplace(key, name);
        if (!fresh && known->second == name) return;
        known->second = name;
        sink_.account({key, std::move(name), withoutNul(std::move(handle)), bot});
    }

    /// The name told last; the key itself when there was none.
    const std::string& name(const std::string& key) const
    {
        const auto known = names_.find(key);
        return known == names_.end() ? key : known->second;
    }

private:
    Sink& sink_;
    std::unordered_map<std::string, std::string> names_;
};

}  // namespace kith
