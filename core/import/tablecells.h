#pragma once

#include "core/import/csv.h"
#include "core/import/onefile.h"
#include "core/import/reader.h"
#include "core/import/sink.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What programs write where there is nothing: "", "NA", "null", "-" ...
bool isMissing(std::string_view cell);

/// "4.47E+11": what a spreadsheet leaves of a long number such as a phone number.
bool isMangled(std::string_view cell);

/// A number of 17 and more digits whose digits behind the 15th are all 0: rounded through a double.
bool isRounded(std::string_view cell);

/// What a first walk over a table finds out of its cells: samples of each column for people to
/// choose by, and signs that another program has damaged or rewritten them.
class TableCells {
public:
    /// @param leftOut which columns are not to be looked at
    TableCells(std::vector<std::string> headers, std::vector<bool> leftOut);

    void look(const CsvRow& row);

    /// One a column, with an empty role and up to five different samples.
    const std::vector<ColumnSample>& samples() const { return samples_; }

    /// Notes what the whole file should be known for: separator, decimal commas, numbers shortened
    /// by a spreadsheet, text that was encoded twice.
    void note(const OneFile& file, CsvDialect dialect, Sink& sink) const;

private:
    struct Sign {
        std::uint64_t cells = 0;
        std::uint64_t line = 0;  ///< the first
        std::size_t column = 0;
        std::string example;

        void meet(std::uint64_t where, std::size_t at, const std::string& cell);
    };

    std::string counted(const Sign& sign) const;

    std::vector<bool> leftOut_;
    std::vector<ColumnSample> samples_;
    Sign decimalComma_;
    Sign mangled_;
    Sign twice_;
};

/// The first rows' cells of each column, for a question asked before the whole table is read.
std::vector<ColumnSample> columnSamples(const std::vector<std::string>& headers,
                                        const std::vector<CsvRow>& rows,
                                        const std::vector<bool>& leftOut);

}  // namespace kith
