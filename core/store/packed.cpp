#include "core/store/packed.h"

#include "core/base/error.h"

namespace kith {

namespace {

[[noreturn]] void refuse()
{
    throw Error(Error::Kind::WorkspaceDamaged,
                "the workspace is damaged: packed rows end too early", {},
                "Open a copy that you kept.");
}

}  // namespace

std::uint64_t NumberReader::next()
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (bytes_.empty()) refuse();
        const auto byte = static_cast<std::uint8_t>(bytes_.front());
        bytes_.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80) return number;
    }
    refuse();
}

double NumberReader::nextReal()
{
    if (bytes_.size() < 8) refuse();
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8U | static_cast<std::uint8_t>(bytes_[i]);
    bytes_.remove_prefix(8);
    return std::bit_cast<double>(bits);
}

}  // namespace kith
