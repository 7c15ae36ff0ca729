#pragma once

#include "core/import/jsonend.h"
#include "core/import/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Finds the posts in an answer of Bluesky's that holds a thread, where every answer is nested in
/// the post it answers, however deep. Walks through the text once, without recursion, and hands out
/// the value of every member "post"; a place where a post is missing is handed out empty.
class ThreadPosts {
public:
    ThreadPosts(ByteSource& source, Place where);

    struct Found {
        std::string_view raw;  ///< valid until the next call; empty = gone, blocked or too long
        std::string why;       ///< why it is empty, a clause
        Place place;
    };

    /// The next post; nullopt at the end or where the text breaks off.
    std::optional<Found> next();

    /// What is wrong at the end; empty when all is well.
    const std::string& trouble() const { return trouble_; }
    Place place() const;
    std::uint64_t consumed() const { return byte_; }

private:
    std::optional<char> get();
    bool string(char one);
    std::optional<Found> capture();
    std::optional<Found> missing(char one);

    ByteSource& source_;
    Place where_;
    std::vector<char> chunk_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint64_t byte_ = 0;
    std::uint64_t line_ = 1;

    std::uint64_t depth_ = 0;
    bool inString_ = false;
    JsonString string_;
    std::string last_;  ///< the string met last: a key, once a colon follows
    std::string key_;   ///< of the value that may begin now
    std::string raw_;
    std::string trouble_;
};

}  // namespace kith
