#include "ui/communities/detail.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/store/communities.h"
#include "core/store/people.h"
#include "ui/communities/members.h"
#include "ui/communities/overlap.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/words.h"

namespace kith {
namespace {

constexpr std::size_t latestMessages = 12;
constexpr int noteHeight = 72;

CommunityReading read(const std::filesystem::path& path, const Community& community, Task& task)
{
    const auto workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
    CommunityReading reading;
    task.begin("Reading the community", community.members.size());
    for (const auto& member : community.members) {
        task.advance();
        if (const auto who = person(workspace, member.person)) reading.names[who->id] = who->name;
    }
    reading.latest = messagesBy(workspace, presentMembers(community), latestMessages);
    return reading;
}

}  // namespace

CommunityDetail::CommunityDetail(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      reader_(new JobRunner(this)),
      name_(new QLineEdit(this)),
      size_(new Chip({}, this)),
      tags_(new FlowLayout(nullptr, space::small)),
      newTag_(new QLineEdit(this)),
      note_(new QPlainTextEdit(this)),
      findings_(new QVBoxLayout),
      members_(new MembersView(document, this)),
      messages_(new QVBoxLayout),
      dissolve_(new QPushButton(tr("&Dissolve this community"), this))
{
    name_->setObjectName(QStringLiteral("communityName"));
    name_->setAccessibleName(tr("Name of the community"));
    const auto dress = [this] { name_->setFont(theme().font(TextSize::Reading, true)); };
    dress();
    connect(&theme(), &Theme::changed, this, dress);
    name_->setMaxLength(120);
    size_->setQuiet();
    newTag_->setObjectName(QStringLiteral("newTag"));
    newTag_->setAccessibleName(tr("New tag"));
    newTag_->setPlaceholderText(tr("Add a tag"));
    newTag_->setMaximumWidth(220);
    newTag_->setMaxLength(60);
    note_->setAccessibleName(tr("Note"));
    note_->setPlaceholderText(tr("What should one know about this community?"));
    note_->setFixedHeight(noteHeight);
    note_->setTabChangesFocus(true);
    note_->installEventFilter(this);
    dissolve_->setObjectName(QStringLiteral("dissolve"));
    dissolve_->setToolTip(tr("The people and their messages stay; it can be undone"));
    layOut();
    connectParts();
}

void CommunityDetail::layOut()
{
    auto* column = scrollingColumn(this, 720);
    auto* head = new QVBoxLayout;
    head->setSpacing(space::small);
    head->addWidget(name_);
    head->addWidget(size_, 0, Qt::AlignLeft);
    auto* tagRow = new QWidget(this);
    tagRow->setLayout(tags_);
    head->addWidget(tagRow);
    head->addWidget(newTag_, 0, Qt::AlignLeft);
    head->addWidget(note_);
    column->addLayout(head);
    findings_->setSpacing(space::large);
    column->addWidget(new SectionHeader(tr("What holds it together"), this));
    column->addLayout(findings_);
    column->addWidget(new SectionHeader(tr("Members"), this));
    column->addWidget(members_);
    column->addWidget(new SectionHeader(tr("Said last"), this));
    messages_->setSpacing(space::medium);
    column->addLayout(messages_);
    column->addWidget(dissolve_, 0, Qt::AlignLeft);
    column->addStretch(1);
}

void CommunityDetail::connectParts()
{
    connect(name_, &QLineEdit::editingFinished, this, &CommunityDetail::rename);
    connect(newTag_, &QLineEdit::returnPressed, this, &CommunityDetail::addTag);
    connect(dissolve_, &QPushButton::clicked, this, &CommunityDetail::dissolve);
    connect(reader_, &JobRunner::failed, &document_, &Document::report);
    connect(&document_, &Document::analysisReady, this, [this] {
        if (community_.id) showFindings();
    });
}

bool CommunityDetail::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == note_ && event->type() == QEvent::FocusOut) saveNote();
    return QWidget::eventFilter(watched, event);
}

void CommunityDetail::setCommunity(const Community& community)
{
    if (community_.id && community_.id != community.id) saveNote();
    community_ = community;
    showHead();
    showTags();
    showFindings();
    reader_->start(
        {},
        [path = document_.path(), community](Task& task) { return read(path, community, task); },
        [this](const CommunityReading& reading) { showReading(reading); });
}

void CommunityDetail::showHead()
{
    name_->setText(QString::fromStdString(community_.name));
    name_->setCursorPosition(0);
    const auto present = presentMembers(community_).size();
    size_->setText(
        tr("%1, since %2")
            .arg(counted(present, tr("member"), tr("members")), dayText(community_.created)));
    size_->setTerritory(community_.colour);
    const auto note = QString::fromStdString(community_.note);
    if (note_->toPlainText() != note) note_->setPlainText(note);
}

void CommunityDetail::showTags()
{
    tags_->clear();
    for (const auto& tag : community_.tags) {
        auto* chip = new Chip(shownLine(tag, 60), this);
        chip->setRemovable(true);
        chip->setToolTip(tr("Delete takes the tag off"));
        const auto takeOff = [this, tag] {
            document_.edit(Change::Notes, [&](Workspace& workspace) {
                untagCommunity(workspace, community_.id, tag);
            });
        };
        // Queued: the edit redraws the tags, and the chip must not go while it still speaks.
        connect(chip, &Chip::removalWanted, this, takeOff, Qt::QueuedConnection);
        tags_->addWidget(chip);
        chip->show();
    }
}

void CommunityDetail::showReading(const CommunityReading& reading)
{
    members_->setCommunity(community_, reading.names);
    removeAll(messages_);
    if (reading.latest.empty()) {
        messages_->addWidget(new Text(tr("Nothing that was imported is by a member."),
                                      TextSize::Body, Tone::Muted, this));
    }
    for (const auto& message : reading.latest) {
        auto* said = new QWidget(this);
        auto* lines = new QVBoxLayout(said);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(space::hair / 2);
        lines->addWidget(
            new Text(QStringLiteral("%1 · %2 · %3")
                         .arg(shownLine(message.authorName, 60), timeText(message.time),
                              shownLine(message.conversation, 40)),
                     TextSize::Small, Tone::Muted, said));
        lines->addWidget(new Text(shown(message.text), TextSize::Body, Tone::Plain, said));
        messages_->addWidget(said);
    }
}

void CommunityDetail::rename()
{
    const auto name = name_->text().trimmed().toStdString();
    if (!community_.id || name == community_.name) return;
    if (name.empty() || !document_.edit(Change::Communities, [&](Workspace& workspace) {
            renameCommunity(workspace, community_.id, name);
        })) {
        name_->setText(QString::fromStdString(community_.name));
    }
}

void CommunityDetail::saveNote()
{
    const auto note = note_->toPlainText().toStdString();
    if (!community_.id || note == community_.note) return;
    community_.note = note;
    document_.edit(Change::Notes,
                   [&](Workspace& workspace) { noteCommunity(workspace, community_.id, note); });
}

void CommunityDetail::addTag()
{
    const auto tag = newTag_->text().trimmed().toStdString();
    if (tag.empty()) return;
    newTag_->clear();
    document_.edit(Change::Notes,
                   [&](Workspace& workspace) { tagCommunity(workspace, community_.id, tag); });
}

void CommunityDetail::dissolve()
{
    const auto gone = std::exchange(community_, {});  // its note is not to be saved on the way
    document_.edit(Change::Communities,
                   [&](Workspace& workspace) { dissolveCommunity(workspace, gone.id); });
    document_.say(tr("“%1” is dissolved. Undo brings it back.").arg(shownLine(gone.name, 80)));
}

}  // namespace kith
