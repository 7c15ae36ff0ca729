#pragma once

#include <QWidget>

#include "core/import/question.h"
#include "ui/sources/answers.h"

#include <functional>
#include <vector>

class QListWidget;
class QVBoxLayout;

namespace kith {

/// What only the user can decide about a file before it can be read: asked in words, answered by
/// large buttons that show both readings, by ticks, or by a list. Writes into the file's answers.
class Questions final : public QWidget {
    Q_OBJECT

public:
    explicit Questions(FileAnswers& answers, QWidget* parent = nullptr);

    /// @param cause why it is asked, a clause for questions that cannot speak for themselves
    void ask(const Question& question, const std::string& cause);
    /// The format is a guess: is it right?
    void confirmFormat(const ImportReport& report);
    /// Nothing is open; what was answered stays to be changed.
    void settle();
    bool isOpen() const { return open_; }

Q_SIGNALS:
    void answered();
    void leaveOutWanted();

private:
    struct Choice {
        QString title;
        QString detail;
        std::string value;
        std::function<void()> take;
    };

    void begin(const QString& sentence);
    void addChoices(std::vector<Choice> choices);
    void addFormats();
    void askDates(const Question& question);
    void askEncoding(const Question& question);
    void askChats(const Question& question);
    void askLimits(const std::string& cause);
    void askFormat(const Question& question, const std::string& cause);
    void takeChats(const QListWidget& list);
    void done();

    FileAnswers& answers_;
    QVBoxLayout* column_;
    QWidget* box_ = nullptr;
    QVBoxLayout* rows_ = nullptr;
    bool open_ = false;
};

}  // namespace kith
