#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/fediverse.h"
#include "core/import/once.h"
#include "core/import/postimport.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"
#include "core/import/texttable.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kith {
namespace {

const std::vector<std::string>& lists()
{
    static const std::vector<std::string> all{"ancestors", "descendants", "statuses"};
    return all;
}

/// A server's own number for a post means nothing elsewhere: what is needed to say its address.
struct Known {
    TextPool::Number uri = 0;
    TextPool::Number author = 0;  ///< key
    TextPool::Number parent = 0;  ///< number, may be empty
    bool ambiguous = false;
};

std::string keyOf(const Json& account)
{
    const auto& acct = account["acct"].text();
    const auto& name = account["username"].text();
    const auto& url = account["url"].text();
    auto key = personNamed(acct.empty() ? name : acct, url.empty() ? account["uri"].text() : url);
    return key.empty() ? asciiLower(acct) : key;
}

std::string addressOf(const Json& status)
{
    const auto& uri = status["uri"].text();
    return uri.empty() ? status["url"].text() : uri;
}

bool isStatus(const Json& value)
{
    return value["account"].isObject() && value["account"].has("acct") && value.has("content") &&
           value.has("created_at");
}

/// One file being read, twice: answers name posts by numbers that only the posts themselves
/// explain.
class StatusImport {
public:
    StatusImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), import_(options, sink, task)
    {}

    ReadReport run()
    {
        learn();
        PostRecords records(file_, import_.task(), lists());
        while (const auto record = records.next()) {
            if (record->value == nullptr) {
                import_.refuse(record->place, record->trouble);
            } else {
                take(*record->value, record->place);
            }
        }
        import_.noteLeftOut(file_.place());
        if (statuses_ == 0) {
            throw Error(Error::Kind::BadInput, "the file holds no Mastodon posts", file_.place(),
                        "Expected posts as a Mastodon server's interface gives them.");
        }
        import_.report().platform = "mastodon";
        return import_.report();
    }

private:
    void learn()
    {
        PostRecords records(file_, import_.task(), lists());
        while (const auto record = records.next()) {
            if (record->value == nullptr || !isStatus(*record->value)) continue;
            const auto& status = *record->value;
            learn(status);
            learn(status["reblog"]);
        }
        if (!full_) return;
        import_.note(file_.place(),
                     fmt::format("it holds more than {} posts: some answers are not matched",
                                 known_.size()));
    }

    void learn(const Json& status)
    {
        if (!status.isObject()) return;
        const auto address = addressOf(status);
        auto* known = known_.add(tableKey(status["id"].text())).first;
        full_ = full_ || known == nullptr;
        if (known == nullptr) return;
        auto& one = *known;
        // Numbers of two servers in one file: the same number is two posts.
        if (one.uri != 0 && texts_.at(one.uri) != address) one.ambiguous = true;
        if (one.ambiguous || texts_.at(one.uri) == address) return;
        one.uri = keep(address);
        one.author = keep(keyOf(status["account"]));
        one.parent = keep(status["in_reply_to_id"].text());
    }

    TextPool::Number keep(const std::string& text)
    {
        const auto kept = texts_.keep(text);
        full_ = full_ || !kept;
        return kept.value_or(0);
    }

    const Known* known(const std::string& number) const
    {
        const auto* found = number.empty() ? nullptr : known_.find(tableKey(number));
        return found != nullptr && !found->ambiguous ? found : nullptr;
    }

    void take(const Json& status, const Place& place)
    {
        if (!isStatus(status)) return import_.refuse(place, "the record is no Mastodon post");
        ++statuses_;
        describe(status["account"]);
        const auto& seenBy = status["visibility"].text();
        if (seenBy == "private" && import_.leaveOut(place, "followers-only posts")) return;
        if (seenBy == "direct" && import_.leaveOut(place, "direct messages")) return;
        MessageRecord record;
        record.id = addressOf(status);
        if (record.id.empty()) record.id = status["id"].text();
        if (record.id.empty()) return import_.refuse(place, "the post has no id");
        const auto time = postTime(status["created_at"].text());
        if (!time) {
            return import_.refuse(place, "the date \"" + shorten(status["created_at"].text(), 60) +
                                             "\" cannot be read");
        }
        record.time = *time;
        record.conversation = import_.conversation("Mastodon");
        record.account = keyOf(status["account"]);
        record.bot = status["account"]["bot"].isTrue();
        record.place = place;
        const auto& boosted = status["reblog"];
        if (boosted.isObject()) {
            fillBoost(boosted, record);
        } else {
            fillPost(status, record);
        }
        import_.send(std::move(record));
    }

    void describe(const Json& account)
    {
        const auto key = keyOf(account);
        import_.describe({key, account["display_name"].text(), key, account["bot"].isTrue()});
    }

    static std::string wordsOf(const Json& status)
    {
        std::vector<std::string> choices;
        for (const auto& one : status["poll"]["options"].items())
            choices.push_back("- " + one["title"].text());
        return postText(status["spoiler_text"].text(), postWords(status["content"].text()),
                        join(choices, "\n"));
    }

    void fillBoost(const Json& boosted, MessageRecord& record)
    {
        describe(boosted["account"]);
        record.kind = MessageKind::Repost;
        record.text = wordsOf(boosted);
        record.ties.push_back({TieKind::Repost, keyOf(boosted["account"]), addressOf(boosted), 1});
    }

    void fillPost(const Json& status, MessageRecord& record)
    {
        record.text = wordsOf(status);
        record.edited = !status["edited_at"].isNull();
        fillReply(status, record);
        // Mastodon wraps the post in an approval; its kin put it there as it is.
        const auto& quote = status["quote"];
        const auto& quoted = quote["quoted_status"].isObject() ? quote["quoted_status"] : quote;
        if (isStatus(quoted)) {
            describe(quoted["account"]);
            record.ties.push_back({TieKind::Quote, keyOf(quoted["account"]), addressOf(quoted), 1});
        }
        fillMentions(status, record);
        for (const auto& media : status["media_attachments"].items())
            record.attachments.push_back(media["type"].text());
    }

    void fillReply(const Json& status, MessageRecord& record)
    {
        const auto& number = status["in_reply_to_id"].text();
        record.kind = number.empty() ? MessageKind::Post : MessageKind::Said;
        record.thread = rootOf(number, record.id);
        if (number.empty()) return;
        TieRecord reply{TieKind::Reply, answered(status), {}, 1};
        if (const auto* target = known(number)) {
            reply.account = texts_.at(target->author);
            reply.message = texts_.at(target->uri);
        } else {
            reply.message = guessed(status, number);
        }
        if (!reply.account.empty() || !reply.message.empty())
            record.ties.push_back(std::move(reply));
    }

    /// The first post of the thread, as far up as this file knows it.
    std::string rootOf(std::string number, const std::string& self) const
    {
        if (number.empty()) return self;
        constexpr int most = 1000;
        for (int steps = 0; steps < most; ++steps) {
            const auto* one = known(number);
            if (one == nullptr) return {};
            if (one->parent == 0) return std::string(texts_.at(one->uri));
            number = texts_.at(one->parent);
        }
        return {};
    }

    static std::string answered(const Json& status)
    {
        const auto& number = status["in_reply_to_account_id"].text();
        if (number.empty()) return {};
        if (number == status["account"]["id"].text()) return keyOf(status["account"]);
        for (const auto& mention : status["mentions"].items()) {
            if (mention["id"].text() == number) return keyOf(mention);
        }
        return {};
    }

    /// The address of a post that is not in the file, where its author lives on the same server.
    static std::string guessed(const Json& status, const std::string& number)
    {
        const auto& account = status["in_reply_to_account_id"].text();
        const auto at = [&](const Json& person) -> std::string {
            const auto& acct = person["acct"].text();
            const auto server = serverOf(person["url"].text());
            const bool local = acct.find('@') == std::string::npos && !server.empty();
            if (!local || acct.empty()) return {};
            return "https://" + server + "/users/" + acct + "/statuses/" + number;
        };
        if (account == status["account"]["id"].text()) return at(status["account"]);
        for (const auto& mention : status["mentions"].items()) {
            if (mention["id"].text() == account) return at(mention);
        }
        return {};
    }

    void fillMentions(const Json& status, MessageRecord& record)
    {
        Once done{record.account, {}};
        for (const auto& tie : record.ties) {
            if (tie.kind == TieKind::Reply) (void)done.first(tie.account);
        }
        for (const auto& mention : status["mentions"].items()) {
            auto key = keyOf(mention);
            if (!done.first(key)) continue;
            import_.describe({key, {}, key, false});
            record.ties.push_back({TieKind::Mention, std::move(key), {}, 1});
        }
    }

    OneFile file_;
    PostImport import_;
    std::uint64_t statuses_ = 0;
    static constexpr std::size_t mostKnown = 700'000;
    HashTable<Known> known_{mostKnown};  ///< 22 MB, and some 80 of texts
    TextPool texts_;
    bool full_ = false;
};

class MastodonReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "mastodon",
            "Mastodon posts as a server's interface gives them (timelines, threads)",
            {"mastodon"},
            {".json", ".jsonl", ".ndjson"},
            {.replies = true, .mentions = true, .reposts = true},
            true,
            true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (probe.head.find("\"acct\"") == std::string_view::npos) return {};
        const auto first = firstPostIn(probe.head, lists());
        if (first && isStatus(*first)) return {92, "posts of a Mastodon server"};
        const auto says = [&](std::string_view key) {
            return probe.head.find(key) != std::string_view::npos;
        };
        // One post alone, longer than what is looked at.
        if (!first && says("\"in_reply_to_account_id\"") && says("\"content\""))
            return {80, "the fields of a Mastodon post"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return StatusImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& mastodonReader()
{
    static const MastodonReader reader;
    return reader;
}

}  // namespace kith
