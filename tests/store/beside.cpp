#include "core/store/beside.h"

#include "core/base/error.h"

#include <catch2/catch.hpp>

using namespace kith;

namespace {

/// Sends messages in records of its own and in blank ones, accounts and problems in between.
class Sender final : public Reader {
public:
    static constexpr int count = 5000;

    const FormatInfo& info() const override
    {
        static const FormatInfo info{"sender", "Sender", {"sender"}, {".txt"}};
        return info;
    }
    Recognition recognise(const Probe&) const override { return {}; }

    ReadReport read(const Package&, const ReadOptions&, Sink& sink, Task&) const override
    {
        for (int i = 0; i < count; ++i) {
            const auto number = std::to_string(i);
            auto& blank = sink.blank();
            sink.account({"a" + number, {}, {}, false});
            if (i % 7 == 0) {
                // What was begun and given up must not show in the next.
                blank.text = "given up";
                blank.ties.push_back({});
                sink.problem({Outcome::Refused, {}, number});
                continue;
            }
            if (i % 3 == 0) {
                MessageRecord own;
                own.id = number;
                sink.message(std::move(own));
                continue;
            }
            blank.id = number;
            if (i % 2 == 0) blank.text.assign(static_cast<std::size_t>(i) * 3, 'x');
            if (i % 4 == 0) blank.ties.push_back({TieKind::Reply, "a", number, 1});
            blank.timed = i % 5 != 0;
            sink.message(std::move(blank));
        }
        if (fails) throw Error(Error::Kind::BadInput, "it ends badly");
        return {count, "sender", {}, false};
    }

    bool fails = false;
};

/// What arrives, in its order.
class Listener final : public Sink {
public:
    void account(AccountRecord record) override { all.push_back(record.key); }
    void message(MessageRecord&& record) override
    {
        all.push_back(record.id + ' ' + std::to_string(record.text.size()) + ' ' +
                      std::to_string(record.ties.size()) + (record.timed ? " timed" : ""));
    }
    void system(SystemRecord) override {}
    void change(ChangeRecord) override {}
    void givenTie(GivenTie) override {}
    void trait(TraitRecord) override {}
    void vote(VoteRecord) override {}
    void problem(Problem problem) override { all.push_back("refused " + problem.what); }

    std::vector<std::string> all;
};

}  // namespace

TEST_CASE("what a reader sends arrives on the other thread in order and unmixed")
{
    const auto package = packageOf("f.txt", {{"f.txt", ""}});
    Sender sender;
    Task task;
    Listener straight;
    (void)sender.read(*package, {}, straight, task);
    CHECK(straight.all.size() == 2 * Sender::count);
    const Ahead nothing = [](const MessageRecord&) {};
    Listener beside;
    CHECK(readBeside(sender, *package, {}, beside, nothing, task).seen == Sender::count);
    CHECK(beside.all == straight.all);

    sender.fails = true;
    Listener before;
    CHECK_THROWS_AS(readBeside(sender, *package, {}, before, nothing, task), Error);
    CHECK(before.all == straight.all);
}

TEST_CASE("a message that is emptied is as good as new")
{
    MessageRecord used;
    used.id = used.conversation = used.thread = used.account = std::string(1000, 'x');
    used.text = std::string(100'000, 'y');
    used.time = Time(std::chrono::seconds(7));
    used.certainty = TimeCertainty::Ambiguous;
    used.timed = false;
    used.kind = MessageKind::Repost;
    used.ties.resize(200);
    used.reactions.resize(2);
    used.attachments.resize(2);
    used.edited = used.deleted = used.bot = true;
    used.place = {"file", "entry", 1, 2};
    used.clear();
    const MessageRecord fresh;
    CHECK(used.id + used.conversation + used.thread + used.account + used.text == "");
    CHECK(used.time == fresh.time);
    CHECK(used.certainty == fresh.certainty);
    CHECK(used.kind == fresh.kind);
    CHECK(used.timed);
    CHECK_FALSE((used.edited || used.deleted || used.bot));
    CHECK(used.ties.size() + used.reactions.size() + used.attachments.size() == 0);
    CHECK(used.place.text() == fresh.place.text());
    CHECK(used.text.capacity() < 5000);
}
