#include "core/base/hash.h"

#include <algorithm>
#include <sodium.h>
#include <stdexcept>

namespace kith {

struct Hasher::State {
    crypto_generichash_state blake;
    std::array<unsigned char, 256> waiting;  ///< many small fields are hashed in one go
    std::size_t filled = 0;

    void flush()
    {
        crypto_generichash_update(&blake, waiting.data(), filled);
        filled = 0;
    }
    void add(const unsigned char* bytes, std::size_t count)
    {
        if (count > waiting.size() - filled) flush();
        if (count > waiting.size()) {
            crypto_generichash_update(&blake, bytes, count);
            return;
        }
        std::copy_n(bytes, count, waiting.begin() + static_cast<std::ptrdiff_t>(filled));
        filled += count;
    }
};

namespace {

void requireSodium()
{
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium could not be initialised");
}

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Hasher::Hasher(std::string_view key) : state_(std::make_unique<State>())
{
    requireSodium();
    crypto_generichash_init(&state_->blake, key.empty() ? nullptr : bytes(key), key.size(),
                            std::tuple_size_v<Hash>);
}

Hasher::~Hasher() = default;

Hasher& Hasher::add(std::string_view field)
{
    add(static_cast<std::int64_t>(field.size()));
    state_->add(bytes(field), field.size());
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
    state_->add(little.data(), little.size());
    return *this;
}

Hash Hasher::finish()
{
    state_->flush();
    Hash hash{};
    crypto_generichash_final(&state_->blake, hash.data(), hash.size());
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
