#include "core/import/dotwalk.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/dottokens.h"

namespace kith {
namespace {

constexpr std::size_t deepest = 64;
/// Ties between groups that a file may ask for: "{a b} -> {c d}" asks for four.
constexpr std::uint64_t mostProducts = 200'000;

using Kind = DotToken::Kind;
using Ends = std::vector<std::string>;

class DotParser {
public:
    DotParser(const OneFile& file, const DotVisitor& visitor, Task& task)
        : file_(file), visitor_(visitor), tokens_(file, task), token_(tokens_.next())
    {}

    DotEnd run()
    {
        try {
            while (token_.kind != Kind::End) graph();
        } catch (const Broken& broken) {
            end_.broken.emplace(broken.line, broken.what);
        }
        return std::move(end_);
    }

private:
    struct Broken {
        std::uint64_t line;
        std::string what;
    };

    void advance() { token_ = tokens_.next(); }

    bool isWord(std::string_view word) const
    {
        return token_.kind == Kind::Id && !token_.quoted && asciiEqual(token_.text, word);
    }

    bool isSign(char sign) const
    {
        return token_.kind == Kind::Sign && token_.text.front() == sign;
    }

    bool takeSign(char sign)
    {
        if (!isSign(sign)) return false;
        advance();
        return true;
    }

    [[noreturn]] void fail(const std::string& expected) const
    {
        if (token_.kind == Kind::Bad) throw Broken{token_.line, token_.text};
        if (token_.kind == Kind::End)
            throw Broken{token_.line, "the file ends where " + expected + " is expected"};
        throw Broken{token_.line, "\"" + shorten(token_.text, 40) + "\" stands where " + expected +
                                      " is expected"};
    }

    void graph()
    {
        if (isWord("strict")) advance();
        const bool directed = isWord("digraph");
        if (!directed && !isWord("graph")) fail("\"graph\" or \"digraph\"");
        if (++end_.graphs == 1) end_.directed = directed;
        advance();
        if (token_.kind == Kind::Id) advance();
        if (!isSign('{')) fail("\"{\"");
        DotAttributes edges;
        (void)body(edges, 0, false);
    }

    /// Statements in braces. @return who is named in them, where that is asked
    Ends body(DotAttributes edges, std::size_t depth, bool gather)
    {
        if (depth == deepest) {
            throw Error(Error::Kind::LimitReached, "groups stand in groups deeper than 64",
                        file_.line(token_.line), "Check that the file is a DOT graph.");
        }
        advance();
        Ends all;
        while (!isSign('}')) {
            if (takeSign(';') || takeSign(',')) continue;
            auto named = statement(edges, depth, gather);
            if (gather) all.insert(all.end(), named.begin(), named.end());
        }
        advance();
        return all;
    }

    Ends statement(DotAttributes& edges, std::size_t depth, bool gather)
    {
        if (isWord("edge") || isWord("node") || isWord("graph")) {
            const bool ties = isWord("edge");
            advance();
            auto given = attributes();
            if (ties) edges.insert(edges.end(), given.begin(), given.end());
            if (edges.size() > mostDefaults)
                edges.erase(edges.begin(), edges.end() - static_cast<std::ptrdiff_t>(mostDefaults));
            return {};
        }
        const auto line = token_.line;
        const bool single = token_.kind == Kind::Id && !isWord("subgraph");
        auto from = ends(edges, depth);
        if (single && takeSign('=')) {  // an attribute of the graph
            if (token_.kind != Kind::Id) fail("a value");
            advance();
            return {};
        }
        std::vector<Ends> chain;
        chain.push_back(std::move(from));
        while (token_.kind == Kind::Arrow || token_.kind == Kind::Line) {
            advance();
            chain.push_back(ends(edges, depth));
        }
        return tell(std::move(chain), single, edges, line, gather);
    }

    Ends tell(std::vector<Ends> chain, bool single, const DotAttributes& edges, std::uint64_t line,
              bool gather)
    {
        auto given = attributes();
        if (chain.size() == 1) {
            if (single && !chain[0].empty()) visitor_.node(chain[0][0], given, line);
            return gather ? std::move(chain[0]) : Ends{};
        }
        for (const auto& some : chain) {
            if (some.size() == 1) visitor_.node(some[0], {}, line);
        }
        auto all = edges;
        all.insert(all.end(), given.begin(), given.end());
        for (std::size_t i = 1; i < chain.size(); ++i) tie(chain[i - 1], chain[i], all, line);
        Ends named;
        for (auto& some : chain) {
            if (gather) named.insert(named.end(), some.begin(), some.end());
        }
        return named;
    }

    void tie(const Ends& from, const Ends& to, const DotAttributes& given, std::uint64_t line)
    {
        if (from.size() * to.size() > 1) {
            products_ += from.size() * to.size();
            if (products_ > mostProducts) {
                ++end_.tooMany;
                return;
            }
        }
        for (const auto& one : from) {
            for (const auto& other : to) visitor_.edge(one, other, given, line);
        }
    }

    /// One end of a tie: a name, or all the names of a subgraph.
    Ends ends(const DotAttributes& edges, std::size_t depth)
    {
        if (isWord("subgraph")) {
            advance();
            if (token_.kind == Kind::Id) advance();
            if (!isSign('{')) return {};  // named only to say more of it
        }
        if (isSign('{')) return body(edges, depth + 1, true);
        if (token_.kind != Kind::Id) fail("a name");
        Ends one{token_.text};
        advance();
        for (int part = 0; part < 2 && takeSign(':'); ++part) {  // where on its picture a tie ends
            if (token_.kind != Kind::Id) fail("the name of a port");
            advance();
        }
        return one;
    }

    /// "[weight=2, label=\"a b\"] [...]"
    DotAttributes attributes()
    {
        DotAttributes all;
        while (takeSign('[')) {
            while (!takeSign(']')) {
                if (takeSign(';') || takeSign(',')) continue;
                if (token_.kind != Kind::Id) fail("an attribute or \"]\"");
                auto name = token_.text;
                advance();
                std::string value = "true";
                if (takeSign('=')) {
                    if (token_.kind != Kind::Id) fail("a value");
                    value = token_.text;
                    advance();
                }
                all.emplace_back(std::move(name), std::move(value));
            }
        }
        return all;
    }

    static constexpr std::size_t mostDefaults = 64;

    const OneFile& file_;
    const DotVisitor& visitor_;
    DotTokens tokens_;
    DotToken token_;
    DotEnd end_;
    std::uint64_t products_ = 0;
};

}  // namespace

DotEnd walkDot(const OneFile& file, const DotVisitor& visitor, Task& task)
{
    return DotParser(file, visitor, task).run();
}

}  // namespace kith
