#include "core/store/beside.h"

#include "core/base/fetchahead.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace kith {

namespace {

constexpr std::size_t batchItems = 256;
constexpr std::size_t batchBytes = 1U << 19U;
constexpr std::size_t mostBatches = 4;
constexpr std::size_t ahead = 8;  ///< messages, for as long as memory takes to answer
constexpr std::chrono::milliseconds patience{50};  ///< between two looks whether to stop

struct Progress {
    std::string phase;
    double fraction = 0;
};

/// Messages are by far the most and large: they stand by themselves and go round and round.
using Message = std::unique_ptr<MessageRecord>;
using Item = std::variant<Message, AccountRecord, SystemRecord, GivenTie, TraitRecord, VoteRecord,
                          ChangeRecord, Problem, Progress>;
using Batch = std::vector<Item>;

/// What waits between the two threads, and what comes back to be filled again.
class Belt {
public:
    /// On the reader's thread. @return a batch that has been taken before, or an empty one
    /// @throws Cancelled when nobody takes batches any more
    Batch put(Batch batch)
    {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return closed_ || batches_.size() < mostBatches; });
        if (closed_) throw Cancelled{};
        batches_.push_back(std::move(batch));
        filled_.notify_one();
        if (used_.empty()) return {};
        Batch used = std::move(used_.back());
        used_.pop_back();
        return used;
    }

    /// The reader has ended, rightly or with an exception.
    void end(std::exception_ptr failure)
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        failure_ = std::move(failure);
        filled_.notify_one();
    }

    /// On the other thread: the next batch; nullopt behind the last one. Rethrows what the reader
    /// threw behind all that it sent before.
    std::optional<Batch> take(Task& task)
    {
        std::unique_lock lock(mutex_);
        while (!filled_.wait_for(lock, patience, [this] { return ended_ || !batches_.empty(); })) {
            task.advance(0);
        }
        if (batches_.empty()) {
            if (failure_) std::rethrow_exception(failure_);
            return std::nullopt;
        }
        Batch batch = std::move(batches_.front());
        batches_.pop_front();
        // Not for each one: two threads that take turns would do little but wake each other.
        if (batches_.size() <= mostBatches / 2) room_.notify_one();
        return batch;
    }

    void giveBack(Batch batch)
    {
        const std::lock_guard lock(mutex_);
        used_.push_back(std::move(batch));
    }

    void close()
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        room_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable room_;
    std::condition_variable filled_;
    std::deque<Batch> batches_;
    std::vector<Batch> used_;
    bool closed_ = false;
    bool ended_ = false;
    std::exception_ptr failure_;
};

/// The reader's end of the belt.
class Loader : public Sink {
public:
    explicit Loader(Belt& belt) : belt_(belt) {}

    void account(AccountRecord record) override { add(std::move(record), 0); }
    MessageRecord& blank() override
    {
        if (!open_) open_ = spare();
        open_->clear();
        return *open_;
    }
    void message(MessageRecord&& record) override
    {
        const auto bytes = record.text.size();
        if (&record != open_.get()) blank() = std::move(record);
        add(std::move(open_), bytes);
    }
    void system(SystemRecord record) override
    {
        const auto bytes = record.text.size();
        add(std::move(record), bytes);
    }
    void change(ChangeRecord record) override
    {
        const auto bytes = record.text.size();
        add(std::move(record), bytes);
    }
    void givenTie(GivenTie tie) override { add(std::move(tie), 0); }
    void trait(TraitRecord record) override { add(std::move(record), 0); }
    void vote(VoteRecord record) override { add(std::move(record), 0); }
    void problem(Problem problem) override { add(std::move(problem), 0); }
    void progress(const std::string& phase, double fraction) { add(Progress{phase, fraction}, 0); }

    void flush()
    {
        if (batch_.empty()) return;
        batch_ = belt_.put(std::exchange(batch_, {}));
        for (Item& item : batch_) {
            if (auto* used = std::get_if<Message>(&item)) spares_.push_back(std::move(*used));
        }
        batch_.clear();
        bytes_ = 0;
    }

private:
    template <class Record>
    void add(Record record, std::size_t bytes)
    {
        if (batch_.empty()) batch_.reserve(batchItems);
        batch_.emplace_back(std::move(record));
        bytes_ += bytes;
        if (batch_.size() >= batchItems || bytes_ >= batchBytes) flush();
    }

    Message spare()
    {
        if (spares_.empty()) return std::make_unique<MessageRecord>();
        Message last = std::move(spares_.back());
        spares_.pop_back();
        // The other thread had it last.
        if (spares_.size() >= ahead)
            fetchAhead(spares_[spares_.size() - ahead].get(), sizeof(MessageRecord));
        return last;
    }

    Belt& belt_;
    Batch batch_;
    Message open_;  ///< being filled by the reader
    std::vector<Message> spares_;
    std::size_t bytes_ = 0;
};

/// The other end: hands everything on to the sink and the task.
class Unloader {
public:
    Unloader(Sink& sink, const Ahead& expect, Task& task)
        : sink_(sink), expect_(expect), task_(task)
    {}

    void all(Batch& batch)
    {
        const auto messageAt = [&](std::size_t at) {
            const auto* message = at < batch.size() ? std::get_if<Message>(&batch[at]) : nullptr;
            return message == nullptr ? nullptr : message->get();
        };
        for (std::size_t i = 0; i < batch.size(); ++i) {
            // What the other thread wrote lies in the other processor's cache. One after the other,
            // since each look needs what the one before brought.
            if (const auto* message = messageAt(i + 3 * ahead)) fetchAhead(message, sizeof *message);
            if (const auto* message = messageAt(i + 2 * ahead)) fetchLists(*message);
            if (const auto* message = messageAt(i + ahead)) expect_(*message);
            std::visit(*this, batch[i]);
        }
    }

    void operator()(AccountRecord& record) { sink_.account(std::move(record)); }
    void operator()(Message& record) { sink_.message(std::move(*record)); }
    void operator()(SystemRecord& record) { sink_.system(std::move(record)); }
    void operator()(ChangeRecord& record) { sink_.change(std::move(record)); }
    void operator()(GivenTie& tie) { sink_.givenTie(std::move(tie)); }
    void operator()(TraitRecord& record) { sink_.trait(std::move(record)); }
    void operator()(VoteRecord& record) { sink_.vote(std::move(record)); }
    void operator()(Problem& problem) { sink_.problem(std::move(problem)); }
    void operator()(const Progress& progress)
    {
        const bool known = progress.fraction >= 0;
        const auto percent = static_cast<std::uint64_t>(known ? progress.fraction * 100 + 0.5 : 0);
        if (progress.phase != phase_ || percent < percent_) {
            phase_ = progress.phase;
            percent_ = 0;
            task_.begin(phase_, known ? 100 : 0);
        }
        task_.advance(percent - std::exchange(percent_, percent));
    }

private:
    static void fetchLists(const MessageRecord& message)
    {
        constexpr std::size_t most = 512;  // the processor sees by itself how a long text goes on
        fetchAhead(message.text.data(), std::min(message.text.size(), most));
        fetchAhead(message.ties.data(), std::min(message.ties.size() * sizeof(TieRecord), most));
    }

    Sink& sink_;
    const Ahead& expect_;
    Task& task_;
    std::string phase_;
    std::uint64_t percent_ = 0;
};

}  // namespace

ReadReport readBeside(const Reader& reader, const Package& package, const ReadOptions& options,
                      Sink& sink, const Ahead& expect, Task& task)
{
    Belt belt;
    ReadReport report;
    std::jthread beside([&](const std::stop_token& stop) {
        std::exception_ptr failure;
        try {
            Loader loader(belt);
            Task own(stop, [&](const std::string& phase, double fraction) {
                loader.progress(phase, fraction);
            });
            try {
                report = reader.read(package, options, loader, own);
            } catch (...) {
                failure = std::current_exception();
            }
            loader.flush();
        } catch (...) {
            if (!failure) failure = std::current_exception();
        }
        belt.end(failure);
    });
    try {
        Unloader unload(sink, expect, task);
        while (auto batch = belt.take(task)) {
            task.advance(0);
            unload.all(*batch);
            belt.giveBack(std::move(*batch));
        }
    } catch (...) {
        beside.request_stop();
        belt.close();
        beside.join();
        throw;
    }
    return report;
}

}  // namespace kith
