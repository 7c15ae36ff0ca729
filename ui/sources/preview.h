#pragma once

#include <QFrame>

#include "core/store/ingest.h"

#include <filesystem>
#include <vector>

class QVBoxLayout;

namespace kith {

class Card;
class Document;
class JobRunner;
class Questions;

/// One file before it is imported: what it was taken for and why, how much is in it, ten messages
/// as they will be stored, what could not be read, and the questions that only the user can answer.
class PreviewCard final : public QFrame {
    Q_OBJECT

public:
    PreviewCard(Document& document, std::filesystem::path file, QWidget* parent = nullptr);

    const std::filesystem::path& file() const { return file_; }
    ImportOptions options() const;
    bool isReady() const { return ready_; }
    std::uint64_t records() const;  ///< messages, or people and ties of a map file

Q_SIGNALS:
    void changed();
    void leftOut();
    void isPeopleTable();  ///< the user says: this is a table of people, not messages

private:
    void preview();
    void present();
    void askColumns();
    void presentFailure(const QString& text, bool question);
    void presentReport(const ImportReport& report);
    void addCounts(const ImportReport& report);
    void addMessages(const ImportReport& report);
    void fresh(const QString& remark);

    Document& document_;
    std::filesystem::path file_;
    JobRunner* reading_;
    JobRunner* headers_;
    Card* card_;
    QWidget* found_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    Questions* questions_;
    std::vector<ImportReport> reports_;
    bool ready_ = false;
};

}  // namespace kith
