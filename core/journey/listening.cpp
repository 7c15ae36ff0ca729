#include "core/journey/listening.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/csv.h"
#include "core/import/filesource.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kith {

namespace {

using ByMessage = std::map<MessageId, std::map<std::string, const Coding*>>;

ByMessage grouped(const std::vector<Coding>& codings)
{
    ByMessage found;
    for (const auto& coding : codings) found[coding.message][coding.coder] = &coding;
    return found;
}

std::vector<CodedUnit> unitsOf(const ByMessage& messages, Question question)
{
    std::vector<CodedUnit> units;
    for (const auto& [message, coders] : messages) {
        if (coders.size() < 2) continue;
        auto& unit = units.emplace_back();
        for (const auto& [coder, coding] : coders) unit.push_back(coding->has(question) ? 1 : 0);
    }
    return units;
}

/// Of two coders without gaps.
std::optional<Kappa> kappaOf(const std::vector<CodedUnit>& units)
{
    std::array<std::uint64_t, 4> count{};
    for (const auto& unit : units) {
        ++count.at(static_cast<std::size_t>(2 * (1 - unit[0]) + (1 - unit[1])));
    }
    try {
        return cohenKappa(count[0], count[1], count[2], count[3]);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData) throw;
        return std::nullopt;
    }
}

double rawAgreement(const std::vector<CodedUnit>& units)
{
    double same = 0;
    double pairs = 0;
    for (const auto& unit : units) {
        for (std::size_t i = 0; i < unit.size(); ++i) {
            for (std::size_t j = i + 1; j < unit.size(); ++j) {
                pairs += 1;
                same += unit[i] == unit[j] ? 1 : 0;
            }
        }
    }
    return pairs > 0 ? same / pairs : 0;
}

QuestionAgreement compare(const std::vector<CodedUnit>& units, Question question, bool noGaps,
                          const CodingAgreement& all, unsigned threads, Task& task)
{
    QuestionAgreement found;
    found.question = question;
    found.units = units.size();
    found.agreement = rawAgreement(units);
    for (const auto& unit : units) {
        found.present += std::ranges::find(unit, 1.0) != unit.end() ? 1U : 0U;
    }
    try {
        found.alpha = alphaRange(units, CodeScale::Nominal, all.draws, all.seed, threads, task);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::TooLittleData) throw;
        found.refused = error.cause();
    }
    if (noGaps && all.coders.size() == 2) found.kappa = kappaOf(units);
    return found;
}

[[noreturn]] void fail(const std::string& file, std::uint64_t line, const std::string& what,
                       const std::string& remedy)
{
    Place place;
    place.file = file;
    place.line = line;
    throw Error(Error::Kind::BadInput, what, place, remedy);
}

/// Where the columns of a table of codes stand.
struct Columns {
    std::optional<std::size_t> message;
    std::optional<std::size_t> coder;
    std::optional<std::size_t> codes;
    std::optional<std::size_t> about;

    explicit Columns(const CsvRow& header)
    {
        for (std::size_t c = 0; c < header.fields.size(); ++c) {
            const auto title = asciiLower(trim(header.fields[c]));
            if (title == "message") message = c;
            if (title == "coder") coder = c;
            if (title == "codes" || title == "code" || title == "question") codes = c;
            if (title == "about") about = c;
        }
    }
};

Coding codingIn(const CsvRow& row, const Columns& columns, const std::string& file)
{
    const auto cell = [&](const std::optional<std::size_t>& column) {
        return column && *column < row.fields.size() ? std::string(trim(row.fields[*column]))
                                                     : std::string();
    };
    Coding coding;
    const auto id = parseInteger(cell(columns.message));
    if (!id) {
        fail(file, row.line,
             "\"" + shorten(cell(columns.message), 40) + "\" is no number of a message",
             "Name messages by their number.");
    }
    coding.message = MessageId{*id};
    coding.coder = cell(columns.coder);
    if (coding.coder.empty()) fail(file, row.line, "this row names no coder", "");
    const std::string about = cell(columns.about);
    const std::string codes =
        replaceAll(replaceAll(replaceAll(cell(columns.codes), ",", " "), ";", " "), "+", " ");
    for (const auto word : split(codes, ' ')) {
        if (trim(word).empty()) continue;
        try {
            const auto question = questionCalled(std::string(word));
            if (question) coding.marks.push_back({*question, about});
        } catch (const Error& error) {
            fail(file, row.line, error.cause(), error.remedy());
        }
    }
    return coding;
}

}  // namespace

bool CodingAgreement::few() const
{
    constexpr std::size_t enough = 100;
    return units < enough;
}

CodingAgreement codingAgreement(const std::vector<Coding>& codings, std::uint64_t seed,
                                unsigned threads, Task& task)
{
    CodingAgreement found;
    found.seed = seed;
    const auto messages = grouped(codings);
    std::set<std::string> coders;
    for (const auto& coding : codings) coders.insert(coding.coder);
    found.coders.assign(coders.begin(), coders.end());
    found.messages = messages.size();
    for (const auto& [message, by] : messages) found.units += by.size() > 1 ? 1U : 0U;
    for (const Question question : allQuestions) {
        found.questions.push_back(compare(unitsOf(messages, question), question,
                                          found.units == found.messages, found, threads, task));
    }
    return found;
}

std::string_view reading(double alpha)
{
    constexpr double firm = 0.8;
    constexpr double tentative = 0.667;
    return alpha >= firm ? "firm" : alpha >= tentative ? "tentative" : "not reliable";
}

std::vector<EvidenceSentence> agreementSentences(const CodingAgreement& found)
{
    std::vector<EvidenceSentence> sentences;
    for (const auto& one : found.questions) {
        if (one.present == 0) continue;
        EvidenceSentence sentence;
        const std::string what = "“" + std::string(title(one.question)) + "”";
        sentence.figures =
            fmt::format("{} messages coded by two or more, {} with the code; raw agreement {}",
                        one.units, one.present, percent(one.agreement));
        if (!one.alpha) {
            sentence.finding = fmt::format("{}: agreement cannot be measured.", what);
            sentence.certainty = "The reason: " + one.refused + ".";
            sentences.push_back(std::move(sentence));
            continue;
        }
        const double alpha = one.alpha->alpha;
        const auto read = reading(alpha);
        sentence.finding = read == "firm" ? fmt::format("{}: the coders agree.", what)
                           : read == "tentative"
                               ? fmt::format("{}: the coders agree fairly well.", what)
                               : fmt::format(
                                     "{}: the coders do not agree enough; talk about "
                                     "what the code means.",
                                     what);
        sentence.certainty = found.few()
                                 ? fmt::format(
                                       "Only {} messages were coded by two people; at least a "
                                       "hundred, drawn at random, are needed to be sure.",
                                       found.units)
                                 : fmt::format(
                                       "Other messages would give an alpha between {:.2f} and "
                                       "{:.2f}.",
                                       one.alpha->low, one.alpha->high);
        sentence.figures += fmt::format("; alpha {:.3f} ({:.3f} to {:.3f})", alpha, one.alpha->low,
                                        one.alpha->high);
        if (one.kappa) {
            sentence.figures += fmt::format("; kappa {:.3f} ({:.3f} to {:.3f})", one.kappa->kappa,
                                            one.kappa->low, one.kappa->high);
        }
        sentence.method = fmt::format(
            "Krippendorff's alpha (2011), nominal, code present or absent; messages drawn anew {} "
            "times (seed {}). 0.80 and up is firm, from 0.667 tentative. A rare code has a low "
            "alpha even where coders nearly always agree.",
            found.draws, found.seed);
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::optional<Question> questionCalled(const std::string& text)
{
    if (asciiEqual(text, "none")) return std::nullopt;
    if (const auto question = questionNamed(text)) return question;
    throw Error(Error::Kind::Usage, "there is no question called " + shorten(text, 40), {},
                "The questions are: wrong, right, would, want, doing, matters; or none.");
}

std::vector<Coding> readCodings(const std::filesystem::path& file)
{
    const auto name = fileNameOf(file);
    FileSource source(file, {name, {}, {}, {}});
    CsvReader reader(source, name);
    const CsvRow* row = reader.next();
    constexpr const char* remedy = "Write a table with the columns message, coder and codes.";
    if (row == nullptr) fail(name, 1, "the table of codes is empty", remedy);
    const Columns columns(*row);
    if (!columns.message || !columns.coder || !columns.codes) {
        fail(name, row->line, "a table of codes needs the columns message, coder and codes",
             remedy);
    }
    std::vector<Coding> codings;
    while ((row = reader.next()) != nullptr) codings.push_back(codingIn(*row, columns, name));
    return codings;
}

}  // namespace kith
