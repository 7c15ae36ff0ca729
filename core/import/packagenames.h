#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace kith {

/// With control and direction characters written out, as in "<U+202E>", so that it can be shown.
std::string visibleName(std::string_view name);

/// True for names in __MACOSX and for anything with a leading dot in its path.
bool isHidden(std::string_view name);

/// A name whose bytes are not UTF-8, read in the old code pages of DOS (437, as the zip format has
/// it) and of Windows (1252).
struct NameReadings {
    std::string dos;
    std::string windows;
};
NameReadings oldCodePageReadings(std::string_view raw);

/// The clause about a name with two readings.
std::string twoReadings(std::string_view taken, std::string_view other);

/// Holds the names of one archive against each other and against what a name may be.
class NameCheck {
public:
    explicit NameCheck(std::string archive) : archive_(std::move(archive)) {}

    /// @param offset of the entry in the archive, for the message about twins
    /// @throws Error BadInput: a name that leads out of the archive or hides its ending, or that an
    ///         earlier entry has too (also when only case or Unicode form differ)
    void check(const std::string& name, std::uint64_t offset);

private:
    std::string archive_;
    std::map<std::string, std::pair<std::string, std::uint64_t>> seen_;
};

}  // namespace kith
