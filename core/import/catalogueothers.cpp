#include "core/import/catalogueothers.h"

#include "core/base/text.h"
#include "core/import/assignment.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kith {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::size_t at;
    std::string_view bytes;
    std::string_view what;
    std::string_view remedy;
};

constexpr auto unpack = "Unpack it and open what is inside."sv;
constexpr auto noChat = "Choose the exported conversation itself."sv;

constexpr std::array magics{
    Magic{0, "%PDF", "this is a PDF document", noChat},
    Magic{0, "\x89PNG", "this is a picture (PNG)", noChat},
    Magic{0, "\xFF\xD8\xFF", "this is a picture (JPEG)", noChat},
    Magic{0, "GIF8", "this is a picture (GIF)", noChat},
    Magic{8, "WEBP", "this is a picture (WebP)", noChat},
    Magic{4, "ftyp", "this is a video or recording", noChat},
    Magic{0, "OggS", "this is a recording", noChat},
    Magic{0, "ID3", "this is a recording", noChat},
    Magic{8, "WAVE", "this is a recording", noChat},
    Magic{0, "\x1F\x8B", "this is a gzip archive inside another archive, which is not opened",
          unpack},
    Magic{0, "BZh", "this is a bzip2 archive", unpack},
    Magic{0,
          "\xFD"
          "7zXZ",
          "this is an xz archive", unpack},
    Magic{0, "7z\xBC\xAF", "this is a 7-Zip archive", unpack},
    Magic{0, "Rar!", "this is a RAR archive", unpack},
    Magic{0, "\x28\xB5\x2F\xFD",
          "this is a Zstandard archive inside another archive, which is not opened", unpack},
    Magic{257, "ustar", "this is a tar archive inside another archive, which is not opened",
          unpack},
    Magic{0, "PK\x03\x04", "this is a zip archive inside another archive, which is not opened",
          unpack},
    Magic{0,
          "\x7F"
          "ELF",
          "this is a program", noChat},
    Magic{0, "MZ", "this is a program", noChat},
    Magic{0, "\xD0\xCF\x11\xE0", "this is an old Word or Excel document",
          "Save it as CSV or text first."},
    Magic{0, "{\\rtf", "this is a rich text document", "Save it as plain text first."},
};

struct JsonKind {
    std::vector<std::string_view> keys;  ///< all of them occur
    std::string_view what;
    std::string_view remedy;
};

const std::vector<JsonKind>& jsonKinds()
{
    static const std::vector<JsonKind> kinds{
        {{"\"orderedItems\""},
         "this is a list of Mastodon's, but not of posts",
         "Open outbox.json, or the whole archive."},
        {{"\"zerver_message\""},
         "this is one file of a Zulip export",
         "Open the whole export: the .tar.gz, or its folder."},
        {{"\"origin_server_ts\""},
         "these are events of Matrix, but no export of a room",
         "Export the room from Element, as JSON."},
        {{"\"at://"},
         "this is of Bluesky's, but holds no posts",
         "Export the feed, the thread or the posts themselves."},
        {{"\"source_platform\"", "\"item_id\""},
         "this is what Zeeschuimer captured, not yet taken apart",
         "Upload it to 4CAT and export the data set as CSV."},
        {{"\"update_id\""},
         "this is an answer of Telegram's bot interface",
         "Export the chat from Telegram Desktop, as JSON."},
        {{"\"tweet_count\"", "\"start\""},
         "these are counts of tweets, not tweets",
         "Export the tweets themselves."},
        {{"\"member_count\"", "\"owner_id\""},
         "these are lists on X, not tweets",
         "Export the tweets themselves."},
        {{"\"redacted_at\""},
         "this is a compliance report of X, not tweets",
         "Export the tweets themselves."},
        {{"\"upload_url\"", "\"download_url\""},
         "this is a compliance job of X, not tweets",
         "Export the tweets themselves."},
        {{"\"username\"", "\"public_metrics\"", "\"followers_count\""},
         "these are users of X, not tweets",
         "Export the tweets themselves."},
        {{"\"topic_id\"", "\"creator\""},
         "this is one group's messages from Google Chat",
         "Open the whole download of Google Takeout: the zip, or its folder."},
    };
    return kinds;
}

bool has(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

std::optional<OtherKind> html(std::string_view head)
{
    constexpr std::size_t enough = 4096;
    const auto lower = asciiLower(trim(head).substr(0, enough));
    const bool page =
        lower.starts_with("<!doctype html") || lower.starts_with("<html") || has(lower, "<head>");
    if (!page || !lower.starts_with('<')) return std::nullopt;
    if (has(head, "chatlog__")) {
        return OtherKind{"this is a Discord export as a web page", "Export it again as JSON."};
    }
    if (has(head, "tgme") || has(head, "Exported Data") || has(head, "page_wrap")) {
        return OtherKind{
            "this is a Telegram export as a web page",
            "Export the chat again from Telegram Desktop and choose \"Machine-readable JSON\"."};
    }
    return OtherKind{"this is a web page", std::string(noChat)};
}

std::optional<OtherKind> json(std::string_view head)
{
    const auto begin = trim(head);
    if (!begin.starts_with('{') && !begin.starts_with('[')) return std::nullopt;
    for (const auto& kind : jsonKinds()) {
        if (std::ranges::all_of(kind.keys, [&](auto key) { return has(head, key); })) {
            return OtherKind{std::string(kind.what), std::string(kind.remedy)};
        }
    }
    if (has(head, "\"ts\"") && (has(head, "\"subtype\"") || has(head, "\"user\""))) {
        if (begin.starts_with('[')) {
            return OtherKind{"this is one day of a Slack export",
                             "Open the whole export: the zip, or its folder."};
        }
        return OtherKind{"this is from Slack, but holds no messages",
                         "Open the export zip that the workspace's owner can make."};
    }
    return OtherKind{
        "this is JSON, but of no kind that Kith knows",
        "The page of the manual on formats, and the command \"formats\", list whose JSON Kith "
        "reads."};
}

/// A file of an X archive that holds no posts, or one with other code before its data.
std::optional<OtherKind> script(std::string_view head)
{
    const auto found = assignmentAt(head);
    if (found) {
        return OtherKind{"this is part of an X archive, but it holds no posts (" +
                             shorten(found->name, 60) + ")",
                         "Open the whole archive, or its tweets.js."};
    }
    if (!has(head, "window.YTD.")) return std::nullopt;
    return OtherKind{
        "this is a script: other code stands before its data, and scripts are never run",
        "Open the file as it stands in the archive that X gave out."};
}

bool isBinary(std::string_view head)
{
    if (head.find('\0') != std::string_view::npos) return true;
    const auto controls = std::ranges::count_if(head, [](char one) {
        return static_cast<unsigned char>(one) < 9 ||
               (one > 13 && static_cast<unsigned char>(one) < 27);
    });
    constexpr std::ptrdiff_t one = 20;
    return controls * one > static_cast<std::ptrdiff_t>(head.size());
}

std::optional<OtherKind> database(const Probe& probe)
{
    if (!probe.head.starts_with("SQLite format 3")) return std::nullopt;
    if (asciiLower(probe.name).ends_with(".kith")) {
        return OtherKind{"this is a Kith workspace, not a conversation",
                         "Open it as a workspace instead."};
    }
    return OtherKind{"this is a database (SQLite)",
                     "Export the conversation from the program it belongs to."};
}

}  // namespace

std::optional<OtherKind> otherKind(const Probe& probe)
{
    const auto head = probe.head;
    if (trim(head).empty() && probe.whole) {
        return OtherKind{"the file is empty: it holds no messages",
                         "Export the conversation again."};
    }
    if (auto found = database(probe)) return found;
    for (const auto& magic : magics) {
        if (head.size() >= magic.at && head.substr(magic.at).starts_with(magic.bytes)) {
            return OtherKind{std::string(magic.what), std::string(magic.remedy)};
        }
    }
    if (isBinary(head)) return OtherKind{"this is a binary file, not a text", std::string(noChat)};
    if (auto found = html(head)) return found;
    if (auto found = script(head)) return found;
    return json(head);
}

std::optional<OtherKind> otherCollection(const Probe& probe)
{
    const auto holds = [&](std::string_view name) {
        return std::ranges::any_of(probe.entries, [&](const Package::Entry& one) {
            return one.name == name || one.name.ends_with("/" + std::string(name));
        });
    };
    const auto under = [&](std::string_view front) {
        return std::ranges::any_of(
            probe.entries, [&](const Package::Entry& one) { return one.name.starts_with(front); });
    };
    if (holds("[Content_Types].xml") || holds("mimetype")) {
        return OtherKind{"this is an office document or spreadsheet", "Save it as CSV first."};
    }
    if (holds("messages.html")) {
        return OtherKind{
            "this is a Telegram export as web pages",
            "Export the chat again from Telegram Desktop and choose \"Machine-readable JSON\"."};
    }
    if (under("messages/inbox/") || under("your_activity_across_facebook/") ||
        under("your_facebook_activity/") || under("your_instagram_activity/")) {
        return OtherKind{"this is a Facebook or Instagram download without messages as JSON",
                         "Ask for the download again and choose messages, as JSON."};
    }
    return std::nullopt;
}

bool isMediaName(std::string_view name)
{
    static constexpr std::array endings{
        ".jpg"sv,    ".jpeg"sv, ".png"sv,  ".gif"sv, ".webp"sv, ".mp4"sv,  ".mov"sv,
        ".3gp"sv,    ".opus"sv, ".ogg"sv,  ".mp3"sv, ".m4a"sv,  ".aac"sv,  ".amr"sv,
        ".wav"sv,    ".vcf"sv,  ".pdf"sv,  ".tgs"sv, ".webm"sv, ".heic"sv, ".css"sv,
        ".js.map"sv, ".ttf"sv,  ".woff"sv, ".ico"sv, ".svg"sv};
    const auto lower = asciiLower(name);
    return std::ranges::any_of(endings, [&](auto ending) { return lower.ends_with(ending); });
}

}  // namespace kith
