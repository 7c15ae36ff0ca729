#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphcast.h"
#include "core/import/graphlines.h"
#include "core/import/readers.h"

#include <functional>
#include <utility>

namespace kith {
namespace {

enum class Section { None, People, Drawing, Ties, Other };

std::optional<Section> sectionOf(std::string_view line)
{
    line = trim(line);
    if (!line.starts_with('*')) return std::nullopt;
    const auto words = asciiLower(trim(line.substr(1)));
    if (words.starts_with("node data")) return Section::People;
    if (words.starts_with("node properties")) return Section::Drawing;
    if (words.starts_with("tie data")) return Section::Ties;
    return Section::Other;
}

using Words = std::vector<std::string>;

Words wordsOf(std::string_view line)
{
    Words out;
    for (auto& word : graphWords(line, ",")) out.push_back(std::move(word.text));
    return out;
}

/// The rows of a VNA file (Borgatti, NetDraw), each with the columns of its section.
class VnaWalk {
public:
    using Take =
        std::function<void(Section, const Words& columns, const Words& row, std::uint64_t line)>;

    VnaWalk(const OneFile& file, std::optional<TextEncoding> encoding, Task& task)
        : lines_(file, task, encoding)
    {}

    void each(const Take& take)
    {
        auto section = Section::None;
        Words columns;
        while (const auto* line = lines_.next()) {
            if (const auto next = sectionOf(*line)) {
                section = *next;
                columns.clear();
            } else if (columns.empty()) {
                columns = wordsOf(*line);
                for (auto& one : columns) one = graphName(one);
            } else if (section != Section::None && section != Section::Other) {
                take(section, columns, wordsOf(*line), lines_.line());
            }
        }
    }

private:
    GraphLines lines_;
};

/// The column of the ties' weights: one that is called so, else the first behind the two ends where
/// its first cell is a number.
std::optional<std::size_t> weightColumn(const Words& columns, const Words& row)
{
    for (std::size_t i = 2; i < columns.size(); ++i) {
        if (isWeightName(columns[i])) return i;
    }
    if (row.size() > 2 && parseWeight(row[2])) return 2;
    return std::nullopt;
}

class VnaImport {
public:
    VnaImport(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), cast_(file), records_(file, sink, &survey_)
    {
        encoding_ = lineEncoding(file, options.encoding, task);
    }

    ReadReport run()
    {
        task_.begin("Looking through " + file_.name(), file_.size());
        VnaWalk(file_, encoding_, task_)
            .each([&](Section section, const Words& columns, const Words& row, std::uint64_t line) {
                look(section, columns, row, line);
            });
        cast_.send(survey_, records_);
        task_.begin("Reading " + file_.name(), file_.size());
        VnaWalk(file_, encoding_, task_)
            .each([&](Section section, const Words& columns, const Words& row, std::uint64_t line) {
                send(section, columns, row, line);
            });
        if (encoding_ == TextEncoding::Windows1252) say("the file was read as Windows-1252");
        if (weight_ && unused_ > 0) {
            say("of the columns of the ties, \"" + shorten(weightName_, 80) +
                "\" is taken for their weight; " + std::to_string(unused_) +
                (unused_ == 1 ? " other is" : " others are") + " not used");
        }
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    void say(std::string what) { sink_.problem({Outcome::Noted, file_.place(), std::move(what)}); }

    void look(Section section, const Words& columns, const Words& row, std::uint64_t line)
    {
        if (section == Section::Ties) {
            if (row.size() < 2) return;
            cast_.meet(row[0], line);
            cast_.meet(row[1], line);
            if (std::exchange(metTie_, true)) return;
            weight_ = weightColumn(columns, row);
            if (weight_ && *weight_ < columns.size()) weightName_ = columns[*weight_];
            const auto used = weight_ ? 3U : 2U;
            unused_ = columns.size() > used ? columns.size() - used : 0;
        } else if (row.size() == columns.size() && !row[0].empty()) {
            if (section == Section::Drawing) {
                (void)cast_.meet(row[0], line);
                return;
            }
            auto* person = cast_.describe(row[0], line);
            for (std::size_t i = 1; person != nullptr && i < columns.size(); ++i)
                person->attributes.push_back(writtenAttribute(columns[i], row[i]));
        }
    }

    void send(Section section, const Words& columns, const Words& row, std::uint64_t line)
    {
        if (section == Section::Drawing) return;
        if (section == Section::People) {
            if (row.size() == columns.size() && !row[0].empty()) return;
            return records_.problem(Outcome::Refused, line,
                                    "the row has " + std::to_string(row.size()) +
                                        " values instead of " + std::to_string(columns.size()));
        }
        if (row.size() < 2)
            return records_.problem(Outcome::Refused, line, "the tie has only one end");
        GraphEdge edge{row[0], row[1], {}, true, {}, line};
        if (weight_ && *weight_ < row.size()) edge.weight = row[*weight_];
        records_.edge(edge);
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphCast cast_;
    GraphSurvey survey_;
    GraphRecords records_;
    std::optional<TextEncoding> encoding_;
    std::optional<std::size_t> weight_;
    std::string weightName_;
    std::size_t unused_ = 0;
    bool metTie_ = false;
};

class VnaReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "vna", "VNA network (NetDraw)", {"graph"}, {".vna"}, graphShows(), false};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto source = sourceOver(std::string(probe.head));
        LineReader lines(*source, {});
        while (const auto line = lines.next()) {
            if (trim(*line).empty()) continue;
            const auto section = sectionOf(*line);
            if (!section || *section == Section::Other) return {};
            return {90, "begins with a section of a VNA network"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return VnaImport(file, options, sink, task).run();
    }
};

}  // namespace

const Reader& vnaReader()
{
    static const VnaReader reader;
    return reader;
}

}  // namespace kith
