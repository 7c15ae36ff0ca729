#include "ui/sources/columns.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <array>

namespace kith {

namespace {

/// The roles a column can have, as ReadOptions::columns calls them.
struct Role {
    const char* id;
    const char* words;
};
constexpr std::array roles{
    Role{"time", QT_TRANSLATE_NOOP("ColumnMapping", "when it was said")},
    Role{"author", QT_TRANSLATE_NOOP("ColumnMapping", "who said it")},
    Role{"text", QT_TRANSLATE_NOOP("ColumnMapping", "what was said")},
    Role{"conversation", QT_TRANSLATE_NOOP("ColumnMapping", "in which conversation")},
    Role{"id", QT_TRANSLATE_NOOP("ColumnMapping", "the message's number")},
    Role{"reply_to", QT_TRANSLATE_NOOP("ColumnMapping", "which message it answers")},
    Role{"reply_to_author", QT_TRANSLATE_NOOP("ColumnMapping", "whom it answers")},
    Role{"thread", QT_TRANSLATE_NOOP("ColumnMapping", "its thread")},
    Role{"mentions", QT_TRANSLATE_NOOP("ColumnMapping", "who is named")},
    Role{"title", QT_TRANSLATE_NOOP("ColumnMapping", "its title")},
};

constexpr int sampleLetters = 70;

QString samplesOf(const ColumnSample& column)
{
    QStringList samples;
    for (const std::string& sample : column.samples) samples << shownLine(sample, 28);
    QString line = samples.join(QStringLiteral(" · "));
    if (line.size() > sampleLetters) line = line.left(sampleLetters) + QChar(0x2026);
    return line.isEmpty() ? ColumnMapping::tr("empty") : line;
}

}  // namespace

ColumnMapping::ColumnMapping(FileAnswers& answers, QWidget* parent)
    : QWidget(parent), answers_(answers)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    hide();
}

void ColumnMapping::offer(const std::vector<ColumnSample>& columns, const std::string& format)
{
    format_ = format;
    setVisible(!columns.empty());
    // A column that is left out may not be told again, but must stay to be taken back.
    const bool same =
        std::all_of(columns.begin(), columns.end(), [this](const ColumnSample& column) {
            return std::any_of(rows_.begin(), rows_.end(),
                               [&](const Row& row) { return row.header == column.header; });
        });
    if (same) return;
    rows_.clear();
    delete inside_;
    inside_ = new QWidget(this);
    layout()->addWidget(inside_);
    auto* grid = new QGridLayout(inside_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::medium);
    grid->setVerticalSpacing(space::hair);
    grid->setColumnStretch(3, 1);
    grid->addWidget(new Text(tr("What the columns hold"), TextSize::Small, Tone::Muted, inside_), 0,
                    0, 1, 4);
    int row = 1;
    for (const ColumnSample& column : columns) addRow(column, row++, *grid);
    if (format == "table") {
        auto* people = linkButton(tr("This is a table of people, not of messages"), inside_);
        grid->addWidget(people, row, 0, 1, 4, Qt::AlignLeft);
        connect(people, &QPushButton::clicked, this, &ColumnMapping::peopleTableChosen);
    }
}

void ColumnMapping::addRoles(QComboBox& box, const std::string& role) const
{
    box.addItem(tr("nothing that is needed"), QString());
    for (const Role& each : roles) box.addItem(tr(each.words), QString::fromLatin1(each.id));
    const QString id = shown(role);
    if (box.findData(id) < 0) box.addItem(traitWords(role), id);  // of another kind of table
    box.setCurrentIndex(box.findData(id));
}

void ColumnMapping::addRow(const ColumnSample& column, int row, QGridLayout& grid)
{
    auto* name = new Text(shownLine(column.header, 28), TextSize::Body, Tone::Plain, inside_);
    name->setWordWrap(false);
    auto* role = new QComboBox(inside_);
    role->setAccessibleName(tr("Column %1 holds").arg(name->text()));
    role->setObjectName(QStringLiteral("role-") + name->text());
    addRoles(*role, column.role);
    auto* out = new QCheckBox(tr("leave out"), inside_);
    out->setAccessibleName(tr("Leave column %1 out").arg(name->text()));
    out->setObjectName(QStringLiteral("out-") + name->text());
    out->setChecked(answers_.read.leaveOut.contains(column.header));
    role->setEnabled(!out->isChecked());
    auto* samples = new Text(samplesOf(column), TextSize::Small, Tone::Muted, inside_);
    grid.addWidget(name, row, 0);
    grid.addWidget(role, row, 1);
    grid.addWidget(out, row, 2);
    grid.addWidget(samples, row, 3);
    rows_.push_back({column.header, role, out});
    connect(role, &QComboBox::activated, this, &ColumnMapping::takeRoles);
    connect(out, &QCheckBox::toggled, this, [this, role](bool on) {
        role->setEnabled(!on);
        takeOut();
    });
}

void ColumnMapping::takeRoles()
{
    auto& columns = answers_.read.columns;
    columns.clear();
    // Every role is named: one that has no column must not be guessed again.
    if (format_ == "table") {
        for (const Role& role : roles) columns[role.id].clear();
    }
    for (const Row& row : rows_) {
        const std::string role = row.role->currentData().toString().toStdString();
        if (!role.empty() && !row.out->isChecked()) columns[role] = row.header;
    }
    answers_.format = format_;
    Q_EMIT mapped();
}

void ColumnMapping::takeOut()
{
    auto& out = answers_.read.leaveOut;
    out.clear();
    for (const Row& row : rows_) {
        if (row.out->isChecked()) out.insert(row.header);
    }
    // A role that was given to such a column is free again.
    if (!answers_.read.columns.empty()) return takeRoles();
    Q_EMIT mapped();
}

}  // namespace kith
