#pragma once

#include <QFlags>
#include <QObject>
#include <QString>

#include "core/analysis/analysis.h"
#include "core/model/ids.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith {

class JobRunner;
class Jobs;

/// What of the workspace changed. Screens reload what they show of it.
enum class Change : unsigned {
    Sources = 1,      ///< imports, removals: nearly everything may have changed
    People = 2,       ///< names, kinds, merges
    Traits = 4,
    Communities = 8,  ///< members, tags, notes, assessments, evidence
    Options = 16      ///< the selection under study or the analysis' parameters
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)
inline constexpr Changes everything{Change::Sources, Change::People, Change::Traits,
                                    Change::Communities};

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

    bool isOpen() const { return workspace_ != nullptr; }
    const std::filesystem::path& path() const { return path_; }
    QString title() const;  ///< the file's name without its ending

    /// The connection of the window's thread, for short reads. Only while open.
    const Workspace& workspace() const { return *workspace_; }
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

    // Edits that several screens offer. Each can be undone.
    bool renamePerson(PersonId person, const QString& name);
    bool setTrait(PersonId person, const QString& trait, const QString& value);
    bool mergePeople(PersonId into, PersonId from);
    /// @return the new community; nullopt when it failed
    std::optional<CommunityId> adoptCluster(std::uint32_t cluster, const QString& name);

    QString undoText() const;  ///< what undo() would take back; empty when nothing
    QString redoText() const;
    void undo();
    void redo();

    /// For jobs that changed the workspace on a connection of their own.
    void changedElsewhere(Changes changes);

    void report(const QString& failure) { Q_EMIT failed(failure); }
    void say(const QString& text) { Q_EMIT said(text); }

Q_SIGNALS:
    void opened();   ///< also after close(): look at isOpen()
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
    bool adopt(const std::function<Workspace()>& make);
    void analyse();
    void readHistory();

    Jobs& jobs_;
    JobRunner* analyser_;
    std::unique_ptr<Workspace> workspace_;
    std::filesystem::path path_;
    std::shared_ptr<const Analysis> analysis_;
    AnalysisOptions options_;
    std::vector<PersonId> people_;
    std::optional<std::uint32_t> cluster_;
    std::optional<CommunityId> community_;
    QString undoText_;
    QString redoText_;
};

}  // namespace kith
