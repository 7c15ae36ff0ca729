#include "core/base/error.h"

#include <string_view>
#include <utility>

namespace kith {
namespace {

std::string sentence(const std::string& what, const Place& where, const std::string& remedy)
{
    std::string line = where.text();
    line.reserve(line.size() + what.size() + remedy.size() + std::string_view(": . ").size());
    if (!line.empty()) line += ": ";
    line += what;
    line += '.';
    if (!remedy.empty()) line.append(1, ' ').append(remedy);
    return line;
}

}  // namespace

std::string Place::text() const
{
    std::string out = file;
    if (!entry.empty()) out += (out.empty() ? "" : ", ") + entry;
    if (line) out += (out.empty() ? "line " : ", line ") + std::to_string(*line);
    if (byte && !line) out += (out.empty() ? "byte " : ", byte ") + std::to_string(*byte);
    return out;
}

Error::Error(Kind kind, const std::string& what, Place where, std::string remedy)
    : std::runtime_error(sentence(what, where, remedy)),
      kind_(kind),
      cause_(what),
      where_(std::move(where)),
      remedy_(std::move(remedy))
{}

}  // namespace kith
