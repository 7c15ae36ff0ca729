#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/messageindex.h"
#include "core/store/messages.h"
#include "core/store/packrows.h"
#include "core/store/rows.h"
#include "core/store/textindex.h"
#include "core/store/tieblocks.h"

#include <utility>

namespace kith {

namespace {

constexpr std::size_t mostFindings = 100;

using Findings = std::vector<std::string>;

void checkPages(const Database& db, Findings& findings)
{
    Statement rows(db, "PRAGMA integrity_check(20)");
    while (rows.next()) {
        if (rows.view(0) != "ok") findings.push_back("the file is damaged: " + rows.text(0));
    }
}

void checkReferences(const Database& db, Findings& findings)
{
    for (auto& finding : danglingMessages(db, mostFindings)) findings.push_back(std::move(finding));
    Statement accounts(db,
                       "SELECT account FROM account_source "
                       "WHERE account NOT IN (SELECT id FROM account) ORDER BY account");
    while (accounts.next() && findings.size() < mostFindings) {
        findings.push_back("a source speaks of account " + accounts.text(0) + ", which is missing");
    }
    Statement rows(db, "PRAGMA foreign_key_check");
    while (rows.next() && findings.size() < mostFindings) {
        findings.push_back("row " + rows.text(1) + " of " + rows.text(0) + " points at a missing " +
                           rows.text(2));
    }
}

/// Every tie's message is there, and the one that it answers.
void checkTies(const Database& db, Findings& findings)
{
    std::vector<bool> there;
    Statement rows(db, "SELECT id FROM message ORDER BY id");
    while (rows.next()) {
        there.resize(static_cast<std::size_t>(rows.integer(0)) + 1);
        there.back() = true;
    }
    const auto holds = [&](std::int64_t message) {
        const auto at = static_cast<std::size_t>(message);
        return at < there.size() && there[at];
    };
    eachStoredTie(db, [&](const StoredTie& tie) {
        if (findings.size() >= mostFindings) return;
        if (holds(tie.message) && (tie.target == 0 || holds(tie.target))) return;
        findings.push_back("a tie of message " + std::to_string(tie.message) +
                           " points at a missing message");
    });
}

void checkSearchIndex(const Workspace& workspace, Findings&)
{
    if (workspace.mode() == Workspace::Mode::ReadOnly) return;
    // An index that is not complete yet cannot equal the messages: only its own soundness counts.
    const std::string whole = textIndexState(workspace).complete() ? "1" : "0";
    workspace.database().run(
        "INSERT INTO message_text (message_text, rank) VALUES ('integrity-check', " + whole + ")");
}

void checkRows(const Database& db, Findings& findings, Task& task)
{
    for (const HashedTable& table : hashedTables()) {
        // The first column is the row's number, or the first half of its key.
        const std::string columns(table.columns);
        Statement rows(db, "SELECT hash = " + std::string(table.function) + "(" + columns +
                               ") OR hash = " + std::string(table.former) + "(" + columns + "), " +
                               columns + " FROM " + std::string(table.name));
        while (rows.next()) {
            task.advance();
            if (rows.integer(0) == 1) continue;
            findings.push_back("row " + rows.text(1) + " of " + std::string(table.name) +
                               " is not as it was written");
            if (findings.size() >= mostFindings) return;
        }
    }
}

/// A check that meets damage it cannot read past has found something too.
template <class Check>
void guarded(Findings& findings, Check check)
{
    try {
        check();
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::WorkspaceDamaged) throw;
        findings.emplace_back(error.what());
    }
}

}  // namespace

std::vector<std::string> verify(const Workspace& workspace, Task& task)
{
    const Database& db = workspace.database();
    Findings findings;
    task.begin("Checking the workspace", 0);
    guarded(findings, [&] { checkPages(db, findings); });
    task.advance();
    guarded(findings, [&] { checkReferences(db, findings); });
    task.advance();
    guarded(findings, [&] { checkSearchIndex(workspace, findings); });
    guarded(findings, [&] { checkTies(db, findings); });
    guarded(findings, [&] {
        const auto missing = missingPostings(db, mostFindings, task);
        findings.insert(findings.end(), missing.begin(), missing.end());
    });
    guarded(findings, [&] { checkRows(db, findings, task); });
    return findings;
}

}  // namespace kith
