#pragma once

#include "core/import/jsonrecords.h"
#include "core/import/reader.h"
#include "core/import/senderbook.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The conversation of what names no group.
inline constexpr std::string_view facebookPostsName = "Facebook comments and posts";

/// Turns what the owner of a Facebook download wrote in groups and under posts into records. Whom a
/// comment answers stands only in the title, a sentence of the account's language: the English one
/// is understood, others make no tie.
class FacebookPosts {
public:
    FacebookPosts(const ReadOptions& options, Sink& sink)
        : options_(options), sink_(sink), people_(sink)
    {}

    /// The lists, for JsonRecords.
    static std::vector<std::string> paths();

    /// Sends one record, or the problem that takes its place.
    void take(const JsonRecords::Record& record);

private:
    void addTitle(const std::string& title, MessageRecord& message);
    std::string person(std::string name);

    const ReadOptions& options_;
    Sink& sink_;
    SenderBook people_;
};

}  // namespace kith
