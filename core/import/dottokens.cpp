#include "core/import/dottokens.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <utility>

namespace kith {
namespace {

constexpr std::size_t chunkSize = 64U << 10U;
constexpr std::size_t longestWord = 1U << 20U;

bool isBlank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0xfeff;
}

bool isDigit(int c)
{
    return c >= '0' && c <= '9';
}

bool isWordSign(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c) || c >= 0x80;
}

}  // namespace

DotTokens::DotTokens(const OneFile& file, Task& task)
    : file_(file), task_(task), source_(file.open()), chunk_(chunkSize)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    for (const char c : mark) {
        if (peek() != static_cast<unsigned char>(c)) break;
        take();
    }
    lineStart_ = true;
}

int DotTokens::peek()
{
    if (at_ == size_) {
        size_ = source_->read(chunk_);
        at_ = 0;
        task_.advance(size_);
        if (size_ == 0) return end;
    }
    return static_cast<unsigned char>(chunk_[at_]);
}

int DotTokens::take()
{
    const int c = peek();
    if (c == end) return c;
    ++at_;
    lineStart_ = c == '\n';
    if (c == '\n') ++line_;
    return c;
}

bool DotTokens::takeIf(char wanted)
{
    if (peek() != wanted) return false;
    take();
    return true;
}

/// Blanks, comments, and lines of a preprocessor.
void DotTokens::passOver()
{
    while (true) {
        if (peek() == '#' && lineStart_) {
            while (peek() != end && peek() != '\n') take();
        } else if (isBlank(peek())) {
            const bool start = lineStart_;
            const int c = take();
            lineStart_ = lineStart_ || (start && (c == ' ' || c == '\t'));
        } else {
            return;
        }
    }
}

/// Behind a slash.
void DotTokens::passComment()
{
    if (takeIf('/')) {
        while (peek() != end && peek() != '\n') take();
        return;
    }
    take();
    while (peek() != end) {
        if (take() == '*' && takeIf('/')) return;
    }
}

void DotTokens::keep(std::string& text, char c) const
{
    if (text.size() == longestWord) {
        throw Error(Error::Kind::LimitReached, "a name is longer than 1 MB", file_.line(begin_),
                    "Check that the file is a DOT graph.");
    }
    text += c;
}

DotToken DotTokens::made(DotToken::Kind kind, std::string text) const
{
    return {kind, repairUtf8(text), false, begin_};
}

DotToken DotTokens::next()
{
    while (true) {
        passOver();
        begin_ = line_;
        const int c = peek();
        if (c == end) return made(DotToken::Kind::End, {});
        if (c == '"') return quoted();
        if (c == '<') return markup();
        if (isWordSign(c) || c == '.') return word();
        take();
        if (c == '/' && (peek() == '/' || peek() == '*')) {
            passComment();
            continue;
        }
        if (c == '-' && takeIf('>')) return made(DotToken::Kind::Arrow, "->");
        if (c == '-' && takeIf('-')) return made(DotToken::Kind::Line, "--");
        if (c == '-' && (isDigit(peek()) || peek() == '.')) {
            auto number = word();
            number.text.insert(0, "-");
            return number;
        }
        const std::string sign(1, static_cast<char>(c));
        constexpr std::string_view signs = "{}[];,=:";
        if (signs.find(sign) != std::string_view::npos) return made(DotToken::Kind::Sign, sign);
        return made(DotToken::Kind::Bad, "\"" + repairUtf8(sign) + "\" means nothing here");
    }
}

DotToken DotTokens::word()
{
    std::string text;
    const bool number = !isWordSign(peek()) || isDigit(peek());
    while (isWordSign(peek()) || (number && peek() == '.')) keep(text, static_cast<char>(take()));
    return made(DotToken::Kind::Id, std::move(text));
}

void DotTokens::quotedPart(std::string& text, bool& closed)
{
    take();
    closed = false;
    while (peek() != end) {
        const char c = static_cast<char>(take());
        if (c == '"') {
            closed = true;
            return;
        }
        if (c == '\\' && peek() == '"') {
            keep(text, static_cast<char>(take()));
        } else if (c == '\\' && peek() == '\n') {
            take();  // the line goes on
        } else if (c != '\0') {
            keep(text, c);
        }
    }
}

DotToken DotTokens::quoted()
{
    std::string text;
    bool closed = false;
    quotedPart(text, closed);
    while (closed) {
        passOver();
        if (!takeIf('+')) break;
        passOver();
        if (peek() != '"') return made(DotToken::Kind::Bad, "a text should stand behind \"+\"");
        quotedPart(text, closed);
    }
    if (!closed) return made(DotToken::Kind::Bad, "the quotation is never closed");
    auto token = made(DotToken::Kind::Id, std::move(text));
    token.quoted = true;
    return token;
}

/// "<b>Anna</b>" between angle brackets: its words are the name.
DotToken DotTokens::markup()
{
    std::string text;
    int open = 0;
    while (peek() != end) {
        const char c = static_cast<char>(take());
        open += c == '<' ? 1 : c == '>' ? -1 : 0;
        if (c != '\0') keep(text, c);
        if (open == 0) {
            auto token = made(DotToken::Kind::Id, text.substr(1, text.size() - 2));
            token.quoted = true;
            return token;
        }
    }
    return made(DotToken::Kind::Bad, "the \"<\" is never closed");
}

}  // namespace kith
