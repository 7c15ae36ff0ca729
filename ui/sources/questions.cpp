#include "ui/sources/questions.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDate>
#include <QHBoxLayout>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

#include "core/import/catalogue.h"
#include "ui/sources/choicebutton.h"
#include "ui/sources/failure.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

namespace kith {

namespace {

/// "3 April 2024" for what a reader may write as 2024-04-03.
QString dayInWords(const std::string& meaning)
{
    const QString text = shownLine(meaning, 60);
    const QDate day = QDate::fromString(text, Qt::ISODate);
    static const QLocale english(QLocale::English, QLocale::UnitedKingdom);
    return day.isValid() ? english.toString(day, QStringLiteral("d MMMM yyyy")) : text;
}

std::optional<DateOrder> orderOf(const std::string& value)
{
    if (value == "dmy") return DateOrder::DayMonthYear;
    if (value == "mdy") return DateOrder::MonthDayYear;
    if (value == "ymd") return DateOrder::YearMonthDay;
    return std::nullopt;
}

QString orderInWords(DateOrder order)
{
    switch (order) {
    case DateOrder::DayMonthYear: return Questions::tr("the day comes first");
    case DateOrder::MonthDayYear: return Questions::tr("the month comes first");
    case DateOrder::YearMonthDay: return Questions::tr("the year comes first");
    }
    return {};
}

}  // namespace

Questions::Questions(FileAnswers& answers, QWidget* parent)
    : QWidget(parent), answers_(answers), column_(new QVBoxLayout(this))
{
    column_->setContentsMargins(0, space::hair, 0, space::hair);
    hide();
}

void Questions::begin(const QString& sentence)
{
    if (box_ != nullptr) {
        box_->hide();
        box_->deleteLater();  // an answer may still be on its way through one of its buttons
    }
    box_ = new QWidget(this);
    rows_ = new QVBoxLayout(box_);
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(space::small);
    column_->addWidget(box_);
    auto* words = new Text(sentence, TextSize::Reading, Tone::Plain, box_);
    words->setObjectName(QStringLiteral("question"));
    rows_->addWidget(words);
    open_ = true;
    show();
}

void Questions::done()
{
    open_ = false;
    Q_EMIT answered();
}

void Questions::settle()
{
    open_ = false;
}

void Questions::addChoices(std::vector<Choice> choices)
{
    auto* holder = new QWidget(box_);
    auto* flow = new FlowLayout(holder);
    auto* group = new QButtonGroup(holder);
    for (Choice& choice : choices) {
        auto* button = new ChoiceButton(choice.title, choice.detail, holder);
        button->setObjectName(QStringLiteral("choice-") + QString::fromStdString(choice.value));
        group->addButton(button);
        flow->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, take = std::move(choice.take)] {
            take();
            done();
        });
    }
    rows_->addWidget(holder);
}

void Questions::ask(const Question& question, const std::string& cause)
{
    switch (question.about) {
    case Question::About::Dates: return askDates(question);
    case Question::About::Encoding: return askEncoding(question);
    case Question::About::Chats: return askChats(question);
    case Question::About::Limits: return askLimits(cause);
    case Question::About::Format: return askFormat(question, cause);
    case Question::About::Columns:
        // The columns themselves are asked by their samples, below.
        return begin(tr("Which column holds what? %1").arg(asSentence(shown(cause))));
    }
}

void Questions::askDates(const Question& question)
{
    const QString written = shownLine(question.asWritten, 60);
    begin(written.isEmpty() ? tr("Which day is meant?") : tr("Which day is %1?").arg(written));
    std::vector<Choice> choices;
    for (const auto& choice : question.choices) {
        const auto order = orderOf(choice.value);
        if (!order) continue;
        choices.push_back({dayInWords(choice.meaning), orderInWords(*order), choice.value,
                           [this, order] { answers_.read.dates = order; }});
    }
    addChoices(std::move(choices));
}

void Questions::askEncoding(const Question& question)
{
    begin(tr("Some letters can be read in two ways. Which one is right?"));
    std::vector<Choice> choices;
    for (const auto& choice : question.choices) {
        choices.push_back({shownLine(choice.meaning, 80), shownLine(choice.value, 40), choice.value,
                           [this, value = choice.value] { answers_.read.encoding = value; }});
    }
    addChoices(std::move(choices));
}

void Questions::askLimits(const std::string& cause)
{
    begin(tr("This file is unusually large. Read it anyway?"));
    rows_->addWidget(new Text(asSentence(shown(cause)), TextSize::Body, Tone::Muted, box_));
    addChoices({{tr("Read it anyway"), tr("it may take long and much room"), "raise",
                 [this] { answers_.raiseLimits = true; }}});
    auto* no = linkButton(tr("Take it off the list"), box_);
    rows_->addWidget(no);
    connect(no, &QPushButton::clicked, this, &Questions::leaveOutWanted);
}

void Questions::askFormat(const Question& question, const std::string& cause)
{
    begin(tr("What is this file? %1").arg(asSentence(shown(cause))));
    std::vector<Choice> choices;
    for (const auto& choice : question.choices) {
        choices.push_back(
            {shownLine(choice.meaning, 80), {}, choice.value, [this, value = choice.value] {
                 answers_.format = value;
             }});
    }
    addChoices(std::move(choices));
    addFormats();
}

void Questions::confirmFormat(const ImportReport& report)
{
    begin(tr("It looks like: %1. Is that right?").arg(shownLine(report.formatName, 80)));
    rows_->addWidget(new Text(tr("Because it is %1.").arg(shownLine(report.reason)), TextSize::Body,
                              Tone::Muted, box_));
    addChoices({{tr("Yes, read it so"), {}, "yes", [this] { answers_.formatRight = true; }}});
    addFormats();
}

/// "No, it is …" with every format, and the way out.
void Questions::addFormats()
{
    auto* row = new QWidget(box_);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    auto* formats = new QComboBox(row);
    formats->setObjectName(QStringLiteral("formats"));
    formats->setAccessibleName(tr("No, read it as"));
    formats->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    formats->setMinimumContentsLength(24);
    formats->addItem(tr("No, it is…"));
    for (const Reader* reader : readers()) {
        const auto& info = reader->info();
        formats->addItem(shownLine(info.name, 80), shown(info.id));
    }
    auto* no = linkButton(tr("Take it off the list"), row);
    line->addWidget(formats);
    line->addWidget(no, 0, Qt::AlignVCenter);
    line->addStretch(1);
    rows_->addWidget(row);
    connect(no, &QPushButton::clicked, this, &Questions::leaveOutWanted);
    connect(formats, &QComboBox::activated, this, [this, formats](int index) {
        if (index == 0) return;
        answers_.format = formats->itemData(index).toString().toStdString();
        done();
    });
}

void Questions::askChats(const Question& question)
{
    begin(tr("This export holds %1. Which ones do you want?")
              .arg(counted(question.choices.size(), tr("chat"), tr("chats"))));
    auto* list = new QListWidget(box_);
    list->setObjectName(QStringLiteral("chats"));
    list->setAccessibleName(tr("Chats of this export"));
    for (const auto& choice : question.choices) {
        auto* item = new QListWidgetItem(shownLine(choice.meaning, 120), list);
        item->setData(Qt::UserRole, QString::fromStdString(choice.value));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        const bool ticked = answers_.read.chats.contains(choice.value);
        item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    }
    const int rows = qBound(2, list->count(), 10);
    list->setFixedHeight(rows * qMax(list->sizeHintForRow(0), 24) + 2 * space::hair);
    rows_->addWidget(list);
    auto* row = new QWidget(box_);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* read = new QPushButton(tr("Read the ticked chats"), row);
    read->setObjectName(QStringLiteral("readChats"));
    auto* all = linkButton(tr("Tick all"), row);
    auto* none = linkButton(tr("Tick none"), row);
    for (QWidget* each :
         {static_cast<QWidget*>(read), static_cast<QWidget*>(all), static_cast<QWidget*>(none)}) {
        line->addWidget(each, 0, Qt::AlignVCenter);
    }
    line->addStretch(1);
    rows_->addWidget(row);
    const auto tick = [list](Qt::CheckState state) {
        for (int i = 0; i < list->count(); ++i) list->item(i)->setCheckState(state);
    };
    const auto weigh = [list, read] {
        bool any = false;
        for (int i = 0; i < list->count() && !any; ++i)
            any = list->item(i)->checkState() == Qt::Checked;
        read->setEnabled(any);
    };
    weigh();
    connect(list, &QListWidget::itemChanged, read, weigh);
    connect(all, &QPushButton::clicked, list, [tick] { tick(Qt::Checked); });
    connect(none, &QPushButton::clicked, list, [tick] { tick(Qt::Unchecked); });
    connect(read, &QPushButton::clicked, this, [this, list] { takeChats(*list); });
}

void Questions::takeChats(const QListWidget& list)
{
    answers_.read.chats.clear();
    for (int i = 0; i < list.count(); ++i) {
        const QListWidgetItem* item = list.item(i);
        if (item->checkState() == Qt::Checked)
            answers_.read.chats.insert(item->data(Qt::UserRole).toString().toStdString());
    }
    done();
}

}  // namespace kith
