#pragma once

#include "core/import/onefile.h"
#include "core/import/question.h"
#include "core/import/reader.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What a column of a table of messages is for.
enum class TableRole : std::uint8_t {
    Author,
    Text,
    When,
    Id,
    ReplyTo,        ///< id of the message answered
    ReplyToAuthor,  ///< who is answered
    Conversation,
    Thread,
    Mentions,  ///< a list of people
    Title
};
inline constexpr std::size_t tableRoles = 10;

/// "author", "text", "time", "id", "reply_to", "reply_to_author", "conversation", "thread",
/// "mentions", "title": as in --column role=header.
std::string_view name(TableRole role);

/// Which column plays which role.
class TableColumns {
public:
    TableColumns() = default;

    /// From header names in many spellings. A name that occurs again is told apart: "text",
    /// "text (2)".
    /// @param leftOut headers of columns that play no role, whatever they are called
    explicit TableColumns(std::vector<std::string> headers,
                          const std::set<std::string>& leftOut = {});

    /// Puts the user's choice in place of the guess; an empty header leaves the role without a
    /// column.
    /// @throws Error Usage for an unknown role or header, with those there are, or for a column
    /// that
    ///         is to be left out
    void choose(const std::map<std::string, std::string>& choices, const OneFile& file);

    /// @param samples of the columns, for the question: the meaning of a choice is its samples
    /// @throws AnswerNeeded when the author, or both time and text, are missing, or when a column
    ///         that plays a role is named twice; Error Usage when a column to be left out is not
    ///         there
    void check(const OneFile& file, const std::vector<ColumnSample>& samples) const;

    std::optional<std::size_t> operator[](TableRole role) const
    {
        return columns_[static_cast<std::size_t>(role)];
    }
    const std::vector<std::string>& headers() const { return headers_; }
    std::size_t found() const;  ///< number of roles that have a column

    const std::vector<bool>& leftOut() const { return leftOut_; }  ///< by column

    /// Fills in the role that each column plays.
    void fill(std::vector<ColumnSample>& samples) const;

private:
    std::string listed() const;
    Question columnQuestion(const std::vector<ColumnSample>& samples) const;

    std::vector<std::string> headers_;
    std::vector<std::string> written_;  ///< headers as they stand in the file
    std::vector<bool> leftOut_;
    std::set<std::string> wantedOut_;
    std::array<bool, tableRoles> chosen_{};  ///< by the user
    std::array<std::optional<std::size_t>, tableRoles> columns_;
};

}  // namespace kith
