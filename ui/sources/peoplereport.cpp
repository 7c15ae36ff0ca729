#include "ui/sources/peoplereport.h"

#include "core/store/people.h"
#include "ui/widgets/words.h"

namespace kith {
namespace {

constexpr std::size_t mostUnmatched = 20;

}  // namespace

PeopleReport::PeopleReport(QWidget* parent) : QWidget(parent), card_(new Card(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card_);
    hide();
}

void PeopleReport::clear()
{
    while (QLayoutItem* item = card_->body()->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

void PeopleReport::add(const QString& text, TextSize size, Tone tone)
{
    card_->body()->addWidget(new Text(text, size, tone, card_));
}

void PeopleReport::tell(const TraitsReport& report)
{
    clear();
    add(tr("%1 of %2 rows found their person.").arg(number(report.matched), number(report.rows)),
        TextSize::Reading, Tone::Plain);
    QStringList names;
    for (const std::string& trait : report.traits) names << shownLine(trait, 40);
    if (!names.isEmpty())
        add(tr("Traits: %1").arg(names.join(QStringLiteral(", "))), TextSize::Body, Tone::Plain);
    if (report.merged > 0) {
        add(tr("%1 people were joined, because one row named accounts of both. Edit > Undo takes "
               "it back.")
                .arg(number(report.merged)),
            TextSize::Body, Tone::Muted);
    }
    for (const std::string& warning : report.warnings)
        add(shown(warning), TextSize::Body, Tone::Attention);
    addUnmatched(report);
    show();
}

void PeopleReport::addUnmatched(const TraitsReport& report)
{
    std::size_t told = 0;
    for (const std::string& row : report.unmatched) {
        if (++told > mostUnmatched) break;
        add(shownLine(row), TextSize::Small, Tone::Muted);
    }
    if (report.unmatched.size() > mostUnmatched) {
        add(tr("and %1 more").arg(number(std::uint64_t{report.unmatched.size() - mostUnmatched})),
            TextSize::Small, Tone::Muted);
    }
}

}  // namespace kith
