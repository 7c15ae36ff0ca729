#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include "core/base/task.h"

#include <exception>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace kith {

/// How a job ended when it has no result.
struct Stopped {
    bool cancelled = false;     ///< by the user; nothing went wrong
    QString text;               ///< for the message bar; empty when cancelled
    std::exception_ptr reason;  ///< null when cancelled
};

/// Runs one kind of work away from the window, on one thread of its own. Starting again supersedes
/// what runs: the old result is dropped. Callbacks come on the window's thread. `work` must not
/// touch widgets and opens a Workspace of its own, for a connection belongs to one thread.
class JobRunner final : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;  ///< cancels, then waits until the work's next Task::advance()

    /// @param what  shown in the bottom bar: "Importing chat.txt"
    /// @param work  Result(Task&)
    /// @param done  void(Result&)
    /// @param stopped void(const Stopped&); absent = failures go to failed() alone
    template <class Work, class Done>
    void start(const QString& what, Work work, Done done,
               std::function<void(const Stopped&)> stopped = {})
    {
        run(
            what,
            [work = std::move(work), done = std::move(done)](Task& task) -> std::function<void()> {
                auto result = std::make_shared<decltype(work(task))>(work(task));
                return [done, result] { done(*result); };
            },
            std::move(stopped));
    }

    /// Asks the work to stop at its next advance(); `stopped` is told.
    void cancel();

    /// cancel(), drops whatever it would tell, and waits until the work has let go of all it holds.
    void stop();

    bool isRunning() const { return running_; }
    const QString& what() const { return what_; }
    const QString& phase() const { return phase_; }
    double fraction() const { return fraction_; }  ///< 0 to 1; negative = not known

Q_SIGNALS:
    void started();
    void progressed();
    void ended();                      ///< in any way, but not when superseded
    void failed(const QString& text);  ///< only when start() got no `stopped`

private:
    using Work = std::function<std::function<void()>(Task&)>;
    void run(const QString& what, Work work, std::function<void(const Stopped&)> stopped);
    void finish(const std::function<void()>& deliver);
    void release();
    void post(std::uint64_t number, std::function<void()> deliver);

    QThreadPool pool_;
    std::stop_source stop_;
    std::uint64_t number_ = 0;  ///< of the job started last; others are superseded
    bool running_ = false;
    QString what_;
    QString phase_;
    double fraction_ = -1;
};

}  // namespace kith
