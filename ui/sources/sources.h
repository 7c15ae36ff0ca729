#pragma once

#include <QTimer>

#include "core/import/picks.h"
#include "ui/window/screen.h"

#include <deque>
#include <filesystem>
#include <memory>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace kith {

class JobRunner;
class PeopleReport;
class PreviewCard;
class PreviewQueue;
class SourceList;
class Text;
struct Importing;

/// What has been imported, and what could be: every file is previewed, questions are asked, and
/// nothing is stored until Import.
class SourcesScreen final : public Screen {
    Q_OBJECT

public:
    explicit SourcesScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("sources"); }
    QString title() const override { return tr("Sources"); }
    QString question() const override { return tr("What do we know, and where from?"); }
    QString iconName() const override { return QStringLiteral("sources"); }
    bool worksClosed() const override { return true; }
    QWidget* firstFocus() override;

    /// Files, archives and folders, in this order behind those that are listed.
    void addFiles(const std::vector<std::filesystem::path>& files);
    void askFiles();
    /// Imports everything that is previewed and has no open question.
    void importAll();
    void importPeople(const std::filesystem::path& table);

private:
    void buildDropCard(QVBoxLayout* column);
    void buildImportRow(QVBoxLayout* page);
    void askFolder();
    void askPeople();
    void lookForFiles();
    void addCards();
    void addCard(const Pick& pick);
    bool isListed(const Pick& pick) const;
    PreviewCard* cardOf(const Pick& pick) const;
    void leaveOut(PreviewCard* card);
    void leaveOutUnreadable();
    void showCards();
    void refreshOnce();
    void refresh();
    QString remark() const;
    bool needWorkspace();
    void takeImported(const Importing& importing);

    QPushButton* choose_ = nullptr;
    QPushButton* people_ = nullptr;
    Text* hint_ = nullptr;
    QWidget* importRow_ = nullptr;
    QPushButton* import_ = nullptr;
    QPushButton* clear_ = nullptr;
    QPushButton* more_ = nullptr;
    Text* importRemark_ = nullptr;
    QVBoxLayout* previews_;
    PeopleReport* peopleReport_;
    SourceList* list_;
    JobRunner* finding_;
    PreviewQueue* queue_;
    std::vector<std::filesystem::path> dropped_;  ///< not looked for yet
    std::deque<Pick> found_;                      ///< not listed yet
    std::vector<PreviewCard*> cards_;
    bool allShown_ = false;
    bool stale_ = false;  ///< changed since soon_ was started
    QTimer soon_;
};

}  // namespace kith
