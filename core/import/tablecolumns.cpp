#include "core/import/tablecolumns.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>

namespace kith {
namespace {

struct Spellings {
    std::string_view role;
    std::vector<std::string_view> headers;  ///< the surest first
};

/// Headers as they are in the wild: TAGS, twarc-csv, 4CAT, SFM, forum dumps, hand-made tables.
const std::array<Spellings, tableRoles>& spellings()
{
    static const std::array<Spellings, tableRoles> all{
        {{"author",
          {"author",      "sender",       "from_user",        "author_username", "username",
           "user_name",   "user",         "user_screen_name", "screen_name",     "author_name",
           "sender_name", "display_name", "speaker",          "posted_by",       "creator",
           "nick",        "handle",       "member",           "participant",     "from",
           "phone",       "phone_number", "telephone",        "mobile",          "name",
           "who",         "author_id",    "user_id",          "sender_id",       "autor",
           "absender",    "auteur",       "remitente",        "autore"}},
         {"text",
          {"text", "full_text", "message", "body", "content", "msg", "message_text", "comment",
           "tweet", "post", "selftext", "utterance", "nachricht", "texte", "mensaje", "testo",
           "tekst"}},
         {"time",
          {"created_at", "created_utc", "unix_timestamp", "timestamp", "datetime", "date_time",
           "sent_at",    "posted_at",   "published_at",   "time",      "date",     "sent",
           "created",    "posted",      "when",           "datum",     "zeit",     "zeitpunkt",
           "fecha",      "data",        "heure"}},
         {"id",
          {"id", "id_str", "message_id", "msg_id", "tweet_id", "post_id", "comment_id",
           "status_id"}},
         {"reply_to",
          {"reply_to", "in_reply_to", "reply_to_id", "in_reply_to_id", "in_reply_to_status_id_str",
           "in_reply_to_status_id", "reply_to_message_id", "replied_to_post",
           "referenced_tweets_replied_to_id", "parent_id", "parent", "replyto", "answers"}},
         {"reply_to_author",
          {"reply_to_author", "reply_to_user", "in_reply_to_screen_name", "in_reply_to_username",
           "in_reply_to_user", "replied_to_user", "replied_user", "recipient", "receiver",
           "to_user", "to"}},
         {"conversation",
          {"conversation", "channel", "group", "chat", "room", "forum", "subreddit", "list",
           "mailing_list", "board", "gruppe", "groupe", "grupo", "kanal"}},
         {"thread", {"thread", "thread_id", "conversation_id", "topic_id", "topic", "link_id"}},
         {"mentions",
          {"mentions", "mentioned", "mentioned_users", "entities_mentions", "entities_mentioned",
           "user_mentions", "tagged"}},
         {"title", {"title", "subject", "headline", "betreff", "titre", "asunto"}}}};
    return all;
}

/// "Reply to", "author.username" and "REPLY-TO" in one spelling.
std::string plain(std::string_view header)
{
    auto out = asciiLower(trim(withoutInvisible(header)));
    for (char& c : out) {
        if (c == ' ' || c == '-' || c == '.' || c == '/') c = '_';
    }
    return out;
}

}  // namespace

std::string_view name(TableRole role)
{
    return spellings()[static_cast<std::size_t>(role)].role;
}

TableColumns::TableColumns(std::vector<std::string> headers, const std::set<std::string>& leftOut)
    : headers_(headers), written_(std::move(headers)), wantedOut_(leftOut)
{
    std::map<std::string, int> met;
    for (auto& header : headers_) {
        const int times = ++met[header];
        if (times > 1) header += " (" + std::to_string(times) + ")";
    }
    std::vector<std::string> plains;
    for (std::size_t at = 0; at < headers_.size(); ++at) {
        leftOut_.push_back(leftOut.contains(headers_[at]));
        plains.push_back(leftOut_.back() ? std::string() : plain(written_[at]));
    }
    for (std::size_t role = 0; role < tableRoles; ++role) {
        for (const auto spelling : spellings()[role].headers) {
            const auto found = std::ranges::find(plains, spelling);
            if (found == plains.end()) continue;
            columns_[role] = static_cast<std::size_t>(found - plains.begin());
            break;
        }
    }
}

std::size_t TableColumns::found() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(columns_, [](const auto& column) { return column.has_value(); }));
}

std::string TableColumns::listed() const
{
    return "\"" + join(headers_, "\", \"") + "\"";
}

void TableColumns::choose(const std::map<std::string, std::string>& choices, const OneFile& file)
{
    auto& chosen = chosen_;
    for (const auto& [role, header] : choices) {
        const auto known = std::ranges::find(spellings(), std::string_view(role), &Spellings::role);
        if (known == spellings().end()) {
            std::vector<std::string> roles;
            for (const auto& one : spellings()) roles.emplace_back(one.role);
            throw Error(Error::Kind::Usage, "there is no column role \"" + role + "\"",
                        file.place(), "The roles are " + join(roles, ", ") + ".");
        }
        const auto at = static_cast<std::size_t>(known - spellings().begin());
        chosen[at] = true;
        if (header.empty()) {
            columns_[at].reset();
            continue;
        }
        auto found = std::ranges::find(headers_, header);
        if (found == headers_.end()) {
            found = std::ranges::find(headers_, plain(header), plain);
        }
        if (found == headers_.end()) {
            throw Error(Error::Kind::Usage, "the table has no column \"" + header + "\"",
                        file.place(), "Its columns are " + listed() + ".");
        }
        columns_[at] = static_cast<std::size_t>(found - headers_.begin());
        if (leftOut_[*columns_[at]]) {
            throw Error(Error::Kind::Usage,
                        "the column \"" + header + "\" is to be left out and to be the " + role,
                        file.place(), "Choose one of the two.");
        }
    }
    // A column that the user gave a role plays no guessed one beside it.
    for (std::size_t at = 0; at < tableRoles; ++at) {
        if (chosen[at] || !columns_[at]) continue;
        for (std::size_t other = 0; other < tableRoles; ++other) {
            if (chosen[other] && columns_[other] == columns_[at]) columns_[at].reset();
            if (!columns_[at]) break;
        }
    }
}

void TableColumns::fill(std::vector<ColumnSample>& samples) const
{
    for (std::size_t role = 0; role < tableRoles; ++role) {
        if (columns_[role] && *columns_[role] < samples.size())
            samples[*columns_[role]].role = spellings()[role].role;
    }
}

Question TableColumns::columnQuestion(const std::vector<ColumnSample>& samples) const
{
    Question question{Question::About::Columns, {}, {}};
    for (std::size_t at = 0; at < headers_.size(); ++at) {
        const bool shown = at < samples.size() && !samples[at].samples.empty();
        question.choices.push_back(
            {headers_[at], shown ? join(samples[at].samples, " | ") : headers_[at]});
    }
    return question;
}

void TableColumns::check(const OneFile& file, const std::vector<ColumnSample>& samples) const
{
    for (const auto& header : wantedOut_) {
        if (std::ranges::find(headers_, header) != headers_.end()) continue;
        throw Error(Error::Kind::Usage,
                    "the table has no column \"" + header + "\" that could be left out",
                    file.place(), "Its columns are " + listed() + ".");
    }
    const auto& self = *this;
    const bool content = self[TableRole::When] || self[TableRole::Text];
    if (!self[TableRole::Author] || !content) {
        const std::string missing = self[TableRole::Author] ? "the time or the text" : "the author";
        throw AnswerNeeded(
            columnQuestion(samples), "no column is known to hold " + missing, file.place(),
            "Say which with --column author=..., --column time=... or --column text=...; the "
            "columns are " +
                listed() + ".");
    }
    for (std::size_t role = 0; role < tableRoles; ++role) {
        const auto& column = columns_[role];
        if (!column || chosen_[role] || std::ranges::count(written_, written_[*column]) == 1)
            continue;
        const auto& header = written_[*column];
        throw AnswerNeeded(
            columnQuestion(samples),
            "two columns are called \"" + header + "\", so which one counts is open", file.place(),
            "Say which with --column " + std::string(spellings()[role].role) + "=\"" + header +
                "\" for the first or \"" + header + " (2)\" for the second.");
    }
}

}  // namespace kith
