#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/dottokens.h"
#include "core/import/dotwalk.h"
#include "core/import/graphcast.h"
#include "core/import/markup.h"
#include "core/import/readers.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace kith {
namespace {

/// What Graphviz itself knows of somebody: how to draw them, not who they are.
constexpr std::array<std::string_view, 49> drawing{
    "area",        "class",     "color",        "colorscheme", "comment",   "distortion",
    "fillcolor",   "fixedsize", "fontcolor",    "fontname",    "fontsize",  "gradientangle",
    "group",       "height",    "href",         "id",          "image",     "imagepos",
    "imagescale",  "labelloc",  "layer",        "margin",      "nojustify", "ordering",
    "orientation", "penwidth",  "peripheries",  "pin",         "pos",       "rects",
    "regular",     "root",      "samplepoints", "shape",       "shapefile", "showboxes",
    "sides",       "skew",      "sortv",        "style",       "target",    "tooltip",
    "url",         "vertices",  "width",        "xlabel",      "xlp",       "z",
    "layout"};

/// A DOT file being read. People may be told of anywhere in it, so they are gathered first.
class DotImport {
public:
    DotImport(const OneFile& file, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), cast_(file), records_(file, sink, &survey_)
    {}

    ReadReport run()
    {
        task_.begin("Looking through " + file_.name(), file_.size());
        const auto end = walkDot(
            file_,
            {[&](const std::string& id, const DotAttributes& given, std::uint64_t line) {
                 person(id, given, line);
             },
             [](const std::string&, const std::string&, const DotAttributes&, std::uint64_t) {}},
            task_);
        if (end.broken && cast_.empty()) {
            throw Error(Error::Kind::BadInput, end.broken->second, file_.line(end.broken->first),
                        "Check that it is a DOT graph, and whole.");
        }
        cast_.send(survey_, records_);
        task_.begin("Reading " + file_.name(), file_.size());
        (void)walkDot(
            file_,
            {[](const std::string&, const DotAttributes&, std::uint64_t) {},
             [&](const std::string& from, const std::string& to, const DotAttributes& given,
                 std::uint64_t line) { tie(from, to, given, end.directed, line); }},
            task_);
        note(end);
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    void person(const std::string& id, const DotAttributes& given, std::uint64_t line)
    {
        if (id.empty()) return;
        auto& node = cast_.meet(id, line);
        for (const auto& [name, value] : given) {
            const auto lower = asciiLower(name);
            if (lower == "label") {
                label(node, value);
            } else if (!name.empty() && std::ranges::find(drawing, lower) == drawing.end()) {
                attribute(node, name, value);
            }
        }
    }

    /// "\N" is Graphviz's word for the name itself; "\n", "\l" and "\r" end a line.
    static void label(GraphNode& node, std::string value)
    {
        constexpr std::size_t longest = 1000;  // a name of many "\\N" would outgrow everything
        value = shorten(value, longest);
        for (const auto* lineEnd : {"\\n", "\\l", "\\r"})
            value = replaceAll(std::move(value), lineEnd, " ");
        value = replaceAll(std::move(value), "\\N", node.id);
        node.label = trim(decodeEntities(value));
    }

    /// What is said later holds.
    static void attribute(GraphNode& node, const std::string& name, const std::string& value)
    {
        constexpr std::size_t most = 512;
        const auto known = std::ranges::find(node.attributes, name, &GraphAttribute::name);
        if (known != node.attributes.end()) {
            *known = writtenAttribute(name, value);
        } else if (node.attributes.size() < most) {
            node.attributes.push_back(writtenAttribute(name, value));
        }
    }

    void tie(const std::string& from, const std::string& to, const DotAttributes& given,
             bool directed, std::uint64_t line)
    {
        GraphEdge edge{from, to, {}, directed, {}, line};
        for (const auto& [name, value] : given) {
            if (isWeightName(name)) edge.weight = value;
            if (asciiEqual(name, "dir") && asciiEqual(value, "none")) edge.directed = false;
        }
        records_.edge(edge);
    }

    void note(const DotEnd& end)
    {
        if (end.graphs > 1) {
            sink_.problem({Outcome::Noted, file_.place(),
                           fmt::format("the file holds {} graphs, read as one", end.graphs)});
        }
        if (end.tooMany > 0) {
            sink_.problem(
                {Outcome::Noted, file_.place(),
                 fmt::format("{} lines tie every one of a large group to every one of another; "
                             "beyond 200,000 ties of that kind they were left out",
                             end.tooMany)});
        }
        if (!end.broken) return;
        sink_.problem({Outcome::Noted, file_.line(end.broken->first),
                       end.broken->second + "; everything before that was read"});
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphCast cast_;
    GraphSurvey survey_;
    GraphRecords records_;
};

class DotReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"dot",           "DOT graph (Graphviz)", {"graph"},
                                     {".dot", ".gv"}, graphShows(),           false};
        return info;
    }

    /// "digraph name {", perhaps behind comments, and then a statement.
    Recognition recognise(const Probe& probe) const override
    {
        const auto package = packageOf("head", {{"head", std::string(probe.head)}});
        const OneFile head(*package);
        Task task;
        DotTokens tokens(head, task);
        try {
            auto token = tokens.next();
            if (asciiEqual(token.text, "strict") && !token.quoted) token = tokens.next();
            const bool directed = asciiEqual(token.text, "digraph");
            if (token.quoted || (!directed && !asciiEqual(token.text, "graph"))) return {};
            token = tokens.next();
            if (token.kind == DotToken::Kind::Id) token = tokens.next();
            if (token.text != "{" || token.quoted) return {};
            token = tokens.next();
            // "graph [", a list with keys and values, is GML in other brackets.
            if (token.kind == DotToken::Kind::Bad || token.kind == DotToken::Kind::Arrow) return {};
            return {90, "begins like a graph in the DOT language"};
        } catch (const Error&) {
            return {};
        }
    }

    ReadReport read(const Package& package, const ReadOptions&, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return DotImport(file, sink, task).run();
    }
};

}  // namespace

const Reader& dotReader()
{
    static const DotReader reader;
    return reader;
}

}  // namespace kith
