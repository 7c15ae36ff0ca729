#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/chatchoice.h"
#include "core/import/facebookposts.h"
#include "core/import/messengermessage.h"
#include "core/import/readers.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace kith {
namespace {

/// Files of a thread by their number, of which the highest holds the oldest messages.
using Files = std::map<std::int64_t, std::size_t, std::greater<>>;

/// The parts of a download that hold what people said.
struct Layout {
    std::map<std::string, Files> threads;  ///< by folder
    std::vector<std::size_t> posts;
};

/// 2 of "message_2.json".
std::optional<std::int64_t> partNumber(std::string_view last)
{
    constexpr std::string_view front = "message_";
    constexpr std::string_view back = ".json";
    if (last == "message.json") return 1;
    if (!last.starts_with(front) || !last.ends_with(back)) return std::nullopt;
    last.remove_prefix(front.size());
    last.remove_suffix(back.size());
    return parseInteger(last);
}

bool isPosts(std::string_view last)
{
    return last == "comments.json" || last == "group_posts_and_comments.json" ||
           last == "your_posts_in_groups.json" || last == "your_comments_in_groups.json" ||
           last == "group_comments.json";
}

Layout layoutOf(std::span<const Package::Entry> entries)
{
    Layout all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view name = entries[i].name;
        const auto slash = name.rfind('/');
        const auto folder = slash == name.npos ? std::string_view() : name.substr(0, slash);
        const auto last = name.substr(slash == name.npos ? 0 : slash + 1);
        const auto number = partNumber(last);
        if (number && !folder.empty()) {
            all.threads[std::string(folder)].emplace(*number, i);
        } else if (isPosts(last) && (folder.ends_with("comments_and_reactions") ||
                                     folder.ends_with("comments") || folder.ends_with("groups"))) {
            all.posts.push_back(i);
        }
    }
    return all;
}

class FacebookReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"facebook",
                                     "Facebook or Instagram download (JSON)",
                                     {"facebook", "instagram"},
                                     {".zip"},
                                     {.reactions = true},
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        const auto layout = layoutOf(probe.entries);
        const auto inbox = std::ranges::any_of(layout.threads, [](const auto& thread) {
            return thread.first.find("messages/") != std::string::npos ||
                   thread.first.find("inbox/") != std::string::npos;
        });
        if (inbox) return {95, "holds the chats of a Facebook or Instagram download"};
        if (!layout.threads.empty()) return {60, "holds files named as Messenger's are"};
        if (!layout.posts.empty()) return {60, "holds the comments of a Facebook download"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto layout = layoutOf(package.entries());
        const Place place{package.name(), {}, {}, {}};
        if (!options.chats.contains("*"))
            requireChoice(chatsOf(package, layout, sink, task), options, place);
        task.begin("Reading " + package.name(), bytesOf(package, layout));
        MessengerMessages messages(sink);
        std::uint64_t seen = 0;
        std::uint64_t left = 0;
        for (const auto& [folder, files] : layout.threads) {
            const auto thread = threadOf(package, files, sink, task);
            if (isWanted(options, thread.conversation)) {
                seen += readThread(package, files, thread, sink, messages, task);
            } else {
                ++left;
            }
        }
        if (isWanted(options, std::string(facebookPostsName))) {
            for (const auto entry : layout.posts)
                seen += readPosts(package, entry, options, sink, task);
        } else {
            left += layout.posts.empty() ? 0U : 1U;
        }
        messages.finish(place);
        noteLeftOut(left, place, sink);
        if (seen == 0) {
            throw Error(Error::Kind::BadInput, "the download holds no messages", place,
                        "Ask for the download again and choose messages, as JSON.");
        }
        const bool instagram = std::ranges::any_of(package.entries(), [](const auto& one) {
            return asciiLower(one.name).find("instagram") != std::string::npos;
        });
        return {seen, instagram ? "instagram" : "facebook", {}, true};
    }

private:
    static std::uint64_t bytesOf(const Package& package, const Layout& layout)
    {
        std::uint64_t bytes = 0;
        for (const auto& [folder, files] : layout.threads) {
            for (const auto& [number, entry] : files) bytes += package.entries()[entry].size;
        }
        for (const auto entry : layout.posts) bytes += package.entries()[entry].size;
        return bytes;
    }

    /// All files of one thread agree on its name.
    static MessengerThread threadOf(const Package& package, const Files& files, Sink& sink,
                                    Task& task)
    {
        return messengerThread(package, files.rbegin()->second, {}, sink, task);
    }

    /// What can be chosen: the threads, and what was said in the open together.
    static std::vector<ListedChat> chatsOf(const Package& package, const Layout& layout, Sink& sink,
                                           Task& task)
    {
        task.begin("Listing the chats of " + package.name(), 2 * bytesOf(package, layout));
        std::vector<ListedChat> chats;
        for (const auto& [folder, files] : layout.threads) {
            ListedChat chat{threadOf(package, files, sink, task).conversation};
            for (const auto& [number, entry] : files)
                chat.messages += countElements(package, entry, {"messages"}, task);
            if (chat.messages > 0) chats.push_back(std::move(chat));
        }
        ListedChat posts{std::string(facebookPostsName)};
        for (const auto entry : layout.posts)
            posts.messages += countElements(package, entry, FacebookPosts::paths(), task);
        if (posts.messages > 0) chats.push_back(std::move(posts));
        return chats;
    }

    /// The oldest file first.
    static std::uint64_t readThread(const Package& package, const Files& files,
                                    const MessengerThread& thread, Sink& sink,
                                    MessengerMessages& messages, Task& task)
    {
        std::uint64_t seen = 0;
        for (const auto& [number, entry] : files) {
            JsonRecords records(package, entry, {"messages"}, sink, task);
            seen += messages.read(records, thread);
            records.note();
        }
        return seen;
    }

    static std::uint64_t readPosts(const Package& package, std::size_t entry,
                                   const ReadOptions& options, Sink& sink, Task& task)
    {
        JsonRecords records(package, entry, FacebookPosts::paths(), sink, task);
        FacebookPosts posts(options, sink);
        while (const auto record = records.next()) posts.take(*record);
        records.note();
        return records.seen();
    }
};

/// One file of comments or posts alone.
class FacebookCommentsReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"facebook-comments",
                                     "Facebook comments and group posts (your own, JSON)",
                                     {"facebook"},
                                     {".json"},
                                     {.replies = true, .onePersonsView = true},
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (!trim(probe.head).starts_with('{')) return {};
        const auto source = sourceOver(std::string(probe.head));
        JsonElements elements(*source, {}, FacebookPosts::paths());
        const auto first = elements.next();
        if (first && first->raw.find("\"timestamp\"") != std::string_view::npos)
            return {90, "holds comments or posts of a Facebook download"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + placeIn(package, 0).text(), package.entries().front().size);
        JsonRecords records(package, 0, FacebookPosts::paths(), sink, task);
        FacebookPosts posts(options, sink);
        while (const auto record = records.next()) posts.take(*record);
        records.require("comments_v2", "Ask for the download again and choose JSON.");
        return {records.seen(), "facebook", {}, false};
    }
};

}  // namespace

const Reader& facebookReader()
{
    static const FacebookReader reader;
    return reader;
}

const Reader& facebookCommentsReader()
{
    static const FacebookCommentsReader reader;
    return reader;
}

}  // namespace kith
