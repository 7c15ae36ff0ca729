#include "core/import/gmlwalk.h"
#include "core/import/readers.h"

namespace kith {
namespace {

class GmlReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"gml", "GML graph", {"graph"}, {".gml"}, graphShows()};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (!looksLikeGml(probe.head)) return {};
        return {90, "GML: keys with values, then graph ["};
    }

    ReadReport read(const Package& package, const ReadOptions&, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        GraphSurvey survey;
        task.begin("Looking through " + file.name(), file.size());
        const GmlVisitor count{[&](const GraphNode& node) { survey.add(node, file); },
                               [](const GraphEdge&, std::size_t) {}};
        const auto end = walkGml(file, count, task);

        GraphRecords records(file, sink, &survey);
        task.begin("Reading " + file.name(), file.size());
        const GmlVisitor send{[&](const GraphNode& node) { records.node(node); },
                              [&](GraphEdge edge, std::size_t graph) {
                                  edge.directed = end.directed.at(graph);
                                  records.edge(edge);
                              }};
        walkGml(file, send, task);
        note(end, file, sink);
        records.finish();
        return {records.seen(), "graph", {}, false};
    }

private:
    static void note(const GmlEnd& end, const OneFile& file, Sink& sink)
    {
        if (end.cut) {
            sink.problem({Outcome::Noted, file.line(end.line),
                          "the file ends in the middle; everything before that was read"});
        }
        if (end.latin) {
            sink.problem(
                {Outcome::Noted, file.place(), "the file is not UTF-8; it was read as Latin-1"});
        }
        if (end.directed.size() > 1) {
            sink.problem(
                {Outcome::Noted, file.place(),
                 "the file holds " + std::to_string(end.directed.size()) + " graphs, read as one"});
        }
    }
};

}  // namespace

const Reader& gmlReader()
{
    static const GmlReader reader;
    return reader;
}

}  // namespace kith
