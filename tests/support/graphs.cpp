#include "tests/support/graphs.h"

#include "core/base/random.h"
#include "core/base/text.h"
#include "tests/support/data.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace kith::tests {
namespace {

double real(const std::string& text)
{
    const auto value = parseReal(text);
    if (!value) throw std::runtime_error("not a number: " + text);
    return *value;
}

std::uint32_t number(const std::string& text)
{
    const auto value = parseInteger(text);
    if (!value || *value < 0) throw std::runtime_error("not an id: " + text);
    return static_cast<std::uint32_t>(*value);
}

/// Fields of one CSV line; quotes protect commas.
std::vector<std::string> csvFields(std::string_view line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == ',' && !quoted)
            fields.emplace_back();
        else
            fields.back() += line[i];
    }
    return fields;
}

std::vector<std::string> linesOf(const std::filesystem::path& path)
{
    const std::string text = readFile(path);
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n'))
        if (!trim(line).empty()) lines.emplace_back(trim(line));
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
}

}  // namespace

std::vector<std::vector<std::string>> loadTable(const std::filesystem::path& path)
{
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : linesOf(path)) {
        auto& row = rows.emplace_back();
        for (const auto field : split(line, '\t')) row.emplace_back(field);
    }
    return rows;
}

std::optional<GraphFile> loadGraph(const std::filesystem::path& folder, const std::string& name)
{
    const auto nodes = folder / (name + ".nodes.tsv");
    const auto edges = folder / (name + ".edges.tsv");
    if (!std::filesystem::exists(nodes) || !std::filesystem::exists(edges)) return std::nullopt;
    GraphFile file;
    for (const auto& row : loadTable(nodes)) {
        ++file.people;
        if (row.size() > 1) file.attribute.push_back(row[1]);
    }
    for (const auto& row : loadTable(edges))
        file.ties.push_back({number(row.at(0)), number(row.at(1)),
                             row.size() > 2 ? static_cast<float>(real(row[2])) : 1.0F});
    return file;
}

std::vector<std::uint32_t> loadLabels(const std::filesystem::path& path)
{
    std::vector<std::uint32_t> labels;
    for (const auto& row : loadTable(path)) {
        if (number(row.at(0)) != labels.size()) throw std::runtime_error("ids out of order");
        labels.push_back(number(row.at(1)));
    }
    return labels;
}

std::vector<std::uint32_t> labelsOf(const std::vector<std::string>& texts)
{
    std::map<std::string, std::uint32_t> seen;
    std::vector<std::uint32_t> labels;
    for (const auto& text : texts)
        labels.push_back(
            seen.try_emplace(text, static_cast<std::uint32_t>(seen.size())).first->second);
    return labels;
}

std::vector<ReferenceValue> loadReferenceValues(const std::filesystem::path& csv)
{
    std::vector<ReferenceValue> values;
    for (const auto& line : linesOf(csv)) {
        const auto fields = csvFields(line);
        values.push_back({fields.at(0), fields.at(1), fields.at(2), fields.at(3), fields.at(4)});
    }
    return values;
}

GraphFile plantedGraph(std::size_t blocks, std::size_t size, double inside, double across,
                       std::uint64_t seed)
{
    Random random(seed);
    GraphFile file;
    file.people = blocks * size;
    for (std::size_t a = 0; a < file.people; ++a) {
        file.attribute.push_back(std::to_string(a / size));
        for (std::size_t b = a + 1; b < file.people; ++b)
            if (random.chance(a / size == b / size ? inside : across))
                file.ties.push_back({static_cast<Vertex>(a), static_cast<Vertex>(b), 1});
    }
    return file;
}

GraphFile randomGraph(std::size_t people, double density, unsigned heaviest, std::uint64_t seed)
{
    Random random(seed);
    GraphFile file;
    file.people = people;
    for (std::size_t a = 0; a < people; ++a)
        for (std::size_t b = a + 1; b < people; ++b)
            if (random.chance(density))
                file.ties.push_back({static_cast<Vertex>(a), static_cast<Vertex>(b),
                                     static_cast<float>(1 + random.below(heaviest))});
    return file;
}

}  // namespace kith::tests
