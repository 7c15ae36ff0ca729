#include "core/base/lookalike.h"

#include "core/base/text.h"

#include <memory>
#include <stdexcept>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

namespace kith {

namespace {

void require(UErrorCode status)
{
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

const USpoofChecker* checker()
{
    struct Close {
        void operator()(USpoofChecker* open) const noexcept { uspoof_close(open); }
    };
    static const auto shared = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, Close> fresh(uspoof_open(&status));
        require(status);
        return fresh;
    }();
    return shared.get();
}

icu::UnicodeString wide(std::string_view text)
{
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

}  // namespace

std::string shapeOf(std::string_view name)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString shape;
    uspoof_getSkeletonUnicodeString(checker(), 0, wide(foldForMatching(name)), shape, &status);
    require(status);
    std::string out;
    return shape.toUTF8String(out);
}

bool looksAlikeInOtherLetters(std::string_view a, std::string_view b)
{
    const std::string first = foldForMatching(a);
    const std::string second = foldForMatching(b);
    if (first == second) return false;
    UErrorCode status = U_ZERO_ERROR;
    const int kinds =
        uspoof_areConfusableUnicodeString(checker(), wide(first), wide(second), &status);
    require(status);
    return (kinds & (USPOOF_MIXED_SCRIPT_CONFUSABLE | USPOOF_WHOLE_SCRIPT_CONFUSABLE)) != 0;
}

}  // namespace kith
