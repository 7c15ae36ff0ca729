#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/encoding.h"
#include "core/import/latin.h"
#include "core/import/lines.h"
#include "core/import/onefile.h"
#include "core/import/readers.h"
#include "core/import/whatsapppass.h"
#include "core/import/whatsappwords.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <unordered_map>
#include <utility>

namespace kith {
namespace {

std::string nameOfChat(const Package& package, const ReadOptions& options)
{
    if (const auto name = chatNamedBy(package.entries().front().name)) return std::string(*name);
    if (const auto name = chatNamedBy(package.name())) return std::string(*name);
    return options.conversation;
}

/// The encoding of the lines. The last line counts without the character that it may end in the
/// middle of: a file that was cut off there is not in another encoding.
class LineEncodings {
public:
    void look(std::string_view line, std::uint64_t number, std::uint64_t byte)
    {
        survey_.look(held_, line_, byte_);
        held_.clear();
        const bool ascii = line.empty() || static_cast<unsigned char>(line.back()) < 0x80;
        if (ascii) return survey_.look(line, number, byte);
        held_.assign(line);
        line_ = number;
        byte_ = byte;
    }

    const EncodingSurvey& finish()
    {
        held_.resize(held_.size() - cutUtf8Tail(held_));
        survey_.look(std::exchange(held_, {}), line_, byte_);
        return survey_;
    }

private:
    EncodingSurvey survey_;
    std::string held_;
    std::uint64_t line_ = 0;
    std::uint64_t byte_ = 0;
};

class WhatsappReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "whatsapp", "WhatsApp chat export", {"whatsapp"}, {".txt", ".zip"}, {.mentions = true}};
        return info;
    }

    /// More than half of the first lines that begin like a stamp must be one.
    Recognition recognise(const Probe& probe) const override
    {
        constexpr int enough = 20;
        int lines = 0;
        int headers = 0;
        for (const auto line : split(probe.head, '\n')) {
            if (lines == enough) break;
            if (trim(line).empty()) continue;
            ++lines;
            if (chatHeader(line)) ++headers;
        }
        if (headers == 0) return {};
        if (headers * 2 > lines) return {95, "its lines start with a WhatsApp date"};
        return {chatHeader(probe.head.substr(0, probe.head.find('\n'))) ? 80 : 40,
                "some of its lines start with a WhatsApp date"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const auto place = placeIn(package, 0);
        task.begin("Reading " + place.text(), package.entries().front().size * 2);
        FirstReading first;
        std::string conversation = nameOfChat(package, options);
        walk(package, task,
             [&](std::string_view line, const LineReader& lines) { first.take(line, lines); });
        const auto encoding = first.encoding.finish().decide(options.encoding, OneFile(package));
        const bool latin = encoding == TextEncoding::Windows1252;
        if (latin) {
            first = {};  // nothing it saw beyond ASCII was right
            walk(package, task, [&](std::string_view line, const LineReader& lines) {
                first.take(fromLatin(line), lines);
            });
        }
        const auto& survey = first.survey;
        first.survey.finish(options, place);
        if (conversation.empty()) conversation = first.created;
        if (conversation.empty()) conversation = package.entries().front().name;
        ChatPass pass(package, options, survey, sink, repairUtf8(conversation));
        walk(package, task, [&](std::string_view line, const LineReader& lines) {
            pass.line(latin ? std::string_view(fromLatin(line)) : line, lines.line(), lines.byte());
        });
        pass.finish();
        if (latin || first.utf16) {
            sink.problem(
                {Outcome::Noted, place,
                 fmt::format("the file is read as {}", latin ? "Windows-1252" : "UTF-16")});
        }
        if (survey.crowded()) {
            sink.problem({Outcome::Noted, place,
                          "more than 100,000 people write here; mentions are found of the first "
                          "100,000 only"});
        }
        if (!options.zone) {
            sink.problem({Outcome::Noted, place,
                          "the times carry no time zone and are read as UTC; pass --zone to say "
                          "where the phone was"});
        }
        return {pass.seen(), "whatsapp", options.zone.value_or(Zone()).name(), true};
    }

private:
    /// What is found out before any line is given a meaning.
    struct FirstReading {
        LineEncodings encoding;
        ChatSurvey survey;
        std::string created;  ///< name of the group, from the line that says who made it
        bool utf16 = false;

        void take(std::string_view line, const LineReader& lines)
        {
            encoding.look(line, lines.line(), lines.byte());
            survey.add(line, lines.line());
            if (created.empty()) created = nameInLine(line);
            utf16 = lines.isUtf16();
        }
    };

    static std::string nameInLine(std::string_view line)
    {
        const auto header = chatHeader(line);
        if (!header) return {};
        const auto behind = line.substr(header->body);
        if (senderEnd(behind) != std::string_view::npos &&
            behind.find("\u200E") == std::string_view::npos)
            return {};
        return std::string(createdGroup(behind).value_or(std::string_view()));
    }

    template <class Take>
    static void walk(const Package& package, Task& task, const Take& take)
    {
        const auto source = package.open(0);
        LineReader lines(*source, placeIn(package, 0).text());
        std::uint64_t before = 0;
        while (const auto line = lines.next()) {
            take(*line, lines);
            task.advance(lines.consumed() - std::exchange(before, lines.consumed()));
        }
    }
};

}  // namespace

const Reader& whatsappReader()
{
    static const WhatsappReader reader;
    return reader;
}

}  // namespace kith
