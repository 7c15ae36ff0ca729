#include "core/import/whatsappmentions.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/once.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

constexpr std::string_view isolate = "\u2068";
constexpr std::string_view isolateEnd = "\u2069";
constexpr std::size_t leastDigits = 7;
/// Words of a name that is not set off: each number of them is looked up.
constexpr std::size_t mostWords = 10;
constexpr std::size_t longestName = 120;

/// A mention does not begin in the middle of a word: "anna@example.org".
bool beginsWord(std::string_view text, std::size_t at)
{
    if (at == 0) return true;
    const char before = text[at - 1];
    const bool letter = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
    return !letter && !isDigit(before) && before != '.' && before != '_';
}

/// Behind such a character a name that is not set off may be at its end.
bool endsWord(char one)
{
    static constexpr auto ends = [] {
        std::array<bool, 256> table{};
        for (const char sign : std::string_view(" ,.!?:)"))
            table[static_cast<unsigned char>(sign)] = true;
        return table;
    }();
    return ends[static_cast<unsigned char>(one)];
}

/// The sign that a name begins with, when it is one of ASCII; 0 otherwise.
unsigned char firstSign(std::string_view folded)
{
    const auto sign = static_cast<unsigned char>(folded.empty() ? 0 : folded.front());
    return sign > ' ' && sign < 0x80 ? sign : 0;
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
            const auto folded = foldForMatching(label);
            begins_.set(firstSign(folded));
            // Decomposed, with invisible marks, a name may be longer than it is when folded.
            window_ = std::max(window_, std::min(4 * folded.size() + 16, longestName));
            byName_.emplace(folded, nfc(label));
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

bool ChatMentions::beginsName(std::string_view text) const
{
    const auto first = firstSign(text);
    const bool alone = text.size() < 2 || static_cast<unsigned char>(text[1]) < 0x80;
    return first == 0 || !alone || begins_.test(firstSign(asciiLower(text.substr(0, 1))));
}

std::optional<std::string> ChatMentions::keyAt(std::string_view text) const
{
    const auto named = [this](const std::string& name) -> std::optional<std::string> {
        const auto found = byName_.find(name);
        return found == byName_.end() ? std::nullopt : std::optional(found->second);
    };
    bool closed = false;
    if (text.starts_with(isolate)) {
        // What is longer is no name, and a line of such openings would be looked through again and
        // again.
        text = text.substr(isolate.size(), longestName + isolateEnd.size());
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
    if (digits.size() >= leastDigits) {
        const auto found = byDigits_.find(digits);
        return found ? std::optional(std::string(*found)) : std::nullopt;
    }
    if (closed) return named(foldForMatching(text));
    if (!beginsName(text)) return std::nullopt;
    text = text.substr(0, window_);
    text = text.substr(0, text.find('\n'));
    std::vector<std::size_t> ends;
    for (std::size_t i = 1; i <= text.size() && ends.size() <= longestWords_ + 2; ++i) {
        if (i == text.size() || endsWord(text[i])) ends.push_back(i);
    }
    // From the shortest on, for as long as some name begins so: most mentions are of nobody here.
    std::optional<std::string> longest;
    for (const auto end : ends) {
        const auto folded = foldForMatching(text.substr(0, end));
        const auto name = byName_.lower_bound(folded);
        if (name == byName_.end() || !name->first.starts_with(folded)) break;
        if (name->first == folded) longest = name->second;
    }
    return longest;
}

}  // namespace kith
