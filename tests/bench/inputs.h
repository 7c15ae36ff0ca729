#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

namespace kith::bench {

/// Reddit comments and submissions of invented people, one a line.
void writePosts(const std::filesystem::path& path, std::uint64_t count);
/// A chat of Telegram's desktop program of about so many bytes: one object, each text in it twice,
/// as the program writes it. @return how many messages
std::uint64_t writeTelegram(const std::filesystem::path& path, std::uint64_t bytes);

/// One line's six fields as the peers take them out.
struct Post {
    std::string_view id, author, thread, parent, text;
    std::int64_t time = 0;
};

/// simdjson's on-demand parser over a reused block of 1 MiB, the fastest way that was measured.
void eachPost(const std::filesystem::path& path, const std::function<void(const Post&)>& each);

}  // namespace kith::bench
