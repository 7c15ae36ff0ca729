#pragma once

#include <QWidget>

#include "core/journey/journey.h"

#include <optional>
#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace kith {

class Document;
class JobRunner;

/// The evidence of one cell: what was kept for and against, what Kith offers to read, and a line
/// for notes and links of one's own.
class EvidencePane final : public QWidget {
    Q_OBJECT

public:
    explicit EvidencePane(Document& document, QWidget* parent = nullptr);

    /// @param another another cell than before: what is offered is looked for again
    void setCell(CommunityId community, Characteristic characteristic, bool another);

Q_SIGNALS:
    void offersShown();

private:
    void showKept();
    void look();
    void showOffers(const std::vector<OfferedEvidence>& offers);
    void addOffer(const OfferedEvidence& offer);
    void addKept(const Evidence& item);
    void keepMessage(MessageId message, bool supports);
    void keepOwn(bool supports);
    void keep(Evidence item);
    QString wordsOf(const Evidence& item) const;

    Document& document_;
    JobRunner* looker_;
    CommunityId community_;
    Characteristic characteristic_ = Characteristic::Sponsorship;
    std::vector<MessageId> keptMessages_;
    std::vector<OfferedEvidence> offers_;
    QVBoxLayout* kept_;
    QVBoxLayout* offered_;
    QLineEdit* own_;
};

}  // namespace kith
