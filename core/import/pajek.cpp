#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphitems.h"
#include "core/import/graphlines.h"
#include "core/import/markup.h"
#include "core/import/readers.h"

#include <algorithm>
#include <unordered_set>

namespace kith {
namespace {

/// The word that opens a section, in lower case: "arcs" of "*Arcs :1 \"likes\""; empty otherwise.
std::string sectionOf(std::string_view line)
{
    line = trim(line);
    if (!line.starts_with('*')) return {};
    const auto end = line.find_first_of(" \t:", 1);
    return asciiLower(line.substr(1, end == std::string_view::npos ? end : end - 1));
}

bool isComment(std::string_view line)
{
    return trim(line).starts_with('%');
}

/// One Pajek network or project being read (Batagelj and Mrvar, Pajek reference manual).
class PajekImport {
public:
    PajekImport(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), records_(file, sink, &survey_)
    {
        encoding_ = lineEncoding(file, options.encoding, task);
    }

    ReadReport run()
    {
        task_.begin("Reading " + file_.name(), file_.size());
        GraphLines lines(file_, task_, encoding_);
        for (const auto* line = lines.next(); line != nullptr; line = lines.next()) {
            if (isComment(*line)) continue;
            at_ = lines.line();
            if (const auto section = sectionOf(*line); !section.empty()) {
                open(section, *line);
            } else {
                read(*line);
            }
        }
        sendPeople();
        note();
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    enum class Section { None, Vertices, Arcs, Edges, ArcsList, EdgesList, Matrix, Values, Other };

    void say(std::string what) { sink_.problem({Outcome::Noted, file_.place(), std::move(what)}); }

    void open(const std::string& section, const std::string& line)
    {
        const auto words = graphWords(line.substr(line.find('*') + 1));
        if (section == "vertices") return openVertices(words);
        if (section == "partition" || section == "vector") {
            sendPeople();
            trait_ = graphName(join(rest(words), " "));
            if (trait_.empty()) trait_ = section;
            numeric_ = section == "vector";
            section_ = Section::Other;
            return;
        }
        if (section == "network") {
            networks_ += 1;
            trait_.clear();
            section_ = Section::Other;
            return;
        }
        section_ = section == "arcs"        ? Section::Arcs
                   : section == "edges"     ? Section::Edges
                   : section == "arcslist"  ? Section::ArcsList
                   : section == "edgeslist" ? Section::EdgesList
                   : section == "matrix"    ? Section::Matrix
                                            : Section::Other;
        if (section_ == Section::Other) {
            ++passedOver_;
            return;
        }
        sendPeople();
        matrixRow_ = 0;
    }

    static std::vector<std::string> rest(const std::vector<GraphWord>& words)
    {
        std::vector<std::string> out;
        for (std::size_t at = 1; at < words.size(); ++at) out.push_back(words[at].text);
        return out;
    }

    void openVertices(const std::vector<GraphWord>& words)
    {
        const auto count = words.size() > 1 ? parseInteger(words[1].text) : std::nullopt;
        if (!count || *count < 0) {
            throw Error(Error::Kind::BadInput, "*Vertices does not say how many there are",
                        file_.line(at_), "Write their number behind it.");
        }
        requirePlausible(static_cast<std::uint64_t>(*count), file_, at_);
        if (!trait_.empty() || sent_) {
            // Of a partition or vector, or of a further network over the same people.
            section_ = trait_.empty() ? Section::Other : Section::Values;
            valueRow_ = 0;
            return;
        }
        labels_.assign(static_cast<std::size_t>(*count), {});
        lineOf_.assign(labels_.size(), at_);
        const auto first = words.size() > 2 ? parseInteger(words[2].text) : std::nullopt;
        const bool split = first && *first > 0 && *first < *count;
        firstMode_ = split ? static_cast<std::size_t>(*first) : 0;
        section_ = Section::Vertices;
    }

    void read(const std::string& line)
    {
        if (section_ == Section::None || section_ == Section::Other) return;
        const auto words = graphWords(line);
        if (words.empty()) return;  // nothing but gaps: a NUL is one
        switch (section_) {
        case Section::Vertices: return vertex(words);
        case Section::Arcs:
        case Section::Edges: return tie(words);
        case Section::ArcsList:
        case Section::EdgesList: return list(words);
        case Section::Matrix: return matrix(words);
        case Section::Values: return value(words);
        case Section::None:
        case Section::Other: return;
        }
    }

    void vertex(const std::vector<GraphWord>& words)
    {
        const auto number = place(words.front());
        if (!number) return;
        if (!labels_[*number].empty()) {
            return records_.problem(Outcome::Refused, at_,
                                    "vertex " + words.front().text +
                                        " is already described in line " +
                                        std::to_string(lineOf_[*number]));
        }
        lineOf_[*number] = at_;
        if (words.size() > 1) labels_[*number] = graphName(trim(decodeEntities(words[1].text)));
    }

    /// The index of a vertex named by its number, from 1.
    std::optional<std::size_t> place(const GraphWord& word)
    {
        const auto number = parseInteger(word.text);
        if (number && *number >= 1 && static_cast<std::uint64_t>(*number) <= labels_.size())
            return static_cast<std::size_t>(*number - 1);
        records_.problem(Outcome::Refused, at_,
                         "there is no vertex " + shorten(word.text, 80) + "; they go from 1 to " +
                             std::to_string(labels_.size()));
        return std::nullopt;
    }

    /// A label tells people apart if all have one of their own; otherwise the number does.
    void sendPeople()
    {
        if (sent_) return;
        sent_ = true;
        std::unordered_set<std::string_view> met;
        named_ = std::ranges::all_of(labels_, [&](const std::string& label) {
            return !label.empty() && met.insert(label).second;
        });
        std::vector<GraphNode> nodes;
        std::size_t bare = 0;
        for (std::size_t at = 0; at < labels_.size(); ++at) {
            GraphNode node{key(at), labels_[at], {}, lineOf_[at]};
            if (labels_[at].empty()) ++bare;
            if (firstMode_ > 0)
                node.attributes.push_back({"mode", at < firstMode_ ? "first" : "second", false});
            survey_.add(node, file_);
        }
        for (std::size_t at = 0; at < labels_.size(); ++at) {
            GraphNode node{key(at), labels_[at], {}, lineOf_[at]};
            if (firstMode_ > 0)
                node.attributes.push_back({"mode", at < firstMode_ ? "first" : "second", false});
            records_.node(node);
        }
        bare_ = bare;
    }

    std::string key(std::size_t at) const { return named_ ? labels_[at] : std::to_string(at + 1); }

    bool isDirected() const
    {
        return section_ == Section::Arcs || section_ == Section::ArcsList ||
               (section_ == Section::Matrix && firstMode_ == 0);
    }

    void send(std::size_t from, std::size_t to, std::string weight)
    {
        records_.edge({key(from), key(to), std::move(weight), isDirected(), {}, at_});
    }

    void tie(const std::vector<GraphWord>& words)
    {
        if (words.size() < 2) {
            return records_.problem(Outcome::Refused, at_, "the tie has only one end");
        }
        const auto from = place(words[0]);
        if (!from) return;
        const auto to = place(words[1]);
        if (!to) return;
        // Behind the weight stand details of the drawing; without one they come at once.
        const bool weighted = words.size() > 2 && parseReal(words[2].text).has_value();
        const bool odd = words.size() > 2 && !weighted && asciiLower(words[2].text) == "nan";
        if (std::ranges::any_of(words, [](const GraphWord& word) {
                return !word.quoted && word.text.starts_with('[');
            })) {
            ++timed_;
        }
        send(*from, *to, weighted || odd ? words[2].text : std::string());
    }

    void list(const std::vector<GraphWord>& words)
    {
        const auto from = words.empty() ? std::nullopt : place(words.front());
        if (!from) return;
        for (std::size_t at = 1; at < words.size(); ++at) {
            if (const auto to = place(words[at])) send(*from, *to, {});
        }
    }

    void matrix(const std::vector<GraphWord>& words)
    {
        const auto rows = firstMode_ > 0 ? firstMode_ : labels_.size();
        const auto columns = firstMode_ > 0 ? labels_.size() - firstMode_ : labels_.size();
        if (matrixRow_ >= rows || words.size() != columns) {
            ++matrixRow_;
            return records_.problem(
                Outcome::Refused, at_,
                matrixRow_ > rows ? "the matrix has more than " + std::to_string(rows) + " rows"
                                  : "the row of the matrix has " + std::to_string(words.size()) +
                                        " numbers instead of " + std::to_string(columns));
        }
        const auto from = matrixRow_++;
        for (std::size_t at = 0; at < columns; ++at) {
            if (parseWeight(words[at].text) == 0.0) continue;
            send(from, at + (firstMode_ > 0 ? firstMode_ : 0), words[at].text);
        }
    }

    /// A line of a partition or vector: the value of one vertex.
    void value(const std::vector<GraphWord>& words)
    {
        const auto at = valueRow_++;
        const bool fits = at < labels_.size() && parseReal(words.front().text);
        if (!fits) {
            ++passedOver_;
            return;
        }
        sink_.trait({key(at), trait_, words.front().text, numeric_});
    }

    void note()
    {
        const auto number = [](std::uint64_t count) {
            return withSeparators(static_cast<std::int64_t>(count));
        };
        if (encoding_ == TextEncoding::Windows1252) say("the file was read as Windows-1252");
        if (networks_ > 1) say("the file holds " + number(networks_) + " networks, read as one");
        if (firstMode_ > 0) {
            say("the file holds two kinds of vertices, " + number(firstMode_) + " and " +
                number(labels_.size() - firstMode_) +
                "; all of them are people here, told apart by the trait \"mode\"");
        }
        if (bare_ > 0) say(number(bare_) + " vertices have no name; their number stands for it");
        if (bare_ == 0 && !named_ && !labels_.empty())
            say("several vertices have the same name; their numbers tell them apart");
        if (timed_ > 0)
            say("the times of " + number(timed_) +
                " ties are steps without a date and were not used");
        if (passedOver_ > 0) {
            say(number(passedOver_) +
                " sections or values that Kith has no use for were passed over");
        }
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphSurvey survey_;
    GraphRecords records_;
    std::optional<TextEncoding> encoding_;
    Section section_ = Section::None;
    std::uint64_t at_ = 0;
    std::vector<std::string> labels_;
    std::vector<std::uint64_t> lineOf_;
    std::size_t firstMode_ = 0;  ///< vertices of the first kind in a two-mode network, 0 = one mode
    bool sent_ = false;
    bool named_ = false;
    std::size_t bare_ = 0;
    std::size_t matrixRow_ = 0;
    std::size_t valueRow_ = 0;
    std::string trait_;
    bool numeric_ = false;
    std::uint64_t networks_ = 0;
    std::uint64_t timed_ = 0;
    std::uint64_t passedOver_ = 0;
};

class PajekReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"pajek",          "Pajek network", {"graph"},
                                     {".net", ".paj"}, graphShows(),    false};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        constexpr int mostLines = 40;  // some files begin with words about themselves
        const auto source = sourceOver(std::string(probe.head));
        LineReader lines(*source, {});
        for (int at = 0; at < mostLines; ++at) {
            const auto line = lines.next();
            if (!line) return {};
            const auto section = sectionOf(*line);
            if (section == "vertices") {
                const auto words = graphWords(*line);
                if (words.size() < 2 || !parseInteger(words[1].text)) return {};
                return {90, "a Pajek network: *Vertices with their number"};
            }
            if (!section.empty() && section != "network" && section != "partition" &&
                section != "vector") {
                return {};
            }
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return PajekImport(file, options, sink, task).run();
    }
};

}  // namespace

const Reader& pajekReader()
{
    static const PajekReader reader;
    return reader;
}

}  // namespace kith
