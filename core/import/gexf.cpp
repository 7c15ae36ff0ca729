#include "core/base/text.h"
#include "core/import/gexfwalk.h"
#include "core/import/graphtimes.h"
#include "core/import/readers.h"

namespace kith {
namespace {

class GexfReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"gexf",    "GEXF graph (Gephi)", {"graph"},
                                     {".gexf"}, graphShows(),         false};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        auto start = trim(probe.head);
        if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
        if (!start.starts_with('<')) return {};
        const auto root = start.find("<gexf");
        const auto other = start.find("<graphml");
        if (root == std::string_view::npos || other < root) return {};
        return {95, "an XML file whose outermost element is gexf"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        GraphSurvey survey;
        GraphTimes times(options.zone);
        task.begin("Looking through " + file.name(), file.size());
        const GexfVisitor count{
            [&](const GraphNode& node) { survey.add(node, file); },
            [](const GraphEdge&, const std::string&) {},
            [&](std::string_view text, std::uint64_t line) { times.survey(text, line); }};
        const auto seen = walkGexf(file, count, task);
        times.decide(options.dates, file);
        if (!seen.zone.empty()) {
            if (const auto zone = Zone::find(seen.zone)) times.zone(*zone);
        }

        GraphRecords records(file, sink, &survey);
        task.begin("Reading " + file.name(), file.size());
        const GexfVisitor send{[&](const GraphNode& node) { records.node(node); },
                               [&](GraphEdge edge, const std::string& when) {
                                   edge.time = times.read(when);
                                   records.edge(edge);
                               },
                               [](std::string_view, std::uint64_t) {}};
        walkGexf(file, send, task);
        note(seen, times, file, sink);
        records.finish();
        const bool wall = times.hasWallTimes();
        const auto zone = options.zone.value_or(Zone()).name();
        return {records.seen(), "graph", !wall ? "" : seen.zone.empty() ? zone : seen.zone, false};
    }

private:
    static void note(const GexfEnd& seen, const GraphTimes& times, const OneFile& file, Sink& sink)
    {
        const auto say = [&](std::string what) {
            sink.problem({Outcome::Noted, file.place(), std::move(what)});
        };
        const auto number = [](std::uint64_t count) {
            return withSeparators(static_cast<std::int64_t>(count));
        };
        if (seen.cut) {
            sink.problem({Outcome::Noted, file.line(seen.line),
                          "the file ends in the middle; everything before that was read"});
        }
        if (seen.graphs > 1) say("the file holds " + number(seen.graphs) + " graphs, read as one");
        if (seen.changing > 0) {
            say("the weights of " + number(seen.changing) +
                " ties change over time; their mean was taken");
        }
        if (seen.overwritten > 0) {
            say(number(seen.overwritten) +
                " values of people change over time; the last was taken");
        }
        if (!seen.zone.empty() && !Zone::find(seen.zone))
            say("the file's time zone \"" + seen.zone + "\" is not known");
        if (auto words = times.note(); !words.empty()) say(std::move(words));
    }
};

}  // namespace

const Reader& gexfReader()
{
    static const GexfReader reader;
    return reader;
}

}  // namespace kith
