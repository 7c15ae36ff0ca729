#pragma once

#include "tests/support/data.h"
#include "tests/support/graphs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace kith::tests {

/// The table of values that other implementations computed, outside the repository.
class Reference {
public:
    /// nullopt, after saying so, when the table is not on this machine.
    static std::optional<Reference> load()
    {
        const auto data = publicData();
        if (!data || !std::filesystem::exists(*data / "reference/reference_values.csv")) {
            WARN("reference_values.csv is not here: nothing was compared with other programs");
            return std::nullopt;
        }
        Reference reference;
        reference.folder = *data / "reference";
        reference.rows_ = loadReferenceValues(reference.folder / "reference_values.csv");
        return reference;
    }

    std::filesystem::path folder;

    /// The row whose parameters hold `parameters`; fails the test when there is none or several
    /// that differ.
    const ReferenceValue& row(const std::string& dataset, const std::string& measure,
                              const std::string& parameters = {}) const
    {
        const ReferenceValue* found = nullptr;
        for (const auto& one : rows_) {
            if (one.dataset != dataset || one.measure != measure) continue;
            if (one.parameters.find(parameters) == std::string::npos) continue;
            if (found == nullptr) found = &one;
        }
        INFO(dataset << " " << measure << " " << parameters);
        REQUIRE(found != nullptr);
        return *found;
    }

    /// Several numbers stand between semicolons.
    static std::vector<double> numbers(const std::string& text)
    {
        std::vector<double> all;
        std::istringstream stream(text);
        stream.imbue(std::locale::classic());
        for (std::string part; std::getline(stream, part, ';');) all.push_back(std::stod(part));
        return all;
    }

    void check(const std::string& dataset, const std::string& measure,
               const std::string& parameters, double computed) const
    {
        const auto& one = row(dataset, measure, parameters);
        INFO(dataset << " " << measure << " " << one.parameters);
        const double tolerance = std::max(std::stod(one.tolerance), 1e-12);
        CHECK(computed == Approx(std::stod(one.value)).margin(tolerance).epsilon(0));
    }

    const std::vector<ReferenceValue>& rows() const { return rows_; }

private:
    std::vector<ReferenceValue> rows_;
};

}  // namespace kith::tests
