#include "core/store/conditions.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/textrows.h"

#include <algorithm>

namespace kith {

namespace {

constexpr std::size_t mostTerms = 64;  ///< SQLite nests a node a term and stops at 256

struct Term {
    std::string text;  ///< quoted, or empty for OR
};

/// Letters, digits or anything beyond ASCII: something the tokenizer may keep.
bool searchable(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
               ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
    });
}

std::string quoted(std::string_view text, bool prefix)
{
    std::string clean;
    for (const char c : text) {
        if (c != '\0' && c != '"') clean += c;
    }
    return '"' + clean + '"' + (prefix ? "*" : "");
}

void addWord(std::vector<Term>& terms, std::string_view word)
{
    if (word == "OR") {
        terms.push_back({});
    } else if (searchable(word)) {
        terms.push_back({quoted(word, word.ends_with('*'))});
    }
}

std::vector<Term> termsOf(std::string_view typed)
{
    std::vector<Term> terms;
    for (std::size_t at = 0; at < typed.size() && terms.size() < mostTerms;) {
        if (typed[at] == ' ' || typed[at] == '\t' || typed[at] == '\n') {
            ++at;
            continue;
        }
        const bool phrase = typed[at] == '"';
        const auto from = phrase ? at + 1 : at;
        const auto end =
            std::min(typed.find_first_of(phrase ? "\"" : " \t\n\"", from), typed.size());
        const auto piece = typed.substr(from, end - from);
        if (!phrase) {
            addWord(terms, piece);
        } else if (searchable(piece)) {
            terms.push_back({quoted(piece, false)});
        }
        at = phrase ? end + 1 : end;
    }
    return terms;
}

}  // namespace

std::string fullTextQuery(std::string_view typed)
{
    std::string query;
    bool either = false;
    for (const Term& term : termsOf(typed)) {
        if (term.text.empty()) {
            either = !query.empty();  // an OR without something before it means nothing
            continue;
        }
        if (!query.empty()) query += either ? " OR " : " ";
        query += term.text;
        either = false;
    }
    return query;
}

void Conditions::add(std::string_view condition)
{
    where_ += where_.empty() ? " WHERE " : " AND ";
    where_ += condition;
}

void Conditions::addTime(const Selection& selection, std::string_view column)
{
    if (selection.from) {
        add(std::string(column) + " >= ?");
        value(toMillis(*selection.from));
    }
    if (selection.until) {
        add(std::string(column) + " < ?");
        value(toMillis(*selection.until));
    }
}

void Conditions::addSources(const Selection& selection, std::string_view message,
                            std::string_view source)
{
    if (selection.sources.empty()) return;
    const bool given = message.starts_with("g.");
    const std::string others =
        given ? "given_source x WHERE x.given = " : "message_source x WHERE x.message = ";
    add("(" + std::string(source) +
        " IN (SELECT value FROM json_each(?)) OR EXISTS (SELECT 1 FROM " + others +
        std::string(message) + " AND x.source IN (SELECT value FROM json_each(?))))");
    value(idList(selection.sources));
    value(idList(selection.sources));
}

void Conditions::addConcern(const Database& db, const Selection& selection,
                            std::string_view message)
{
    if (!selection.concern) return;
    Statement row(db, "SELECT query FROM concern WHERE id = ?1");
    if (!row.bind(*selection.concern).next()) {
        throw Error(Error::Kind::NotFound, "there is no such concern");
    }
    const std::string query = fullTextQuery(row.text(0));
    if (query.empty()) {
        add("0");
        return;
    }
    const std::string rest = matchesBehindTextIndex(db, query);
    add("(" + std::string(message) +
        " IN (SELECT rowid FROM message_text WHERE message_text MATCH ?) OR " +
        std::string(message) + " IN (SELECT value FROM json_each(?)))");
    value(query);
    value(rest);
}

void Conditions::addMembers(const Selection& selection, std::string_view account)
{
    if (!selection.community) return;
    add(std::string(account) +
        " IN (SELECT a.id FROM membership k JOIN account a ON a.person = k.person "
        "WHERE k.community = ? AND k.until IS NULL)");
    value(selection.community->value);
}

void Conditions::addKinds(const Selection& selection, std::string_view column)
{
    if (selection.kinds.empty()) return;
    std::string list = "[";
    for (const TieKind kind : selection.kinds) {
        if (list.size() > 1) list += ',';
        list += std::to_string(static_cast<int>(kind));
    }
    add(std::string(column) + " IN (SELECT value FROM json_each(?))");
    value(list + "]");
}

std::string Conditions::all() const
{
    return where_.empty() ? "1" : where_.substr(std::string_view(" WHERE ").size());
}

std::string Conditions::where() const
{
    return where_;
}

int Conditions::bind(Statement& statement, int position) const
{
    statement.reset();
    for (const Value& value : values_) {
        if (value.isText) {
            statement.bindAt(++position, value.text);
        } else {
            statement.bindAt(++position, value.number);
        }
    }
    return position;
}

}  // namespace kith
