#include "core/analysis/profile.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/filesource.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace kith {

namespace {

constexpr const char* howToWrite =
    "Write a table with the columns value and share, one row for each category.";

/// "18-29", "18 – 29", "65+", "under 18".
struct Band {
    double low = -HUGE_VAL;
    double high = HUGE_VAL;
    bool open = false;  ///< high itself is outside

    bool holds(double value) const { return value >= low && (open ? value < high : value <= high); }
};

std::optional<Band> bandOf(const std::string& written)
{
    const std::string text = asciiLower(replaceAll(replaceAll(written, "–", "-"), " ", ""));
    Band band;
    if (text.starts_with("under")) {
        const auto high = parseReal(std::string_view(text).substr(5));
        if (!high) return std::nullopt;
        band.high = *high;
        band.open = true;
        return band;
    }
    if (text.size() > 1 && text.ends_with('+')) {
        const auto low = parseReal(std::string_view(text).substr(0, text.size() - 1));
        if (!low) return std::nullopt;
        band.low = *low;
        return band;
    }
    const auto dash = text.find('-', 1);
    if (dash == std::string::npos) return std::nullopt;
    const auto low = parseReal(std::string_view(text).substr(0, dash));
    const auto high = parseReal(std::string_view(text).substr(dash + 1));
    if (!low || !high || *high < *low) return std::nullopt;
    // Whole numbers are meant to the end of the year: 29.5 years is within 18-29.
    band.low = *low;
    band.high = std::floor(*high) == *high ? *high + 1 : *high;
    band.open = std::floor(*high) == *high;
    return band;
}

class ProfileReader {
public:
    explicit ProfileReader(const std::filesystem::path& file) : name_(fileNameOf(file))
    {
        FileSource source(file, {name_, {}, {}, {}});
        CsvReader reader(source, name_);
        const CsvRow* row = reader.next();
        if (row == nullptr) fail("the profile is empty", 1, howToWrite);
        semicolons_ = reader.dialect().separator == ';';
        header(*row);
        while ((row = reader.next()) != nullptr) take(*row);
    }

    ReferenceProfile finish()
    {
        if (profile_.size() < 2) {
            fail("a profile needs at least two categories", lines_.empty() ? 1 : lines_.back(),
                 howToWrite);
        }
        const double total = std::accumulate(profile_.shares.begin(), profile_.shares.end(), 0.0);
        if (!(total > 0)) fail("the profile's shares add up to nothing", lines_.back(), howToWrite);
        for (double& share : profile_.shares) share /= total;
        if (position_) {
            placed();
        } else if (!columnOf_.empty()) {
            given();
        }
        profile_.file = name_;
        return std::move(profile_);
    }

private:
    [[noreturn]] void fail(const std::string& what, std::uint64_t line,
                           const std::string& remedy) const
    {
        Place place;
        place.file = name_;
        place.line = line;
        throw Error(Error::Kind::BadInput, what, place, remedy);
    }

    void header(const CsvRow& row)
    {
        static constexpr std::array valueNames{"value", "category", "name", "group"};
        static constexpr std::array shareNames{"share",   "count",      "people", "number",
                                               "percent", "percentage", "n"};
        columns_ = row.fields.size();
        for (std::size_t c = 0; c < columns_; ++c) {
            const std::string title = asciiLower(trim(row.fields[c]));
            if (std::ranges::find(valueNames, title) != valueNames.end() && !value_) {
                value_ = c;
            } else if (std::ranges::find(shareNames, title) != shareNames.end() && !share_) {
                share_ = c;
            } else if (title == "position") {
                position_ = c;
            } else {
                others_.emplace_back(c, foldForMatching(row.fields[c]));
            }
        }
        if (!value_) fail("the profile has no column called value", row.line, howToWrite);
        if (!share_) fail("the profile has no column called share or count", row.line, howToWrite);
    }

    double numberIn(const CsvRow& row, std::size_t column, const char* what) const
    {
        std::string text(trim(row.fields[column]));
        if (text.ends_with('%')) text = trim(std::string_view(text).substr(0, text.size() - 1));
        const auto comma = text.find(',');
        const bool decimal = comma != std::string::npos && text.find('.') == std::string::npos &&
                             text.find(',', comma + 1) == std::string::npos &&
                             (semicolons_ || text.size() - comma != 4);
        if (const auto value = parseReal(replaceAll(text, ",", decimal ? "." : ""))) return *value;
        fail(fmt::format("the {} \"{}\" is no number", what, shorten(row.fields[column], 40)),
             row.line, "Write numbers like 12 or 0.12.");
    }

    void take(const CsvRow& row)
    {
        if (row.fields.size() != columns_) {
            fail(fmt::format("this row has {} columns, the first row has {}", row.fields.size(),
                             columns_),
                 row.line, "Give every row the same columns.");
        }
        std::string value(trim(row.fields[*value_]));
        if (value.empty()) fail("this row names no value", row.line, howToWrite);
        if (profile_.size() == mostCategories) {
            fail(fmt::format("a profile has at most {} categories", mostCategories), row.line,
                 "Put small categories together.");
        }
        const std::string folded = foldForMatching(value);
        if (std::ranges::find(folded_, folded) != folded_.end()) {
            fail("the value \"" + shorten(value, 40) + "\" stands in the profile twice", row.line,
                 "Give each category one row.");
        }
        const double share = numberIn(row, *share_, "share");
        if (share < 0) fail("a share is below 0", row.line, "Write shares of 0 or more.");
        folded_.push_back(folded);
        lines_.push_back(row.line);
        profile_.values.push_back(std::move(value));
        profile_.shares.push_back(share);
        if (position_) at_.push_back(numberIn(row, *position_, "position"));
        for (const auto& [column, title] : others_) cells_.push_back(row.fields[column]);
        const auto own =
            std::ranges::find(others_, folded, &std::pair<std::size_t, std::string>::second);
        if (own != others_.end()) {
            columnOf_.push_back(static_cast<std::size_t>(own - others_.begin()));
        }
    }

    void placed()
    {
        const auto [least, most] = std::ranges::minmax(at_);
        if (!(most > least)) fail("all positions are the same", lines_.front(), howToWrite);
        for (const double a : at_) {
            for (const double b : at_) {
                profile_.distances.push_back(std::abs(a - b) / (most - least));
            }
        }
    }

    double distanceAt(std::size_t row, std::size_t column) const
    {
        const std::string& text = cells_[row * others_.size() + columnOf_[column]];
        const auto value = parseReal(trim(text));
        if (value && *value >= 0) return *value;
        fail(fmt::format("the distance \"{}\" between {} and {} is no number of 0 or more",
                         shorten(text, 40), profile_.values[row], profile_.values[column]),
             lines_[row], "Write 0 for alike and 1 for as different as can be.");
    }

    void given()
    {
        if (columnOf_.size() != profile_.size()) {
            fail("some values have a column of distances and some have none", lines_.front(),
                 "Give every value a column named like it, or none.");
        }
        for (std::size_t i = 0; i < profile_.size(); ++i) {
            for (std::size_t j = 0; j < profile_.size(); ++j) {
                const double distance = distanceAt(i, j);
                if (i == j ? distance != 0 : distance != distanceAt(j, i)) {
                    fail(fmt::format("the distances between {} and {} do not agree",
                                     profile_.values[i], profile_.values[j]),
                         lines_[i], "A value is at 0 from itself, and as far there as back.");
                }
                profile_.distances.push_back(distance);
            }
        }
    }

    static constexpr std::size_t mostCategories = 1000;

    std::string name_;
    std::size_t columns_ = 0;
    bool semicolons_ = false;  ///< between cells, where commas are decimal ones
    std::optional<std::size_t> value_;
    std::optional<std::size_t> share_;
    std::optional<std::size_t> position_;
    std::vector<std::pair<std::size_t, std::string>> others_;  ///< column, folded title
    std::vector<std::string> folded_;
    std::vector<std::uint64_t> lines_;
    std::vector<double> at_;
    std::vector<std::string> cells_;     ///< of the other columns, row by row
    std::vector<std::size_t> columnOf_;  ///< by value, where there is one: index into others_
    ReferenceProfile profile_;
};

}  // namespace

std::optional<std::size_t> ReferenceProfile::categoryOf(const std::string& value) const
{
    const std::string wanted = foldForMatching(value);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (foldForMatching(values[i]) == wanted) return i;
    }
    const auto number = parseReal(trim(value));
    if (!number) return std::nullopt;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto band = bandOf(values[i]);
        if (band && band->holds(*number)) return i;
    }
    return std::nullopt;
}

ReferenceProfile readProfile(const std::filesystem::path& file)
{
    return ProfileReader(file).finish();
}

}  // namespace kith
