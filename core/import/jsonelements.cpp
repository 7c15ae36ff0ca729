#include "core/base/error.h"
#include "core/import/json.h"
#include "core/import/jsonend.h"
#include "core/import/jsonstart.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestScalar = 1U << 16U;
constexpr std::size_t deepest = 64;
constexpr std::size_t mostScalars = 1000;  ///< that are kept; no format has a tenth of that

}  // namespace

JsonElements::JsonElements(ByteSource& source, Place where, std::vector<std::string> paths,
                           std::size_t longest)
    : ahead_(source),
      where_(std::move(where)),
      paths_(std::move(paths)),
      longest_(longest),
      entered_(paths_.size())
{
    element_.place = where_;
}

const Json& JsonElements::Element::json()
{
    if (value_.isNull()) value_ = Json::parse(raw, place);
    return value_;
}

const Json* JsonElements::Element::json(Break& trouble)
{
    if (!startsJson(raw)) {
        trouble = {std::string(noJsonValue), place};
        return nullptr;
    }
    try {
        return &json();
    } catch (const Error& error) {
        trouble = {error.cause(), error.where()};
        return nullptr;
    }
}

JsonElements::Element* JsonElements::next()
{
    element_.value_ = {};
    return find() && take() ? &element_ : nullptr;
}

JsonElements::Element* JsonElements::parsed()
{
    element_.value_ = {};
    if (!find()) return nullptr;
    const int first = peek();
    std::size_t length = 0;
    if (first == '{' || first == '[') element_.value_ = Json::parseFront(ahead_.text(), length);
    // What does not end in what has been read is fetched whole and parsed by itself.
    if (length == 0 || length > longest_) {
        element_.value_ = {};
        return take() ? &element_ : nullptr;
    }
    element_.raw = ahead_.text().substr(0, length);
    advance(length);
    return &element_;
}

/// Moves to the next element and notes where that is; false at the end, or broken_ is set.
bool JsonElements::find()
{
    if (broken_) return false;
    if (!started_ && !start()) return false;
    while (!frames_.empty()) {
        const bool object = frames_.back().object;
        if (!separator(object ? '}' : ']')) {
            if (broken_) return false;
            continue;
        }
        if (object) {
            if (!member()) return false;
            continue;
        }
        if (const auto path = frames_.back().wanted) {
            element_.path = *path;
            element_.place.line = line_;
            element_.place.byte = ahead_.used();
            return true;
        }
        if (!value(frames_.back().path + "[]")) return false;
    }
    skipSpace();
    if (peek() >= 0) breakOff("there is more text behind the end of the document");
    return false;
}

bool JsonElements::take()
{
    bool tooLong = false;
    const auto raw = capture(longest_, tooLong);
    if (!raw) {
        breakOff("the file ends in the middle of a record", element_.place);
        return false;
    }
    element_.raw = tooLong ? std::string_view() : *raw;
    return true;
}

std::optional<std::string> JsonElements::scalar(const std::string& path) const
{
    const auto found = scalars_.find(path);
    return found == scalars_.end() ? std::nullopt : std::optional(found->second);
}

bool JsonElements::start()
{
    started_ = true;
    while (ahead_.text().size() < 3 && ahead_.more()) {
    }
    if (ahead_.text().starts_with("\xEF\xBB\xBF")) ahead_.use(3);
    skipSpace();
    const int first = peek();
    if (first == '{' || first == '[') {
        enter({});
        return true;
    }
    breakOff(first < 0 ? "the file is empty" : "the document begins with neither { nor [");
    return false;
}

/// Moves to the next item of the innermost container; false when it ended, or broken_ is set.
bool JsonElements::separator(char close)
{
    skipSpace();
    const int found = peek();
    if (found < 0) {
        breakOff("the file ends before its list of records is closed");
        return false;
    }
    if (found == close) {
        advance(1);
        frames_.pop_back();
        return false;
    }
    auto& frame = frames_.back();
    if (std::exchange(frame.first, false)) return true;
    if (found != ',') {
        breakOff("a comma should stand here");
        return false;
    }
    advance(1);
    skipSpace();
    if (peek() < 0) {
        breakOff("the file ends before its list of records is closed");
        return false;
    }
    return true;
}

bool JsonElements::member()
{
    bool tooLong = false;
    if (peek() != '"') {
        breakOff("a key in quotes should stand here");
        return false;
    }
    const Place place = here();
    const auto raw = capture(longestScalar, tooLong);
    if (!raw || tooLong) {
        breakOff("the key that begins here has no end", place);
        return false;
    }
    std::string key;
    try {
        key = Json::parse(*raw, place).text();
    } catch (const Error& error) {
        breakOff(error.cause(), error.where());
        return false;
    }
    skipSpace();
    if (peek() != ':') {
        breakOff(peek() < 0 ? "the file ends in the middle of a record"
                            : "a colon should stand here");
        return false;
    }
    advance(1);
    skipSpace();
    const auto& outer = frames_.back().path;
    return value(outer.empty() ? key : outer + "." + key);
}

/// Enters the value, notes it when it is a scalar, or passes over it.
bool JsonElements::value(const std::string& path)
{
    const int first = peek();
    const bool container = first == '{' || first == '[';
    if (container && interesting(path)) {
        enter(path);
        return true;
    }
    const Place place = here();
    bool tooLong = false;
    const auto raw = capture(container ? 0 : longestScalar, tooLong);
    if (!raw) {
        breakOff(first < 0 ? "the file ends before its list of records is closed"
                           : "the file ends in the middle of a record",
                 place);
        return false;
    }
    if (container || tooLong) return true;
    if (scalars_.size() >= mostScalars && !scalars_.contains(path)) return true;
    try {
        const auto value = Json::parse(*raw, place);
        const std::string_view text = value.text();
        scalars_[path] = value.kind() == Json::Kind::True    ? "true"
                         : value.kind() == Json::Kind::False ? "false"
                                                             : text;
    } catch (const Error& error) {
        breakOff(error.cause(), error.where());
        return false;
    }
    return true;
}

void JsonElements::enter(const std::string& path)
{
    const bool object = peek() == '{';
    advance(1);
    if (frames_.size() >= deepest) {
        breakOff("the nesting is deeper than 64 levels");
        return;
    }
    // A new object of a list: forget what its predecessor said.
    if (object && path.ends_with("[]")) {
        const auto from = scalars_.lower_bound(path + ".");
        const auto to = scalars_.lower_bound(path + "/");
        scalars_.erase(from, to);
    }
    const auto which = object ? std::nullopt : wanted(path);
    if (which) ++entered_[*which];
    frames_.push_back({object, true, path, which});
}

std::optional<std::size_t> JsonElements::wanted(const std::string& path) const
{
    const auto found = std::ranges::find(paths_, path);
    if (found == paths_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - paths_.begin());
}

bool JsonElements::interesting(const std::string& path) const
{
    return std::ranges::any_of(paths_, [&](const std::string& one) {
        if (!one.starts_with(path)) return false;
        return one.size() == path.size() || one[path.size()] == '.' || one[path.size()] == '[';
    });
}

/// The bytes of the value that starts here; nullopt when the file ends before it does. At the end
/// of the file a scalar is not whole either. With a limit of 0 nothing is kept.
std::optional<std::string_view> JsonElements::capture(std::size_t limit, bool& tooLong)
{
    JsonValueEnd end;
    std::size_t length = 0;
    bool done = false;
    while (!done) {
        if (length >= ahead_.text().size()) {
            if (length > limit) {
                tooLong = true;
                advance(length);
                length = 0;
            }
            if (!ahead_.more()) return std::nullopt;
            continue;
        }
        length += end.feed(ahead_.text().substr(length), done);
    }
    tooLong = tooLong || length > limit;
    const auto found = ahead_.text().substr(0, length);
    advance(length);
    return found;
}

int JsonElements::peek()
{
    if (ahead_.text().empty() && !ahead_.more()) return -1;
    return static_cast<unsigned char>(ahead_.text().front());
}

void JsonElements::skipSpace()
{
    for (int one = peek(); one == ' ' || one == '\n' || one == '\r' || one == '\t'; one = peek()) {
        advance(1);
    }
}

void JsonElements::advance(std::size_t count)
{
    line_ += lineEnds(ahead_.text().substr(0, count));
    ahead_.use(count);
}

Place JsonElements::here() const
{
    Place place = where_;
    place.line = line_;
    place.byte = ahead_.used();
    return place;
}

void JsonElements::breakOff(std::string what, Place place)
{
    broken_ = Break{std::move(what), std::move(place)};
}

}  // namespace kith
