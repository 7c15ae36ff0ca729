#include "core/import/graphlines.h"

#include "core/base/text.h"
#include "core/import/latin.h"

#include <utility>

namespace kith {

std::vector<GraphWord> graphWords(std::string_view line, std::string_view extra)
{
    const auto gap = [&](char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\0' ||
               extra.find(c) != std::string_view::npos;
    };
    std::vector<GraphWord> words;
    for (std::size_t at = 0; at < line.size();) {
        if (gap(line[at])) {
            ++at;
            continue;
        }
        const char quote = line[at];
        if (quote == '"' || quote == '\'') {
            auto close = line.find(quote, at + 1);
            // Some programs write \" for a quote inside quotes.
            while (close != std::string_view::npos && line[close - 1] == '\\' && close > at + 1)
                close = line.find(quote, close + 1);
            if (close != std::string_view::npos) {
                std::string text(line.substr(at + 1, close - at - 1));
                words.push_back(
                    {replaceAll(std::move(text), std::string("\\") + quote, std::string(1, quote)),
                     true});
                at = close + 1;
                continue;
            }
        }
        const auto from = at;
        while (at < line.size() && !gap(line[at])) ++at;
        words.push_back({std::string(line.substr(from, at - from)), false});
    }
    return words;
}

std::optional<TextEncoding> lineEncoding(const OneFile& file, const std::string& answer, Task& task)
{
    const auto survey = encodingSurvey(file, task);
    const auto decided = survey.decide(answer, file);
    if (survey.isDamagedUtf8() && answer.empty()) return std::nullopt;
    return decided;
}

GraphLines::GraphLines(const OneFile& file, Task& task, std::optional<TextEncoding> encoding)
    : source_(file.open()), lines_(*source_, file.name()), task_(task), encoding_(encoding)
{}

const std::string* GraphLines::next()
{
    while (const auto line = lines_.next()) {
        task_.advance(lines_.consumed() - std::exchange(reported_, lines_.consumed()));
        if (trim(*line).empty()) continue;
        line_ = encoding_ ? decoded(*line, *encoding_, repaired_) : utf8OrLatin(*line, repaired_);
        return &line_;
    }
    return nullptr;
}

}  // namespace kith
