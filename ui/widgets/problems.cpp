#include "ui/widgets/problems.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "core/import/records.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

namespace kith {

namespace {

constexpr std::size_t few = 5;
constexpr std::size_t many = 200;

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Skipped: return ProblemList::tr("Left out");
    case Outcome::Refused: return ProblemList::tr("Could not be read");
    case Outcome::Repaired: return ProblemList::tr("Mended");
    case Outcome::Noted: return ProblemList::tr("Note");
    }
    return {};
}

}  // namespace

ProblemList::ProblemList(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void ProblemList::setProblems(const std::vector<Problem>& problems, std::uint64_t count)
{
    lines_.clear();
    count_ = count;
    for (const Problem& problem : problems) {
        const QString what =
            QStringLiteral("%1: %2").arg(outcomeText(problem.outcome), shownLine(problem.what));
        lines_.emplace_back(shownLine(problem.place.text()), what);
    }
    show(few);
}

void ProblemList::show(std::size_t most)
{
    delete rows_;
    rows_ = new QWidget(this);
    layout()->addWidget(rows_);
    auto* grid = new QGridLayout(rows_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::large);
    grid->setVerticalSpacing(space::hair);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [place, what] : lines_) {
        if (static_cast<std::size_t>(row) == most) break;
        auto* where = new Text(place, TextSize::Small, Tone::Muted, rows_);
        where->setWordWrap(false);
        grid->addWidget(where, row, 0, Qt::AlignTop);
        grid->addWidget(new Text(what, TextSize::Small, Tone::Plain, rows_), row, 1);
        ++row;
    }
    const auto left = count_ - static_cast<std::uint64_t>(row);
    if (left == 0) return;
    if (most == few && lines_.size() > few) {
        auto* more = linkButton(tr("Show more (%1)").arg(number(left)), rows_);
        grid->addWidget(more, row, 0, 1, 2);
        // Later, for the button must outlive its own click.
        connect(
            more, &QPushButton::clicked, this, [this] { show(many); }, Qt::QueuedConnection);
    } else {
        const QString rest = tr("and %1 more").arg(number(left));
        grid->addWidget(new Text(rest, TextSize::Small, Tone::Muted, rows_), row, 0, 1, 2);
    }
}

}  // namespace kith
