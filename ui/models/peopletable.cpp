#include "ui/models/peopletable.h"

#include "core/base/text.h"
#include "core/store/messages.h"
#include "core/store/people.h"

#include <algorithm>
#include <numeric>

namespace kith {

namespace {

void addNames(PeopleTable& table, Task& task)
{
    const std::size_t count = table.size();
    table.folded.reserve(count);
    for (const Person& person : table.people) {
        task.advance();
        table.folded.push_back(foldForMatching(person.name));
    }
    std::vector<std::uint32_t> byName(count);
    std::iota(byName.begin(), byName.end(), 0U);
    std::stable_sort(byName.begin(), byName.end(), [&](std::uint32_t a, std::uint32_t b) {
        return table.folded[a] < table.folded[b];
    });
    table.nameRank.resize(count);
    for (std::size_t place = 0; place < count; ++place) {
        table.nameRank[byName[place]] = static_cast<std::uint32_t>(place);
    }
}

void addCounts(PeopleTable& table, const Workspace& workspace, Task& task)
{
    table.accounts.assign(table.size(), 0);
    table.messages.assign(table.size(), 0);
    for (const Account& account : accounts(workspace)) {
        task.advance();
        const std::size_t row = table.rowOf(account.person);
        if (row < table.size()) ++table.accounts[row];
    }
    for (const auto& [person, count] : messageCounts(workspace, Selection{})) {
        const std::size_t row = table.rowOf(person);
        if (row < table.size()) table.messages[row] = count;
    }
}

void addStanding(PeopleTable& table)
{
    table.ties.assign(table.size(), 0);
    table.group.assign(table.size(), -1);
    if (!table.analysis) return;
    const PeopleGraph& graph = table.analysis->people;
    for (Vertex vertex = 0; vertex < graph.people.size(); ++vertex) {
        const std::size_t row = table.rowOf(graph.people[vertex]);
        if (row >= table.size()) continue;
        table.ties[row] = static_cast<std::uint32_t>(graph.graph.degree(vertex));
        table.group[row] = table.analysis->clusterOf[vertex];
    }
}

/// Numbers by size, texts by alphabet.
void sortValues(std::vector<std::string>& values)
{
    const bool numbers = std::all_of(values.begin(), values.end(), [](const std::string& value) {
        return parseReal(value).has_value();
    });
    std::sort(values.begin(), values.end(), [&](const std::string& a, const std::string& b) {
        return numbers ? *parseReal(a) < *parseReal(b) : a < b;
    });
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

TraitColumn readTrait(const PeopleTable& table, const Workspace& workspace, const Trait& trait,
                      Task& task)
{
    TraitColumn column;
    column.name = trait.name;
    column.valueOf.assign(table.size(), -1);
    const auto values = traitValues(workspace, trait.id);
    for (const auto& [person, value] : values) column.values.push_back(value);
    sortValues(column.values);
    std::map<std::string_view, std::int32_t> placeOf;
    for (std::size_t i = 0; i < column.values.size(); ++i) {
        placeOf.emplace(column.values[i], static_cast<std::int32_t>(i));
    }
    for (const auto& [person, value] : values) {
        task.advance();
        const std::size_t row = table.rowOf(person);
        if (row < table.size()) column.valueOf[row] = placeOf.at(value);
    }
    return column;
}

bool matches(const PeopleTable& table, std::size_t row, const std::string& filter,
             const std::vector<std::vector<bool>>& valueMatches)
{
    if (table.folded[row].find(filter) != std::string::npos) return true;
    for (std::size_t i = 0; i < table.traits.size(); ++i) {
        const std::int32_t value = table.traits[i].valueOf[row];
        if (value >= 0 && valueMatches[i][static_cast<std::size_t>(value)]) return true;
    }
    return false;
}

std::int64_t keyOf(const PeopleTable& table, int column, std::uint32_t row)
{
    const int trait = column - static_cast<int>(PeopleColumn::FirstTrait);
    if (trait >= 0) {
        const auto at = static_cast<std::size_t>(trait);
        return at < table.traits.size() ? table.traits[at].valueOf[row] : -1;
    }
    switch (static_cast<PeopleColumn>(column)) {
    case PeopleColumn::Name: return table.nameRank[row];
    case PeopleColumn::Kind: return static_cast<std::int64_t>(table.people[row].kind);
    case PeopleColumn::Accounts: return table.accounts[row];
    case PeopleColumn::Messages: return static_cast<std::int64_t>(table.messages[row]);
    case PeopleColumn::Ties: return table.ties[row];
    case PeopleColumn::Group: return table.group[row];
    case PeopleColumn::FirstTrait: break;
    }
    return 0;
}

}  // namespace

std::size_t PeopleTable::rowOf(PersonId id) const
{
    const auto at =
        std::lower_bound(people.begin(), people.end(), id,
                         [](const Person& person, PersonId wanted) { return person.id < wanted; });
    return at != people.end() && at->id == id ? static_cast<std::size_t>(at - people.begin())
                                              : size();
}

std::shared_ptr<const PeopleTable> readPeopleTable(const Workspace& workspace,
                                                   std::shared_ptr<const Analysis> analysis,
                                                   Task& task)
{
    auto table = std::make_shared<PeopleTable>();
    table->analysis = std::move(analysis);
    table->people = people(workspace);
    addNames(*table, task);
    addCounts(*table, workspace, task);
    addStanding(*table);
    for (const Trait& trait : traits(workspace)) {
        table->traits.push_back(readTrait(*table, workspace, trait, task));
    }
    return table;
}

std::vector<std::uint32_t> arrange(const PeopleTable& table, const PeopleOrder& order, Task& task)
{
    const std::string filter = foldForMatching(order.filter);
    std::vector<std::vector<bool>> valueMatches(table.traits.size());
    for (std::size_t i = 0; i < table.traits.size() && !filter.empty(); ++i) {
        for (const std::string& value : table.traits[i].values) {
            valueMatches[i].push_back(foldForMatching(value).find(filter) != std::string::npos);
        }
    }
    std::vector<std::uint32_t> rows;
    rows.reserve(table.size());
    for (std::uint32_t row = 0; row < table.size(); ++row) {
        task.advance();
        if (filter.empty() || matches(table, row, filter, valueMatches)) rows.push_back(row);
    }
    std::vector<std::int64_t> keys(table.size());
    for (const std::uint32_t row : rows) keys[row] = keyOf(table, order.column, row);
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (keys[a] != keys[b]) return order.ascending ? keys[a] < keys[b] : keys[a] > keys[b];
        return table.nameRank[a] < table.nameRank[b];
    });
    return rows;
}

}  // namespace kith
