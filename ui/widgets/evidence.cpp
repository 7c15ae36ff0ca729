#include "ui/widgets/evidence.h"

#include <QVBoxLayout>

#include "core/analysis/sentences.h"
#include "ui/widgets/words.h"

namespace kith {

EvidenceView::EvidenceView(QWidget* parent)
    : QWidget(parent),
      finding_(new Text({}, TextSize::Reading, Tone::Plain, this)),
      certainty_(new Text({}, TextSize::Body, Tone::Plain, this)),
      figures_(new Text({}, TextSize::Small, Tone::Muted, this)),
      method_(new Text({}, TextSize::Small, Tone::Muted, this)),
      how_(linkButton(tr("How was this worked out?"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::hair);
    for (QWidget* part : {static_cast<QWidget*>(finding_), static_cast<QWidget*>(certainty_),
                          static_cast<QWidget*>(figures_)}) {
        column->addWidget(part);
    }
    column->addWidget(how_, 0, Qt::AlignLeft);
    column->addWidget(method_);
    for (Text* part : {finding_, certainty_, figures_, method_}) {
        part->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    how_->setCheckable(true);
    connect(how_, &QPushButton::toggled, this, &EvidenceView::unfold);
    unfold(false);
}

EvidenceView::EvidenceView(const EvidenceSentence& sentence, QWidget* parent) : EvidenceView(parent)
{
    setSentence(sentence);
}

void EvidenceView::setSentence(const EvidenceSentence& sentence)
{
    const auto fill = [](Text* part, const std::string& text) {
        part->setText(shown(text));
        part->setVisible(!text.empty());
    };
    fill(finding_, sentence.finding);
    fill(certainty_, sentence.certainty);
    fill(figures_, sentence.figures);
    method_->setText(shown(sentence.method));
    how_->setVisible(!sentence.method.empty());
    how_->setAccessibleDescription(finding_->text());
}

void EvidenceView::unfold(bool open)
{
    method_->setVisible(open);
}

}  // namespace kith
