#include "core/store/fingerprint.h"

#include <span>
#include <utility>
#include <vector>

namespace kith {

namespace {

constexpr std::size_t pieceBytes = 1U << 16U;  ///< the hash depends on it: never change it

std::array<QuickHasher, 2> freshHashers()
{
    return {QuickHasher(1), QuickHasher(2)};
}

void addTo(std::array<QuickHasher, 2>& hashers, std::string_view piece)
{
    QuickHasher::addToBoth(hashers[0], hashers[1], piece);
}

Hash hashFrom(const std::array<QuickHasher, 2>& hashers)
{
    Hash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) {
        hash.at(i) = static_cast<std::uint8_t>(hashers.at(i / 8).finish() >> (i % 8 * 8) & 0xffU);
    }
    return hash;
}

/// Hands on everything that the reader is given, in pieces; the last of each entry is not full.
template <class Each>
void eachPiece(const Package& package, Task& task, Each each)
{
    std::vector<char> buffer(pieceBytes);
    for (std::size_t i = 0; i < package.entries().size(); ++i) {
        const auto bytes = package.open(i);
        std::size_t filled = 0;
        for (;;) {
            const auto count = bytes->read(std::span(buffer).subspan(filled));
            filled += count;
            if (count > 0 && filled < buffer.size()) continue;
            each(std::string_view(buffer.data(), filled));
            filled = 0;
            task.advance(0);
            if (count == 0) break;
        }
    }
}

}  // namespace

Fingerprint fingerprintOf(const Package& package, Task& task)
{
    auto hashers = freshHashers();
    Fingerprint print;
    eachPiece(package, task, [&](std::string_view piece) {
        addTo(hashers, piece);
        print.bytes += piece.size();
    });
    print.hash = hashFrom(hashers);
    return print;
}

Hash formerHashOf(const Package& package, Task& task)
{
    Hasher hasher;
    eachPiece(package, task, [&](std::string_view piece) { hasher.add(piece); });
    return hasher.finish();
}

/// A source that tells the fingerprint what goes by.
class Fingerprinted::Listening final : public ByteSource {
public:
    Listening(const Fingerprinted& print, std::unique_ptr<ByteSource> source)
        : print_(print), source_(std::move(source))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = source_->read(buffer);
        print_.hear(at_, {buffer.data(), count});
        at_ += count;
        if (count == 0 && !buffer.empty() && at_ == print_.heard_) print_.whole_ = true;
        return count;
    }

private:
    const Fingerprinted& print_;
    std::unique_ptr<ByteSource> source_;
    std::uint64_t at_ = 0;
};

Fingerprinted::Fingerprinted(const Package& package)
    : Package(package), package_(package), hashers_(freshHashers())
{}

std::unique_ptr<ByteSource> Fingerprinted::open(std::size_t entry) const
{
    return std::make_unique<Listening>(*this, package_.open(entry));
}

void Fingerprinted::hear(std::uint64_t from, std::string_view bytes) const
{
    if (from > heard_ || from + bytes.size() <= heard_) return;
    bytes.remove_prefix(heard_ - from);
    heard_ += bytes.size();
    while (!bytes.empty()) {
        const auto missing = pieceBytes - piece_.size();
        const auto part = bytes.substr(0, missing);
        bytes.remove_prefix(part.size());
        if (part.size() == pieceBytes) {
            addTo(hashers_, part);
            continue;
        }
        piece_ += part;
        if (piece_.size() < pieceBytes) continue;
        addTo(hashers_, piece_);
        piece_.clear();
    }
}

Fingerprint Fingerprinted::finish(Task& task)
{
    if (!whole_) {
        const auto rest = open(0);
        std::vector<char> buffer(pieceBytes);
        while (rest->read(buffer) > 0) task.advance(0);
    }
    addTo(hashers_, piece_);
    piece_.clear();
    return {hashFrom(hashers_), heard_};
}

}  // namespace kith
