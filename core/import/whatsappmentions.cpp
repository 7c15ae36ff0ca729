#include "core/import/whatsappmentions.h"

#include "core/base/text.h"
#include "core/import/once.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::string_view isolate = "\u2068";
constexpr std::string_view isolateEnd = "\u2069";
constexpr std::size_t leastDigits = 7;
/// Words of a name that is not set off: each number of them is looked up.
constexpr std::size_t mostWords = 10;

bool isDigit(char one)
{
    return one >= '0' && one <= '9';
}

/// A mention does not begin in the middle of a word: "anna@example.org".
bool beginsWord(std::string_view text, std::size_t at)
{
    if (at == 0) return true;
    const char before = text[at - 1];
    const bool letter = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
    return !letter && !isDigit(before) && before != '.' && before != '_';
}

}  // namespace

std::optional<std::string> phoneDigits(std::string_view label)
{
    std::string digits;
    for (std::size_t i = 0; i < label.size(); ++i) {
        const char one = label[i];
        if (isDigit(one)) {
            digits += one;
        } else if (!(one == '+' && i == 0) && one != ' ' && one != '-' && one != '(' &&
                   one != ')' && one != '.') {
            return std::nullopt;
        }
    }
    if (digits.size() < leastDigits) return std::nullopt;
    return label.front() == '+' ? "+" + digits : digits;
}

ChatMentions::ChatMentions(const std::vector<std::string>& labels)
{
    for (const auto& label : labels) {
        const auto words = static_cast<std::size_t>(std::ranges::count(label, ' ')) + 1;
        if (const auto phone = phoneDigits(label)) {
            byDigits_.meet(phone->front() == '+' ? phone->substr(1) : *phone, *phone);
        } else {
            byName_.meet(foldForMatching(label), nfc(label));
            longestWords_ = std::min(std::max(longestWords_, words), mostWords);
        }
    }
}

std::vector<TieRecord> ChatMentions::in(std::string_view text, const std::string& author) const
{
    std::vector<TieRecord> ties;
    const auto from = text.find('@');
    if (from == std::string_view::npos) return ties;
    Once met{author};
    for (auto at = from; at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (!beginsWord(text, at)) continue;
        const auto key = keyAt(text.substr(at + 1));
        if (!key || !met.first(*key)) continue;
        ties.push_back({TieKind::Mention, *key, {}, 1});
    }
    return ties;
}

std::optional<std::string> ChatMentions::keyAt(std::string_view text) const
{
    constexpr std::size_t longestName = 120;
    const auto lookUp = [](const auto& map, const std::string& what) -> std::optional<std::string> {
        const auto* found = map.find(what);
        return found == nullptr ? std::nullopt : std::optional(std::string(*found));
    };
    bool closed = false;
    if (text.starts_with(isolate)) {
        text.remove_prefix(isolate.size());
        const auto end = text.find(isolateEnd);
        closed = end != std::string_view::npos;
        if (closed) text = text.substr(0, end);
        if (text.starts_with('~')) text = trim(text.substr(1));
    }
    std::string digits;
    for (const char one : text.substr(0, 24)) {
        if (isDigit(one)) {
            digits += one;
        } else if (!(digits.empty() && one == '+') && !(closed && (one == ' ' || one == '-'))) {
            break;
        }
    }
    if (digits.size() >= leastDigits) return lookUp(byDigits_, digits);
    if (closed) {
        // What is longer is no name, and a line of such openings would be looked through again and
        // again.
        if (text.size() > longestName) return std::nullopt;
        return lookUp(byName_, foldForMatching(text));
    }
    text = text.substr(0, std::min(text.find('\n'), longestName));
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i <= text.size() && ends.size() <= longestWords_ + 2; ++i) {
        const bool edge = i == text.size() || text[i] == ' ' || text[i] == ',' || text[i] == '.' ||
                          text[i] == '!' || text[i] == '?' || text[i] == ':' || text[i] == ')';
        if (edge && i > 0) ends.push_back(i);
    }
    for (std::size_t i = ends.size(); i-- > 0;) {
        if (auto key = lookUp(byName_, foldForMatching(text.substr(0, ends[i])))) return key;
    }
    return std::nullopt;
}

}  // namespace kith
