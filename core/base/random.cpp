#include "core/base/random.h"

namespace kith {
namespace {

std::uint64_t splitmix(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) : state_{}
{
    std::uint64_t mixed = seed;
    const std::uint64_t base = splitmix(mixed);
    std::uint64_t start = base ^ (stream * 0xd1342543de82ef95ULL + 0x632be59bd9b4e019ULL);
    for (auto& word : state_) word = splitmix(start);
}

double Random::real()
{
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

}  // namespace kith
