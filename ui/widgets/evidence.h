#pragma once

#include <QWidget>

#include "ui/widgets/text.h"

namespace kith {

struct EvidenceSentence;

/// A finding as people read it: the sentence, how sure it is, small the figures, and what unfolds
/// under "How was this worked out?".
class EvidenceView final : public QWidget {
    Q_OBJECT

public:
    explicit EvidenceView(QWidget* parent = nullptr);
    explicit EvidenceView(const EvidenceSentence& sentence, QWidget* parent = nullptr);

    void setSentence(const EvidenceSentence& sentence);

private:
    void unfold(bool open);

    Text* finding_;
    Text* certainty_;
    Text* figures_;
    Text* method_;
    QPushButton* how_;
};

}  // namespace kith
