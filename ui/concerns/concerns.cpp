#include "ui/concerns/concerns.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "core/analysis/concernstudy.h"
#include "core/store/messages.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/widgets/card.h"
#include "ui/widgets/evidence.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr int mostRows = 6;
constexpr std::size_t mostSought = 1000;

QListWidget* listOf(const char* name, const QString& spoken, QWidget* parent)
{
    auto* list = new QListWidget(parent);
    list->setObjectName(QString::fromLatin1(name));
    list->setAccessibleName(spoken);
    list->setWordWrap(true);
    list->setTextElideMode(Qt::ElideNone);
    return list;
}

QLineEdit* lineOf(const char* name, const QString& spoken, const QString& hint, QWidget* parent)
{
    auto* line = new QLineEdit(parent);
    line->setObjectName(QString::fromLatin1(name));
    line->setAccessibleName(spoken);
    line->setPlaceholderText(hint);
    return line;
}

/// As high as its rows, of many as high as six.
void fitRows(QListWidget& list)
{
    int height = 2 * list.frameWidth();
    for (int row = 0; row < std::min(mostRows, list.count()); ++row)
        height += list.sizeHintForRow(row);
    list.setFixedHeight(height);
}

void clear(QVBoxLayout& layout)
{
    while (auto* item = layout.takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

QString messagesText(std::size_t count)
{
    if (count == 0) return ConcernsDialog::tr("No message holds these words.");
    if (count == mostSought)
        return ConcernsDialog::tr("%1 messages or more hold these words.").arg(number(count));
    return count == 1 ? ConcernsDialog::tr("1 message holds these words.")
                      : ConcernsDialog::tr("%1 messages hold these words.").arg(number(count));
}

}  // namespace

ConcernsDialog::ConcernsDialog(Document& document, QWidget* parent)
    : QDialog(parent),
      document_(document),
      studying_(new JobRunner(this)),
      searching_(new JobRunner(this)),
      suggesting_(new JobRunner(this))
{
    setObjectName(QStringLiteral("concerns"));
    setWindowTitle(tr("Concerns"));
    setAttribute(Qt::WA_DeleteOnClose);
    document.jobs().list(suggesting_);
    auto* page = new QWidget(this);
    auto* column = scrollingColumn(page);
    column->setSpacing(space::medium);
    column->addWidget(
        new Text(tr("What do people care about?"), TextSize::Title, Tone::Plain, page));
    column->addWidget(new Text(tr("Name a concern and the words that tell of it. Kith follows who "
                                  "speaks of it, in which groups, and since when."),
                               TextSize::Body, Tone::Muted, page));
    column->addWidget(buildNamed());
    column->addWidget(buildNew());
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->addWidget(page, 1);
    all->addWidget(buttons);
    resize(620, 640);
    connect(&document_, &Document::changed, this, &ConcernsDialog::reload);
    connect(&document_, &Document::analysisReady, this, &ConcernsDialog::choose);
    connect(searching_, &JobRunner::failed, found_, &Text::setText);
    reload();
}

QWidget* ConcernsDialog::buildNamed()
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    named_ = listOf("namedConcerns", tr("Concerns that were named"), part);
    look_ = new QPushButton(tr("&Look at nothing else"), part);
    look_->setObjectName(QStringLiteral("lookAtConcern"));
    look_->setToolTip(tr("Shows only messages that speak of it, and the ties they made"));
    remove_ = new QPushButton(tr("&Remove"), part);
    remove_->setObjectName(QStringLiteral("removeConcern"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(look_);
    buttons->addWidget(remove_);
    buttons->addStretch(1);
    evidence_ = new QVBoxLayout;
    column->addWidget(new SectionHeader(tr("Named so far"), part));
    column->addWidget(named_);
    column->addLayout(buttons);
    column->addLayout(evidence_);
    connect(named_, &QListWidget::currentRowChanged, this, &ConcernsDialog::choose);
    connect(look_, &QPushButton::clicked, this, &ConcernsDialog::lookAt);
    connect(remove_, &QPushButton::clicked, this, &ConcernsDialog::remove);
    return part;
}

QWidget* ConcernsDialog::buildNew()
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    name_ = lineOf("concernName", tr("Name of the concern"), tr("Name, such as Damp homes"), part);
    name_->setMaxLength(120);
    words_ = lineOf("concernWords", tr("Words that tell of it"),
                    tr("Words, such as damp OR mould OR \"wet wall\""), part);
    found_ = new Text({}, TextSize::Small, Tone::Muted, part);
    keep_ = primaryButton(tr("&Name this concern"), part);
    keep_->setObjectName(QStringLiteral("keepConcern"));
    suggest_ = new QPushButton(tr("&Suggest some from what people say"), part);
    suggest_->setObjectName(QStringLiteral("suggestConcerns"));
    remark_ = new Text({}, TextSize::Small, Tone::Muted, part);
    topics_ = listOf("suggestedConcerns", tr("Suggested concerns"), part);
    topics_->hide();
    remark_->hide();
    column->addWidget(new SectionHeader(tr("A new one"), part));
    for (QWidget* each : std::initializer_list<QWidget*>{name_, words_, found_})
        column->addWidget(each);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(keep_);
    buttons->addWidget(suggest_);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(remark_);
    column->addWidget(topics_);
    auto* pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(250);
    connect(pause, &QTimer::timeout, this, &ConcernsDialog::tryWords);
    connect(words_, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(words_, &QLineEdit::textChanged, this, &ConcernsDialog::mayKeep);
    connect(name_, &QLineEdit::textChanged, this, &ConcernsDialog::mayKeep);
    connect(keep_, &QPushButton::clicked, this, &ConcernsDialog::keep);
    connect(suggest_, &QPushButton::clicked, this, &ConcernsDialog::suggest);
    connect(topics_, &QListWidget::currentRowChanged, this, &ConcernsDialog::takeTopic);
    mayKeep();
    return part;
}

void ConcernsDialog::mayKeep()
{
    keep_->setEnabled(!name_->text().trimmed().isEmpty() && !words_->text().trimmed().isEmpty());
}

void ConcernsDialog::reload()
{
    if (!document_.isOpen()) return reject();
    const int before = named_->currentRow();
    concerns_ = concerns(document_.workspace());
    {
        const QSignalBlocker quiet(named_);
        named_->clear();
        for (const Concern& one : concerns_) {
            named_->addItem(tr("%1: %2").arg(shownLine(one.name, 120), shownLine(one.query, 200)));
        }
        named_->setCurrentRow(std::min(std::max(before, 0), named_->count() - 1));
    }
    fitRows(*named_);
    named_->setVisible(!concerns_.empty());
    look_->setVisible(!concerns_.empty());
    remove_->setVisible(!concerns_.empty());
    choose();
}

/// Says who speaks of the chosen one, beside everybody who wrote.
void ConcernsDialog::choose()
{
    clear(*evidence_);
    const auto row = static_cast<std::size_t>(named_->currentRow());
    if (concerns_.empty()) {
        evidence_->addWidget(new Text(tr("None yet."), TextSize::Body, Tone::Muted, this));
        return;
    }
    const auto analysis = document_.analysis();
    if (row >= concerns_.size() || !analysis) return;
    if (analysis->options.selection.concern) {
        evidence_->addWidget(new Text(tr("Only one concern is looked at now. Look at everything, "
                                         "and this page says who speaks of what."),
                                      TextSize::Small, Tone::Muted, this));
        return;
    }
    studying_->start(
        {},
        [path = document_.path(), analysis, concern = concerns_[row]](Task& task) {
            const auto workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
            return concernSentences(*analysis, studyConcern(workspace, *analysis, concern, task));
        },
        [this](const std::vector<EvidenceSentence>& sentences) {
            clear(*evidence_);
            for (const auto& one : sentences) evidence_->addWidget(new EvidenceView(one, this));
        },
        [this](const Stopped& how) {
            if (!how.cancelled)
                evidence_->addWidget(new Text(how.text, TextSize::Small, Tone::Attention, this));
        });
}

void ConcernsDialog::tryWords()
{
    const QString words = words_->text().trimmed();
    if (words.isEmpty()) return found_->clear();
    searching_->start(
        {},
        [path = document_.path(), words = words.toStdString()](Task&) {
            const auto workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
            return search(workspace, words, mostSought);
        },
        [this](const std::vector<SearchHit>& hits) {
            QString text = messagesText(hits.size());
            if (!hits.empty())
                text += tr(" One says: “%1”").arg(shownLine(hits.front().message.text, 140));
            found_->setText(text);
        });
}

void ConcernsDialog::keep()
{
    const auto name = name_->text().trimmed().toStdString();
    const auto words = words_->text().trimmed().toStdString();
    const bool kept = document_.edit(
        Change::Notes, [&](Workspace& workspace) { addConcern(workspace, name, words); });
    if (!kept) return found_->setText(tr("It could not be named: is there one of that name?"));
    name_->clear();
    words_->clear();
    found_->clear();
    named_->setCurrentRow(named_->count() - 1);
}

void ConcernsDialog::remove()
{
    const auto row = static_cast<std::size_t>(named_->currentRow());
    if (row >= concerns_.size()) return;
    const ConcernId id = concerns_[row].id;
    document_.edit(Change::Notes, [&](Workspace& workspace) { removeConcern(workspace, id); });
}

void ConcernsDialog::lookAt()
{
    const auto row = static_cast<std::size_t>(named_->currentRow());
    if (row >= concerns_.size()) return;
    AnalysisOptions options = document_.options();
    options.selection.concern = concerns_[row].id;
    document_.setOptions(options);
    accept();
}

void ConcernsDialog::suggest()
{
    suggest_->setEnabled(false);
    remark_->setText(tr("Reading what people say…"));
    remark_->show();
    Selection selection = document_.options().selection;
    selection.concern.reset();
    suggesting_->start(
        tr("Looking for topics"),
        [path = document_.path(), selection, seed = document_.options().seed](Task& task) {
            TopicOptions options;
            options.seed = seed;
            return studyTopics(Workspace::open(path, Workspace::Mode::ReadOnly), selection, options,
                               task);
        },
        [this](TopicModel& model) { showTopics(std::move(model)); },
        [this](const Stopped& how) {
            suggest_->setEnabled(true);
            remark_->setText(how.cancelled ? tr("Stopped.") : how.text);
        });
}

void ConcernsDialog::showTopics(TopicModel model)
{
    suggest_->setEnabled(true);
    suggested_ = std::move(model.topics);
    remark_->setText(tr("Choose one, change its words as you like, and give it a name:"));
    const QSignalBlocker quiet(topics_);
    topics_->clear();
    for (const Topic& topic : suggested_) {
        QStringList words;
        for (std::size_t i = 0; i < std::min<std::size_t>(6, topic.words.size()); ++i)
            words << shownLine(topic.words[i].word, 40);
        topics_->addItem(tr("%1 (%2, %3)")
                             .arg(words.join(QStringLiteral(", ")),
                                  counted(topic.messages, tr("message"), tr("messages")),
                                  counted(topic.people, tr("person"), tr("people"))));
    }
    topics_->setCurrentRow(-1);
    fitRows(*topics_);
    topics_->show();
}

void ConcernsDialog::takeTopic(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= suggested_.size()) return;
    const Topic& topic = suggested_[static_cast<std::size_t>(row)];
    words_->setText(QString::fromStdString(topic.query));
    if (topic.words.empty()) return;
    QString name = shownLine(topic.words.front().word, 60);
    name_->setText(name.left(1).toUpper() + name.mid(1));
    name_->setFocus();
    name_->selectAll();
}

}  // namespace kith
