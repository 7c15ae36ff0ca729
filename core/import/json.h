#pragma once

#include "core/base/place.h"
#include "core/import/source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// One JSON value, owned. Made for reading exports: every question has an answer whatever the value
/// is (a member of a number is null, the text of a list is empty), so that a reader asks for what
/// it expects and need not check each step. Numbers keep their digits: ids beyond 2^53 are exact.
class Json {
public:
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };
    struct Member;

    /// Parses exactly one value, white space around it allowed.
    /// @param where file, entry, line and byte of the first byte of `text`, for errors
    /// @throws Error BadInput with line and byte: syntax, a key that occurs twice in one object,
    ///         a number out of range; LimitReached: nesting beyond 64, a string beyond 1 MB
    static Json parse(std::string_view text, const Place& where = {});

    Kind kind() const { return kind_; }
    bool isNull() const { return kind_ == Kind::Null; }
    bool isString() const { return kind_ == Kind::String; }
    bool isNumber() const { return kind_ == Kind::Number; }
    bool isArray() const { return kind_ == Kind::Array; }
    bool isObject() const { return kind_ == Kind::Object; }

    bool isTrue() const { return kind_ == Kind::True; }
    /// A string's text, or a number's digits as they stand in the file; else empty. Valid UTF-8:
    /// lone surrogates and bad bytes are U+FFFD.
    const std::string& text() const { return text_; }
    std::optional<std::int64_t> integer() const;  ///< of a number, or of a string of digits
    std::optional<double> real() const;           ///< of a number, or of a string that is one

    std::span<const Json> items() const { return items_; }
    std::span<const Member> members() const;

    bool has(std::string_view key) const;
    const Json& operator[](std::string_view key) const;  ///< null when absent

private:
    friend class JsonParser;

    Kind kind_ = Kind::Null;
    std::string text_;
    std::vector<Json> items_;
    std::vector<Member> members_;
};

struct Json::Member {
    std::string key;
    Json value;
};

/// Walks through a JSON document of any size in constant memory and hands out the elements of the
/// arrays asked for, one at a time, as they stand. A path names an array: "" is the root array,
/// "messages" a member of the root object, "chats.list[].messages" a member of every object in
/// the array "chats.list". Everything else is passed over unread.
class JsonElements {
public:
    /// @param where   file and entry, for places
    /// @param longest longest element in bytes; a longer one is handed out with `raw` empty
    JsonElements(ByteSource& source, Place where, std::vector<std::string> paths,
                 std::size_t longest = 16U << 20U);

    struct Element {
        std::string_view raw;  ///< valid until the next call; not yet parsed. Empty = too long
        std::size_t path = 0;  ///< which of the paths
        Place place;           ///< of its first byte
    };

    /// The next element; nullopt at the end, or where the document breaks off: see broken().
    std::optional<Element> next();

    /// Text of a member with a scalar value (null as "", true as "true"), met so far: "name" at the root,
    /// "chats.list[].name" in the object that is being walked through.
    std::optional<std::string> scalar(const std::string& path) const;

    /// Times that an array at paths[i] has been entered.
    std::uint64_t entered(std::size_t path) const { return entered_.at(path); }

    struct Break {
        std::string what;  ///< a clause: "the document ends inside a message list"
        Place place;       ///< of the element that is not whole, or of the offending byte
    };
    /// Why there is nothing more, when the document is cut off or is no JSON.
    const std::optional<Break>& broken() const { return broken_; }

    std::uint64_t consumed() const { return base_ + at_; }

private:
    struct Frame {
        bool object = false;
        bool first = true;
        std::string path;
        std::optional<std::size_t> wanted;
    };

    bool more();
    int peek();
    void skipSpace();
    void advance(std::size_t count);
    Place here() const;
    std::nullopt_t breakOff(std::string what, Place place);
    std::nullopt_t breakOff(std::string what) { return breakOff(std::move(what), here()); }
    bool start();
    bool separator(char close);
    bool member();
    bool value(const std::string& path);
    void enter(const std::string& path);
    bool interesting(const std::string& path) const;
    std::optional<std::size_t> wanted(const std::string& path) const;
    std::optional<std::string_view> capture(std::size_t limit, bool& tooLong);

    ByteSource& source_;
    Place where_;
    std::vector<std::string> paths_;
    std::size_t longest_;
    std::vector<std::uint64_t> entered_;
    std::vector<char> chunk_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t base_ = 0;
    std::uint64_t line_ = 1;
    bool ended_ = false;
    bool started_ = false;
    std::vector<Frame> frames_;
    std::map<std::string, std::string> scalars_;
    std::optional<Break> broken_;
};

}  // namespace kith
