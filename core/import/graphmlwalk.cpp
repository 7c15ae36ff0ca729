#include "core/import/graphmlwalk.h"

#include "core/base/text.h"
#include "core/import/xmlwalk.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace kith {
namespace {

bool isLabelName(std::string_view name)
{
    return asciiEqual(name, "label") || asciiEqual(name, "name");
}

class GraphmlWalk final : private XmlWalk {
public:
    GraphmlWalk(const OneFile& file, const GraphmlVisitor& visitor, Task& task)
        : XmlWalk(file, "graphml", task), visitor_(visitor)
    {}

    GraphmlEnd walk()
    {
        const bool cut = run();
        return {cut, line(), graphs_};
    }

private:
    struct Key {
        std::string name;
        std::string type;
        std::string fallback;
        bool picture = false;  ///< a yEd drawing, of which only the label's text is kept
    };
    using KeyId = std::pair<std::string, std::string>;  ///< for which elements, id

    /// An open node or edge.
    struct Item {
        bool isNode = true;
        GraphNode node;
        GraphEdge edge;
        std::string name;               ///< the attribute called "name"
        std::vector<const Key*> given;  ///< keys with a value; the others take their defaults
    };

    void start(std::string_view name, Attributes attributes) override
    {
        if (dataDepth_ != 0) return startInData(name, attributes);
        if (name == "node" || name == "edge") return open(name == "node", attributes);
        if (name == "key") return startKey(attributes);
        if (name == "graph") {
            ++graphs_;
            directed_.push_back(attribute(attributes, "edgedefault") != "undirected");
        } else if (name == "data" || (name == "default" && key_ != nullptr)) {
            dataDepth_ = depth();
            dataKey_ = attribute(attributes, "key");
            value_.clear();
            label_.clear();
            labelDepth_ = 0;
        } else if (name == "port") {
            ++ports_;
        } else if (name == "hyperedge") {
            visitor_.refused(line(), "a hyperedge, which ties more than two");
            ++ports_;  // its data belongs to no node
        }
    }

    void startInData(std::string_view name, Attributes attributes)
    {
        if (labelDepth_ != 0 || !label_.empty()) return;
        if (name == "NodeLabel" || name == "Label.Text") labelDepth_ = depth();
        if (name == "Label") label_ = trim(attribute(attributes, "Text"));
    }

    void startKey(Attributes attributes)
    {
        const std::string id(attribute(attributes, "id"));
        Key key;
        key.name = attribute(attributes, "attr.name");
        key.type = attribute(attributes, "attr.type");
        key.picture = key.type.empty() && (!attribute(attributes, "yfiles.type").empty() ||
                                           !attribute(attributes, "y:attr.uri").empty());
        if (key.name.empty()) key.name = id;
        const std::string owner(attribute(attributes, "for"));
        key_ = &(keys_[{owner.empty() ? "all" : owner, id}] = std::move(key));
    }

    void open(bool isNode, Attributes attributes)
    {
        auto& item = items_.emplace_back();
        item.isNode = isNode;
        if (isNode) {
            item.node.id = attribute(attributes, "id");
            item.node.line = line();
            return;
        }
        item.edge.from = attribute(attributes, "source");
        item.edge.to = attribute(attributes, "target");
        item.edge.line = line();
        const auto own = attribute(attributes, "directed");
        item.edge.directed =
            own.empty() ? directed_.empty() || directed_.back() : own == "true" || own == "1";
    }

    void text(std::string_view text) override
    {
        if (dataDepth_ == 0) return;
        auto& into = labelDepth_ != 0 ? label_ : value_;
        if (depth() == (labelDepth_ != 0 ? labelDepth_ : dataDepth_)) append(into, text);
    }

    void end(std::string_view name) override
    {
        if (depth() == labelDepth_) labelDepth_ = 0;
        if (depth() == dataDepth_) {
            endData();
            dataDepth_ = 0;
        } else if (dataDepth_ != 0) {
            // an element of a drawing
        } else if (name == "key") {
            key_ = nullptr;
        } else if (name == "graph" && !directed_.empty()) {
            directed_.pop_back();
        } else if ((name == "port" || name == "hyperedge") && ports_ > 0) {
            --ports_;
        } else if ((name == "node" || name == "edge") && !items_.empty()) {
            close();
        }
    }

    void endData()
    {
        if (key_ != nullptr) {
            key_->fallback = trim(value_);
            return;
        }
        if (items_.empty() || ports_ > 0) return;
        auto& item = items_.back();
        const Key* key = find(item.isNode, dataKey_);
        if (item.isNode && item.node.label.empty()) item.node.label = trim(label_);
        if (key == nullptr) return;
        item.given.push_back(key);
        put(item, *key, trim(value_));
    }

    const Key* find(bool isNode, const std::string& id) const
    {
        for (const char* owner : {isNode ? "node" : "edge", "all"}) {
            const auto found = keys_.find({owner, id});
            if (found != keys_.end()) return &found->second;
        }
        return nullptr;
    }

    static void put(Item& item, const Key& key, std::string_view value)
    {
        if (value.empty() || key.picture) return;
        if (!item.isNode) return putEdge(item.edge, key, value);
        if (isLabelName(key.name)) {
            (asciiEqual(key.name, "label") ? item.node.label : item.name) = value;
            return;
        }
        constexpr std::array<std::string_view, 4> numbers{"int", "long", "float", "double"};
        const bool numeric =
            std::ranges::find(numbers, key.type) != numbers.end() && parseReal(value).has_value();
        std::string text(value);
        if (key.type == "boolean") {
            text = value == "1" || asciiEqual(value, "true") ? "true" : "false";
        }
        item.node.attributes.push_back({key.name, std::move(text), numeric});
    }

    static void putEdge(GraphEdge& edge, const Key& key, std::string_view value)
    {
        if (isWeightName(key.name) && (edge.weight.empty() || asciiEqual(key.name, "weight"))) {
            edge.weight = value;
        }
        if (isTimeName(key.name)) edge.time = parseTieTime(value);
    }

    void close()
    {
        Item item = std::move(items_.back());
        items_.pop_back();
        for (const auto& [id, key] : keys_) {
            const bool fits = id.first == "all" || id.first == (item.isNode ? "node" : "edge");
            if (!fits || key.fallback.empty()) continue;
            if (std::ranges::find(item.given, &key) == item.given.end())
                put(item, key, key.fallback);
        }
        if (!item.isNode) return visitor_.edge(std::move(item.edge));
        if (item.node.label.empty()) {
            item.node.label = std::exchange(item.name, {});
        } else if (!item.name.empty() && item.name != item.node.label) {
            item.node.attributes.push_back({"name", item.name, false});
        }
        visitor_.node(std::move(item.node));
    }

    const GraphmlVisitor& visitor_;
    std::map<KeyId, Key> keys_;
    Key* key_ = nullptr;          ///< the key that is being declared
    std::vector<bool> directed_;  ///< edgedefault of the open graphs
    std::vector<Item> items_;     ///< the open nodes and edges
    std::size_t dataDepth_ = 0;   ///< depth of the open <data>, 0 = none
    std::size_t labelDepth_ = 0;  ///< depth of the open yEd label in it, 0 = none
    std::size_t ports_ = 0;
    std::string dataKey_;
    std::string value_;
    std::string label_;
    std::size_t graphs_ = 0;
};

}  // namespace

GraphmlEnd walkGraphml(const OneFile& file, const GraphmlVisitor& visitor, Task& task)
{
    return GraphmlWalk(file, visitor, task).walk();
}

}  // namespace kith
