#include "core/import/onefile.h"

#include "core/base/error.h"

namespace kith {

OneFile::OneFile(const Package& package, std::size_t at) : package_(package), entry_(at)
{
    place_.file = package.name();
    if (package.entries().empty()) {
        throw Error(Error::Kind::BadInput, "there is no file in it", place_,
                    "Choose the export itself.");
    }
    const auto& entry = package.entries()[at].name;
    if (entry != package.name()) place_.entry = entry;
    const auto slash = entry.rfind('/');
    name_ = slash == std::string::npos ? entry : entry.substr(slash + 1);
}

std::string OneFile::stem() const
{
    const auto dot = name_.rfind('.');
    return dot == std::string::npos || dot == 0 ? name_ : name_.substr(0, dot);
}

OneFile::Head OneFile::head(std::size_t most) const
{
    const auto source = open();
    Head head{std::string(most, '\0'), false};
    std::size_t size = 0;
    while (size < most && !head.whole) {
        const auto count = source->read(std::span(head.text).subspan(size));
        head.whole = count == 0;
        size += count;
    }
    head.text.resize(size);
    return head;
}

Place OneFile::line(std::uint64_t number) const
{
    Place place = place_;
    place.line = number;
    return place;
}

}  // namespace kith
