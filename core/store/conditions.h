#pragma once

#include "core/model/selection.h"
#include "core/store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The WHERE clause of a selection with its values, which are always bound.
class Conditions {
public:
    /// `message` and `account` name the columns to restrict, "t.message" for instance.
    void addTime(const Selection& selection, std::string_view column);
    void addSources(const Selection& selection, std::string_view message, std::string_view source);
    void addConcern(const Database& db, const Selection& selection, std::string_view message);
    void addMembers(const Selection& selection, std::string_view account);
    void addKinds(const Selection& selection, std::string_view column);
    void add(std::string_view condition);

    std::string where() const;  ///< " WHERE ... AND ..." or nothing
    std::string all() const;    ///< the same as an expression: "... AND ..." or "1"
    /// Binds its values behind the first `position` ones; returns how many are bound then.
    int bind(Statement& statement, int position = 0) const;

private:
    struct Value {
        std::int64_t number = 0;
        std::string text;
        bool isText = false;
    };
    void value(std::int64_t number) { values_.push_back({number, {}, false}); }
    void value(std::string text) { values_.push_back({0, std::move(text), true}); }

    std::string where_;
    std::vector<Value> values_;
};

/// "[1,2,3]" for json_each().
template <class Ids>
std::string idList(const Ids& ids)
{
    std::string list = "[";
    for (const auto& id : ids) {
        if (list.size() > 1) list += ',';
        list += std::to_string(id.value);
    }
    return list + "]";
}

/// What an organiser typed as a query of FTS5: plain words (all must occur), "quoted phrases", OR,
/// word*; everything else is taken literally. Empty when there is nothing to look for.
std::string fullTextQuery(std::string_view typed);

}  // namespace kith
