#pragma once

#include "core/base/random.h"

#include <cmath>
#include <cstdint>
#include <string>

namespace kith::bench {

/// What invented people say, for files of every shape.
class Writer {
public:
    explicit Writer(std::uint64_t seed) : random_(seed) {}

    /// Words with a long tail, as people use them.
    std::string text()
    {
        std::string text;
        const auto count = 8 + random_.below(50);
        for (std::uint64_t i = 0; i < count; ++i) {
            if (i > 0) text += ' ';
            text += word();
        }
        return text;
    }

    std::string author()
    {
        const auto spread = random_.real();
        return "resident_" +
               std::to_string(static_cast<std::uint64_t>(spread * spread * spread * 60'000));
    }

    Random& random() { return random_; }

private:
    std::string word()
    {
        // Few words are most of a text; the rest are rare, up to some forty thousand.
        const double spread = random_.real();
        auto number = static_cast<std::uint64_t>(std::exp(spread * spread * 10.7));
        std::string word;
        do {
            word += "etaoinshrdlucmfwypvbgk"[number % 22];
            word += "aeiou"[number % 5];
            number /= 22;
        } while (number > 0);
        return word;
    }

    Random random_;
};

}  // namespace kith::bench
