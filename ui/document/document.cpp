#include "ui/document/document.h"

#include "core/journey/journey.h"
#include "core/store/history.h"
#include "core/store/people.h"
#include "core/store/textindex.h"
#include "core/store/workspace.h"
#include "ui/jobs/explain.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace kith {

namespace {

/// Edits up to this size are taken back without a pause that anybody could notice.
constexpr std::uint64_t bytesAtOnce = 64U << 10U;

}  // namespace

Document::Document(Jobs& jobs, QObject* parent)
    : QObject(parent),
      jobs_(jobs),
      analyser_(jobs.makeRunner()),
      writing_(jobs.makeRunner()),
      indexing_(jobs.makeRunner()),
      weighing_(new JobRunner(this)),
      keeping_(new JobRunner(this)),
      turn_(std::make_shared<std::mutex>())
{
    connect(&jobs, &Jobs::failed, this, &Document::failed);
    connect(weighing_, &JobRunner::failed, this, &Document::failed);
}

Document::~Document() = default;

bool Document::guarded(const std::function<void()>& work)
{
    try {
        work();
        return true;
    } catch (...) {
        Q_EMIT failed(explain(std::current_exception()));
        return false;
    }
}

bool Document::adopt(const std::function<Workspace()>& make)
{
    return guarded([&] {
        // What is open stays open when the other one cannot be.
        auto writer = std::make_shared<Workspace>(make());
        auto reader =
            std::make_unique<Workspace>(Workspace::open(writer->path(), Workspace::Mode::ReadOnly));
        close();
        reader_ = std::move(reader);
        writer_ = std::move(writer);
        path_ = writer_->path();
        readHistory();
        Q_EMIT opened();
        analyse();
        indexLater_ = indexed_ = false;
        indexWords();
    });
}

bool Document::create(const std::filesystem::path& path)
{
    return adopt([&] { return Workspace::create(path); });
}

bool Document::open(const std::filesystem::path& path)
{
    std::error_code unreadable;  // then it is not the same file, and opening says what is wrong
    if (isOpen() && std::filesystem::equivalent(path, path_, unreadable)) return true;
    return adopt([&] { return Workspace::open(path); });
}

void Document::close()
{
    if (!isOpen()) return;
    analyser_->cancel();
    writing_->cancel();
    weighing_->cancel();
    keeping_->stop();
    indexing_->stop();  // at its next batch; the file must be free to be opened again
    analysis_.reset();
    options_ = {};
    people_.clear();
    cluster_.reset();
    community_.reset();
    undoText_.clear();
    redoText_.clear();
    reader_.reset();
    writer_.reset();
    path_.clear();
    Q_EMIT opened();
    Q_EMIT historyChanged();
}

QString Document::title() const
{
    return QString::fromStdString(path_.stem().string());
}

bool Document::isAnalysing() const
{
    return analyser_->isRunning();
}

void Document::setOptions(const AnalysisOptions& options)
{
    options_ = options;
    Q_EMIT changed(Change::Options);
    analyse();
}

void Document::analyse()
{
    if (!isOpen()) return;
    Q_EMIT analysisStarted();
    analyser_->start(
        tr("Working out who talks to whom"),
        [path = path_, options = options_, before = analysis_](Task& task) {
            const Workspace own = Workspace::open(path, Workspace::Mode::ReadOnly);
            return kith::analyse(own, options, task, before.get());
        },
        [this, path = path_](const std::shared_ptr<const Analysis>& analysis) {
            if (path != path_) return;
            analysis_ = analysis;
            if (cluster_ && *cluster_ >= analysis_->clusters.size()) cluster_.reset();
            Q_EMIT analysisReady();
            keepResults();
        },
        [this](const Stopped& how) {
            if (!how.cancelled) Q_EMIT failed(how.text);
            Q_EMIT analysisFailed(how.cancelled ? tr("The map was stopped before it was finished.")
                                                : how.text);
        });
}

/// The analysis only reads, and the file is held by this window: what was slow is kept by the
/// writer, in the background, when nobody else uses it.
void Document::keepResults()
{
    if (!analysis_->unkept) return;
    keeping_->start(
        {},
        [writer = writer_, turn = turn_, analysis = analysis_](const Task& task) {
            std::unique_lock mine(*turn, std::try_to_lock);
            while (!mine && !task.cancelled()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                mine.try_lock();
            }
            return mine && keep(*writer, analysis->workspaceVersion, rowsToKeep(*analysis));
        },
        [](bool) {}, [](const Stopped&) {});  // only a cache
}

void Document::selectPeople(std::vector<PersonId> people)
{
    if (people == people_) return;
    people_ = std::move(people);
    Q_EMIT selectionChanged();
}

void Document::selectCluster(std::optional<std::uint32_t> cluster)
{
    if (cluster == cluster_ && people_.empty()) return;
    cluster_ = cluster;
    people_.clear();
    Q_EMIT selectionChanged();
}

void Document::selectCommunity(std::optional<CommunityId> community)
{
    if (community == community_ && people_.empty()) return;
    community_ = community;
    people_.clear();
    Q_EMIT selectionChanged();
}

void Document::clearSelection()
{
    people_.clear();
    cluster_.reset();
    community_.reset();
    Q_EMIT selectionChanged();
}

bool Document::mayWrite()
{
    if (!writing_->isRunning()) return true;
    Q_EMIT failed(tr("%1 is not finished. Wait for it, or stop it at the bottom of the window, and "
                     "try again.")
                      .arg(writing_->what()));
    return false;
}

bool Document::edit(Changes changes, const std::function<void(Workspace&)>& change)
{
    if (!isOpen() || !mayWrite()) return false;
    pauseIndexing();
    const bool done = guarded([&] {
        const std::lock_guard mine(*turn_);  // waits for one batch of the indexing at most
        change(*writer_);
    });
    if (done) changedElsewhere(changes);
    return done;
}

void Document::changedElsewhere(Changes changes)
{
    if (!isOpen()) return;
    readHistory();
    Q_EMIT changed(changes);
    // Communities lend clusters their colours, traits decide who is alike: each can change it.
    if (changes != Changes(Change::Notes)) analyse();
    if (changes.testFlag(Change::Sources)) indexLater_ = indexed_ = false;
    indexWords();
}

/// Makes what was imported searchable, in the background. It holds the writer while it works, in
/// batches that commit; whoever else wants the writer stops it, and it goes on behind them.
void Document::indexWords()
{
    if (!isOpen() || indexed_ || indexLater_) return;
    // Counting takes a while in a large workspace.
    weighing_->start(
        {},
        [path = path_](Task&) {
            return textIndexState(Workspace::open(path, Workspace::Mode::ReadOnly)).complete();
        },
        [this](bool complete) {
            indexed_ = complete;
            if (!complete) startIndexing();
        });
}

void Document::startIndexing()
{
    if (!isOpen() || indexLater_ || writing_->isRunning() || indexing_->isRunning()) return;
    indexing_->start(
        tr("Making messages searchable"),
        [writer = writer_, turn = turn_](Task& task) {
            const std::lock_guard mine(*turn);
            buildTextIndex(*writer, task);
            return 0;
        },
        [this](int) {
            indexPaused_ = false;
            indexWords();  // more may have come, or it is seen that all is in
        },
        [this](const Stopped& how) {
            if (std::exchange(indexPaused_, false)) return startIndexing();
            indexLater_ = true;
            if (!how.cancelled) Q_EMIT failed(how.text);
        });
}

void Document::pauseIndexing()
{
    if (!indexing_->isRunning()) return;
    indexPaused_ = true;
    indexing_->cancel();
}

bool Document::renamePerson(PersonId person, const QString& name)
{
    return edit(Change::People, [&](Workspace& workspace) {
        kith::renamePerson(workspace, person, name.toStdString());
    });
}

bool Document::setTrait(PersonId person, const QString& trait, const QString& value)
{
    return edit(Change::Traits, [&](Workspace& workspace) {
        kith::setTrait(workspace, person, trait.toStdString(), value.toStdString());
    });
}

bool Document::mergePeople(PersonId into, PersonId from)
{
    const bool merged = edit(Change::People | Change::Traits, [&](Workspace& workspace) {
        kith::mergePeople(workspace, into, from);
    });
    if (merged) selectPeople({into});
    return merged;
}

std::optional<CommunityId> Document::adoptCluster(std::uint32_t cluster, const QString& name)
{
    if (!analysis_) return std::nullopt;
    CommunityId adopted;
    const bool done = edit(Change::Communities, [&](Workspace& workspace) {
        adopted = kith::adoptCluster(workspace, *analysis_, cluster, name.toStdString());
    });
    if (!done) return std::nullopt;
    return adopted;
}

void Document::readHistory()
{
    undoText_.clear();
    redoText_.clear();
    guarded([&] {
        for (const Step& step : history(*reader_)) {
            if (!step.undone) {
                undoText_ = QString::fromStdString(step.what);
                undoBytes_ = step.bytes;
            } else if (redoText_.isEmpty()) {
                redoText_ = QString::fromStdString(step.what);
                redoBytes_ = step.bytes;
            }
        }
    });
    Q_EMIT historyChanged();
}

QString Document::undoText() const
{
    return undoText_;
}
QString Document::redoText() const
{
    return redoText_;
}

void Document::undo()
{
    walkHistory(true);
}
void Document::redo()
{
    walkHistory(false);
}

void Document::walkHistory(bool back)
{
    const auto walk = [back](Workspace& workspace) {
        return back ? kith::undo(workspace) : kith::redo(workspace);
    };
    const auto tell = [this, back](const std::optional<Step>& step) {
        if (!step) return;
        const QString what = QString::fromStdString(step->what);
        Q_EMIT said(back ? tr("Taken back: %1").arg(what) : tr("Done again: %1").arg(what));
    };
    if ((back ? undoBytes_ : redoBytes_) > bytesAtOnce) {
        write(
            back ? tr("Taking back: %1").arg(undoText_) : tr("Doing again: %1").arg(redoText_),
            everything, [walk](Workspace& own, Task&) { return walk(own); }, tell);
        return;
    }
    std::optional<Step> step;
    if (edit(everything, [&](Workspace& workspace) { step = walk(workspace); })) tell(step);
}

}  // namespace kith
