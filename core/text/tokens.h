#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Cuts text into words as METHODS j says: Unicode word segmentation (UAX 29), NFC, case folded;
/// hashtags and @names are units, numbers become "#0" and addresses of web pages their host. Tokens
/// without a letter or digit (punctuation, emoji, "@") are dropped.
/// Not safe from several threads at once: make one per thread. Time O(bytes).
class Tokenizer {
public:
    Tokenizer();
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    /// `each` gets tokens in order, valid during the call only.
    void tokens(std::string_view text, const std::function<void(std::string_view)>& each);
    std::vector<std::string> tokens(std::string_view text);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A common word of English or one of the other stop-word lists we ship; folded as tokens are.
bool isStopWord(std::string_view token);

/// Snowball English stem with British and American spellings made one ("organise" = "organize");
/// for grouping only, never for display.
std::string stem(std::string_view token);

}  // namespace kith
