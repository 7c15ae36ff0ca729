#include "core/import/gexfwalk.h"

#include "core/base/text.h"
#include "core/import/xmlwalk.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

namespace kith {
namespace {

bool isNumberType(std::string_view type)
{
    constexpr std::array<std::string_view, 8> numbers{"integer", "int",  "long",       "float",
                                                      "double",  "byte", "bigdecimal", "short"};
    return std::ranges::find(numbers, asciiLower(type)) != numbers.end();
}

class GexfWalk final : private XmlWalk {
public:
    GexfWalk(const OneFile& file, const GexfVisitor& visitor, Task& task)
        : XmlWalk(file, "gexf", task), visitor_(visitor)
    {}

    GexfEnd walk()
    {
        end_.cut = run();
        end_.line = line();
        return std::move(end_);
    }

private:
    struct Column {
        std::string name;
        std::string type;
        std::string fallback;
    };
    using ColumnId = std::pair<bool, std::string>;  ///< of nodes, id

    /// An open node or edge.
    struct Item {
        bool isNode = true;
        GraphNode node;
        GraphEdge edge;
        std::string when;
        double weights = 0;  ///< sum of the values that a weight takes over time
        int weightCount = 0;
        std::map<const Column*, std::string> values;
    };

    void start(std::string_view name, Attributes attributes) override
    {
        if (name == "node" || name == "edge") return open(name == "node", attributes);
        if (name == "attvalue") return value(attributes);
        if (name == "spell") return moment(attributes);
        if (name == "graph") return graph(attributes);
        if (name == "attributes") {
            columnsOfNodes_ = !asciiEqual(attribute(attributes, "class"), "edge");
        } else if (name == "attribute") {
            auto& column = columns_[{columnsOfNodes_, std::string(attribute(attributes, "id"))}];
            column = {std::string(attribute(attributes, "title")),
                      std::string(attribute(attributes, "type")),
                      {}};
            if (column.name.empty()) column.name = attribute(attributes, "id");
            column_ = &column;
            inDefault_ = false;
        } else if (name == "default" && column_ != nullptr) {
            inDefault_ = true;
        }
    }

    void text(std::string_view text) override
    {
        if (inDefault_) append(column_->fallback, text);
    }

    void end(std::string_view name) override
    {
        if (name == "default") inDefault_ = false;
        if (name == "attribute" && column_ != nullptr) {
            column_->fallback = std::string(trim(column_->fallback));
            column_ = nullptr;
            inDefault_ = false;  // one column may be declared inside another's default
        }
        if ((name == "node" || name == "edge") && !items_.empty()) close();
    }

    void graph(Attributes attributes)
    {
        ++end_.graphs;
        directed_ = isDirected(attribute(attributes, "defaultedgetype"));
        const auto zone = attribute(attributes, "timezone");
        if (!zone.empty()) end_.zone = shorten(zone, 80);
    }

    /// "mutual" goes both ways, which is what a tie without a direction does.
    static bool isDirected(std::string_view type) { return asciiEqual(type, "directed"); }

    void open(bool isNode, Attributes attributes)
    {
        auto& item = items_.emplace_back();
        item.isNode = isNode;
        if (isNode) {
            item.node.id = attribute(attributes, "id");
            item.node.label = trim(attribute(attributes, "label"));
            item.node.line = line();
        } else {
            item.edge.from = attribute(attributes, "source");
            item.edge.to = attribute(attributes, "target");
            item.edge.weight = attribute(attributes, "weight");
            item.edge.line = line();
            const auto type = attribute(attributes, "type");
            item.edge.directed = type.empty() ? directed_ : isDirected(type);
        }
        moment(attributes);
    }

    /// The start of a node, a tie or one of its spells.
    void moment(Attributes attributes)
    {
        if (items_.empty()) return;
        for (const char* name : {"start", "startopen", "timestamp"}) {
            const auto text = trim(attribute(attributes, name));
            if (text.empty()) continue;
            visitor_.time(text, line());
            auto& when = items_.back().when;
            if (when.empty()) when = text;
        }
        for (const char* name : {"end", "endopen"}) {
            if (const auto text = trim(attribute(attributes, name)); !text.empty())
                visitor_.time(text, line());
        }
    }

    void value(Attributes attributes)
    {
        if (items_.empty()) return;
        auto& item = items_.back();
        auto id = attribute(attributes, "for");
        if (id.empty()) id = attribute(attributes, "id");
        const auto text = trim(attribute(attributes, "value"));
        const auto found = columns_.find({item.isNode, std::string(id)});
        if (found == columns_.end()) return;
        const Column& column = found->second;
        if (!item.isNode && isWeightName(column.name)) {
            if (const auto number = parseReal(text)) {
                item.weights += *number;
                ++item.weightCount;
            }
        }
        const auto [at, fresh] = item.values.insert_or_assign(&column, std::string(text));
        if (!fresh && item.isNode) ++end_.overwritten;
    }

    void close()
    {
        Item item = std::move(items_.back());
        items_.pop_back();
        for (const auto& [id, column] : columns_) {
            if (id.first != item.isNode) continue;
            const auto given = item.values.find(&column);
            const auto& value = given != item.values.end() ? given->second : column.fallback;
            if (value.empty() || asciiEqual(value, "null")) continue;
            item.isNode ? put(item.node, column, value) : put(item, column, value);
        }
        if (item.isNode) return visitor_.node(std::move(item.node));
        if (item.weightCount > 1) {
            ++end_.changing;
            std::array<char, 40> buffer{};
            const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                           item.weights / item.weightCount)
                                 .ptr;
            item.edge.weight.assign(buffer.data(), end);
        }
        visitor_.edge(std::move(item.edge), item.when);
    }

    static void put(GraphNode& node, const Column& column, const std::string& value)
    {
        if (asciiEqual(column.name, "label") && node.label.empty()) {
            node.label = value;
            return;
        }
        // A number type's INF and NaN are no values, and must not make words of a whole column.
        const bool number = isNumberType(column.type);
        if (number && !parseReal(value)) return;
        auto text = value;
        if (asciiEqual(column.type, "boolean"))
            text = value == "1" || asciiEqual(value, "true") ? "true" : "false";
        node.attributes.push_back({column.name, std::move(text), number});
    }

    static void put(Item& item, const Column& column, const std::string& value)
    {
        if (isWeightName(column.name) && item.edge.weight.empty()) item.edge.weight = value;
        if (isTimeName(column.name) && item.when.empty()) item.when = value;
    }

    const GexfVisitor& visitor_;
    GexfEnd end_;
    std::map<ColumnId, Column> columns_;
    Column* column_ = nullptr;  ///< the column that is being declared
    bool columnsOfNodes_ = true;
    bool inDefault_ = false;
    bool directed_ = false;  ///< what ties are where they do not say
    std::vector<Item> items_;
};

}  // namespace

GexfEnd walkGexf(const OneFile& file, const GexfVisitor& visitor, Task& task)
{
    return GexfWalk(file, visitor, task).walk();
}

}  // namespace kith
