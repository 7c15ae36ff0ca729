#include "core/import/gmlwalk.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/latin.h"
#include "core/import/lines.h"
#include "core/import/markup.h"
#include "core/import/once.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int deepest = 64;
constexpr std::size_t longestText = 1U << 20U;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\0';
}

struct Token {
    enum class Kind { End, Word, Text, Open, Close };
    Kind kind = Kind::End;
    std::string text;
    std::uint64_t line = 0;
};

class GmlLexer {
public:
    GmlLexer(ByteSource& source, const std::string& name) : lines_(source, name), name_(name) {}

    Token next()
    {
        for (;;) {
            while (at_ < line_.size() && isBlank(line_[at_])) ++at_;
            if (at_ < line_.size() && !(at_ == start_ && line_[at_] == '#')) break;
            if (!fetch()) return {Token::Kind::End, {}, lines_.line()};
        }
        const auto number = lines_.line();
        const char c = line_[at_];
        if (c == '[' || c == ']') {
            ++at_;
            return {c == '[' ? Token::Kind::Open : Token::Kind::Close, {}, number};
        }
        if (c == '"') return text(number);
        const auto from = at_;
        while (at_ < line_.size() && !isBlank(line_[at_]) && line_[at_] != '[' && line_[at_] != ']')
            ++at_;
        return {Token::Kind::Word,
                utf8OrLatin(std::string_view(line_).substr(from, at_ - from), latin_), number};
    }

    bool latin() const { return latin_; }
    std::uint64_t consumed() const { return lines_.consumed(); }

private:
    bool fetch()
    {
        const auto line = lines_.next();
        if (!line) return false;
        line_.assign(*line);
        at_ = 0;
        counted_ = 0;
        quotes_ = static_cast<std::size_t>(std::ranges::count(line_, '"'));
        start_ = std::min(line_.find_first_not_of(" \t"), line_.size());
        return true;
    }

    /// Some writers leave quotes inside a label as they are. The closing one is followed by a gap
    /// and leaves an even number of quotes on the rest of the line.
    bool closes(std::size_t quote)
    {
        for (; counted_ <= quote; ++counted_) {
            if (line_[counted_] == '"') --quotes_;
        }
        const auto rest = std::string_view(line_).substr(quote + 1);
        const bool gap = rest.empty() || isBlank(rest.front()) || rest.front() == ']';
        return gap && quotes_ % 2 == 0;
    }

    Token text(std::uint64_t number)
    {
        std::string raw;
        ++at_;
        for (;;) {
            if (at_ == line_.size()) {
                if (!fetch()) return {Token::Kind::End, {}, number};
                raw += '\n';
            } else if (line_[at_] == '"' && closes(at_)) {
                ++at_;
                return {Token::Kind::Text, decodeEntities(utf8OrLatin(raw, latin_)), number};
            } else {
                raw += line_[at_++];
            }
            if (raw.size() > longestText) {
                throw Error(Error::Kind::LimitReached, "a text is longer than 1 MB",
                            {name_, {}, number, {}}, "Look for a quote that is not closed.");
            }
        }
    }

    LineReader lines_;
    std::string name_;
    std::string line_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;    ///< first character of the line that is not blank
    std::size_t counted_ = 0;  ///< how far the line's quotes have been counted
    std::size_t quotes_ = 0;   ///< of them, behind that
    bool latin_ = false;
};

/// Thrown and caught in this file: the file ends inside a list.
struct CutOff {};

class GmlWalk {
public:
    GmlWalk(const OneFile& file, const GmlVisitor& visitor, Task& task)
        : file_(file),
          visitor_(visitor),
          task_(task),
          source_(file.open()),
          lexer_(*source_, file.name())
    {}

    GmlEnd run()
    {
        GmlEnd end;
        try {
            for (auto key = lexer_.next(); key.kind != Token::Kind::End; key = lexer_.next()) {
                expectKey(key);
                const auto value = take();
                if (value.kind != Token::Kind::Open) continue;
                asciiEqual(key.text, "graph") ? graph() : skip(1);
            }
        } catch (const CutOff&) {
            end.cut = true;
        }
        end.line = line_;
        end.latin = lexer_.latin();
        end.directed = std::move(directed_);
        return end;
    }

private:
    Token take()
    {
        auto token = lexer_.next();
        line_ = token.line;
        if (token.kind == Token::Kind::End) throw CutOff{};
        task_.advance(lexer_.consumed() - reported_);
        reported_ = lexer_.consumed();
        return token;
    }

    void expectKey(const Token& token) const
    {
        if (token.kind == Token::Kind::Word) return;
        throw Error(Error::Kind::BadInput, "a value stands where a key must be",
                    file_.line(token.line), "Look for a missing key or bracket just before it.");
    }

    /// Past the end of a list whose bracket has been taken.
    void skip(int depth)
    {
        while (depth > 0) {
            const auto token = take();
            if (token.kind == Token::Kind::Open) ++depth;
            if (token.kind == Token::Kind::Close) --depth;
            if (depth > deepest) {
                throw Error(Error::Kind::LimitReached, "more than 64 lists stand inside each other",
                            file_.line(token.line),
                            "Save the graph again with the program that it comes from.");
            }
        }
    }

    void graph()
    {
        directed_.push_back(false);
        for (auto key = take(); key.kind != Token::Kind::Close; key = take()) {
            expectKey(key);
            auto value = take();
            if (value.kind == Token::Kind::Close) expectKey(value);
            const bool list = value.kind == Token::Kind::Open;
            if (list && asciiEqual(key.text, "node")) {
                node(key.line);
            } else if (list && asciiEqual(key.text, "edge")) {
                edge(key.line);
            } else if (list) {
                skip(1);
            } else if (asciiEqual(key.text, "directed")) {
                directed_.back() = parseReal(value.text).value_or(0) != 0;
            }
        }
    }

    /// Calls use(key, value) for each scalar of a list, up to its end.
    template <class Use>
    void list(Use use)
    {
        for (auto key = take(); key.kind != Token::Kind::Close; key = take()) {
            expectKey(key);
            const auto value = take();
            if (value.kind == Token::Kind::Close) expectKey(value);
            if (value.kind == Token::Kind::Open) {
                skip(1);
            } else {
                use(key.text, value);
            }
        }
    }

    void node(std::uint64_t line)
    {
        GraphNode node;
        node.line = line;
        Once met;
        list([&](const std::string& key, const Token& value) {
            if (asciiEqual(key, "id")) {
                node.id = value.text;
            } else if (asciiEqual(key, "label") ||
                       (asciiEqual(key, "name") && node.label.empty())) {
                node.label = trim(value.text);
            } else if (met.first(key)) {
                const bool numeric =
                    value.kind == Token::Kind::Word && parseReal(value.text).has_value();
                node.attributes.push_back({key, std::string(trim(value.text)), numeric});
            }
        });
        visitor_.node(std::move(node));
    }

    void edge(std::uint64_t line)
    {
        GraphEdge edge;
        edge.line = line;
        list([&](const std::string& key, const Token& value) {
            if (asciiEqual(key, "source")) {
                edge.from = value.text;
            } else if (asciiEqual(key, "target")) {
                edge.to = value.text;
            } else if (isWeightName(key) && (edge.weight.empty() || asciiEqual(key, "weight"))) {
                edge.weight = value.text;
            } else if (isTimeName(key)) {
                edge.time = parseTieTime(value.text);
            }
        });
        visitor_.edge(std::move(edge), directed_.size() - 1);
    }

    const OneFile& file_;
    const GmlVisitor& visitor_;
    Task& task_;
    std::unique_ptr<ByteSource> source_;
    GmlLexer lexer_;
    std::vector<bool> directed_;
    std::uint64_t line_ = 0;
    std::uint64_t reported_ = 0;
};

}  // namespace

GmlEnd walkGml(const OneFile& file, const GmlVisitor& visitor, Task& task)
{
    return GmlWalk(file, visitor, task).run();
}

bool looksLikeGml(std::string_view head)
{
    constexpr int mostKeys = 20;
    const auto source = sourceOver(std::string(head));
    GmlLexer lexer(*source, {});
    try {
        for (int keys = 0; keys < mostKeys; ++keys) {
            const auto key = lexer.next();
            if (key.kind != Token::Kind::Word) return false;
            const auto value = lexer.next();
            if (asciiEqual(key.text, "graph")) return value.kind == Token::Kind::Open;
            if (value.kind != Token::Kind::Word && value.kind != Token::Kind::Text) return false;
        }
    } catch (const Error&) {
        return false;  // a line or text of absurd length: not GML
    }
    return false;
}

}  // namespace kith
