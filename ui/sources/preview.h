#pragma once

#include <QFrame>

#include "core/import/picks.h"
#include "core/import/question.h"
#include "core/store/ingest.h"
#include "ui/sources/answers.h"
#include "ui/sources/failure.h"

#include <exception>
#include <optional>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace kith {

class Adjustments;
class Card;
class ColumnMapping;
class Questions;
class Text;

/// What looking into a file came to.
struct Looked {
    std::vector<ImportReport> reports;
    std::optional<Question> question;  ///< instead of reports
    std::string cause;                 ///< why it is asked
    std::vector<ColumnSample> columns;
};

/// Looks into a file away from the window. @throws Error, Cancelled
Looked lookInto(const Pick& pick, const ImportOptions& options, Task& task);

/// One file before it is imported, as a row that unfolds: what it was taken for and why, how much
/// is in it, what could not be read, and the questions that only the user can answer. Whoever holds
/// the card reads the file and tells it what came of that.
class PreviewCard final : public QFrame {
    Q_OBJECT

public:
    enum class State { Waiting, Reading, Ready, Asking, Unreadable, Stopped };

    explicit PreviewCard(Pick pick, QWidget* parent = nullptr);

    const Pick& pick() const { return pick_; }
    State state() const { return state_; }
    const std::vector<ImportReport>& reports() const { return reports_; }
    ImportOptions options() const;

    void begin();  ///< it is being read
    void take(Looked&& looked);
    void fail(const FileFailure& failure);
    void stop();  ///< the user stopped the reading
    void setOpen(bool open);
    /// The same, unless the user folded or unfolded it.
    void suggestOpen(bool open);
    bool isOpen() const { return open_; }
    QPushButton* firstFocus() const { return leave_; }

Q_SIGNALS:
    void changed();
    void againWanted();  ///< an answer was given: read the file anew
    void leftOut();
    void isPeopleTable();  ///< the user says: this is a table of people, not messages

private:
    void addHead();
    void setState(State state);
    void again();
    void present();
    void fill();
    void buildDetails();
    Questions& questions();

    Pick pick_;
    FileAnswers answers_;
    State state_ = State::Waiting;
    std::vector<ImportReport> reports_;
    std::vector<ColumnSample> samples_;
    Card* card_;
    Text* stateText_ = nullptr;
    Text* summary_ = nullptr;
    Text* counts_ = nullptr;
    QPushButton* unfold_ = nullptr;
    QPushButton* retry_ = nullptr;
    QPushButton* leave_ = nullptr;
    Questions* questions_ = nullptr;
    QWidget* details_ = nullptr;  ///< what unfolds: what was found, and what can be set
    QWidget* found_ = nullptr;
    Adjustments* adjustments_ = nullptr;
    ColumnMapping* columns_ = nullptr;
    bool open_ = false;
    bool chosen_ = false;  ///< the user folded or unfolded it
};

}  // namespace kith
