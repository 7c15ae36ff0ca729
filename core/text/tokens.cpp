#include "core/text/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

namespace kith {
namespace {

void require(UErrorCode status)
{
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isWordCharacter(char32_t c)
{
    return c == '_' || u_isalnum(static_cast<UChar32>(c)) != 0 ||
           u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

bool hasLetterOrDigit(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        if (u_isalnum(static_cast<UChar32>(nextCodePoint(text, i))) != 0) return true;
    }
    return false;
}

bool isSpaceOrQuote(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '`';
}

/// Bytes of "https://", "http://" or "www." at the start of `text`; 0 when it is no web address.
std::size_t addressPrefix(std::string_view text)
{
    for (const std::string_view start : {"https://", "http://", "www."}) {
        if (text.size() > start.size() && asciiEqual(text.substr(0, start.size()), start)) {
            return start.size();
        }
    }
    return 0;
}

/// "user@www.example.org:80/path" without its scheme -> "example.org".
std::string_view hostOf(std::string_view address)
{
    address = address.substr(0, address.find_first_of("/?#\\"));
    if (const auto at = address.rfind('@'); at != std::string_view::npos) {
        address.remove_prefix(at + 1);
    }
    address = address.substr(0, address.find(':'));
    if (address.size() > 4 && asciiEqual(address.substr(0, 4), "www.")) address.remove_prefix(4);
    while (!address.empty() && std::string_view(".,;!)]'").find(address.back()) < 7) {
        address.remove_suffix(1);
    }
    return address;
}

/// Offset behind a hashtag or @name that begins at `at`; `at` when there is none. Names may hold
/// '.' and '-' between letters, as handles do.
std::size_t unitEnd(std::string_view text, std::size_t at)
{
    const bool name = text[at] == '@';
    std::size_t end = at;
    std::size_t i = at + 1;
    while (i < text.size()) {
        const char here = text[i];
        const std::size_t before = i;
        const char32_t c = nextCodePoint(text, i);
        if (isWordCharacter(c)) {
            end = i;
        } else if (!name || (here != '.' && here != '-') || end != before) {
            break;
        }
    }
    return end;
}

}  // namespace

struct Tokenizer::State {
    using Each = std::function<void(std::string_view)>;

    State()
    {
        UErrorCode status = U_ZERO_ERROR;
        words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        require(status);
        composer = icu::Normalizer2::getNFCInstance(status);
        require(status);
    }
    ~State() { utext_close(&text); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Case folded, composed, with straight apostrophes and without '_' and '\'' at the ends.
    std::string_view folded(std::string_view token)
    {
        if (isAscii(token)) {
            fold = asciiLower(token);
        } else {
            auto wide = icu::UnicodeString::fromUTF8(
                {token.data(), static_cast<std::int32_t>(token.size())});
            wide.foldCase();
            wide.findAndReplace(icu::UnicodeString(u'\u2019'), icu::UnicodeString(u'\''));
            UErrorCode status = U_ZERO_ERROR;
            fold.clear();
            composer->normalize(wide, status).toUTF8String(fold);
            require(status);
        }
        std::string_view out = fold;
        while (!out.empty() && (out.front() == '_' || out.front() == '\'')) out.remove_prefix(1);
        while (!out.empty() && (out.back() == '_' || out.back() == '\'')) out.remove_suffix(1);
        return out;
    }

    void give(std::string_view token, const Each& each)
    {
        if (const auto out = folded(token); hasLetterOrDigit(out)) each(out);
    }

    /// Plain text, without addresses, hashtags and @names.
    void plain(std::string_view part, const Each& each)
    {
        if (part.empty()) return;
        UErrorCode status = U_ZERO_ERROR;
        utext_openUTF8(&text, part.data(), static_cast<std::int64_t>(part.size()), &status);
        words->setText(&text, status);
        require(status);
        std::size_t begin = 0;
        for (auto next = words->next(); next != icu::BreakIterator::DONE; next = words->next()) {
            const auto end = static_cast<std::size_t>(next);
            const int kind = words->getRuleStatus();
            const auto token = part.substr(begin, end - begin);
            begin = end;
            if (kind < UBRK_WORD_NONE_LIMIT) continue;
            if (kind < UBRK_WORD_NUMBER_LIMIT) {
                each("#0");
            } else {
                give(token, each);
            }
        }
    }

    std::unique_ptr<icu::BreakIterator> words;
    const icu::Normalizer2* composer = nullptr;
    UText text = UTEXT_INITIALIZER;
    std::string fold;
};

Tokenizer::Tokenizer() : state_(std::make_unique<State>()) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

void Tokenizer::tokens(std::string_view raw, const std::function<void(std::string_view)>& each)
{
    // Marks that isolate names (U+2068, U+2069 ...) belong to no word.
    const std::string visible = isAscii(raw) ? std::string() : withoutInvisible(raw);
    const std::string_view text = isAscii(raw) ? raw : std::string_view(visible);
    std::size_t plainFrom = 0;
    bool afterWord = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t at = i;
        const char32_t c = nextCodePoint(text, i);
        const bool starts = !afterWord;
        afterWord = isWordCharacter(c);
        if (!starts) continue;
        std::size_t end = at;
        if (c == '#' || c == '@') {
            end = unitEnd(text, at);
        } else if (c == 'h' || c == 'H' || c == 'w' || c == 'W') {
            if (addressPrefix(text.substr(at)) == 0) continue;
            end = static_cast<std::size_t>(
                std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                             isSpaceOrQuote) -
                text.begin());
        }
        if (end == at) continue;
        state_->plain(text.substr(plainFrom, at - plainFrom), each);
        auto unit = text.substr(at, end - at);
        if (c == '#' || c == '@') {
            state_->give(unit, each);
        } else {
            if (const auto scheme = unit.find("://"); scheme < 6) unit.remove_prefix(scheme + 3);
            state_->give(hostOf(unit), each);
        }
        plainFrom = i = end;
        afterWord = true;
    }
    state_->plain(text.substr(plainFrom), each);
}

std::vector<std::string> Tokenizer::tokens(std::string_view text)
{
    std::vector<std::string> all;
    tokens(text, [&](std::string_view token) { all.emplace_back(token); });
    return all;
}

}  // namespace kith
