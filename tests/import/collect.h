#pragma once

#include "core/import/reader.h"
#include "tests/support/data.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kith::tests {

/// Keeps everything a reader sends.
class Collected final : public Sink {
public:
    std::vector<AccountRecord> accounts;
    std::vector<MessageRecord> messages;
    std::vector<SystemRecord> systems;
    std::vector<GivenTie> givenTies;
    std::vector<TraitRecord> traits;
    std::vector<VoteRecord> votes;
    std::vector<ChangeRecord> changes;  ///< of messages that have not come before
    std::vector<Problem> problems;
    ReadReport report;

    void account(AccountRecord record) override { accounts.push_back(std::move(record)); }
    void message(MessageRecord&& record) override { messages.push_back(std::move(record)); }

    /// Told of a message that has come before.
    void change(ChangeRecord record) override
    {
        const auto found = std::ranges::find_if(messages, [&](const MessageRecord& one) {
            return one.id == record.message && one.conversation == record.conversation;
        });
        if (found == messages.end()) return changes.push_back(std::move(record));
        if (record.kind == ChangeRecord::Kind::Reaction) {
            if (record.account != found->account)
                found->reactions.push_back({record.account, record.text, record.time});
        } else if (record.account == found->account) {
            found->text = record.text;
            found->edited = true;
        }
    }
    void system(SystemRecord record) override { systems.push_back(std::move(record)); }
    void givenTie(GivenTie tie) override { givenTies.push_back(std::move(tie)); }
    void trait(TraitRecord record) override { traits.push_back(std::move(record)); }
    void vote(VoteRecord record) override { votes.push_back(std::move(record)); }
    void problem(Problem problem) override { problems.push_back(std::move(problem)); }

    std::size_t count(Outcome outcome) const
    {
        return static_cast<std::size_t>(std::ranges::count(problems, outcome, &Problem::outcome));
    }

    /// Distinct authors of messages.
    std::set<std::string> senders() const
    {
        std::set<std::string> all;
        for (const auto& one : messages) {
            if (!one.account.empty()) all.insert(one.account);
        }
        return all;
    }

    std::size_t ties(TieKind kind) const
    {
        std::size_t total = 0;
        for (const auto& one : messages) {
            total += static_cast<std::size_t>(std::ranges::count(one.ties, kind, &TieRecord::kind));
        }
        return total;
    }

    /// The first problem whose sentence holds `words`, else nullptr.
    const Problem* problemWith(std::string_view words) const
    {
        const auto found = std::ranges::find_if(problems, [&](const Problem& one) {
            return one.what.find(words) != std::string::npos;
        });
        return found == problems.end() ? nullptr : &*found;
    }

    /// For readers of conversations: what the file held and what became of it is the same number.
    bool adds() const
    {
        return report.seen == messages.size() + systems.size() + votes.size() +
                                  count(Outcome::Skipped) + count(Outcome::Refused);
    }
};

inline Collected collect(const Reader& reader, const Package& package,
                         const ReadOptions& options = {})
{
    Collected all;
    Task task;
    all.report = reader.read(package, options, all, task);
    return all;
}

/// Reads text as if it stood in one file called `name`.
inline Collected collect(const Reader& reader, std::string text, const ReadOptions& options = {},
                         std::string name = "chat.txt")
{
    const auto package = packageOf(name, {{name, std::move(text)}});
    return collect(reader, *package, options);
}

/// One file's text, handed out in pieces of odd sizes.
class Pieces final : public ByteSource {
public:
    Pieces(std::string text, std::vector<std::size_t> sizes)
        : text_(std::move(text)), sizes_(std::move(sizes))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto wanted =
            sizes_.empty() ? 1 : std::max<std::size_t>(1, sizes_[turn_++ % sizes_.size()]);
        const auto count = std::min({wanted, buffer.size(), text_.size() - at_});
        std::copy_n(text_.data() + at_, count, buffer.data());
        at_ += count;
        return count;
    }

private:
    std::string text_;
    std::vector<std::size_t> sizes_;
    std::size_t at_ = 0;
    std::size_t turn_ = 0;
};

/// A single file that arrives in pieces.
class PiecedPackage final : public Package {
public:
    PiecedPackage(std::string name, std::string text, std::vector<std::size_t> sizes)
        : text_(std::move(text)), sizes_(std::move(sizes))
    {
        entries_.push_back({name, text_.size()});
        name_ = std::move(name);
    }

    std::unique_ptr<ByteSource> open(std::size_t) const override
    {
        return std::make_unique<Pieces>(text_, sizes_);
    }

private:
    std::string text_;
    std::vector<std::size_t> sizes_;
};

}  // namespace kith::tests
