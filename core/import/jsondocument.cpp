#include "core/import/jsondocument.h"

#include "core/import/jsonkeys.h"

#include <algorithm>
#include <bitset>
#include <cstring>
#include <new>
#include <unordered_set>

namespace kith {
namespace {

constexpr std::size_t firstBlock = 4U << 10U;
constexpr std::size_t largestBlock = 1U << 20U;
constexpr std::size_t keptDocument = 4U << 20U;  ///< a larger one is not kept for the next text
constexpr std::size_t mostSpares = 4;
constexpr std::size_t fewMembers = 256;

/// Room for an object's members and, in front of them, the tags of their keys.
std::size_t bytesOfMembers(std::size_t count)
{
    return roundedTags(count) + count * sizeof(Json::Member);
}

/// What a copy of the value takes.
struct Measure {
    std::size_t nodes = 0;
    std::size_t texts = 0;

    void add(const Json& value)
    {
        texts += value.text().size();
        nodes += roundedTags(value.items().size() * sizeof(Json));
        for (const auto& item : value.items()) add(item);
        if (!value.isObject()) return;
        nodes += roundedTags(bytesOfMembers(value.members().size()));
        for (const auto& member : value.members()) {
            texts += member.key.size();
            add(member.value);
        }
    }
};

}  // namespace

/// The documents of one thread that wait for their next text.
struct Json::Document::Spares {
    std::vector<std::unique_ptr<Document>> all;
    bool* gone;

    explicit Spares(bool& flag) : gone(&flag) { all.reserve(mostSpares); }
    Spares(const Spares&) = delete;
    Spares& operator=(const Spares&) = delete;
    ~Spares() { *gone = true; }

    /// nullptr when the thread is ending: a value that lasts longer keeps nothing.
    static Spares* ofThread()
    {
        thread_local bool ended = false;
        if (ended) return nullptr;
        thread_local Spares spares(ended);
        return &spares;
    }
};

Json::Document::Holder Json::Document::taken()
{
    auto* spares = Spares::ofThread();
    if (spares == nullptr || spares->all.empty()) return Holder(new Document);
    Holder last(spares->all.back().release());
    spares->all.pop_back();
    return last;
}

void Json::Document::giveBack(Document* document) noexcept
{
    std::unique_ptr<Document> owned(document);
    auto* spares = Spares::ofThread();
    if (spares == nullptr || spares->all.size() >= mostSpares) return;
    if (owned->held() > keptDocument) return;
    owned->block_ = 0;
    owned->used_ = 0;
    spares->all.push_back(std::move(owned));
}

std::size_t Json::Document::held() const
{
    std::size_t bytes = textRoom_ + scratch_.capacity() + pending_.capacity() * sizeof(Pending);
    for (const auto& block : blocks_) bytes += block.size;
    return bytes;
}

std::string_view Json::Document::hold(std::string_view text)
{
    const auto needed = text.size() + sealBytes;
    if (needed > textRoom_) {
        textRoom_ = std::max(needed, std::min(2 * textRoom_, largestBlock));
        text_ = std::make_unique_for_overwrite<char[]>(textRoom_);
    }
    std::ranges::copy(text, text_.get());
    seal(text_.get() + text.size());
    return {text_.get(), text.size()};
}

std::string_view Json::Document::kept(std::string_view text)
{
    auto* const to = reinterpret_cast<char*>(room(text.size()));
    std::ranges::copy(text, to);
    return {to, text.size()};
}

std::byte* Json::Document::room(std::size_t bytes)
{
    bytes = roundedTags(bytes);
    while (block_ < blocks_.size() && used_ + bytes > blocks_[block_].size) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) {
        const auto last = blocks_.empty() ? firstBlock / 2 : blocks_.back().size;
        addBlock(std::max(bytes, std::min(2 * last, largestBlock)));
    }
    auto* found = blocks_[block_].bytes.get() + used_;
    used_ += bytes;
    return found;
}

void Json::Document::addBlock(std::size_t size)
{
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
    used_ = 0;
}

Json::Node Json::Document::closeArray(std::size_t from, std::size_t to)
{
    const auto count = to - from;
    auto* items = reinterpret_cast<Json*>(room(count * sizeof(Json)));
    for (std::size_t i = 0; i < count; ++i) new (items + i) Json(pending_[from + i].value);
    return {items, static_cast<std::uint32_t>(count), Kind::Array};
}

Json::Member* Json::Document::members(std::size_t count)
{
    auto* start = room(bytesOfMembers(count));
    std::memset(start, 0, roundedTags(count));
    return reinterpret_cast<Member*>(start + roundedTags(count));
}

std::optional<Json::Node> Json::Document::closeObject(std::size_t from, std::size_t to)
{
    const auto count = to - from;
    auto* made = members(count);
    auto* tags = reinterpret_cast<std::uint8_t*>(made) - roundedTags(count);
    const bool few = count <= fewMembers;
    std::bitset<256> met;  // only keys whose tag was met before are looked at
    for (std::size_t i = 0; i < count; ++i) {
        const auto& one = pending_[from + i];
        const auto key = one.key;
        const auto tag = tagOf(key);
        const bool twice = few && met[tag] && anyTag(tags, i, tag, [&](std::size_t before) {
                               return made[before].key == key;
                           });
        if (twice) return std::nullopt;
        met[tag] = true;
        tags[i] = tag;
        new (made + i) Member{JsonText(key), Json(one.value)};
    }
    if (!few && keyTwice(from, to)) return std::nullopt;
    return Node{made, static_cast<std::uint32_t>(count), Kind::Object};
}

std::optional<std::string_view> Json::Document::keyTwice(std::size_t from, std::size_t to) const
{
    std::unordered_set<std::string_view> seen;
    for (auto i = from; i < to; ++i) {
        if (!seen.insert(pending_[i].key).second) return pending_[i].key;
    }
    return std::nullopt;
}

/// Fills a new document with a value of another one.
class Json::Document::Copier {
public:
    Copier(Document& into, std::size_t texts)
        : into_(into), text_(reinterpret_cast<char*>(into.room(texts)))
    {}

    Node copy(const Json& value)
    {
        switch (value.kind()) {
        case Kind::Null:
        case Kind::False:
        case Kind::True: break;
        case Kind::String:
        case Kind::Number: return {text(value.text()), value.size_, value.kind_};
        case Kind::Array: {
            auto* items = reinterpret_cast<Json*>(into_.room(value.size_ * sizeof(Json)));
            for (std::size_t i = 0; i < value.size_; ++i)
                new (items + i) Json(copy(value.items()[i]));
            return {items, value.size_, value.kind_};
        }
        case Kind::Object: {
            auto* made = into_.members(value.size_);
            const auto tags = roundedTags(value.size_);
            std::memcpy(reinterpret_cast<std::byte*>(made) - tags,
                        static_cast<const std::byte*>(value.at_) - tags, tags);
            for (std::size_t i = 0; i < value.size_; ++i) {
                const auto& [key, inner] = value.members()[i];
                new (made + i) Member{JsonText({text(key), key.size()}), Json(copy(inner))};
            }
            return {made, value.size_, value.kind_};
        }
        }
        return {nullptr, 0, value.kind_};
    }

private:
    const char* text(std::string_view from)
    {
        auto* to = text_;
        if (!from.empty()) std::memcpy(to, from.data(), from.size());
        text_ += from.size();
        return to;
    }

    Document& into_;
    char* text_;
};

Json Json::Document::copyOf(const Json& value)
{
    if (value.size_ == 0 && !value.isObject()) return Json({nullptr, 0, value.kind_});
    Measure measure;
    measure.add(value);
    auto document = std::make_unique<Document>();
    document->addBlock(roundedTags(measure.texts) + measure.nodes);
    const auto node = Copier(*document, measure.texts).copy(value);
    return Json(node, document.release());
}

}  // namespace kith
