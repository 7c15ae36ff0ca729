#pragma once

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/importfiles.h"
#include "core/store/workspace.h"
#include "tests/support/data.h"

#include <functional>
#include <string>
#include <vector>

namespace kith::tests {

/// A reader whose file is a list of records that the test writes down.
class FakeReader : public Reader {
public:
    using Send = std::function<ReadReport(Sink&, Task&)>;

    explicit FakeReader(Send send) : send_(std::move(send)) {}

    const FormatInfo& info() const override
    {
        static const FormatInfo info{"fake", "Fake chat", {"fake", "second"}, {".fake"}};
        return info;
    }
    Recognition recognise(const Probe&) const override { return {100, "it is a test"}; }
    ReadReport read(const Package&, const ReadOptions&, Sink& sink, Task& task) const override
    {
        return send_(sink, task);
    }

private:
    Send send_;
};

/// Messages, and what else a test sends, in a few words.
struct Chat {
    std::vector<MessageRecord> messages;
    std::vector<SystemRecord> system;
    std::vector<AccountRecord> accounts;
    std::vector<GivenTie> given;
    std::vector<TraitRecord> traits;
    std::vector<Problem> problems;
    bool flat = false;
    std::string platform = "fake";

    /// A message at `minute` minutes past a fixed day, without an id.
    MessageRecord& say(const std::string& who, const std::string& text, int minute = 0)
    {
        MessageRecord record;
        record.conversation = "Neighbours";
        record.account = who;
        record.text = text;
        record.time = fromMillis(1'700'000'000'000 + minute * 60'000LL);
        messages.push_back(std::move(record));
        return messages.back();
    }

    /// The same with the platform's id.
    MessageRecord& post(const std::string& id, const std::string& who, const std::string& text,
                        int minute = 0)
    {
        MessageRecord& record = say(who, text, minute);
        record.id = id;
        return record;
    }

    MessageRecord& reply(const std::string& id, const std::string& who, const std::string& to,
                         int minute = 0)
    {
        MessageRecord& record = post(id, who, "answer " + id, minute);
        record.ties.push_back({TieKind::Reply, {}, to, 1});
        return record;
    }

    ReadReport send(Sink& sink, Task& task) const
    {
        std::uint64_t seen = messages.size() + system.size();
        for (const auto& account : accounts) sink.account(account);
        for (const auto& message : messages) {
            sink.message(MessageRecord(message));
            task.advance();
        }
        for (const auto& line : system) sink.system(line);
        for (const auto& tie : given) sink.givenTie(tie);
        for (const auto& value : traits) sink.trait(value);
        for (const auto& problem : problems) {
            sink.problem(problem);
            const bool record =
                problem.outcome == Outcome::Skipped || problem.outcome == Outcome::Refused;
            seen += record ? 1 : 0;
        }
        if (!given.empty()) seen += given.size() + accounts.size();
        return {seen, platform, {}, flat};
    }

    /// Different files have different bytes: `bytes` stands for them.
    ImportReport into(Workspace& workspace, const std::string& bytes = "one",
                      const ImportOptions& options = {}) const
    {
        Task task;
        return into(workspace, bytes, options, task);
    }

    ImportReport into(Workspace& workspace, const std::string& bytes, const ImportOptions& options,
                      Task& task) const
    {
        const FakeReader reader([this](Sink& sink, Task& one) { return send(sink, one); });
        const auto package =
            std::shared_ptr<const Package>(packageOf("chat.fake", {{"chat.fake", bytes}}));
        const std::vector<Recognised> parts{{&reader, {100, "it is a test"}, package}};
        return importRecognised(workspace, "chat.fake", parts, options, task).front();
    }
};

/// A new workspace in a folder of its own.
struct Fixture {
    TempFolder folder;
    std::filesystem::path path = folder.path() / "town.kith";
    Workspace workspace = Workspace::create(path);
    Task task;
};

/// Every row of every table as text, without the tables named; for comparing contents.
std::string dump(const Workspace& workspace, const std::vector<std::string>& without = {});

}  // namespace kith::tests
