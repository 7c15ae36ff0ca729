#pragma once

#include "core/base/hash.h"
#include "core/base/quickhash.h"
#include "core/base/task.h"
#include "core/import/source.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kith {

/// How a file that was imported is known again: a hash of all bytes that its reader is given, and
/// how many there are. Nobody gains by feigning it, so the quick hash will do. O(bytes).
struct Fingerprint {
    Hash hash{};
    std::uint64_t bytes = 0;
};

/// Reads all of it. @throws Error as the package's sources do
Fingerprint fingerprintOf(const Package& package, Task& task);

/// The hash as it was worked out for workspaces of version 3 and before.
Hash formerHashOf(const Package& package, Task& task);

/// A package of one entry, as it was, that takes its fingerprint from what is read of it anyway, so
/// that nothing is read or unpacked twice. Sources must be read one at a time, in any thread.
class Fingerprinted final : public Package {
public:
    /// @param package of one entry; must outlive this
    explicit Fingerprinted(const Package& package);

    std::unique_ptr<ByteSource> open(std::size_t entry) const override;
    std::unique_ptr<Package> inside(std::size_t entry) const override
    {
        return package_.inside(entry);
    }

    /// Reads what nobody has read so far.
    Fingerprint finish(Task& task);

private:
    class Listening;

    /// Takes bytes that stand at `from` of the entry; what was heard before is left out.
    void hear(std::uint64_t from, std::string_view bytes) const;

    const Package& package_;
    mutable std::array<QuickHasher, 2> hashers_;
    mutable std::string piece_;        ///< what does not fill a piece yet
    mutable std::uint64_t heard_ = 0;  ///< bytes from the front
    mutable bool whole_ = false;       ///< and nothing comes behind them
};

}  // namespace kith
