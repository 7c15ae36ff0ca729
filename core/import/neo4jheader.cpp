#include "core/import/neo4jheader.h"

#include "core/base/text.h"
#include "core/import/graphitems.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using Role = Neo4jColumn::Role;

constexpr std::array<std::string_view, 6> numbers{"int",    "long", "float",
                                                  "double", "byte", "short"};
constexpr std::array<std::string_view, 3> times{"date", "localdatetime", "datetime"};
constexpr std::array<std::string_view, 7> others{"string", "boolean",   "char",    "point",
                                                 "time",   "localtime", "duration"};

template <std::size_t N>
bool isOne(const std::array<std::string_view, N>& all, std::string_view word)
{
    return std::ranges::find(all, word) != all.end();
}

std::optional<Role> roleNamed(std::string_view word)
{
    if (word == "id") return Role::Id;
    if (word == "start_id") return Role::Start;
    if (word == "end_id") return Role::End;
    if (word == "label") return Role::Label;
    if (word == "type") return Role::Type;
    if (word == "ignore") return Role::Ignored;
    return std::nullopt;
}

Neo4jColumn columnOf(std::string_view field)
{
    field = trim(field);
    Neo4jColumn column;
    column.name = field;
    // Options stand behind the type: "when:datetime{timezone:Europe/Oslo}".
    if (const auto brace = field.find('{'); brace != field.npos && field.ends_with('}'))
        field = field.substr(0, brace);
    const auto colon = field.rfind(':');
    if (colon == field.npos) return column;
    auto type = asciiLower(trim(field.substr(colon + 1)));
    column.array = type.ends_with("[]");
    if (column.array) type.resize(type.size() - 2);
    const auto open = type.find('(');
    const auto role = roleNamed(std::string_view(type).substr(0, open));
    if (role) {
        column.role = *role;
        const auto from = field.find('(', colon);
        if (from != field.npos && field.ends_with(')'))
            column.space = trim(field.substr(from + 1, field.size() - from - 2));
    } else if (!isOne(numbers, type) && !isOne(times, type) && !isOne(others, type)) {
        return column;  // a colon in a name
    }
    column.name = trim(field.substr(0, colon));
    column.numeric = !column.array && isOne(numbers, type);
    column.timed = !column.array && isOne(times, type);
    return column;
}

template <class Test>
std::optional<std::size_t> firstWhere(const std::vector<Neo4jColumn>& columns, Test test)
{
    const auto found = std::ranges::find_if(columns, [&](const Neo4jColumn& one) {
        return one.role == Role::Property && !one.array && test(one);
    });
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

Neo4jHeader neo4jHeader(const std::vector<std::string>& fields)
{
    Neo4jHeader header;
    for (const auto& field : fields) {
        header.columns.push_back(columnOf(field));
        header.columns.back().name = graphName(header.columns.back().name);
    }
    const auto count = [&](Role role) {
        return std::ranges::count(header.columns, role, &Neo4jColumn::role);
    };
    const bool ends = count(Role::Start) > 0 && count(Role::End) > 0;
    if (ends && count(Role::Id) == 0) header.kind = Neo4jHeader::Kind::Ties;
    if (count(Role::Id) > 0 && count(Role::Start) + count(Role::End) == 0)
        header.kind = Neo4jHeader::Kind::People;
    for (const std::string_view name : {"name", "label", "title"}) {
        if (header.display) break;
        header.display = firstWhere(
            header.columns, [&](const Neo4jColumn& one) { return asciiEqual(one.name, name); });
    }
    header.weight = firstWhere(header.columns, [](const Neo4jColumn& one) {
        return isWeightName(one.name) && !one.timed;
    });
    header.time = firstWhere(header.columns, [](const Neo4jColumn& one) {
        return one.timed || (isTimeName(one.name) && !one.numeric);
    });
    if (!header.time) {
        header.time =
            firstWhere(header.columns, [](const Neo4jColumn& one) { return isTimeName(one.name); });
    }
    return header;
}

std::string neo4jId(const Neo4jHeader& header, Neo4jColumn::Role role,
                    const std::vector<std::string>& row)
{
    std::string id;
    std::string_view space;
    for (std::size_t at = 0; at < std::min(row.size(), header.columns.size()); ++at) {
        if (header.columns[at].role != role) continue;
        id += trim(row[at]);
        space = header.columns[at].space;
    }
    return id.empty() || space.empty() ? id : std::string(space) + ':' + id;
}

std::optional<std::string> neo4jHeaderStem(std::string_view name)
{
    auto lower = asciiLower(name.substr(name.rfind('/') + 1));
    lower = lower.substr(0, lower.rfind('.'));
    const auto at = lower.find("header");
    if (at == std::string::npos) return std::nullopt;
    std::size_t length = std::string_view("header").size();
    if (at + length < lower.size() && lower[at + length] == 's') ++length;
    lower.erase(at, length);
    constexpr std::string_view joints = "-_. ";
    const auto first = lower.find_first_not_of(joints);
    if (first == std::string::npos) return std::string();
    return lower.substr(first, lower.find_last_not_of(joints) - first + 1);
}

}  // namespace kith
