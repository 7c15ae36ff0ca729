#include "core/import/threadposts.h"

#include <utility>

namespace kith {
namespace {

constexpr std::size_t chunkBytes = 1U << 16U;
constexpr std::size_t longestKey = 64;
constexpr std::size_t longestPost = 4U << 20U;
constexpr std::uint64_t deepest = 10'000;

}  // namespace

ThreadPosts::ThreadPosts(ByteSource& source, Place where)
    : source_(source), where_(std::move(where)), chunk_(chunkBytes)
{}

std::optional<char> ThreadPosts::get()
{
    if (at_ == size_) {
        size_ = source_.read(chunk_);
        at_ = 0;
        if (size_ == 0) return std::nullopt;
    }
    const char one = chunk_[at_++];
    ++byte_;
    if (one == '\n') ++line_;
    return one;
}

Place ThreadPosts::place() const
{
    auto place = where_;
    place.line = line_;
    place.byte = byte_;
    return place;
}

/// Inside of a string. @return false when `one` stands outside
bool ThreadPosts::string(char one)
{
    if (!inString_) {
        if (one != '"') return false;
        inString_ = true;
        last_.clear();
        return true;
    }
    inString_ = string_.goesOn(one);
    if (inString_ && last_.size() < longestKey) last_ += one;
    return true;
}

std::optional<ThreadPosts::Found> ThreadPosts::next()
{
    while (trouble_.empty()) {
        const auto one = get();
        if (!one) {
            if (depth_ > 0 || inString_) trouble_ = "the file ends in the middle of a thread";
            return std::nullopt;
        }
        if (string(*one)) {
            if (inString_ && last_.empty()) key_.clear();
            continue;
        }
        if (*one == '{' && key_ == "post") return capture();
        if (auto found = missing(*one)) return found;
        if (*one == ':') {
            key_ = last_;
        } else if (*one == '{' || *one == '[') {
            key_.clear();
            if (++depth_ > deepest) trouble_ = "the nesting is deeper than 10,000 levels";
        } else if (*one == '}' || *one == ']') {
            if (depth_ == 0) trouble_ = "a bracket is closed that was never opened";
            if (depth_ > 0) --depth_;
            key_.clear();
        } else if (*one == ',') {
            key_.clear();
        }
    }
    return std::nullopt;
}

/// "notFound": true stands where a post should be.
std::optional<ThreadPosts::Found> ThreadPosts::missing(char one)
{
    const bool gone = key_ == "notFound";
    const bool blocked = key_ == "blocked";
    if (one != 't' || (!gone && !blocked)) return std::nullopt;
    key_.clear();
    return Found{{}, gone ? "the post is gone" : "the post is blocked", place()};
}

std::optional<ThreadPosts::Found> ThreadPosts::capture()
{
    key_.clear();
    raw_ = "{";
    Found found{{}, {}, place()};
    for (std::uint64_t inner = 1; inner > 0;) {
        const auto one = get();
        if (!one) {
            trouble_ = "the file ends in the middle of a post";
            return std::nullopt;
        }
        if (raw_.size() < longestPost) raw_ += *one;
        if (string(*one)) continue;
        if (*one == '{' || *one == '[') ++inner;
        if (*one == '}' || *one == ']') --inner;
    }
    if (raw_.size() < longestPost) {
        found.raw = raw_;
    } else {
        found.why = "the post is longer than 4 MB";
    }
    return found;
}

}  // namespace kith
