#include "ui/sources/questions.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QTimeZone>
#include <QVBoxLayout>

#include "core/import/tablecolumns.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <array>

namespace kith {

namespace {

/// The roles a column of a table can have, as ReadOptions::columns calls them.
struct Role {
    const char* id;
    const char* words;
};
constexpr std::array roles{
    Role{"", QT_TRANSLATE_NOOP("Questions", "leave out")},
    Role{"time", QT_TRANSLATE_NOOP("Questions", "when it was said")},
    Role{"author", QT_TRANSLATE_NOOP("Questions", "who said it")},
    Role{"text", QT_TRANSLATE_NOOP("Questions", "what was said")},
    Role{"conversation", QT_TRANSLATE_NOOP("Questions", "in which conversation")},
    Role{"id", QT_TRANSLATE_NOOP("Questions", "the message's number")},
    Role{"reply_to", QT_TRANSLATE_NOOP("Questions", "which message it answers")},
    Role{"reply_to_author", QT_TRANSLATE_NOOP("Questions", "whom it answers")},
    Role{"thread", QT_TRANSLATE_NOOP("Questions", "its thread")},
    Role{"mentions", QT_TRANSLATE_NOOP("Questions", "who is named")},
    Role{"title", QT_TRANSLATE_NOOP("Questions", "its title")},
};

}  // namespace

Questions::Questions(QWidget* parent)
    : QWidget(parent),
      dates_(new QWidget(this)),
      zone_(new QWidget(this)),
      column_(new QVBoxLayout(this))
{
    column_->setContentsMargins(0, space::small, 0, 0);
    column_->setSpacing(space::small);
    column_->addWidget(dates_);
    column_->addWidget(zone_);
    buildDates();
    buildZone();
    dates_->hide();
    zone_->hide();
}

bool Questions::hasQuestion() const
{
    return asksDates_ || asksZone_ || !headers_.empty();
}

void Questions::buildDates()
{
    auto* row = new QHBoxLayout(dates_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(new Text(tr("Is 3/4 the third of April or the fourth of March?"), TextSize::Body,
                            Tone::Plain, dates_),
                   1);
    const std::pair<QString, DateOrder> readings[] = {
        {tr("3 April: day first"), DateOrder::DayMonthYear},
        {tr("4 March: month first"), DateOrder::MonthDayYear}};
    for (const auto& [words, order] : readings) {
        auto* button = new QPushButton(words, dates_);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, order = order] {
            answers_.dates = order;
            Q_EMIT answered();
        });
    }
}

void Questions::askDates()
{
    asksDates_ = true;
    dates_->show();
}

void Questions::buildZone()
{
    auto* row = new QHBoxLayout(zone_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    auto* words =
        new Text(tr("Whose clock do the times show?"), TextSize::Body, Tone::Plain, zone_);
    words->setWordWrap(false);
    zones_ = new QComboBox(zone_);
    zones_->setAccessibleName(words->text());
    zones_->setEditable(false);
    row->addWidget(words);
    row->addWidget(zones_);
    row->addStretch(1);
    const std::string here = Zone::local().name();
    QStringList names;
    for (const QByteArray& name : QTimeZone::availableTimeZoneIds()) {
        if (name.contains('/') && Zone::find(name.toStdString()))
            names << QString::fromLatin1(name);
    }
    names.sort();
    zones_->addItem(tr("%1 (this computer)").arg(QString::fromStdString(here)),
                    QString::fromStdString(here));
    if (here != "UTC") zones_->addItem(QStringLiteral("UTC"), QStringLiteral("UTC"));
    for (const QString& name : names) zones_->addItem(name, name);
    // An export is most often read where it was made: that is the reading to begin with.
    answers_.zone = Zone::local();
    connect(zones_, &QComboBox::activated, this, [this](int index) {
        answers_.zone = Zone::find(zones_->itemData(index).toString().toStdString());
        Q_EMIT answered();
    });
}

void Questions::consider(const std::vector<ImportReport>& reports)
{
    asksZone_ = std::any_of(reports.begin(), reports.end(),
                            [](const ImportReport& report) { return !report.zone.empty(); });
    zone_->setVisible(asksZone_);
}

void Questions::offerColumns(const std::vector<std::string>& headers)
{
    if (headers == headers_) return;
    headers_ = headers;
    roles_.clear();
    delete columns_;
    columns_ = new QWidget(this);
    column_->addWidget(columns_);
    auto* grid = new QGridLayout(columns_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(2, 1);
    grid->addWidget(new Text(tr("What the columns hold"), TextSize::Small, Tone::Muted, columns_),
                    0, 0, 1, 3);
    const TableColumns guess(headers);
    int row = 1;
    for (const std::string& header : headers) {
        auto* label = new Text(shownLine(header, 40), TextSize::Body, Tone::Plain, columns_);
        label->setWordWrap(false);
        auto* choice = new QComboBox(columns_);
        choice->setAccessibleName(tr("Column %1 holds").arg(label->text()));
        for (const Role& role : roles)
            choice->addItem(tr(role.words), QString::fromLatin1(role.id));
        grid->addWidget(label, row, 0);
        grid->addWidget(choice, row, 1);
        const auto column = static_cast<std::size_t>(row - 1);
        for (std::size_t role = 0; role < tableRoles; ++role) {
            if (guess[static_cast<TableRole>(role)] != column) continue;
            choice->setCurrentIndex(choice->findData(shown(name(static_cast<TableRole>(role)))));
        }
        roles_.push_back(choice);
        connect(choice, &QComboBox::activated, this, &Questions::mapColumns);
        ++row;
    }
    auto* people = linkButton(tr("This is a table of people, not of messages"), columns_);
    grid->addWidget(people, row, 0, 1, 3, Qt::AlignLeft);
    connect(people, &QPushButton::clicked, this, &Questions::peopleTableChosen);
}

void Questions::mapColumns()
{
    // Every role is named: one that has no column must not be guessed again.
    answers_.columns.clear();
    for (const Role& role : roles) {
        if (*role.id != '\0') answers_.columns[role.id].clear();
    }
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        const std::string role = roles_[i]->currentData().toString().toStdString();
        if (!role.empty()) answers_.columns[role] = headers_[i];
    }
    Q_EMIT answered();
}

}  // namespace kith
