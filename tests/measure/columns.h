#pragma once

#include "tests/support/data.h"

#include <sstream>
#include <string>
#include <vector>

namespace kith::tests {

/// One column of a small comma-separated file, as texts, without its header.
inline std::vector<std::string> textColumn(const std::filesystem::path& file, std::size_t column)
{
    std::istringstream lines(readFile(file));
    std::vector<std::string> values;
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        while (!line.empty() && line.back() == '\r') line.pop_back();
        std::istringstream cells(line);
        std::string cell;
        for (std::size_t i = 0; i <= column; ++i) std::getline(cells, cell, ',');
        values.push_back(cell);
    }
    return values;
}

inline std::vector<double> numberColumn(const std::filesystem::path& file, std::size_t column)
{
    std::vector<double> values;
    for (const auto& text : textColumn(file, column)) values.push_back(std::stod(text));
    return values;
}

}  // namespace kith::tests
