#include "core/import/onefile.h"

#include "core/base/error.h"

namespace kith {

OneFile::OneFile(const Package& package) : package_(package)
{
    place_.file = package.name();
    if (package.entries().empty()) {
        throw Error(Error::Kind::BadInput, "there is no file in it", place_,
                    "Choose the export itself.");
    }
    const auto& entry = package.entries().front().name;
    if (entry != package.name()) place_.entry = entry;
    const auto slash = entry.rfind('/');
    name_ = slash == std::string::npos ? entry : entry.substr(slash + 1);
}

std::string OneFile::stem() const
{
    const auto dot = name_.rfind('.');
    return dot == std::string::npos || dot == 0 ? name_ : name_.substr(0, dot);
}

Place OneFile::line(std::uint64_t number) const
{
    Place place = place_;
    place.line = number;
    return place;
}

}  // namespace kith
