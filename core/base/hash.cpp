#include "core/base/hash.h"

#include <algorithm>
#include <sodium.h>
#include <stdexcept>

namespace kith {

namespace {

void requireSodium()
{
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium could not be initialised");
}

template <class Room>
crypto_generichash_state* stateIn(Room& room)
{
    static_assert(sizeof(Room) == sizeof(crypto_generichash_state));
    return reinterpret_cast<crypto_generichash_state*>(room.data());
}

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Hasher::Hasher(std::string_view key) : keySize_(key.size())
{
    requireSodium();
    if (keySize_ > key_.size()) throw std::length_error("a key is longer than BLAKE2b takes");
    std::copy_n(key.data(), keySize_, key_.data());
}

void Hasher::flush()
{
    auto* const blake = stateIn(blake_);
    if (!begun_) crypto_generichash_init(blake, key_.data(), keySize_, std::tuple_size_v<Hash>);
    begun_ = true;
    crypto_generichash_update(blake, waiting_.data(), filled_);
    filled_ = 0;
}

void Hasher::addBytes(const unsigned char* bytes, std::size_t count)
{
    if (count > waiting_.size() - filled_) flush();
    if (count > waiting_.size()) {
        crypto_generichash_update(stateIn(blake_), bytes, count);
        return;
    }
    std::copy_n(bytes, count, waiting_.begin() + static_cast<std::ptrdiff_t>(filled_));
    filled_ += count;
}

Hasher& Hasher::add(std::string_view field)
{
    add(static_cast<std::int64_t>(field.size()));
    addBytes(bytes(field), field.size());
    return *this;
}

Hasher& Hasher::add(std::int64_t field)
{
    std::array<unsigned char, 8> little{};
    auto value = static_cast<std::uint64_t>(field);
    for (auto& byte : little) {
        byte = static_cast<unsigned char>(value & 0xffU);
        value >>= 8U;
    }
    addBytes(little.data(), little.size());
    return *this;
}

Hash Hasher::finish()
{
    Hash hash{};
    if (begun_) {
        flush();
        crypto_generichash_final(stateIn(blake_), hash.data(), hash.size());
    } else {
        crypto_generichash(hash.data(), hash.size(), waiting_.data(), filled_, key_.data(),
                           keySize_);
    }
    return hash;
}

std::uint64_t shortHash(const Hash& hash)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | hash[i];
    return number;
}

std::string hexText(const Hash& hash)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const auto byte : hash) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string randomBytes(std::size_t count)
{
    requireSodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

}  // namespace kith
