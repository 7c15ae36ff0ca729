#include "core/base/text.h"
#include "core/import/graphmlwalk.h"
#include "core/import/readers.h"

namespace kith {
namespace {

class GraphmlReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{
            "graphml", "GraphML graph", {"graph"}, {".graphml", ".xml"}, graphShows()};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto root = probe.head.find("<graphml");
        const auto prefixed = probe.head.find(":graphml");
        if (root == std::string_view::npos && prefixed == std::string_view::npos) return {};
        auto start = trim(probe.head);
        if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
        if (!start.starts_with('<')) return {};
        return {95, "an XML file whose outermost element is graphml"};
    }

    ReadReport read(const Package& package, const ReadOptions&, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        GraphSurvey survey;
        task.begin("Looking through " + file.name(), file.size());
        const GraphmlVisitor count{[&](const GraphNode& node) { survey.add(node, file); },
                                   [](const GraphEdge&) {},
                                   [](std::uint64_t, const std::string&) {}};
        walkGraphml(file, count, task);

        GraphRecords records(file, sink, &survey);
        task.begin("Reading " + file.name(), file.size());
        const GraphmlVisitor send{[&](const GraphNode& node) { records.node(node); },
                                  [&](const GraphEdge& edge) { records.edge(edge); },
                                  [&](std::uint64_t line, std::string what) {
                                      records.problem(Outcome::Refused, line, std::move(what));
                                  }};
        const auto end = walkGraphml(file, send, task);
        if (end.cut) {
            sink.problem({Outcome::Noted, file.line(end.line),
                          "the file ends in the middle; everything before that was read"});
        }
        if (end.graphs > 1) {
            sink.problem({Outcome::Noted, file.place(),
                          "the file holds " + std::to_string(end.graphs) + " graphs, read as one"});
        }
        records.finish();
        return {records.seen(), "graph", {}, false};
    }
};

}  // namespace

const Reader& graphmlReader()
{
    static const GraphmlReader reader;
    return reader;
}

}  // namespace kith
