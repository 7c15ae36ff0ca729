#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/graphitems.h"
#include "core/import/graphlines.h"
#include "core/import/readers.h"

#include <algorithm>
#include <unordered_map>

namespace kith {
namespace {

/// "dl" as the first word of a line that may go on with "n=5".
bool startsAsDl(std::string_view head)
{
    head = trim(head);
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    if (head.size() < 4 || !asciiEqual(head.substr(0, 2), "dl")) return false;
    if (head[2] != ' ' && head[2] != '\t' && head[2] != '\n' && head[2] != '\r') return false;
    const auto start = asciiLower(head.substr(0, 400));
    const auto n = start.find_first_of("n", 2);
    if (n == std::string::npos) return false;
    auto rest = trim(std::string_view(start).substr(n + 1));
    if (!rest.empty() && (rest.front() == 'r' || rest.front() == 'c' || rest.front() == 'm'))
        rest = trim(rest.substr(1));
    return rest.starts_with('=') && start.find("data") != std::string::npos;
}

/// One file in UCINET's DL language being read (Borgatti, Everett, Freeman: UCINET, data language).
class UcinetImport {
public:
    UcinetImport(const OneFile& file, const ReadOptions& options, Sink& sink, Task& task)
        : file_(file), sink_(sink), task_(task), records_(file, sink, nullptr)
    {
        encoding_ = lineEncoding(file, options.encoding, task);
    }

    ReadReport run()
    {
        task_.begin("Reading " + file_.name(), file_.size());
        GraphLines lines(file_, task_, encoding_);
        const std::string* line = nullptr;
        while (!data_ && (line = lines.next()) != nullptr) {
            at_ = lines.line();
            header(*line);
        }
        if (!data_) {
            throw Error(Error::Kind::BadInput, "there is no \"data:\" in the file", file_.place(),
                        "Check that it is a UCINET DL file and all there.");
        }
        check();
        while ((line = lines.next()) != nullptr) {
            at_ = lines.line();
            row(*line);
        }
        for (const auto& label : rows_) records_.meet(label);
        for (const auto& label : columns_) records_.meet(label);
        note();
        records_.finish();
        return {records_.seen(), "graph", {}, false};
    }

private:
    enum class Part { Keys, Labels, RowLabels, ColumnLabels, OtherLabels };

    /// "n=5 format = edgelist1", "labels:", names, "labels embedded:", "data:".
    void header(std::string line)
    {
        auto lower = asciiLower(trim(line));
        const auto is = [&](std::string_view start) { return lower.starts_with(start); };
        if (is("data")) {
            data_ = true;
            return;
        }
        if (lower.find("labels embedded") != std::string::npos ||
            lower.find("label embedded") != std::string::npos) {
            embedded_ = true;
            part_ = Part::Keys;
            return;
        }
        for (const auto& [start, part] : {std::pair{"row labels", Part::RowLabels},
                                          {"column labels", Part::ColumnLabels},
                                          {"col labels", Part::ColumnLabels},
                                          {"matrix labels", Part::OtherLabels},
                                          {"level labels", Part::OtherLabels},
                                          {"labels", Part::Labels}}) {
            if (!is(start)) continue;
            part_ = part;
            const auto colon = line.find(':');
            if (colon != std::string::npos) labels(line.substr(colon + 1));
            return;
        }
        if (part_ == Part::Keys) return keys(line);
        labels(line);
    }

    void keys(const std::string& line)
    {
        const auto words = graphWords(line, "=,:");
        for (std::size_t at = 0; at < words.size(); ++at) {
            const auto key = asciiLower(words[at].text);
            if (key == "dl") continue;
            if (key == "data") {
                data_ = true;
                return;
            }
            if (at + 1 == words.size()) return;
            const auto number = parseInteger(words[at + 1].text);
            if (key == "n") n_ = number;
            if (key == "nr") nr_ = number;
            if (key == "nc") nc_ = number;
            if (key == "nm" && number && *number > 1) matrices_ = *number;
            if (key == "format") format_ = asciiLower(words[at + 1].text);
            ++at;
        }
    }

    void labels(const std::string& line)
    {
        for (auto& word : graphWords(line, ",")) {
            auto& into = part_ == Part::ColumnLabels ? columns_ : rows_;
            if (part_ != Part::OtherLabels) into.push_back(graphName(word.text));
            if (into.size() > GraphSurvey::mostNodes) tooMany();
        }
    }

    [[noreturn]] void tooMany() const
    {
        throw Error(Error::Kind::LimitReached, "the graph has more than 1,000,000 nodes",
                    file_.line(at_), "Cut it into smaller graphs first.");
    }

    void check()
    {
        twoMode_ = nr_.has_value() || nc_.has_value();
        const auto rows = twoMode_ ? nr_.value_or(n_.value_or(0)) : n_.value_or(0);
        const auto columns = twoMode_ ? nc_.value_or(n_.value_or(0)) : rows;
        if (rows <= 0 || columns <= 0) {
            throw Error(Error::Kind::BadInput, "the file does not say how many people there are",
                        file_.place(), "Its first line must be like \"dl n=5\".");
        }
        requirePlausible(static_cast<std::uint64_t>(rows), file_, at_);
        requirePlausible(static_cast<std::uint64_t>(columns), file_, at_);
        for (const char* known :
             {"fullmatrix", "edgelist1", "nodelist1", "edgelist2", "nodelist2"}) {
            if (format_ == known) {
                twoMode_ = twoMode_ || format_.back() == '2';
                width_ = static_cast<std::size_t>(columns);
                height_ = static_cast<std::size_t>(rows);
                return complete();
            }
        }
        throw Error(Error::Kind::BadInput,
                    "the layout \"" + shorten(format_, 60) + "\" is not one that Kith reads",
                    file_.place(), "Export it again as fullmatrix, edgelist1 or nodelist1.");
    }

    /// Numbers stand for people without a label; a two-mode file's columns have their own.
    void complete()
    {
        if (embedded_) {
            rows_.clear();  // the data names them, in whichever case
            columns_.clear();
            return;
        }
        rows_.resize(height_);
        for (std::size_t at = 0; at < height_; ++at)
            if (rows_[at].empty()) rows_[at] = std::to_string(at + 1);
        if (!twoMode_) {
            columns_ = rows_;
            return;
        }
        columns_.resize(width_);
        for (std::size_t at = 0; at < width_; ++at)
            if (columns_[at].empty()) columns_[at] = "column " + std::to_string(at + 1);
    }

    void row(const std::string& line)
    {
        auto words = graphWords(line, ",");
        if (words.empty()) return;
        if (format_ == "fullmatrix") return matrix(words);
        const bool pairs = format_.starts_with("edgelist");
        if (words.size() < 2) {
            return records_.problem(Outcome::Refused, at_, "the tie has only one end");
        }
        const auto from = person(words[0], false);
        if (from.empty()) return;
        for (std::size_t at = 1; at < words.size(); ++at) {
            const auto to = person(words[at], true);
            if (to.empty()) return;
            send(from, to, pairs && words.size() > 2 ? words[2].text : std::string());
            if (pairs) return;
        }
    }

    void send(std::string from, std::string to, std::string weight)
    {
        records_.edge({std::move(from), std::move(to), std::move(weight), true, {}, at_});
    }

    /// UCINET takes "Larry" and "larry" for the same person; the first spelling stays.
    std::string named(const std::string& label)
    {
        const auto name = graphName(label);
        const auto folded = foldForMatching(name);  // nothing, where nothing of it shows
        return spellings_.try_emplace(folded.empty() ? name : folded, name).first->second;
    }

    /// Nobody, and it is said, where there is no such person.
    std::string person(const GraphWord& word, bool column)
    {
        if (embedded_) {
            if (word.text.empty())
                records_.problem(Outcome::Refused, at_, "the tie has an end without a name");
            return named(word.text);
        }
        const auto& all = column ? columns_ : rows_;
        const auto number = parseInteger(word.text);
        if (number && *number >= 1 && static_cast<std::uint64_t>(*number) <= all.size())
            return all[static_cast<std::size_t>(*number - 1)];
        records_.problem(Outcome::Refused, at_,
                         "there is nobody of the number " + shorten(word.text, 80) +
                             "; they go from 1 to " + std::to_string(all.size()));
        return {};
    }

    /// A row may take several lines; with embedded labels the first line names the columns.
    void matrix(std::vector<GraphWord>& words)
    {
        for (auto& word : words) {
            if (embedded_ && columns_.size() < width_) {
                columns_.push_back(named(word.text));
            } else if (embedded_ && column_ == 0 && !rowNamed_) {
                rowName_ = named(word.text);
                rowNamed_ = true;
            } else {
                cell(word.text);
            }
        }
    }

    void cell(const std::string& text)
    {
        if (row_ == height_ * static_cast<std::size_t>(matrices_)) {
            if (!overfull_) {
                records_.problem(Outcome::Refused, at_,
                                 "there are more numbers than " + std::to_string(height_) +
                                     " rows of " + std::to_string(width_));
            }
            overfull_ = true;
            return;
        }
        const auto from = embedded_ ? rowName_ : rows_[row_ % height_];
        records_.meet(from);
        if (parseWeight(text) != 0.0) send(from, columns_[column_], text);
        if (++column_ < width_) return;
        column_ = 0;
        rowNamed_ = false;
        ++row_;
    }

    void note()
    {
        const auto say = [&](std::string what) {
            sink_.problem({Outcome::Noted, file_.place(), std::move(what)});
        };
        if (encoding_ == TextEncoding::Windows1252) say("the file was read as Windows-1252");
        if (matrices_ > 1)
            say("the file holds " + std::to_string(matrices_) + " relations, read as one");
        if (format_ == "fullmatrix" && row_ < height_ * static_cast<std::size_t>(matrices_)) {
            say("the file ends after " + std::to_string(row_) + " of " +
                std::to_string(height_ * static_cast<std::size_t>(matrices_)) +
                " rows; everything before that was read");
        }
        say("the file does not say whether its ties have a direction; they were read as going from "
            "the first name to the second");
    }

    const OneFile& file_;
    Sink& sink_;
    Task& task_;
    GraphRecords records_;
    std::optional<TextEncoding> encoding_;
    Part part_ = Part::Keys;
    bool data_ = false;
    bool embedded_ = false;
    bool twoMode_ = false;
    std::optional<std::int64_t> n_;
    std::optional<std::int64_t> nr_;
    std::optional<std::int64_t> nc_;
    std::int64_t matrices_ = 1;
    std::string format_ = "fullmatrix";
    std::vector<std::string> rows_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string, std::string> spellings_;
    std::size_t width_ = 0;
    std::size_t height_ = 0;
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    std::string rowName_;
    bool rowNamed_ = false;
    bool overfull_ = false;
    std::uint64_t at_ = 0;
};

class UcinetReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"ucinet", "UCINET network (DL)", {"graph"},
                                     {".dl"},  graphShows(),          false};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (!startsAsDl(probe.head)) return {};
        return {90, "starts with UCINET's dl and the number of people"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        const OneFile file(package);
        return UcinetImport(file, options, sink, task).run();
    }
};

}  // namespace

const Reader& ucinetReader()
{
    static const UcinetReader reader;
    return reader;
}

}  // namespace kith
