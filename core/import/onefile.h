#pragma once

#include "core/base/place.h"
#include "core/import/source.h"

#include <memory>
#include <string>

namespace kith {

/// One file of a package, mostly the one that a single-file reader gets, and how to speak of places
/// in it.
class OneFile {
public:
    /// @throws Error BadInput when the package is empty
    explicit OneFile(const Package& package, std::size_t entry = 0);

    std::unique_ptr<ByteSource> open() const { return package_.open(entry_); }
    const std::string& name() const { return name_; }  ///< without folders
    std::string stem() const;  ///< the name without its last ending: what people call the file

    /// The first bytes as they stand, for finding out how the file is laid out.
    struct Head {
        std::string text;
        bool whole = false;  ///< it is all of the file
    };
    Head head(std::size_t most = 64U << 10U) const;

    std::uint64_t size() const { return package_.entries()[entry_].size; }

    Place place() const { return place_; }
    Place line(std::uint64_t number) const;

private:
    const Package& package_;
    std::size_t entry_;
    std::string name_;
    Place place_;
};

}  // namespace kith
