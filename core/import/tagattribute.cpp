#include "core/import/tagattribute.h"

#include "core/import/markup.h"

namespace kith {

std::string tagAttribute(std::string_view tag, std::string_view name)
{
    const auto key = " " + std::string(name) + "=";
    auto at = tag.find(key);
    if (at == std::string_view::npos) return {};
    at += key.size();
    if (at >= tag.size() || (tag[at] != '"' && tag[at] != '\'')) return {};
    const auto end = tag.find(tag[at], at + 1);
    if (end == std::string_view::npos) return {};
    return decodeEntities(tag.substr(at + 1, end - at - 1));
}

}  // namespace kith
