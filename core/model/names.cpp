#include "core/model/community.h"
#include "core/model/tie.h"

#include <utility>

namespace kith {
namespace {

constexpr std::array<std::pair<TieKind, std::string_view>, 8> tieNames{{
    {TieKind::Reply, "reply"},
    {TieKind::Mention, "mention"},
    {TieKind::Repost, "repost"},
    {TieKind::Quote, "quote"},
    {TieKind::Reaction, "reaction"},
    {TieKind::Thread, "thread"},
    {TieKind::Adjacent, "adjacent"},
    {TieKind::Given, "given"},
}};

constexpr std::array<std::pair<Characteristic, std::string_view>, 9> characteristicNames{{
    {Characteristic::Sponsorship, "sponsorship"},
    {Characteristic::Vision, "vision"},
    {Characteristic::Goals, "goals"},
    {Characteristic::CoreTeam, "core-team"},
    {Characteristic::Outcomes, "outcomes"},
    {Characteristic::Measures, "measures"},
    {Characteristic::Processes, "processes"},
    {Characteristic::Assumptions, "assumptions"},
    {Characteristic::Review, "review"},
}};

template <class Table, class Value>
std::string_view nameIn(const Table& table, Value value)
{
    for (const auto& [known, text] : table) {
        if (known == value) return text;
    }
    return {};
}

template <class Value, class Table>
std::optional<Value> valueIn(const Table& table, std::string_view name)
{
    for (const auto& [value, text] : table) {
        if (text == name) return value;
    }
    return std::nullopt;
}

}  // namespace

std::string_view name(TieKind kind)
{
    return nameIn(tieNames, kind);
}

std::optional<TieKind> tieKindNamed(std::string_view name)
{
    return valueIn<TieKind>(tieNames, name);
}

std::string_view name(Characteristic characteristic)
{
    return nameIn(characteristicNames, characteristic);
}

std::optional<Characteristic> characteristicNamed(std::string_view name)
{
    return valueIn<Characteristic>(characteristicNames, name);
}

}  // namespace kith
