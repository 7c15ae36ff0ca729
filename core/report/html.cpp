#include "core/report/html.h"

#include "core/base/text.h"

namespace kith {

std::string escaped(std::string_view text)
{
    const auto visible = withoutInvisible(text);
    std::string out;
    out.reserve(visible.size());
    for (std::size_t at = 0; at < visible.size();) {
        const char32_t c = nextCodePoint(visible, at);
        switch (c) {
        case U'&': out += "&amp;"; break;
        case U'<': out += "&lt;"; break;
        case U'>': out += "&gt;"; break;
        case U'"': out += "&quot;"; break;
        case U'\'': out += "&#39;"; break;
        default: {
            const bool forbidden = (c < 0x20 && c != '\t' && c != '\n') ||
                                   (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff;
            appendUtf8(out, forbidden ? U'\uFFFD' : c);
        }
        }
    }
    return out;
}

void element(std::ostream& out, std::string_view tag, std::string_view text, std::string_view kind)
{
    out << '<' << tag;
    if (!kind.empty()) out << " class=\"" << kind << '"';
    out << '>' << escaped(text) << "</" << tag << ">\n";
}

}  // namespace kith
