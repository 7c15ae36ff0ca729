#pragma once

#include <QFlags>
#include <QObject>
#include <QString>

#include "core/analysis/analysis.h"
#include "core/model/ids.h"
#include "core/store/workspace.h"
#include "ui/jobs/runner.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kith {

class Jobs;

/// What of the workspace changed. Screens reload what they show of it.
enum class Change : unsigned {
    Sources = 1,  ///< imports, removals: nearly everything may have changed
    People = 2,   ///< names, kinds, merges
    Traits = 4,
    Communities = 8,  ///< which there are, their names, members, colours
    Options = 16,     ///< the selection under study or the analysis' parameters
    Notes = 32        ///< tags, notes, ratings, evidence: nothing that the map is made from
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)
inline constexpr Changes everything{Change::Sources, Change::People, Change::Traits,
                                    Change::Communities, Change::Notes};

/// The open workspace and what all screens share: its analysis, and what is chosen. Lives on the
/// window's thread. Functions never throw: a failure is a failed() for the message bar.
class Document final : public QObject {
    Q_OBJECT

public:
    explicit Document(Jobs& jobs, QObject* parent = nullptr);
    ~Document() override;

    bool create(const std::filesystem::path& path);  ///< and opens it
    bool open(const std::filesystem::path& path);
    void close();

    bool isOpen() const { return reader_ != nullptr; }
    const std::filesystem::path& path() const { return path_; }
    QString title() const;  ///< the file's name without its ending

    /// The connection of the window's thread, for short reads. Only while open.
    const Workspace& workspace() const { return *reader_; }
    Jobs& jobs() const { return jobs_; }

    /// The newest finished analysis; null before the first. It may be older than the workspace.
    std::shared_ptr<const Analysis> analysis() const { return analysis_; }
    bool isAnalysing() const;
    const AnalysisOptions& options() const { return options_; }
    void setOptions(const AnalysisOptions& options);

    // What is chosen, on every screen alike.
    const std::vector<PersonId>& selectedPeople() const { return people_; }
    std::optional<std::uint32_t> selectedCluster() const { return cluster_; }
    std::optional<CommunityId> selectedCommunity() const { return community_; }
    void selectPeople(std::vector<PersonId> people);
    void selectCluster(std::optional<std::uint32_t> cluster);
    void selectCommunity(std::optional<CommunityId> community);
    void clearSelection();

    /// Runs one edit on the workspace, tells what changed, and starts an analysis when one is due.
    /// @return false when it failed; the message bar says why
    bool edit(Changes changes, const std::function<void(Workspace&)>& change);

    /// Runs long work that changes the workspace: imports, removals. One at a time; meanwhile edits
    /// are refused with a message. The work's own transactions keep it whole or not at all.
    /// @param work Result(Workspace&, Task&)
    /// @param done void(Result&), told before changed()
    /// @return false when other work is still writing; the message bar says so
    template <class Work, class Done>
    bool write(const QString& what, Changes changes, Work work, Done done,
               std::function<void(const Stopped&)> stopped = {})
    {
        if (!mayWrite()) return false;
        pauseIndexing();
        writing_->start(
            what,
            [writer = writer_, turn = turn_, work = std::move(work)](Task& task) {
                const std::lock_guard mine(*turn);
                return work(*writer, task);
            },
            [this, writer = writer_.get(), changes, done = std::move(done)](auto& result) {
                if (writer != writer_.get()) return;
                done(result);
                changedElsewhere(changes);
            },
            [this, writer = writer_.get(), changes,
             stopped = std::move(stopped)](const Stopped& how) {
                if (writer != writer_.get()) return;
                if (stopped) stopped(how);
                if (!stopped && !how.cancelled) Q_EMIT failed(how.text);
                changedElsewhere(changes);
            });
        return true;
    }
    bool isWriting() const { return writing_->isRunning(); }

    // Edits that several screens offer. Each can be undone.
    bool renamePerson(PersonId person, const QString& name);
    bool setTrait(PersonId person, const QString& trait, const QString& value);
    bool mergePeople(PersonId into, PersonId from);
    /// @return the new community; nullopt when it failed
    std::optional<CommunityId> adoptCluster(std::uint32_t cluster, const QString& name);

    QString undoText() const;  ///< what undo() would take back; empty when nothing
    QString redoText() const;
    void undo();  ///< what changed much is taken back in the background, see isWriting()
    void redo();

    void report(const QString& failure) { Q_EMIT failed(failure); }
    void say(const QString& text) { Q_EMIT said(text); }

Q_SIGNALS:
    void opened();  ///< also after close(): look at isOpen()
    void changed(kith::Changes changes);
    void analysisStarted();
    void analysisReady();  ///< analysis() is new
    void analysisFailed(const QString& text);
    void selectionChanged();
    void historyChanged();
    void failed(const QString& text);  ///< for the message bar, needs attention
    void said(const QString& text);    ///< for the message bar, good to know

private:
    bool guarded(const std::function<void()>& work);
    bool mayWrite();
    void changedElsewhere(Changes changes);
    bool adopt(const std::function<Workspace()>& make);
    void analyse();
    void readHistory();
    void walkHistory(bool back);
    void indexWords();
    void startIndexing();
    void pauseIndexing();
    void keepResults();

    Jobs& jobs_;
    JobRunner* analyser_;
    JobRunner* writing_;
    JobRunner* indexing_;
    JobRunner* weighing_;                ///< looks whether there is anything to index
    JobRunner* keeping_;                 ///< keeps what the analysis worked out
    std::shared_ptr<Workspace> writer_;  ///< one at a time may write; lent to the work of write()
    std::shared_ptr<std::mutex> turn_;   ///< held by whoever uses writer_
    bool indexed_ = false;               ///< nothing is left to index, as far as is known
    bool indexPaused_ = false;           ///< for somebody else's writing; it goes on behind it
    bool indexLater_ = false;            ///< the user stopped the indexing: not before more comes
    std::unique_ptr<Workspace> reader_;
    std::filesystem::path path_;
    std::shared_ptr<const Analysis> analysis_;
    AnalysisOptions options_;
    std::vector<PersonId> people_;
    std::optional<std::uint32_t> cluster_;
    std::optional<CommunityId> community_;
    QString undoText_;
    QString redoText_;
    std::uint64_t undoBytes_ = 0;
    std::uint64_t redoBytes_ = 0;
};

}  // namespace kith
