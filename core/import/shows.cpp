#include "core/import/shows.h"

#include "core/base/text.h"
#include "core/import/catalogue.h"

namespace kith {

namespace {

/// "a, b and c"
std::string listed(const std::vector<std::string>& parts, const std::string& last)
{
    if (parts.size() < 2) return join(parts, "");
    const std::vector<std::string> all(parts.begin(), parts.end() - 1);
    return join(all, ", ") + last + parts.back();
}

}  // namespace

std::vector<std::string> showsInWords(const Shows& shows, bool flat, bool documented)
{
    struct Part {
        bool there;
        const char* yes;
        const char* no;
    };
    const Part parts[] = {{shows.text, "what was said", "what was said"},
                          {shows.replies, "who answers whom", "who answers whom"},
                          {shows.mentions, "who names whom", "who names whom"},
                          {shows.reposts, "who passes whose words on", "who passes on what"},
                          {shows.reactions, "who reacted to whom", "who reacted"},
                          {shows.votes, "who voted how on each statement", ""}};
    if (!shows.text && !shows.replies && !shows.mentions && !shows.votes && !shows.reactions) {
        return {"It shows who is tied to whom, as the file says, and nothing of what was said."};
    }
    std::vector<std::string> shown;
    std::vector<std::string> missing;
    for (const Part& part : parts) {
        if (part.there) shown.emplace_back(part.yes);
        if (!part.there && *part.no != '\0') missing.emplace_back(part.no);
    }
    std::vector<std::string> sentences;
    if (!shown.empty()) sentences.push_back("It shows " + listed(shown, " and ") + ".");
    if (!missing.empty()) sentences.push_back("It does not show " + listed(missing, " or ") + ".");
    if (flat) {
        sentences.emplace_back(
            "The chat does not keep which message answers which. Kith works out likely answers "
            "from the order, the names and the words; these ties are estimates.");
    }
    if (shows.onePersonsView) {
        sentences.emplace_back(
            "It is one person's view: it shows who that person deals with, not how the others deal "
            "with each other.");
    }
    if (documented) {
        sentences.emplace_back(
            "Kith reads this format from its documentation; it has not been tried on a real file. "
            "Look closely at the preview.");
    }
    return sentences;
}

std::vector<std::string> showsInWords(std::string_view format, bool flat)
{
    const Reader* reader = readerNamed(format);
    if (reader == nullptr) return {};
    const FormatInfo& info = reader->info();
    if (format == "table") {
        return {
            "It shows what was said and by whom; who answers or names whom only where it has "
            "columns for that."};
    }
    return showsInWords(info.shows, flat, info.documented);
}

}  // namespace kith
