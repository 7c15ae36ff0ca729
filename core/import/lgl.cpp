#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphcast.h"
#include "core/import/graphlines.h"
#include "core/import/readers.h"

#include <functional>

namespace kith {
namespace {

/// The name behind "# "; nullopt for any other line.
std::optional<std::string_view> headOf(std::string_view line)
{
    line = trim(line);
    if (!line.starts_with('#')) return std::nullopt;
    return trim(line.substr(1));
}

/// "# somebody", and below, a line each, whom they are tied to, perhaps with a weight: the format
/// of the Large Graph Layout program (Adai and others 2004). The ties have no direction.
class LglImport {
public:
    LglImport(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), cast_(file), records_(file, sink, &survey_)
    {
        encoding_ = lineEncoding(file, options.encoding, task);
    }

    ReadReport run()
    {
        task_.begin("Looking through " + file_.name(), file_.size());
        each([&](const std::string& head, const std::vector<GraphWord>& words, std::uint64_t line) {
            if (!head.empty()) cast_.meet(head, line);
            if (!words.empty() && words.size() < 3) cast_.meet(words[0].text, line);
        });
        cast_.send(survey_, records_);
        task_.begin("Reading " + file_.name(), file_.size());
        each([&](const std::string& head, const std::vector<GraphWord>& words, std::uint64_t line) {
            tie(head, words, line);
        });
        if (encoding_ == TextEncoding::Windows1252) {
            sink_.problem({Outcome::Noted, file_.place(), "the file was read as Windows-1252"});
        }
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    /// Each line: who it belongs to, and its words; none for the line that names them.
    void each(const std::function<void(const std::string&, const std::vector<GraphWord>&,
                                       std::uint64_t)>& take)
    {
        GraphLines lines(file_, task_, encoding_);
        std::string head;
        while (const auto* line = lines.next()) {
            if (const auto name = headOf(*line)) {
                head = graphName(*name);
                take(head, {}, lines.line());
            } else if (auto words = graphWords(*line); !words.empty()) {
                words[0].text = graphName(words[0].text);
                take(head, words, lines.line());
            }
        }
    }

    void tie(const std::string& head, const std::vector<GraphWord>& words, std::uint64_t line)
    {
        if (words.empty()) return;
        if (head.empty()) {
            return records_.problem(Outcome::Refused, line,
                                    "no line above says whose tie it is (\"# name\")");
        }
        if (words.size() > 2) {
            return records_.problem(
                Outcome::Refused, line,
                "the line has " + std::to_string(words.size()) + " words instead of 1 or 2");
        }
        records_.edge({head,
                       words[0].text,
                       words.size() > 1 ? words[1].text : std::string(),
                       false,
                       {},
                       line});
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphCast cast_;
    GraphSurvey survey_;
    GraphRecords records_;
    std::optional<TextEncoding> encoding_;
};

class LglReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "lgl", "LGL graph (Large Graph Layout)", {"graph"}, {".lgl"}, graphShows(), false};
        return info;
    }

    /// A list of ties with comments looks alike: only lines of one word make it certain.
    Recognition recognise(const Probe& probe) const override
    {
        const auto source = sourceOver(std::string(probe.head));
        LineReader lines(*source, {});
        std::size_t heads = 0;
        std::size_t alone = 0;
        std::size_t weighted = 0;
        for (auto line = lines.next(); line; line = lines.next()) {
            if (trim(*line).empty()) continue;
            const auto head = headOf(*line);
            if (!head && heads == 0) return {};
            const auto words = graphWords(head.value_or(*line));
            if (head ? words.size() > 1 : words.size() > 2) return {};
            if (head) {
                ++heads;
            } else if (words.size() == 1) {
                ++alone;
            } else if (parseWeight(words[1].text)) {
                ++weighted;
            } else {
                return {};
            }
        }
        if (heads == 0 || alone + weighted == 0) return {};
        if (alone > 0) return {60, "\"# name\" with those it is tied to below, a line each"};
        return {heads > 1 ? 45 : 0, "looks like \"# name\" with weighted ties below"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return LglImport(file, options, sink, task).run();
    }
};

}  // namespace

const Reader& lglReader()
{
    static const LglReader reader;
    return reader;
}

}  // namespace kith
