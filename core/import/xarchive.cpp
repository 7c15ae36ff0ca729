#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/assignment.h"
#include "core/import/json.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/tweetposts.h"
#include "core/import/xmessages.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

/// How much of a long post's beginning also stands in the short form of it.
constexpr std::size_t samePrefix = 80;

std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

/// "tweets.js", "tweet.js", "tweets-part3.js": does a file of the archive hold part of `what`?
bool isPartOf(std::string_view file, std::string_view what)
{
    file = lastPart(file);
    if (!file.starts_with(what) || !file.ends_with(".js")) return false;
    const auto middle = file.substr(what.size(), file.size() - what.size() - 3);
    return middle.empty() || (middle.starts_with("-part") && parseInteger(middle.substr(5)));
}

bool isAnyOf(std::string_view file, std::initializer_list<std::string_view> all)
{
    return std::ranges::any_of(all, [&](auto what) { return isPartOf(file, what); });
}

/// One archive, or one file of it, being read.
class ArchiveImport {
public:
    ArchiveImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : package_(package),
          import_(options, sink, task),
          posts_(import_, {package.name(), {}, {}, {}})
    {}

    ReadReport runAll()
    {
        forEach({"account"}, [this](const Json& value, const Place&) { takeOwner(value); });
        forEach({"note-tweet"}, [this](const Json& value, const Place&) { takeNote(value); });
        std::uint64_t bytes = 0;
        for (const auto& entry : package_.entries()) {
            if (isTweets(entry.name)) bytes += entry.size;
        }
        import_.task().begin("Reading " + package_.name(), bytes);
        for (std::size_t i = 0; i < package_.entries().size(); ++i) {
            if (!isTweets(package_.entries()[i].name)) continue;
            readPart(i, true);
            import_.task().advance(package_.entries()[i].size);
        }
        posts_.finish();
        noteRest();
        readMessages();
        return finish();
    }

    ReadReport runOne()
    {
        import_.task().begin("Reading " + package_.name(), package_.entries().front().size);
        readPart(0, false);
        posts_.finish();
        return finish();
    }

private:
    static bool isTweets(std::string_view name)
    {
        return isAnyOf(name, {"tweets", "tweet", "community-tweet"});
    }

    Place whole() const { return {package_.name(), {}, {}, {}}; }

    ReadReport finish()
    {
        import_.noteLeftOut(whole());
        if (import_.report().seen == 0) {
            throw Error(Error::Kind::BadInput, "the archive holds no posts", whole(),
                        "Ask X for the archive again and open the zip as it comes.");
        }
        if (owner_.empty()) {
            import_.note(whole(),
                         "nothing says whose posts these are (account.js is not there), so they "
                         "make no ties; open the whole archive instead");
        }
        import_.report().platform = "x";
        return import_.report();
    }

    /// Side files: every element of those that there are. A broken one is told and done without.
    template <class Use>
    std::uint64_t forEach(std::initializer_list<std::string_view> names, Use use)
    {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < package_.entries().size(); ++i) {
            if (!isAnyOf(package_.entries()[i].name, names)) continue;
            const auto place = placeIn(package_, i);
            try {
                const auto source = behindAssignment(package_.open(i), place);
                JsonElements elements(*source, place, {""});
                while (auto* element = elements.parsed()) {
                    ++count;
                    if (!element->raw.empty()) use(element->json(), element->place);
                }
                if (elements.broken())
                    import_.note(elements.broken()->place, elements.broken()->what);
            } catch (const Error& error) {
                if (error.kind() == Error::Kind::FileUnreadable) throw;
                import_.note(place, "the file is unreadable and left out: " + error.cause());
            }
        }
        return count;
    }

    void takeOwner(const Json& value)
    {
        const auto& account = value["account"];
        owner_ = {account["accountId"].text(), account["username"].text(),
                  account["accountDisplayName"].text()};
        posts_.meet(owner_);
    }

    void takeNote(const Json& value)
    {
        const auto& text = value["noteTweet"]["core"]["text"].text();
        if (text.size() >= samePrefix) notes_.emplace(text.substr(0, samePrefix), text);
    }

    void readPart(std::size_t entry, bool many)
    {
        const auto place = placeIn(package_, entry);
        try {
            const auto source = behindAssignment(package_.open(entry), place);
            JsonElements elements(*source, place, {""});
            std::uint64_t before = 0;
            while (auto* element = elements.parsed()) {
                take(*element);
                if (!many)
                    import_.task().advance(elements.consumed() -
                                           std::exchange(before, elements.consumed()));
            }
            told(elements);
        } catch (const Error& error) {
            if (!many || error.kind() != Error::Kind::BadInput) throw;
            import_.refuse(place, "the file is left out: " + error.cause());
        }
    }

    void told(const JsonElements& elements)
    {
        const auto& broken = elements.broken();
        if (!broken) return;
        const bool behind = broken->what.find("behind the end") != std::string::npos;
        if (behind) return import_.note(broken->place, broken->what + "; it is left out");
        import_.refuse(broken->place, broken->what);
    }

    void take(JsonElements::Element& element)
    {
        if (element.raw.empty()) return import_.refuse(element.place, "it is longer than 16 MB");
        JsonElements::Break trouble;
        const auto* parsed = element.json(trouble);
        if (parsed == nullptr)
            return import_.refuse(trouble.place, "the post is no valid JSON: " + trouble.what);
        const auto& value = *parsed;
        const auto& tweet = value.has("tweet") ? value["tweet"] : value;
        if (!tweet.isObject() || (!tweet.has("full_text") && !tweet.has("text")))
            return import_.refuse(element.place, "the entry is no post");
        const auto held = withheldReason(tweet);
        if (!held.empty()) return import_.skip(element.place, std::string(held));
        meetOldPeople(tweet, posts_);
        auto post = oldPost(tweet, true);
        if (post.id.empty()) return import_.refuse(element.place, "the post has no id");
        post.time = postTime(tweet["created_at"].text());
        if (tweet.has("created_at") && !post.time) {
            return import_.refuse(
                element.place,
                "the date \"" + shorten(tweet["created_at"].text(), 60) + "\" cannot be read");
        }
        if (post.author.empty()) post.author = owner_;
        lengthen(post);
        post.place = element.place;
        posts_.take(std::move(post));
    }

    /// A post above the old limit stands here cut with an ellipsis, and whole among the notes.
    void lengthen(XPost& post) const
    {
        if (post.reposts || post.text.find("\u2026") == std::string::npos) return;
        const auto note = notes_.find(post.text.substr(0, samePrefix));
        if (note != notes_.end()) post.text = note->second;
    }

    void noteRest()
    {
        const auto ignore = [](const Json&, const Place&) {};
        const auto say = [this](std::uint64_t count, std::string_view what) {
            if (count == 0) return;
            import_.note(whole(), withSeparators(static_cast<std::int64_t>(count)) + " " +
                                      std::string(what));
        };
        say(forEach({"like"}, ignore),
            "likes are left out: the archive does not say whose posts were liked");
        say(forEach({"deleted-tweets", "deleted-tweet"}, ignore),
            "deleted posts are left out, as their author wanted");
    }

    void readMessages()
    {
        for (std::size_t i = 0; i < package_.entries().size(); ++i) {
            const auto& name = package_.entries()[i].name;
            if (!isAnyOf(name, {"direct-messages", "direct-message", "direct-messages-group",
                                "direct-message-group"})) {
                continue;
            }
            try {
                const auto place = placeIn(package_, i);
                const auto source = behindAssignment(package_.open(i), place);
                readXMessages(*source, place, import_);
            } catch (const Error& error) {
                if (error.kind() != Error::Kind::BadInput) throw;
                import_.refuse(placeIn(package_, i), "the file is left out: " + error.cause());
            }
        }
    }

    const Package& package_;
    PostImport import_;
    XPosts posts_;
    XPerson owner_;
    std::unordered_map<std::string, std::string> notes_;  ///< long posts by their beginning
};

constexpr Shows archiveShows{
    .replies = true, .mentions = true, .reposts = true, .onePersonsView = true};

class XArchiveReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "x-archive", "X (Twitter) archive of one account", {"x"}, {".zip"}, archiveShows, true,
            true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        bool posts = false;
        bool account = false;
        for (const auto& entry : probe.entries) {
            posts = posts || isAnyOf(entry.name, {"tweets", "tweet"});
            account = account || lastPart(entry.name) == "account.js";
        }
        if (posts && account) return {95, "holds account.js and tweets.js of an X archive"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return ArchiveImport(package, options, sink, task).runAll();
    }
};

class XArchiveFileReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"x-archive-file",
                                     "One file of posts (tweets.js) of an X archive",
                                     {"x"},
                                     {".js"},
                                     archiveShows,
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto found = assignmentAt(probe.head);
        if (!found) return {};
        if (found->name == "tweets" || found->name == "tweet" || found->name == "community_tweet")
            return {95, "begins as the posts of an X archive do"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return ArchiveImport(package, options, sink, task).runOne();
    }
};

}  // namespace

const Reader& xArchiveReader()
{
    static const XArchiveReader reader;
    return reader;
}

const Reader& xArchiveFileReader()
{
    static const XArchiveFileReader reader;
    return reader;
}

}  // namespace kith
