#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphitems.h"
#include "core/import/json.h"
#include "core/import/readers.h"

#include <array>
#include <utility>

namespace kith {
namespace {

/// Where the people and the ties stand: at the root (networkx, d3, graphology, vis.js), or in
/// "elements" (Cytoscape.js).
const std::vector<std::string>& paths()
{
    static const std::vector<std::string> all{
        "nodes", "elements.nodes", "links",
        "edges", "elements.edges", "options.none"};  // to be told options.type
    return all;
}
constexpr std::size_t nodePaths = 2;

/// The members that matter: Cytoscape.js keeps them in "data".
const Json& body(const Json& item)
{
    return item["data"].isObject() ? item["data"] : item;
}

std::string idOf(const Json& node)
{
    for (const char* key : {"id", "key", "_id"}) {
        if (node.has(key) && !node[key].text().empty()) return node[key].text();
    }
    return {};
}

const Json& endOf(const Json& tie, bool first)
{
    const char* plain = first ? "source" : "target";
    const auto& found = tie.has(plain) ? tie[plain] : tie[first ? "from" : "to"];
    return found.isObject() ? found["id"] : found;  // d3 replaces the id by the node itself
}

bool isNameOf(std::string_view key)
{
    return asciiEqual(key, "label") || asciiEqual(key, "name");
}

void addTraits(const Json& object, GraphNode& node)
{
    for (const auto& [key, value] : object.members()) {
        if (key == "id" || key == "key" || key == "_id" || key == "attributes") continue;
        std::string text = value.text();
        if (value.kind() == Json::Kind::True) text = "true";
        if (value.kind() == Json::Kind::False) text = "false";
        if (text.empty()) continue;
        if (isNameOf(key) && (node.label.empty() || asciiEqual(key, "label"))) {
            node.label = trim(text);
        } else {
            auto name = key.empty() ? std::string("unnamed") : std::string(key);
            node.attributes.push_back({std::move(name), std::move(text), value.isNumber()});
        }
    }
}

/// One node-link document being read.
class NodeLinkImport {
public:
    NodeLinkImport(const OneFile& file, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), records_(file, sink, &survey_)
    {}

    ReadReport run()
    {
        surveyPeople();
        const bool numbers = countsFromZero();
        sending_ = true;
        task_.begin("Reading " + file_.name(), file_.size());
        nodes_ = 0;
        walk([&](const Json& item, bool isNode, std::uint64_t line) {
            if (isNode) return records_.node(nodeOf(item, line));
            auto edge = edgeOf(item, line);
            if (numbers) {
                edge.from = byIndex(edge.from);
                edge.to = byIndex(edge.to);
            }
            records_.edge(edge);
        });
        note(numbers);
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    static const Json* parsed(JsonElements::Element& element, std::string& trouble)
    {
        if (element.raw.empty()) {
            trouble = "the entry is longer than 16 MB";
            return nullptr;
        }
        JsonElements::Break wrong;
        const auto* item = element.json(wrong);
        if (item == nullptr)
            trouble = wrong.what;
        else if (!item->isObject())
            trouble = "the entry is no JSON object";
        return item;
    }

    template <class Use>
    void walk(Use use)
    {
        const auto source = file_.open();
        JsonElements elements(*source, file_.place(), paths());
        std::uint64_t reported = 0;
        while (auto* element = elements.parsed()) {
            task_.advance(elements.consumed() - std::exchange(reported, elements.consumed()));
            const auto line = element->place.line.value_or(0);
            std::string trouble;
            const auto* item = parsed(*element, trouble);
            if (trouble.empty()) {
                use(*item, element->path < nodePaths, line);
            } else if (sending_) {
                records_.problem(Outcome::Refused, line, std::move(trouble));
            } else if (element->path < nodePaths) {
                ids_.emplace_back();
            }
        }
        broken_ = elements.broken();
        for (const char* name : {"directed", "options.type"}) {
            if (const auto text = elements.scalar(name)) said_[name] = *text;
        }
    }

    void surveyPeople()
    {
        task_.begin("Looking through " + file_.name(), file_.size());
        walk([&](const Json& item, bool isNode, std::uint64_t line) {
            if (!isNode) return;
            const auto node = nodeOf(item, line);
            ids_.push_back(node.id);
            survey_.add(node, file_);
        });
    }

    /// Whether ties name people by their place in the list, as d3 does, rather than by their id.
    bool countsFromZero()
    {
        if (unnamed_ == ids_.size() && unnamed_ > 0) return true;
        std::uint64_t byId = 0;
        std::uint64_t byPlace = 0;
        std::uint64_t all = 0;
        task_.begin("Looking through " + file_.name(), file_.size());
        nodes_ = 0;
        walk([&](const Json& item, bool isNode, std::uint64_t line) {
            if (isNode) return;
            const auto edge = edgeOf(item, line);
            ++all;
            if (survey_.find(edge.from) != nullptr && survey_.find(edge.to) != nullptr) ++byId;
            if (!byIndex(edge.from).empty() && !byIndex(edge.to).empty()) ++byPlace;
        });
        return byId < all && byPlace == all;
    }

    std::string byIndex(const std::string& text) const
    {
        const auto at = parseInteger(text);
        if (!at || *at < 0 || static_cast<std::uint64_t>(*at) >= ids_.size()) return {};
        return ids_[static_cast<std::size_t>(*at)];
    }

    GraphNode nodeOf(const Json& item, std::uint64_t line)
    {
        const auto& json = body(item);
        GraphNode node;
        node.line = line;
        node.id = idOf(json);
        addTraits(json, node);
        addTraits(json["attributes"], node);
        if (node.id.empty()) {
            // d3's people have a name or only their place in the list.
            if (!sending_) ++unnamed_;
            node.id = std::to_string(nodes_);
        }
        ++nodes_;
        return node;
    }

    GraphEdge edgeOf(const Json& item, std::uint64_t line) const
    {
        const auto& json = body(item);
        GraphEdge edge;
        edge.line = line;
        edge.from = endOf(json, true).text();
        edge.to = endOf(json, false).text();
        const auto directed = said_.find("directed");
        const auto type = said_.find("options.type");
        edge.directed = !(directed != said_.end() && directed->second == "false") &&
                        !(type != said_.end() && type->second == "undirected") &&
                        !json["undirected"].isTrue();
        for (const auto* from : {&json, &json["attributes"]}) {
            for (const auto& [key, value] : from->members()) {
                if (isWeightName(key) && (edge.weight.empty() || asciiEqual(key, "weight")))
                    edge.weight = value.text();
                if (isTimeName(key)) edge.time = parseTieTime(value.text());
            }
        }
        return edge;
    }

    void note(bool numbers)
    {
        const auto say = [&](Place place, std::string what) {
            sink_.problem({Outcome::Noted, std::move(place), std::move(what)});
        };
        if (broken_) say(broken_->place, broken_->what + "; everything before that was read");
        if (numbers) say(file_.place(), "the ties name people by their place in the list, from 0");
        if (!said_.contains("directed") && !said_.contains("options.type")) {
            say(file_.place(),
                "the file does not say whether its ties have a direction; they were read as going "
                "from the first name to the second");
        }
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphSurvey survey_;
    GraphRecords records_;
    std::vector<std::string> ids_;  ///< of the people, by their place in the list
    std::size_t unnamed_ = 0;       ///< people without an id
    std::size_t nodes_ = 0;
    bool sending_ = false;
    std::map<std::string, std::string> said_;
    std::optional<JsonElements::Break> broken_;
};

class NodeLinkReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"nodelink",   "Graph as JSON (networkx, d3, sigma, Cytoscape)",
                                     {"graph"},    {".json"},
                                     graphShows(), false};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (!trim(probe.head).starts_with('{')) return {};
        const auto source = sourceOver(std::string(probe.head));
        JsonElements elements(*source, {}, paths());
        bool people = false;
        try {
            while (const auto element = elements.next()) {
                if (element->raw.empty()) return {};
                const auto item = Json::parse(element->raw);
                if (element->path >= nodePaths) {
                    const auto& json = body(item);
                    const bool ends =
                        !endOf(json, true).text().empty() && !endOf(json, false).text().empty();
                    if (!ends) return {};
                    return {90, "JSON with people (nodes) and ties between them"};
                }
                people = people ||
                         (item.isObject() && (!idOf(body(item)).empty() || body(item).has("name")));
            }
        } catch (const Error&) {
            return {};
        }
        // The ties may stand beyond the first 64 KB, or where the file was cut off.
        const bool lists = elements.entered(0) + elements.entered(1) > 0;
        if (people && (!probe.whole || elements.broken()))
            return {60, "JSON with a list of people (nodes)"};
        const bool ties = elements.entered(2) + elements.entered(3) + elements.entered(4) > 0;
        if (lists && ties) return {70, "JSON with lists of nodes and ties"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions&, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return NodeLinkImport(file, sink, task).run();
    }
};

}  // namespace

const Reader& nodeLinkReader()
{
    static const NodeLinkReader reader;
    return reader;
}

}  // namespace kith
