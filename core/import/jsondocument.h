#pragma once

#include "core/import/json.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// A value's place in a document, without an owner.
struct Json::Node {
    const void* at = nullptr;
    std::uint32_t size = 0;
    Kind kind = Kind::Null;
};

inline Json::Json(const Node& node, Document* document)
    : at_(node.at), size_(node.size), kind_(node.kind), document_(document)
{}

/// What the values of one parsed text stand in: mostly a copy of the text, and blocks of items,
/// members and strings that were escaped. Used again for the next text of its thread.
class Json::Document {
public:
    struct Back {
        void operator()(Document* document) const noexcept { giveBack(document); }
    };
    using Holder = std::unique_ptr<Document, Back>;

    /// An empty one, mostly one that was given back.
    static Holder taken();
    static void giveBack(Document* document) noexcept;

    /// A document of its own for one value, with not a byte to spare.
    static Json copyOf(const Json& value);

    /// Copies the text and seals it.
    std::string_view hold(std::string_view text);

    /// An empty text to put a string together in.
    std::string& scratch()
    {
        scratch_.clear();
        return scratch_;
    }
    /// A copy that lasts as long as the document.
    std::string_view kept(std::string_view text);

    /// Memory that lasts as long as the document, fit for items and members.
    std::byte* room(std::size_t bytes);

    /// A member, or an item without a key, of a container that is not closed yet.
    struct Pending {
        std::string_view key;
        Node value;
    };

    /// The one at `index`, which may be one behind the last that was asked for. Valid until the
    /// next call.
    Pending& pending(std::size_t index)
    {
        if (index >= pending_.size()) pending_.resize(2 * index + fewPending);
        return pending_[index];
    }

    /// Moves those pending from `from` to before `to` into the document.
    Node closeArray(std::size_t from, std::size_t to);
    /// The same; nullopt when a key occurs twice.
    std::optional<Node> closeObject(std::size_t from, std::size_t to);
    /// The first key of the same that occurred before.
    std::optional<std::string_view> keyTwice(std::size_t from, std::size_t to) const;

private:
    struct Spares;
    class Copier;
    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size = 0;
    };

    static constexpr std::size_t fewPending = 64;

    Member* members(std::size_t count);
    void addBlock(std::size_t size);
    std::size_t held() const;

    std::vector<Pending> pending_;
    std::string scratch_;
    std::unique_ptr<char[]> text_;
    std::size_t textRoom_ = 0;
    std::vector<Block> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;  ///< of the block at hand
};

}  // namespace kith
