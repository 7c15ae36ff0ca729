#include "core/graph/export.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/graph/xml.h"

#include <array>
#include <charconv>
#include <locale>

namespace kith {
namespace {

std::string number(float weight)
{
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), weight).ptr;
    return {buffer.data(), end};
}

/// each(a, b, weight) for every tie once, a < b, ascending.
template <class Each>
void eachTie(const Graph& graph, const Each& each)
{
    for (Vertex a = 0; a < graph.people(); ++a) {
        for (std::size_t i = 0; i < graph.degree(a); ++i) {
            const Vertex b = graph.neighbours(a)[i];
            if (a < b) each(a, b, graph.weights(a)[i]);
        }
    }
}

const Graph& graphOf(const GraphExport& data)
{
    if (data.graph == nullptr || data.labels.size() != data.graph->graph.people()) {
        throw Error(Error::Kind::Usage, "a graph goes out with one label for each person");
    }
    for (const auto& column : data.columns) {
        if (column.values.size() != data.labels.size()) {
            throw Error(Error::Kind::Usage,
                        "the column " + column.name + " does not have one value for each person");
        }
    }
    return data.graph->graph;
}

void requireWritten(const std::ostream& out)
{
    if (!out) {
        throw Error(Error::Kind::CannotWrite, "the graph could not be written in full", {},
                    "Check that the disk is not full and the folder may be written to.");
    }
}

/// A numeric column's value as a number, shortest form; empty when it is none.
std::string numeric(const std::string& value)
{
    const auto parsed = parseReal(value);
    return parsed ? numberText(*parsed) : std::string();
}

/// JSON string with quotation marks. Malformed UTF-8 becomes U+FFFD; control characters are
/// escaped.
std::string jsonText(std::string_view text)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
            out += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4) {
                out += "0123456789abcdef"[(c >> static_cast<unsigned>(shift)) & 15U];
            }
        } else {
            appendUtf8(out, c);
        }
    }
    return out + '"';
}

/// True for what a spreadsheet might take for a formula, the full-width twins included.
bool looksLikeFormula(std::string_view text)
{
    std::size_t at = 0;
    const char32_t first = text.empty() ? U' ' : nextCodePoint(text, at);
    switch (first) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case 0xff1d:
    case 0xff0b:
    case 0xff0d:
    case 0xff20: return true;
    default: return false;
    }
}

/// Always quoted; an apostrophe in front keeps a formula from being one.
std::string csvText(std::string_view text)
{
    const std::string clean = replaceAll(repairUtf8(text), std::string_view("\0", 1), "\ufffd");
    return '"' + std::string(looksLikeFormula(clean) ? "'" : "") + replaceAll(clean, "\"", "\"\"") +
           '"';
}

/// For a quoted label on one line of a Pajek file: what would end it or look like a reference is
/// written as one.
std::string pajekText(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c < 0x20 || c == '"' || c == '&' || c == '\\' || c == 0x7f) {
            out += c == 0 ? "\ufffd" : "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
        } else {
            appendUtf8(out, c);
        }
    }
    return out;
}

std::string graphmlKey(std::string_view id, std::string_view where, std::string_view name,
                       std::string_view type)
{
    return "  <key id=\"" + std::string(id) + "\" for=\"" + std::string(where) + "\" attr.name=\"" +
           xmlText(name) + "\" attr.type=\"" + std::string(type) + "\"/>\n";
}

void graphmlHead(std::ostream& out, const GraphExport& data)
{
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
           "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
           "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    for (std::size_t i = 0; i < data.provenance.size(); ++i) {
        out << graphmlKey("p" + std::to_string(i), "graph", data.provenance[i].first, "string");
    }
    out << graphmlKey("label", "node", "label", "string");
    for (std::size_t i = 0; i < data.columns.size(); ++i) {
        out << graphmlKey("c" + std::to_string(i), "node", data.columns[i].name,
                          data.columns[i].numeric ? "double" : "string");
    }
    out << graphmlKey("weight", "edge", "weight", "double")
        << "  <graph id=\"G\" edgedefault=\"undirected\">\n";
    for (std::size_t i = 0; i < data.provenance.size(); ++i) {
        out << "    <data key=\"p" << std::to_string(i) << "\">"
            << xmlText(data.provenance[i].second) << "</data>\n";
    }
}

}  // namespace

void writeGraphml(std::ostream& out, const GraphExport& data)
{
    const Graph& graph = graphOf(data);
    graphmlHead(out, data);
    for (Vertex v = 0; v < graph.people(); ++v) {
        out << "    <node id=\"n" << std::to_string(v) << "\"><data key=\"label\">"
            << xmlText(data.labels[v]) << "</data>";
        for (std::size_t i = 0; i < data.columns.size(); ++i) {
            const auto& column = data.columns[i];
            const auto value =
                column.numeric ? numeric(column.values[v]) : xmlText(column.values[v]);
            if (value.empty()) continue;
            out << "<data key=\"c" << std::to_string(i) << "\">" << value << "</data>";
        }
        out << "</node>\n";
    }
    eachTie(graph, [&](Vertex a, Vertex b, float weight) {
        out << "    <edge source=\"n" << std::to_string(a) << "\" target=\"n" << std::to_string(b)
            << "\"><data key=\"weight\">" << number(weight) << "</data></edge>\n";
    });
    out << "  </graph>\n</graphml>\n";
    requireWritten(out);
}

void writeEdgeCsv(std::ostream& out, const GraphExport& data)
{
    const Graph& graph = graphOf(data);
    out << "source,target,weight\r\n";
    eachTie(graph, [&](Vertex a, Vertex b, float weight) {
        out << csvText(data.labels[a]) << ',' << csvText(data.labels[b]) << ',' << number(weight)
            << "\r\n";
    });
    requireWritten(out);
}

void writeNodeLinkJson(std::ostream& out, const GraphExport& data)
{
    const Graph& graph = graphOf(data);
    out << "{\"directed\":false,\"multigraph\":false,\"graph\":{";
    for (std::size_t i = 0; i < data.provenance.size(); ++i) {
        const auto& [name, value] = data.provenance[i];
        out << (i > 0 ? "," : "") << jsonText(name) << ':' << jsonText(value);
    }
    out << "},\n\"nodes\":[";
    for (Vertex v = 0; v < graph.people(); ++v) {
        out << (v > 0 ? ",\n" : "\n") << "{\"id\":\"n" << std::to_string(v)
            << "\",\"label\":" << jsonText(data.labels[v]);
        for (const auto& column : data.columns) {
            const auto value = column.values[v].empty() ? std::string()
                               : column.numeric         ? numeric(column.values[v])
                                                        : jsonText(column.values[v]);
            if (!value.empty()) out << ',' << jsonText(column.name) << ':' << value;
        }
        out << '}';
    }
    out << "],\n\"links\":[";
    bool first = true;
    eachTie(graph, [&](Vertex a, Vertex b, float weight) {
        out << (first ? "\n" : ",\n") << "{\"source\":\"n" << std::to_string(a)
            << "\",\"target\":\"n" << std::to_string(b) << "\",\"weight\":" << number(weight)
            << '}';
        first = false;
    });
    out << "]}\n";
    requireWritten(out);
}

void writeGexf(std::ostream& out, const GraphExport& data)
{
    const Graph& graph = graphOf(data);
    std::string said;
    for (const auto& [name, value] : data.provenance)
        said += (said.empty() ? "" : "; ") + name + ": " + value;
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
           "  <meta><creator>Kith</creator><description>"
        << xmlText(said)
        << "</description></meta>\n"
           "  <graph defaultedgetype=\"undirected\" mode=\"static\">\n"
           "    <attributes class=\"node\">\n";
    for (std::size_t i = 0; i < data.columns.size(); ++i) {
        out << "      <attribute id=\"c" << std::to_string(i) << "\" title=\""
            << xmlText(data.columns[i].name) << "\" type=\""
            << (data.columns[i].numeric ? "double" : "string") << "\"/>\n";
    }
    out << "    </attributes>\n    <nodes>\n";
    for (Vertex v = 0; v < graph.people(); ++v) {
        out << "      <node id=\"n" << std::to_string(v) << "\" label=\"" << xmlText(data.labels[v])
            << "\"><attvalues>";
        for (std::size_t i = 0; i < data.columns.size(); ++i) {
            const auto& column = data.columns[i];
            const auto value =
                column.numeric ? numeric(column.values[v]) : xmlText(column.values[v]);
            if (value.empty()) continue;
            out << "<attvalue for=\"c" << std::to_string(i) << "\" value=\"" << value << "\"/>";
        }
        out << "</attvalues></node>\n";
    }
    out << "    </nodes>\n    <edges>\n";
    std::size_t ties = 0;
    eachTie(graph, [&](Vertex a, Vertex b, float weight) {
        out << "      <edge id=\"e" << std::to_string(ties++) << "\" source=\"n"
            << std::to_string(a) << "\" target=\"n" << std::to_string(b) << "\" weight=\""
            << number(weight) << "\"/>\n";
    });
    out << "    </edges>\n  </graph>\n</gexf>\n";
    requireWritten(out);
}

void writePajek(std::ostream& out, const GraphExport& data)
{
    const Graph& graph = graphOf(data);
    for (const auto& [name, value] : data.provenance)
        out << "% " << pajekText(name) << ": " << pajekText(value) << "\r\n";
    out << "*Vertices " << std::to_string(graph.people()) << "\r\n";
    for (Vertex v = 0; v < graph.people(); ++v) {
        out << std::to_string(v + 1) << " \"" << pajekText(data.labels[v]) << "\"\r\n";
    }
    out << "*Edges\r\n";
    eachTie(graph, [&](Vertex a, Vertex b, float weight) {
        out << std::to_string(a + 1) << ' ' << std::to_string(b + 1) << ' ' << number(weight)
            << "\r\n";
    });
    requireWritten(out);
}

}  // namespace kith
