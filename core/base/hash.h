#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith {

/// 128 bits of BLAKE2b: stable for ever, on every machine, so it may be stored.
using Hash = std::array<std::uint8_t, 16>;

/// Hashes a sequence of fields. Each field is preceded by its length, so ("ab","c") and ("a","bc")
/// differ. A key (at most 64 bytes) makes the hash useless to anyone who does not have it.
class Hasher {
public:
    explicit Hasher(std::string_view key = {});
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    Hasher& add(std::string_view field);
    Hasher& add(std::int64_t field);

    /// May be called once.
    Hash finish();

private:
    void addBytes(const unsigned char* bytes, std::size_t count);
    void flush();

    // Small fields wait, so that a row is mostly hashed in one go. What BLAKE2b itself needs, the
    // library's crypto_generichash_state, is begun only when more comes than there is room for.
    std::array<unsigned char, 256> waiting_;
    std::size_t filled_ = 0;
    bool begun_ = false;
    std::size_t keySize_;
    std::array<unsigned char, 64> key_;
    alignas(64) std::array<unsigned char, 384> blake_;
};

template <class... Fields>
Hash hashOf(const Fields&... fields)
{
    Hasher hasher;
    (hasher.add(fields), ...);
    return hasher.finish();
}

/// The first eight bytes as a number, big end first.
std::uint64_t shortHash(const Hash& hash);

/// Lower-case hexadecimal.
std::string hexText(const Hash& hash);

/// Cryptographically random bytes, for workspace keys.
std::string randomBytes(std::size_t count);

}  // namespace kith
