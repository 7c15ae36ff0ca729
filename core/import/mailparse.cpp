#include "core/import/mailparse.h"

#include "core/base/text.h"
#include "core/import/latin.h"
#include "core/import/markup.h"

#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace kith {
namespace {

constexpr int deepest = 16;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;

struct Free {
    void operator()(char* text) const { g_free(text); }
};
using Text = std::unique_ptr<char, Free>;

struct FreeBytes {
    void operator()(guchar* bytes) const { g_free(bytes); }
};

constexpr std::string_view base64Letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n";

GMimeParserOptions* parserOptions()
{
    static GMimeParserOptions* const options = [] {
        g_mime_init();
        auto* made = g_mime_parser_options_new();
        const char* charsets[] = {"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(made, charsets);
        return made;
    }();
    return options;
}

std::string header(GMimeObject* object, const char* name, bool& tooLong)
{
    constexpr std::size_t longest = 64U << 10U;
    auto* found = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    const char* raw = found == nullptr ? nullptr : g_mime_header_get_raw_value(found);
    if (raw == nullptr) return {};
    const std::string_view whole(raw);
    tooLong = tooLong || whole.size() > longest;
    const std::string kept(whole.substr(0, longest));
    const Text flat(g_mime_utils_header_unfold(kept.c_str()));
    const Text decoded(g_mime_utils_header_decode_text(parserOptions(), flat.get()));
    return std::string(trim(repairUtf8(decoded.get())));
}

std::optional<Time> timeOf(const std::string& header)
{
    if (header.empty()) return std::nullopt;
    auto* date = g_mime_utils_header_decode_date(header.c_str());
    if (date == nullptr) return std::nullopt;
    const auto seconds = g_date_time_to_unix(date);
    g_date_time_unref(date);
    return fromMillis(seconds * 1000);
}

/// Walks through the parts of one mail.
class Parts {
public:
    explicit Parts(ParsedMail& mail) : mail_(mail) {}

    std::string textOf(GMimeObject* part, int depth)
    {
        if (part == nullptr) return {};
        if (depth > deepest) {
            mail_.tooDeep = true;
            return {};
        }
        if (GMIME_IS_MULTIPART_ENCRYPTED(part)) {
            mail_.encrypted = true;
            return {};
        }
        if (GMIME_IS_MULTIPART(part)) return textOfMany(GMIME_MULTIPART(part), depth);
        if (GMIME_IS_MESSAGE_PART(part)) mail_.attachments.emplace_back("message");
        if (GMIME_IS_PART(part)) return textOfOne(GMIME_PART(part));
        return {};
    }

private:
    std::string textOfMany(GMimeMultipart* parts, int depth)
    {
        auto* type = g_mime_object_get_content_type(GMIME_OBJECT(parts));
        const bool choice = g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
        std::string all;
        for (int at = 0; at < g_mime_multipart_get_count(parts); ++at) {
            auto* part = g_mime_multipart_get_part(parts, at);
            const auto text = textOf(part, depth + 1);
            if (trim(text).empty()) continue;
            auto* own = g_mime_object_get_content_type(part);
            const bool html = g_mime_content_type_is_type(own, "text", "html") != 0;
            // Alternatives say the same: the first plain one does, HTML only when there is no
            // other.
            if (choice && !html) return text;
            if (choice) {
                all = text;
            } else {
                all += (all.empty() ? "" : "\n") + text;
            }
        }
        return all;
    }

    std::string textOfOne(GMimePart* part)
    {
        auto* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
        if (g_mime_content_type_is_type(type, "application", "pkcs7-mime") != 0 ||
            g_mime_content_type_is_type(type, "application", "x-pkcs7-mime") != 0) {
            mail_.encrypted = true;
            return {};
        }
        const char* file = g_mime_part_get_filename(part);
        const char* disposition = g_mime_object_get_disposition(GMIME_OBJECT(part));
        const bool attached = disposition != nullptr && asciiEqual(disposition, "attachment");
        if (g_mime_content_type_is_type(type, "text", "*") == 0 || attached || file != nullptr) {
            const Text kind(g_mime_content_type_get_mime_type(type));
            mail_.attachments.push_back(repairUtf8(file != nullptr ? file : kind.get()));
            return {};
        }
        auto text = decoded(part, g_mime_content_type_get_parameter(type, "charset"));
        const bool html = g_mime_content_type_is_type(type, "text", "html") != 0;
        return html ? htmlToText(text) : text;
    }

    static std::string bytesOf(GMimeStream* stream)
    {
        const auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        return {reinterpret_cast<const char*>(array->data), array->len};
    }

    /// The part's bytes, its transfer encoding undone.
    std::string contentOf(GMimePart* part)
    {
        auto* content = g_mime_part_get_content(part);
        if (content == nullptr) return {};
        const Held<GMimeStream> stream(g_mime_stream_mem_new());
        if (g_mime_part_get_content_encoding(part) == GMIME_CONTENT_ENCODING_BASE64) {
            auto* raw = g_mime_data_wrapper_get_stream(content);
            g_mime_stream_reset(raw);
            g_mime_stream_write_to_stream(raw, stream.get());
            return fromBase64(bytesOf(stream.get()));
        }
        g_mime_data_wrapper_write_to_stream(content, stream.get());
        return bytesOf(stream.get());
    }

    /// Lists put their plain footer behind a mail in base64: what stands before it is kept. A line
    /// that is broken in itself leaves nothing that can be trusted.
    std::string fromBase64(std::string raw)
    {
        const auto wrong = raw.find_first_not_of(base64Letters);
        if (wrong != std::string::npos) {
            mail_.brokenBase64 = true;
            if (wrong == 0 || raw[wrong - 1] != '\n') return {};
            raw.resize(wrong);
        }
        gsize length = 0;
        const std::unique_ptr<guchar, FreeBytes> bytes(g_base64_decode(raw.c_str(), &length));
        return {reinterpret_cast<const char*>(bytes.get()), length};
    }

    std::string decoded(GMimePart* part, const char* charset)
    {
        const std::string bytes = contentOf(part);
        const bool plain =
            charset == nullptr || asciiEqual(charset, "utf-8") || asciiEqual(charset, "us-ascii");
        if (plain) return readAsUtf8(bytes);
        const char* known = g_mime_charset_canon_name(charset);
        gsize length = 0;
        GError* failure = nullptr;
        const Text converted(g_convert(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8",
                                       known, nullptr, &length, &failure));
        if (converted) return repairUtf8({converted.get(), length});
        if (failure != nullptr && failure->code == G_CONVERT_ERROR_NO_CONVERSION) {
            mail_.unknownCharset = repairUtf8(charset);
        } else {
            mail_.repaired = true;
        }
        g_clear_error(&failure);
        bool ignored = false;
        return utf8OrLatin(bytes, ignored);
    }

    /// Windows-1252 when it is no UTF-8; but what was cut off in a character is still UTF-8.
    std::string readAsUtf8(std::string_view bytes)
    {
        const auto end = bytes.find_last_not_of(" \t\r\n");
        const auto text = bytes.substr(0, end == std::string_view::npos ? 0 : end + 1);
        const auto cut = cutUtf8Tail(text);
        const auto whole = text.substr(0, text.size() - cut);
        if (cut == 0 || firstBadUtf8(whole)) return utf8OrLatin(bytes, mail_.repaired);
        mail_.cutText = true;
        return std::string(whole) + "\uFFFD";
    }

    ParsedMail& mail_;
};

void readHeaders(GMimeObject* message, ParsedMail& mail)
{
    const auto headerOf = [&](GMimeObject* of, const char* name) {
        return header(of, name, mail.longHeader);
    };
    mail.hasHeaders = g_mime_header_list_get_count(g_mime_object_get_header_list(message)) > 0;
    mail.from = headerOf(message, "From");
    mail.replyTo = headerOf(message, "X-Original-From");
    if (mail.replyTo.empty()) mail.replyTo = headerOf(message, "Reply-To");
    mail.subject = headerOf(message, "Subject");
    mail.date = headerOf(message, "Date");
    mail.time = timeOf(mail.date);
    const auto received = headerOf(message, "Received");
    const auto semicolon = received.rfind(';');
    if (semicolon != std::string::npos) mail.received = timeOf(received.substr(semicolon + 1));
    const auto ids = messageIds(headerOf(message, "Message-ID"));
    if (!ids.empty()) mail.messageId = ids.front();
    mail.references = messageIds(headerOf(message, "References"));
    mail.inReplyTo = messageIds(headerOf(message, "In-Reply-To"));
    const auto list = headerOf(message, "List-Id");
    const auto open = list.rfind('<');
    mail.listId =
        open == std::string::npos ? list : list.substr(open + 1, list.find('>', open) - open - 1);
    const auto automatic = asciiLower(headerOf(message, "Auto-Submitted"));
    mail.automatic = !automatic.empty() && automatic != "no";
}

}  // namespace

std::vector<std::string> messageIds(std::string_view header)
{
    std::vector<std::string> ids;
    if (header.find('<') == std::string_view::npos) {
        // Listserv writes ids bare; prose has no @ in its words.
        std::string spaced(header);
        for (char& c : spaced) c = c == ',' || c == '\t' ? ' ' : c;
        for (const auto word : split(spaced, ' ')) {
            if (word.find('@') != std::string_view::npos) ids.emplace_back(word);
        }
        return ids;
    }
    // Of brackets that open one in another the last counts, or ids of one long text would be as many
    // as it has brackets.
    std::size_t from = 0;
    for (auto close = header.find('>'); close != std::string_view::npos;
         from = close + 1, close = header.find('>', from)) {
        const auto within = header.substr(from, close - from).rfind('<');
        if (within == std::string_view::npos) continue;
        const auto open = from + within;
        auto id = replaceAll(std::string(trim(header.substr(open + 1, close - open - 1))), " ", "");
        if (!id.empty()) ids.push_back(std::move(id));
    }
    return ids;
}

ParsedMail parseMail(std::string_view bytes)
{
    ParsedMail mail;
    auto* options = parserOptions();
    const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
    if (!message) return mail;
    readHeaders(GMIME_OBJECT(message.get()), mail);
    auto* body = g_mime_message_get_mime_part(message.get());
    if (body == nullptr) return mail;
    auto* type = g_mime_object_get_content_type(body);
    mail.notice = g_mime_content_type_is_type(type, "multipart", "report") != 0;
    mail.text = Parts(mail).textOf(body, 0);
    mail.encrypted = mail.encrypted || mail.text.starts_with("-----BEGIN PGP MESSAGE-----") ||
                     mail.text.find("\n-----BEGIN PGP MESSAGE-----") != std::string::npos;
    return mail;
}

}  // namespace kith
