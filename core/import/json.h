#pragma once

#include "core/base/place.h"
#include "core/import/readahead.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

/// Text of a JSON value: a view that stays valid as long as the value it came from, and turns into
/// a std::string wherever one is wanted.
class JsonText : public std::string_view {
public:
    constexpr JsonText() = default;
    constexpr explicit JsonText(std::string_view text) : std::string_view(text) {}

    // NOLINTNEXTLINE(google-explicit-constructor): readers fill records with it
    operator std::string() const { return std::string(data(), size()); }

    friend std::string operator+(std::string left, JsonText right)
    {
        return std::move(left.append(right));
    }
    friend std::string operator+(JsonText left, std::string_view right)
    {
        return std::string(left) + JsonText(right);
    }
    friend std::string operator+(JsonText left, JsonText right)
    {
        return std::string(left) + right;
    }
    friend std::string operator+(const char* left, JsonText right)
    {
        return std::string(left) + right;
    }
};

/// One JSON value. Made for reading exports: every question has an answer whatever the value is (a
/// member of a number is null, the text of a list is empty), so that a reader asks for what it
/// expects and need not check each step. Numbers keep their digits: ids beyond 2^53 are exact.
///
/// What parse() gives owns a document, the values inside point into it, and both end together. The
/// documents of small values are used again by the same thread, so that parsing one record after
/// another allocates nothing. A copy is a document of its own and just as large as it must be.
class Json {
public:
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };
    struct Member;

    constexpr Json() = default;
    Json(const Json& other);
    Json(Json&& other) noexcept { take(other); }
    Json& operator=(const Json& other);
    Json& operator=(Json&& other) noexcept;
    ~Json()
    {
        if (document_ != nullptr) release(document_);
    }

    /// Parses exactly one value, white space around it allowed.
    /// @param where file, entry, line and byte of the first byte of `text`, for errors
    /// @throws Error BadInput with line and byte: syntax, a key that occurs twice in one object,
    ///         a number out of range; LimitReached: nesting beyond 64, a string beyond 1 MB
    static Json parse(std::string_view text, const Place& where = {});

    /// The same without a copy of the text: strings that hold no escape are views of it, so it must
    /// outlive the value.
    /// @param text sealed (readahead.h), or behind it stands a NUL and somewhere a seal
    static Json parseInPlace(std::string_view text, const Place& where);

    /// The same for the value that begins at once and ends somewhere in the text.
    /// @param length becomes the value's length
    /// @return null, with a length of 0, where no whole and sound value stands: parse() says why
    static Json parseFront(std::string_view text, std::size_t& length);

    Kind kind() const { return kind_; }
    bool isNull() const { return kind_ == Kind::Null; }
    bool isString() const { return kind_ == Kind::String; }
    bool isNumber() const { return kind_ == Kind::Number; }
    bool isArray() const { return kind_ == Kind::Array; }
    bool isObject() const { return kind_ == Kind::Object; }

    bool isTrue() const { return kind_ == Kind::True; }
    /// A string's text, or a number's digits as they stand in the file; else empty. Valid UTF-8:
    /// lone surrogates and bad bytes are U+FFFD.
    JsonText text() const
    {
        const bool any = kind_ == Kind::String || kind_ == Kind::Number;
        return any ? JsonText({static_cast<const char*>(at_), size_}) : JsonText();
    }
    std::optional<std::int64_t> integer() const;  ///< of a number, or of a string of digits
    std::optional<double> real() const;           ///< of a number, or of a string that is one

    std::span<const Json> items() const
    {
        if (kind_ != Kind::Array) return {};
        return {static_cast<const Json*>(at_), size_};
    }
    std::span<const Member> members() const;

    bool has(std::string_view key) const { return find(key, tagOf(key)) != nullptr; }
    const Json& operator[](std::string_view key) const  ///< null when absent
    {
        return at(key, tagOf(key));
    }

private:
    friend class JsonParser;
    template <class Field, std::size_t count>
    friend class JsonTable;
    class Document;
    struct Node;

    explicit Json(const Node& node, Document* document = nullptr);

    /// One byte that two different keys seldom share; of a literal the compiler knows it.
    static constexpr std::uint8_t tagOf(std::string_view key)
    {
        if (key.empty()) return 0;
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
        const unsigned mixed = static_cast<unsigned>(key.size()) * 37U + at(0) * 5U +
                               at(key.size() / 2) * 3U + at(key.size() - 1);
        return static_cast<std::uint8_t>(mixed);
    }
    static const Json absent;

    /// Of an object's keys, in front of its members.
    const std::uint8_t* tags() const;
    const Member* find(std::string_view key, std::uint8_t tag) const;
    const Json& at(std::string_view key, std::uint8_t tag) const;
    void take(Json& other) noexcept;
    static void release(Document* document) noexcept;

    const void* at_ = nullptr;  ///< the text, the items or the members, in the document
    std::uint32_t size_ = 0;
    Kind kind_ = Kind::Null;
    Document* document_ = nullptr;  ///< only of the outermost value
};

struct Json::Member {
    JsonText key;
    Json value;
};

inline std::span<const Json::Member> Json::members() const
{
    if (kind_ != Kind::Object) return {};
    return {static_cast<const Member*>(at_), size_};
}

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

    struct Break {
        std::string what;  ///< a clause: "the document ends inside a message list"
        Place place;       ///< of the element that is not whole, or of the offending byte
    };

    struct Element {
        std::string_view raw;  ///< as it stands. Empty = too long
        std::size_t path = 0;  ///< which of the paths
        Place place;           ///< of its first byte

        /// What Json::parse() makes of it, and throws; as valid as the element.
        const Json& json();

        /// The same, but nullptr and the trouble where that throws. What cannot begin a value is
        /// not even parsed: of a file that is no JSON at all exceptions take longer than the rest.
        const Json* json(Break& trouble);

    private:
        friend class JsonElements;
        Json value_;
    };

    /// The next element, valid until the next call; nullptr at the end, or where the document
    /// breaks off: see broken().
    Element* next();

    /// The same for those who will ask for its json(): most elements are then gone over only once.
    Element* parsed();

    /// Text of a member with a scalar value (null as "", true as "true"), met so far: "name" at the
    /// root, "chats.list[].name" in the object that is being walked through.
    std::optional<std::string> scalar(const std::string& path) const;

    /// Times that an array at paths[i] has been entered.
    std::uint64_t entered(std::size_t path) const { return entered_.at(path); }

    /// Why there is nothing more, when the document is cut off or is no JSON.
    const std::optional<Break>& broken() const { return broken_; }

    std::uint64_t consumed() const { return ahead_.used(); }

private:
    struct Frame {
        bool object = false;
        bool first = true;
        std::string path;
        std::optional<std::size_t> wanted;
    };

    int peek();
    void skipSpace();
    void advance(std::size_t count);
    Place here() const;
    void breakOff(std::string what, Place place);
    void breakOff(std::string what) { breakOff(std::move(what), here()); }
    bool find();
    bool take();
    bool start();
    bool separator(char close);
    bool member();
    bool value(const std::string& path);
    void enter(const std::string& path);
    bool interesting(const std::string& path) const;
    std::optional<std::size_t> wanted(const std::string& path) const;
    std::optional<std::string_view> capture(std::size_t limit, bool& tooLong);

    ReadAhead ahead_;
    Place where_;
    std::vector<std::string> paths_;
    std::size_t longest_;
    std::vector<std::uint64_t> entered_;
    std::uint64_t line_ = 1;
    bool started_ = false;
    Element element_;
    std::vector<Frame> frames_;
    std::map<std::string, std::string> scalars_;
    std::optional<Break> broken_;
};

}  // namespace kith
