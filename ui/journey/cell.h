#pragma once

#include <QWidget>

#include "core/journey/journey.h"
#include "core/journey/rubric.h"

#include <vector>

class QBoxLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace kith {

class Document;
class EvidencePane;
class LevelChooser;
class Text;

/// One opened cell of the board: what each level means, the rating, its history, the evidence, and
/// what data cannot show.
class CellPanel final : public QWidget {
    Q_OBJECT

public:
    explicit CellPanel(Document& document, QWidget* parent = nullptr);

    void setCell(const Community& community, Characteristic characteristic);
    /// Reads history and evidence again.
    void refresh();
    void focusLevels();
    bool rate(int level);  ///< by the assessor in the field, with the note in the field
    EvidencePane* evidence() const { return evidence_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeRating();
    void showHistory(const std::vector<Assessment>& ratings);

    Document& document_;
    Community community_;
    Characteristic characteristic_ = Characteristic::Sponsorship;
    QBoxLayout* sides_ = nullptr;
    Text* title_;
    Text* question_;
    LevelChooser* levels_;
    QLineEdit* assessor_;
    QLineEdit* note_;
    QPushButton* rate_;
    QVBoxLayout* history_;
    Text* seen_;
    Text* unseen_;
    EvidencePane* evidence_;
};

}  // namespace kith
