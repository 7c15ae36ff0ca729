#include "ui/journey/evidence.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <chrono>

namespace kith {
namespace {

constexpr std::size_t mostOffers = 8;

bool isLink(const QString& text)
{
    return !text.contains(QLatin1Char(' ')) && (text.startsWith(QLatin1String("https://")) ||
                                                text.startsWith(QLatin1String("http://")));
}

}  // namespace

EvidencePane::EvidencePane(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      looker_(new JobRunner(this)),
      kept_(new QVBoxLayout),
      offered_(new QVBoxLayout),
      own_(new QLineEdit(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(new SectionHeader(tr("Evidence kept"), this));
    kept_->setSpacing(space::small);
    column->addLayout(kept_);
    own_->setObjectName(QStringLiteral("ownEvidence"));
    own_->setPlaceholderText(tr("A note or link of your own"));
    own_->setAccessibleName(tr("A note or link of your own"));
    own_->setMaxLength(2000);
    auto* speaksFor = new QPushButton(tr("Keep &for"), this);
    auto* against = new QPushButton(tr("Keep a&gainst"), this);
    speaksFor->setObjectName(QStringLiteral("ownFor"));
    against->setObjectName(QStringLiteral("ownAgainst"));
    auto* tools = new QWidget(this);
    auto* row = new FlowLayout(tools, space::small);
    row->addWidget(own_);
    row->addWidget(speaksFor);
    row->addWidget(against);
    column->addWidget(tools);
    auto* header = new SectionHeader(tr("Messages to read"), this);
    column->addWidget(header);
    column->addWidget(new Text(tr("Found by their words. An offer to read, never a rating."),
                               TextSize::Small, Tone::Muted, this));
    offered_->setSpacing(space::medium);
    column->addLayout(offered_);
    connect(speaksFor, &QPushButton::clicked, this, [this] { keepOwn(true); });
    connect(against, &QPushButton::clicked, this, [this] { keepOwn(false); });
    connect(own_, &QLineEdit::returnPressed, this, [this] { keepOwn(true); });
    connect(looker_, &JobRunner::failed, &document_, &Document::report);
}

void EvidencePane::setCell(CommunityId community, Characteristic characteristic, bool another)
{
    community_ = community;
    characteristic_ = characteristic;
    if (another) own_->clear();
    showKept();
    if (another)
        look();
    else
        showOffers(std::vector(offers_));
}

void EvidencePane::showKept()
{
    removeAll(kept_);
    keptMessages_.clear();
    for (const auto& item : evidence(document_.workspace(), community_)) {
        if (item.characteristic != characteristic_) continue;
        if (item.kind == EvidenceKind::Message) keptMessages_.push_back(item.message);
        addKept(item);
    }
    if (kept_->count() == 0) {
        kept_->addWidget(new Text(tr("Nothing is kept yet."), TextSize::Body, Tone::Muted, this));
    }
}

QString EvidencePane::wordsOf(const Evidence& item) const
{
    if (item.kind != EvidenceKind::Message) return shown(item.text);
    const auto said = message(document_.workspace(), item.message);
    if (!said) return tr("A message that is no longer in the workspace.");
    return tr("%1, %2: %3")
        .arg(shownLine(said->authorName, 60), dayText(said->time), shownLine(said->text, 400));
}

void EvidencePane::addKept(const Evidence& item)
{
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    auto* side = new Text(item.supports ? tr("for") : tr("against"), TextSize::Small,
                          item.supports ? Tone::Accent : Tone::Attention, row);
    side->setWordWrap(false);
    side->setMinimumWidth(52);
    const auto words = wordsOf(item);
    auto* remove = linkButton(tr("Remove"), row);
    remove->setAccessibleName(tr("Remove this evidence: %1").arg(words));
    connect(remove, &QPushButton::clicked, this, [this, id = item.id] {
        document_.edit(Change::Notes, [&](Workspace& workspace) { removeEvidence(workspace, id); });
    });
    line->addWidget(side, 0, Qt::AlignTop);
    line->addWidget(new Text(words, TextSize::Body, Tone::Plain, row), 1);
    line->addWidget(remove, 0, Qt::AlignTop);
    kept_->addWidget(row);
}

void EvidencePane::look()
{
    removeAll(offered_);
    offers_.clear();
    offered_->addWidget(
        new Text(tr("Looking through what members said."), TextSize::Body, Tone::Muted, this));
    looker_->start(
        tr("Looking for evidence"),
        [path = document_.path(), community = community_,
         characteristic = characteristic_](Task& task) {
            const auto own = Workspace::open(path, Workspace::Mode::ReadOnly);
            return offerEvidence(own, community, characteristic, mostOffers, task);
        },
        [this](const std::vector<OfferedEvidence>& offers) { showOffers(offers); });
}

void EvidencePane::showOffers(const std::vector<OfferedEvidence>& offers)
{
    offers_ = offers;
    removeAll(offered_);
    for (const auto& offer : offers_) {
        if (std::ranges::find(keptMessages_, offer.message) == keptMessages_.end()) addOffer(offer);
    }
    if (offered_->count() == 0) {
        offered_->addWidget(new Text(tr("No other message uses the words Kith looks for. That says "
                                        "nothing about what the group does elsewhere."),
                                     TextSize::Body, Tone::Muted, this));
    }
    Q_EMIT offersShown();
}

void EvidencePane::addOffer(const OfferedEvidence& offer)
{
    auto* row = new QWidget(this);
    auto* lines = new QVBoxLayout(row);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::hair);
    const auto who = person(document_.workspace(), offer.author);
    const auto name = who ? shownLine(who->name, 60) : tr("Somebody");
    lines->addWidget(new Text(shownLine(offer.text, 400), TextSize::Body, Tone::Plain, row));
    auto* below = new QHBoxLayout;
    below->setSpacing(space::small);
    below->addWidget(new Text(tr("%1 · says “%2”").arg(name, shownLine(offer.why, 60)),
                              TextSize::Small, Tone::Muted, row),
                     1);
    for (const bool supports : {true, false}) {
        auto* keep = linkButton(supports ? tr("Keep for") : tr("Keep against"), row);
        keep->setObjectName(supports ? QStringLiteral("keepFor") : QStringLiteral("keepAgainst"));
        keep->setAccessibleName(keep->text() + QStringLiteral(": ") + shownLine(offer.text, 120));
        connect(keep, &QPushButton::clicked, this,
                [this, message = offer.message, supports] { keepMessage(message, supports); });
        below->addWidget(keep);
    }
    lines->addLayout(below);
    offered_->addWidget(row);
}

void EvidencePane::keepMessage(MessageId message, bool supports)
{
    Evidence item;
    item.kind = EvidenceKind::Message;
    item.message = message;
    item.supports = supports;
    keep(std::move(item));
}

void EvidencePane::keepOwn(bool supports)
{
    const auto text = own_->text().trimmed();
    if (text.isEmpty()) return;
    own_->clear();
    Evidence item;
    item.kind = isLink(text) ? EvidenceKind::Link : EvidenceKind::Note;
    item.text = text.toStdString();
    item.supports = supports;
    keep(std::move(item));
}

void EvidencePane::keep(Evidence item)
{
    item.community = community_;
    item.characteristic = characteristic_;
    item.added = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    document_.edit(Change::Notes, [&](Workspace& workspace) { addEvidence(workspace, item); });
}

}  // namespace kith
