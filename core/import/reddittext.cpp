#include "core/import/reddittext.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/import/once.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

bool isNameSign(char c)
{
    return isDigit(c) || isLetter(c) || c == '_' || c == '-';
}

}  // namespace

bool isRedditGone(std::string_view text)
{
    // Names and texts that begin with anything else are by far the most.
    if (text.empty() || (text.front() > ' ' && text.front() != '[' && text.front() < '\x7f'))
        return false;
    text = trim(text);
    return text == "[deleted]" || text == "[removed]" || text == "[ Removed by Reddit ]";
}

std::vector<std::string> redditMentions(std::string_view text)
{
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 20;
    std::vector<std::string> found;
    if (text.find('/') == text.npos) return found;
    Once met;
    for (const auto line : split(text, '\n')) {
        if (trim(line).starts_with('>')) continue;
        for (auto at = line.find("u/"); at != line.npos; at = line.find("u/", at + 2)) {
            std::size_t start = at;
            if (start > 0 && line[start - 1] == '/') --start;
            const bool own = start == 0 || (!isNameSign(line[start - 1]) &&
                                            line[start - 1] != '/' && line[start - 1] != '.');
            auto end = at + 2;
            while (end < line.size() && isNameSign(line[end])) ++end;
            const auto length = end - at - 2;
            if (!own || length < shortest || length > longest) continue;
            std::string name(line.substr(at + 2, length));
            if (met.first(name)) found.push_back(std::move(name));
        }
    }
    return found;
}

}  // namespace kith
