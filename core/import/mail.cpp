#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/import/latelymet.h"
#include "core/import/mailparse.h"
#include "core/import/mailsplit.h"
#include "core/import/mailtext.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestText = 256U << 10U;
constexpr std::size_t longestId = 1000;
constexpr std::size_t rememberedMails = 190'000;
constexpr std::size_t rememberedThreads = 60'000;

/// The tag that most subjects carry: then it is the list's, not "[PATCH]" or "[Vote]".
std::string commonTag(const OneFile& file)
{
    constexpr int most = 200;
    const auto source = file.open();
    MailSplitter mails(*source, file.name());
    std::map<std::string, int> tags;
    int seen = 0;
    for (auto mail = mails.next(); mail && seen < most; mail = mails.next()) {
        ++seen;
        constexpr std::size_t headerBytes = 1U << 16U;
        const auto parsed = parseMail(std::string_view(mail->bytes).substr(0, headerBytes));
        auto tag = subjectTag(parsed.subject);
        if (!tag.empty()) ++tags[std::move(tag)];
    }
    for (const auto& [tag, count] : tags) {
        if (count * 2 > seen) return tag;
    }
    return {};
}

/// One archive being read. For duplicates and the roots of threads the last 190,000
/// mails at least are remembered, in less than 70 MB. A mail that answers an older one belongs to
/// the thread that its references name first, and of two mails with one id that stand further apart
/// the store keeps the first.
class MailImport {
public:
    MailImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), options_(options), sink_(sink), task_(task)
    {}

    ReadReport run()
    {
        list_ = commonTag(file_);
        task_.begin("Reading " + file_.name(), file_.size());
        const auto source = file_.open();
        MailSplitter mails(*source, file_.name());
        std::uint64_t reported = 0;
        while (const auto mail = mails.next()) {
            task_.advance(mails.consumed() - std::exchange(reported, mails.consumed()));
            ++report_.seen;
            take(*mail);
        }
        if (kept_ == 0) {
            throw Error(Error::Kind::BadInput,
                        report_.seen == 0 ? "the archive holds no messages"
                                          : "no message in the archive can be read",
                        file_.place(), "Check that it is an mbox archive or a saved mail.");
        }
        if (fromInside_ > 0) {
            sink_.problem({Outcome::Noted, file_.line(firstFromInside_),
                           fmt::format("{} mails hold a line like the \"From ...\" that begins a "
                                       "mail; as no header follows, it is kept as text",
                                       fromInside_)});
        }
        report_.platform = "mail";
        return report_;
    }

private:
    void problem(Outcome outcome, const RawMail& raw, std::string what)
    {
        sink_.problem({outcome, file_.line(raw.line), std::move(what)});
    }

    void take(const RawMail& raw)
    {
        const auto mail = parseMail(raw.bytes);
        const bool looksLikeMail =
            mail.hasHeaders && !(mail.from.empty() && mail.date.empty() && mail.subject.empty() &&
                                 mail.messageId.empty());
        if (!looksLikeMail) return problem(Outcome::Refused, raw, "no mail headers were found");
        const auto sender = senderOf(raw, mail);
        MessageRecord record;
        fillTime(raw, mail, record);
        fillId(raw, mail, sender.key, record);
        ++kept_;
        record.place = file_.line(raw.line);
        record.conversation = conversationOf(mail);
        if (mail.notice || isDaemon(sender.address)) {
            return sink_.system({record.id, record.conversation, record.time, record.timed,
                                 cleanSubject(mail.subject), record.place});
        }
        record.account = sender.key;
        record.bot = mail.automatic;
        record.attachments = mail.attachments;
        fillThread(raw, mail, record);
        fillText(mail, record);
        noteRepairs(raw, mail, record);
        if (!sender.key.empty() &&
            !std::exchange(described_.meet(shortHash(hashOf(sender.key, sender.name))), true)) {
            sink_.account({sender.key, sender.name, sender.address, mail.automatic});
        }
        sink_.message(std::move(record));
    }

    static MailAddress senderOf(const RawMail& raw, const ParsedMail& mail)
    {
        auto sender = mailAddress(mail.from, mail.replyTo);
        if (!sender.key.empty() || raw.fromLine.empty()) return sender;
        // "From ann@example.org Mon Nov  7 ...": the envelope knows what the header does not.
        const auto words = split(raw.fromLine, ' ');
        return mailAddress(words.size() > 1 ? repairUtf8(words[1]) : std::string());
    }

    static bool isDaemon(std::string_view address)
    {
        const auto local = asciiLower(address.substr(0, address.find('@')));
        return local == "mailer-daemon" || local == "mail-daemon";
    }

    std::string conversationOf(const ParsedMail& mail) const
    {
        if (!mail.listId.empty()) return mail.listId;
        if (!list_.empty()) return list_;
        return options_.conversation.empty() ? file_.stem() : options_.conversation;
    }

    /// The Date header unless it cannot be true, then the line the archive put before the mail,
    /// then the newest Received header.
    void fillTime(const RawMail& raw, const ParsedMail& mail, MessageRecord& record)
    {
        constexpr auto year = std::chrono::hours(24 * 366);
        const Time earliest = fromMillis(0) + year;
        const Time arrived = fromLineTime(raw.fromLine).value_or(Time());
        const Time seenBy = arrived > earliest ? arrived : mail.received.value_or(Time());
        const Time latest = seenBy > earliest ? seenBy + year : fromMillis(0) + 130 * year;
        const auto plausible = [&](Time time) { return time >= earliest && time <= latest; };
        if (mail.time && plausible(*mail.time)) {
            record.time = *mail.time;
            return;
        }
        const std::string why = mail.date.empty()
                                    ? "the mail has no date"
                                    : "the date \"" + shorten(mail.date, 60) + "\" cannot be right";
        if (arrived >= earliest) {
            record.time = arrived;
            record.certainty = TimeCertainty::Zoned;
            return problem(Outcome::Repaired, raw,
                           why + "; that of the archive's From line was taken");
        }
        if (mail.received && plausible(*mail.received)) {
            record.time = *mail.received;
            return problem(Outcome::Repaired, raw, why + "; that of its Received line was taken");
        }
        record.timed = false;
        problem(Outcome::Repaired, raw, why + "; it is kept without a time");
    }

    /// The Message-ID; a mail without one, or with another mail's, is known by its content. A mail
    /// that stands twice in the file gets the same id twice, so that it is stored once.
    void fillId(const RawMail& raw, const ParsedMail& mail, const std::string& sender,
                MessageRecord& record)
    {
        // Trimmed: how many empty lines end a mail depends on where it stands in the archive.
        const auto text = trim(mail.text);
        const auto words = shortHash(hashOf(sender, mail.subject, text));
        const auto whole = shortHash(hashOf(sender, mail.subject, text, toMillis(record.time)));
        record.id = shorten(mail.messageId, longestId);
        if (!record.id.empty()) {
            auto& known = mails_.meet(shortHash(hashOf(record.id)));
            if (!std::exchange(known.named, true)) known.words = words;
            if (known.words == words) return;  // the store keeps it once, and counts it
            problem(Outcome::Repaired, raw,
                    "the id " + shorten(record.id, 80) +
                        " is another mail's already; this one is known by its content");
        }
        record.id = fmt::format("content-{:016x}", whole);
    }

    /// True when `parent` answers, over however many steps, the mail `self`: nobody can answer an
    /// answer to himself. Only a mail that was pointed at before it came can close such a circle.
    bool closesCircle(std::uint64_t self, std::uint64_t parent)
    {
        constexpr int mostSteps = 10'000;
        auto* const own = mails_.find(self);
        if (own == nullptr || !std::exchange(own->awaited, false)) return false;
        for (int i = 0; i < mostSteps; ++i) {
            if (parent == self) return true;
            const auto* const next = mails_.peek(parent);
            if (next == nullptr || !next->answers) return false;
            parent = next->parent;
        }
        return false;
    }

    void fillThread(const RawMail& raw, const ParsedMail& mail, MessageRecord& record)
    {
        std::string parent;
        for (const auto* ids : {&mail.references, &mail.inReplyTo}) {
            for (auto id = ids->rbegin(); id != ids->rend() && parent.empty(); ++id) {
                if (*id != record.id) parent = shorten(*id, longestId);
            }
        }
        const auto self = shortHash(hashOf(record.id));
        if (!parent.empty()) {
            const auto above = shortHash(hashOf(parent));
            if (closesCircle(self, above)) {
                problem(Outcome::Repaired, raw,
                        "its references run in a circle; it is kept as an answer to nobody");
                parent.clear();
            } else {
                auto& own = mails_.meet(self);
                if (!std::exchange(own.answers, true)) own.parent = above;
                auto& upper = mails_.meet(above);
                upper.awaited = upper.awaited || !upper.met;
            }
        }
        record.thread = record.id;
        record.kind = parent.empty() ? MessageKind::Post : MessageKind::Said;
        if (!parent.empty()) {
            const auto& upper = mails_.meet(shortHash(hashOf(parent)));
            const auto thread = upper.met ? threads_.find(upper.thread) : std::nullopt;
            if (thread) {
                record.thread = *thread;
            } else {
                record.thread =
                    mail.references.empty() ? parent : shorten(mail.references.front(), longestId);
            }
            record.ties.push_back({TieKind::Reply, {}, parent, 1});
        }
        const auto thread = shortHash(hashOf(record.thread));
        threads_.set(thread, record.thread);
        auto& own = mails_.meet(self);
        if (!std::exchange(own.met, true)) own.thread = thread;
    }

    static void fillText(const ParsedMail& mail, MessageRecord& record)
    {
        if (mail.encrypted) {
            record.text = "encrypted, not read";
            return;
        }
        record.text = ownWords(mail.text);
        const auto subject = cleanSubject(mail.subject);
        if (record.kind == MessageKind::Post && !subject.empty()) {
            record.text = subject + (record.text.empty() ? "" : "\n\n" + record.text);
        }
    }

    void noteRepairs(const RawMail& raw, const ParsedMail& mail, MessageRecord& record)
    {
        if (raw.crowded) problem(Outcome::Repaired, raw, "there is no empty line before the mail");
        if (raw.tooLong) problem(Outcome::Repaired, raw, "the mail was cut at 64 MB");
        if (mail.tooDeep) {
            problem(Outcome::Repaired, raw, "parts nested deeper than 16 were left out");
        }
        if (raw.fromInside > 0 && fromInside_++ == 0) firstFromInside_ = raw.fromInside;
        if (mail.longHeader) problem(Outcome::Repaired, raw, "a header was cut at 64 KB");
        if (mail.cutText) {
            problem(Outcome::Repaired, raw, "its text ends in the middle of a character");
        }
        if (mail.brokenBase64) {
            problem(Outcome::Repaired, raw,
                    "a part is not the base64 that it claims to be; what could not be decoded is "
                    "left out");
        }
        if (!mail.unknownCharset.empty()) {
            problem(Outcome::Repaired, raw,
                    "its charset \"" + shorten(mail.unknownCharset, 60) +
                        "\" is not known; it was read as UTF-8 or Windows-1252");
        }
        if (mail.repaired) {
            problem(Outcome::Repaired, raw,
                    "its text is not in the charset it claims; it was read as Windows-1252");
        }
        if (record.text.size() <= longestText) return;
        problem(Outcome::Repaired, raw,
                "the text of " + std::to_string(record.text.size()) + " bytes was cut at 256 KB");
        record.text = shorten(record.text, longestText);
    }

    struct Known {
        std::uint64_t words = 0;   ///< of the mail that has the id
        std::uint64_t parent = 0;  ///< what it answers
        std::uint64_t thread = 0;
        bool named = false;    ///< a mail gives this as its id
        bool met = false;      ///< it has a thread
        bool answers = false;  ///< it has a parent
        bool awaited = false;  ///< pointed at, but not met so far
    };

    OneFile file_;
    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    std::string list_;  ///< the tag in the subjects
    ReadReport report_;
    std::uint64_t kept_ = 0;
    LatelyMet<Known> mails_{rememberedMails};
    LateTexts threads_{rememberedThreads};
    LatelyMet<bool> described_{rememberedMails};
    std::uint64_t fromInside_ = 0;
    std::uint64_t firstFromInside_ = 0;
};

class MailReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"mail",
                                     "E-mail (mbox, pipermail, .eml)",
                                     {"mail"},
                                     {".mbox", ".mbx", ".eml", ".txt"},
                                     {.replies = true}};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto source = sourceOver(std::string(probe.head));
        LineReader lines(*source, probe.name);
        auto line = lines.next();
        while (line && trim(*line).empty()) line = lines.next();
        if (!line) return {};
        const bool archive = isFromLine(*line);
        if (archive) line = lines.next();
        constexpr int enough = 3;
        int headers = 0;
        for (; line && !line->empty() && headers < enough; line = lines.next()) {
            if (isMailHeader(*line)) {
                ++headers;
            } else if (!isHeaderLine(*line) && !line->starts_with(' ') &&
                       !line->starts_with('\t')) {
                break;
            }
        }
        if (archive && headers > 0)
            return {92, "starts with a From line and mail headers, as archives do"};
        if (!archive && headers == enough) return {75, "starts with mail headers"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return MailImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& mailReader()
{
    static const MailReader reader;
    return reader;
}

}  // namespace kith
