#include "core/text/tokens.h"

#include <array>
#include <libstemmer.h>
#include <memory>
#include <stdexcept>
#include <unordered_set>
#include <utility>

namespace kith {

extern const std::vector<std::pair<std::string_view, std::string_view>> stopWordLists;

namespace {

std::unordered_set<std::string_view> readStopWords()
{
    std::unordered_set<std::string_view> words;
    for (const auto& [file, text] : stopWordLists) {
        std::size_t at = text.find('\n') + 1;  // behind the comment
        while (at < text.size()) {
            const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
            if (end > at) words.insert(text.substr(at, end - at));
            at = end + 1;
        }
    }
    return words;
}

// British "-our" words; with the table, "hour" and "tour" stay as they are.
constexpr std::array<std::string_view, 29> ourRoots{
    "arbour",    "ardour", "armour",  "behaviour", "candour", "clamour", "colour",  "demeanour",
    "endeavour", "favour", "fervour", "flavour",   "glamour", "honour",  "humour",  "labour",
    "neighbour", "odour",  "parlour", "rancour",   "rigour",  "rumour",  "saviour", "savour",
    "splendour", "tumour", "valour",  "vapour",    "vigour"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> otherSpellings{
    {{"centre", "center"},
     {"theatre", "theater"},
     {"litre", "liter"},
     {"defence", "defense"},
     {"offence", "offense"},
     {"licence", "license"},
     {"programme", "program"},
     {"cheque", "check"}}};

constexpr std::array<std::string_view, 8> iseEndings{"ise",  "ised",  "iser",    "isers",
                                                     "ises", "ising", "isation", "isations"};
constexpr std::array<std::string_view, 5> yseEndings{"yse", "ysed", "yser", "yses", "ysing"};

/// Puts 'z' for the 's' of such an ending, behind three letters at least ("prise" is not "prize").
template <class Endings>
bool sToZ(std::string& word, const Endings& endings)
{
    for (const auto ending : endings) {
        if (word.size() < ending.size() + 3 || !word.ends_with(ending)) continue;
        word[word.size() - ending.size() + 1] = 'z';
        return true;
    }
    return false;
}

/// British spelling made American. All forms of a word change alike ("promise" -> "promize"), so
/// for grouping it does no harm where American keeps the 's'.
std::string americanised(std::string_view token)
{
    std::string word(token);
    for (const auto root : ourRoots) {
        const auto at = word.find(root);
        if (at == std::string::npos) continue;
        word.erase(at + root.size() - 2, 1);
        break;
    }
    for (const auto& [british, american] : otherSpellings) {
        if (word.starts_with(british)) word.replace(0, british.size(), american);
    }
    if (!sToZ(word, iseEndings)) sToZ(word, yseEndings);
    return word;
}

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

/// Snowball keeps the word it works on in the stemmer, hence one a thread.
sb_stemmer& stemmer()
{
    thread_local const std::unique_ptr<sb_stemmer, StemmerDeleter> mine(
        sb_stemmer_new("english", "UTF_8"));
    if (!mine) throw std::runtime_error("Snowball has no English stemmer");
    return *mine;
}

}  // namespace

bool isStopWord(std::string_view token)
{
    static const auto words = readStopWords();
    return words.contains(token);
}

std::string stem(std::string_view token)
{
    if (token.empty() || token.front() == '#' || token.front() == '@') return std::string(token);
    const std::string word = americanised(token);
    std::string bytes = word;
    // Snowball's symbols are unsigned bytes; copying keeps the types honest.
    std::vector<sb_symbol> symbols(bytes.begin(), bytes.end());
    sb_stemmer& snowball = stemmer();
    const sb_symbol* out =
        sb_stemmer_stem(&snowball, symbols.data(), static_cast<int>(symbols.size()));
    if (out == nullptr) throw std::bad_alloc();
    return {out, out + sb_stemmer_length(&snowball)};
}

}  // namespace kith
