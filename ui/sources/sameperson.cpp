#include "ui/sources/sameperson.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

namespace {

constexpr std::size_t few = 5;
constexpr std::size_t many = 50;

std::string nameOf(const Workspace& workspace, PersonId id)
{
    const auto found = person(workspace, id);
    return found ? found->name : std::string();
}

std::vector<SamePersonList::Pair> findPairs(const std::filesystem::path& path, Task& task)
{
    const Workspace own = Workspace::open(path, Workspace::Mode::ReadOnly);
    std::vector<SamePersonList::Pair> pairs;
    for (SamePerson& each : samePeople(own, task)) {
        if (pairs.size() == many) break;  // the strongest come first
        auto first = nameOf(own, each.first);
        auto second = nameOf(own, each.second);
        pairs.push_back({std::move(each), std::move(first), std::move(second)});
    }
    return pairs;
}

QString reasonsOf(const SamePerson& people)
{
    QStringList reasons;
    for (const std::string& reason : people.reasons) reasons << shownLine(reason, 120);
    return reasons.join(QStringLiteral("; "));
}

}  // namespace

SamePersonList::SamePersonList(Document& document, QWidget* parent)
    : SamePersonList(document, findPairs, parent)
{}

SamePersonList::SamePersonList(Document& document, Finder finder, QWidget* parent)
    : QWidget(parent),
      document_(document),
      finder_(std::move(finder)),
      finding_(new JobRunner(this)),
      rows_(new QVBoxLayout(this)),
      most_(few)
{
    setObjectName(QStringLiteral("samePeople"));
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(space::small);
    rows_->addWidget(new SectionHeader(tr("Could these be the same person?"), this));
    hide();
    connect(finding_, &JobRunner::failed, &document_, &Document::failed);
    connect(&document_, &Document::opened, this, &SamePersonList::reload);
    connect(&document_, &Document::changed, this, [this](Changes changes) {
        if (changes.testFlag(Change::Sources) || changes.testFlag(Change::People)) reload();
    });
    reload();
}

void SamePersonList::reload()
{
    if (!document_.isOpen()) {
        finding_->cancel();
        return present({});
    }
    finding_->start(
        {}, [path = document_.path(), finder = finder_](Task& task) { return finder(path, task); },
        [this](std::vector<Pair>& pairs) { present(std::move(pairs)); });
}

void SamePersonList::present(std::vector<Pair> pairs)
{
    pairs_ = std::move(pairs);
    if (inside_ != nullptr) {
        inside_->hide();
        inside_->deleteLater();  // a button in it may be the one that was pressed
    }
    inside_ = new QWidget(this);
    auto* column = new QVBoxLayout(inside_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    rows_->addWidget(inside_);
    for (std::size_t i = 0; i < std::min(most_, pairs_.size()); ++i) addRow(pairs_[i]);
    if (pairs_.size() > most_) {
        auto* more = linkButton(
            tr("Show more (%1)").arg(number(std::uint64_t{pairs_.size() - most_})), inside_);
        column->addWidget(more);
        connect(more, &QPushButton::clicked, this, [this] {
            most_ = many;
            present(std::move(pairs_));
        });
    }
    setVisible(!pairs_.empty());
}

void SamePersonList::addRow(const Pair& pair)
{
    auto* card = new Card(inside_);
    card->body()->setContentsMargins(space::large, space::medium, space::large, space::medium);
    card->body()->setSpacing(space::hair);
    const QString first = shownLine(pair.first, 60);
    const QString second = shownLine(pair.second, 60);
    auto* names = new Text(tr("%1 and %2").arg(first, second), TextSize::Body, Tone::Plain, card);
    names->setStrong(true);
    card->body()->addWidget(names);
    const QString reasons = reasonsOf(pair.people);
    const bool warning = pair.people.lookAlike;
    card->body()->addWidget(new Text(
        warning ? tr("Take care: %1. Somebody may be posing as somebody else.").arg(reasons)
                : tr("Because of %1.").arg(reasons),
        TextSize::Body, warning ? Tone::Attention : Tone::Muted, card));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    auto* same = new QPushButton(tr("Same person"), card);
    auto* apart = new QPushButton(tr("Different people"), card);
    same->setObjectName(QStringLiteral("same"));
    apart->setObjectName(QStringLiteral("apart"));
    same->setAccessibleName(tr("%1 and %2 are the same person").arg(first, second));
    apart->setAccessibleName(tr("%1 and %2 are different people").arg(first, second));
    // Of people who look alike the careful answer comes first.
    for (QPushButton* each : warning ? std::vector{apart, same} : std::vector{same, apart})
        row->addWidget(each);
    row->addStretch(1);
    card->body()->addLayout(row);
    inside_->layout()->addWidget(card);
    connect(same, &QPushButton::clicked, this,
            [this, people = pair.people] { decide(people, true); });
    connect(apart, &QPushButton::clicked, this,
            [this, people = pair.people] { decide(people, false); });
}

void SamePersonList::decide(const SamePerson& people, bool same)
{
    if (same) {
        if (document_.mergePeople(people.first, people.second))
            document_.say(tr("They are one person now. Edit > Undo parts them again."));
        return;
    }
    const bool kept = document_.edit(Change::People, [&](Workspace& workspace) {
        keepApart(workspace, people.first, people.second);
    });
    if (kept) document_.say(tr("They stay two people and are not suggested again."));
}

}  // namespace kith
