#include "core/import/graphmlwalk.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <exception>
#include <expat.h>
#include <memory>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t longestValue = 1U << 20U;
constexpr int chunkBytes = 1 << 16;

std::string_view localName(std::string_view name)
{
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// expat's attributes: name, value, name, value, null.
std::string_view attribute(const XML_Char** all, std::string_view name)
{
    for (; *all != nullptr; all += 2) {
        if (name == all[0]) return all[1];
    }
    return {};
}

bool isLabelName(std::string_view name)
{
    return asciiEqual(name, "label") || asciiEqual(name, "name");
}

class GraphmlWalk {
public:
    GraphmlWalk(const OneFile& file, const GraphmlVisitor& visitor, Task& task)
        : file_(file),
          visitor_(visitor),
          task_(task),
          parser_(XML_ParserCreate(nullptr), &XML_ParserFree)
    {
        if (!parser_) throw std::bad_alloc();
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), &onStart, &onEnd);
        XML_SetCharacterDataHandler(parser_.get(), &onText);
        XML_SetStartDoctypeDeclHandler(parser_.get(), &onDoctype);
    }

    GraphmlEnd run()
    {
        const auto source = file_.open();
        for (;;) {
            void* buffer = XML_GetBuffer(parser_.get(), chunkBytes);
            if (buffer == nullptr) throw std::bad_alloc();
            const auto count = source->read({static_cast<char*>(buffer), std::size_t{chunkBytes}});
            const bool last = count == 0;
            const auto status =
                XML_ParseBuffer(parser_.get(), static_cast<int>(count), last ? 1 : 0);
            if (trouble_) std::rethrow_exception(trouble_);
            if (status != XML_STATUS_OK) return failed(last);
            task_.advance(count);
            if (last) return {false, line(), graphs_};
        }
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

    // expat is C: no exception may pass through it.
    template <class Work>
    static void guarded(void* self, Work work)
    {
        auto& walk = *static_cast<GraphmlWalk*>(self);
        if (walk.trouble_) return;
        try {
            work(walk);
        } catch (...) {
            walk.trouble_ = std::current_exception();
            XML_StopParser(walk.parser_.get(), XML_FALSE);
        }
    }

    static void XMLCALL onStart(void* self, const XML_Char* name, const XML_Char** attributes)
    {
        guarded(self, [&](GraphmlWalk& walk) { walk.start(localName(name), attributes); });
    }

    static void XMLCALL onEnd(void* self, const XML_Char* name)
    {
        guarded(self, [&](GraphmlWalk& walk) { walk.end(localName(name)); });
    }

    static void XMLCALL onText(void* self, const XML_Char* text, int length)
    {
        guarded(self, [&](GraphmlWalk& walk) {
            walk.text({text, static_cast<std::size_t>(length)});
        });
    }

    static void XMLCALL onDoctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                  int)
    {
        guarded(self, [](GraphmlWalk& walk) {
            throw Error(Error::Kind::BadInput, "the file has a DOCTYPE, which can hide traps",
                        walk.file_.line(walk.line()), "Remove the DOCTYPE if you trust the file.");
        });
    }

    std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }

    GraphmlEnd failed(bool last) const
    {
        const auto code = XML_GetErrorCode(parser_.get());
        constexpr std::array unfinished{XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN,
                                        XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR};
        const bool cut = last && std::ranges::find(unfinished, code) != unfinished.end();
        if (cut && seenRoot_) return {true, line(), graphs_};
        throw Error(Error::Kind::BadInput,
                    std::string("the XML is broken: ") + XML_ErrorString(code), file_.line(line()),
                    code == XML_ERROR_INVALID_TOKEN
                        ? "The encoding declared in the first line may not be that of the file."
                        : "");
    }

    void start(std::string_view name, const XML_Char** attributes)
    {
        if (++depth_ > deepest) {
            throw Error(Error::Kind::LimitReached, "more than 64 elements stand inside each other",
                        file_.line(line()));
        }
        if (depth_ == 1) {
            if (name != "graphml") {
                throw Error(Error::Kind::BadInput, "the outermost element is not <graphml>",
                            file_.line(line()));
            }
            seenRoot_ = true;
        }
        if (dataDepth_ != 0) return startInData(name, attributes);
        if (name == "node" || name == "edge") return open(name == "node", attributes);
        if (name == "key") return startKey(attributes);
        if (name == "graph") {
            ++graphs_;
            directed_.push_back(attribute(attributes, "edgedefault") != "undirected");
        } else if (name == "data" || (name == "default" && key_ != nullptr)) {
            dataDepth_ = depth_;
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

    void startInData(std::string_view name, const XML_Char** attributes)
    {
        if (labelDepth_ != 0 || !label_.empty()) return;
        if (name == "NodeLabel" || name == "Label.Text") labelDepth_ = depth_;
        if (name == "Label") label_ = trim(attribute(attributes, "Text"));
    }

    void startKey(const XML_Char** attributes)
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

    void open(bool isNode, const XML_Char** attributes)
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

    void text(std::string_view text)
    {
        if (dataDepth_ == 0) return;
        auto& into = labelDepth_ != 0 ? label_ : value_;
        if (depth_ != (labelDepth_ != 0 ? labelDepth_ : dataDepth_)) return;
        into += text;
        if (into.size() > longestValue) {
            throw Error(Error::Kind::LimitReached, "a value is longer than 1 MB",
                        file_.line(line()));
        }
    }

    void end(std::string_view name)
    {
        if (depth_ == labelDepth_) labelDepth_ = 0;
        if (depth_ == dataDepth_) {
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
        --depth_;
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

    const OneFile& file_;
    const GraphmlVisitor& visitor_;
    Task& task_;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
    std::exception_ptr trouble_;

    std::map<KeyId, Key> keys_;
    Key* key_ = nullptr;          ///< the key that is being declared
    std::vector<bool> directed_;  ///< edgedefault of the open graphs
    std::vector<Item> items_;     ///< the open nodes and edges
    std::size_t depth_ = 0;
    std::size_t dataDepth_ = 0;   ///< depth of the open <data>, 0 = none
    std::size_t labelDepth_ = 0;  ///< depth of the open yEd label in it, 0 = none
    std::size_t ports_ = 0;
    std::string dataKey_;
    std::string value_;
    std::string label_;
    std::size_t graphs_ = 0;
    bool seenRoot_ = false;
};

}  // namespace

GraphmlEnd walkGraphml(const OneFile& file, const GraphmlVisitor& visitor, Task& task)
{
    return GraphmlWalk(file, visitor, task).run();
}

}  // namespace kith
