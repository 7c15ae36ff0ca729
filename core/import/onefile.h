#pragma once

#include "core/base/place.h"
#include "core/import/source.h"

#include <memory>
#include <string>

namespace kith {

/// The one file of a package that a single-file reader gets, and how to speak of places in it.
class OneFile {
public:
    /// @throws Error BadInput when the package is empty
    explicit OneFile(const Package& package);

    std::unique_ptr<ByteSource> open() const { return package_.open(0); }
    const std::string& name() const { return name_; }  ///< without folders
    std::string stem() const;  ///< the name without its last ending: what people call the file
    std::uint64_t size() const { return package_.entries().front().size; }

    Place place() const { return place_; }
    Place line(std::uint64_t number) const;

private:
    const Package& package_;
    std::string name_;
    Place place_;
};

}  // namespace kith
