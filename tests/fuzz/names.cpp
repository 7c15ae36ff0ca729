// Any bytes as a name or a text: what compares and mends them.

#include "core/import/markup.h"
#include "core/import/whatsappmentions.h"
#include "core/import/whatsappsurvey.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/stretch.h"

using namespace kith;
using namespace kith::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Stopwatch watch;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto text = repairUtf8(bytes);
    requireText("repaired, but no UTF-8", text);
    require(firstBadUtf8(bytes).has_value() || text == bytes, "sound text was changed", bytes);

    const auto folded = foldForMatching(text);
    requireText("folded, but no UTF-8", folded);
    require(foldForMatching(folded) == folded, "folding twice is not folding once", text);
    const auto composed = nfc(text);
    requireText("composed, but no UTF-8", composed);
    require(nfc(composed) == composed, "composing twice is not composing once", text);
    require(foldForMatching(composed) == folded, "one name in two normal forms is two", text);

    const auto cut = cutUtf8Tail(bytes);
    require(cut <= 3 && cut <= bytes.size(), "a tail longer than a character", bytes);
    constexpr std::string_view mark = "…";
    for (const std::size_t limit : {0U, 1U, 3U, 4U, 10U, 100U}) {
        const auto brief = shorten(text, limit);
        requireText("shortened, but no UTF-8", brief);
        require(brief.size() <= limit + mark.size(), "shortened, but too long", brief);
    }
    requireText("trimmed, but no UTF-8", trim(text));
    const auto label = senderLabel(text);
    requireText("a label that is no UTF-8", label);
    (void)phoneDigits(label);
    requireText("flattened, but no UTF-8", htmlToText(text));
    requireText("visible, but no UTF-8", withoutInvisible(text));
    watch.requireFast(size);
    return 0;
}
