#pragma once

#include "ui/window/screen.h"

#include <filesystem>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace kith {

class Card;
class PreviewCard;
class SourceList;
class Text;
struct TraitsReport;

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

    void addFiles(const std::vector<std::filesystem::path>& files);
    void askFiles();
    /// Imports everything that is previewed and has no open question.
    void importAll();
    void importPeople(const std::filesystem::path& table);

private:
    void buildDropCard(QVBoxLayout* column);
    void buildImportRow(QVBoxLayout* column);
    void askFolder();
    void askPeople();
    void leaveOut(PreviewCard* card);
    void refresh();
    bool needWorkspace();
    void imported(std::size_t files, std::uint64_t messages, std::uint64_t known);
    void showPeopleReport(const TraitsReport& report);

    QPushButton* choose_ = nullptr;
    QPushButton* people_ = nullptr;
    QWidget* importRow_ = nullptr;
    QPushButton* import_ = nullptr;
    Text* importRemark_ = nullptr;
    QVBoxLayout* previews_;
    Card* peopleReport_;
    SourceList* list_;
    std::vector<PreviewCard*> cards_;
};

}  // namespace kith
