#pragma once

#include "core/base/time.h"
#include "core/import/postimport.h"
#include "core/import/texttable.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kith {

/// Any row of a 4CAT data set: the first of these fields that says something, or as it stands.
struct FourcatRow {
    using Ask = std::function<std::string(std::initializer_list<std::string_view>)>;
    Ask cell;
    Ask words;
    Place place;
};

/// Turns rows of 4CAT, whose core is id, thread_id, author, body and timestamp for all of its
/// platforms, into records. Times are UTC.
class FourcatPosts {
public:
    /// @param conversation where a row names none
    FourcatPosts(PostImport& import, std::string conversation)
        : import_(import), conversation_(std::move(conversation))
    {}

    /// The first walk: who is who, and which platform it is.
    void learn(const FourcatRow& row);

    /// The second walk.
    void take(const FourcatRow& row);

    /// "telegram", "bluesky", ..., "4cat" where nothing says.
    const std::string& platform() const { return platform_; }

private:
    static std::string platformOf(const FourcatRow& row);
    std::string authorOf(const FourcatRow& row) const;
    std::string personCalled(std::string name);
    std::string nativeId(const FourcatRow& row, const std::string& id) const;
    std::string answeredIn(const FourcatRow& row) const;
    void addTies(const FourcatRow& row, MessageRecord& record);
    void addQuotedNumbers(MessageRecord& record) const;

    PostImport& import_;
    std::string conversation_;
    std::string platform_;
    bool ids_ = false;  ///< authors have ids beside their names
    TextTable keys_;    ///< name in small letters -> key
};

}  // namespace kith
