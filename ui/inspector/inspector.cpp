#include "ui/inspector/inspector.h"

#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/analysis/sentences.h"
#include "core/store/communities.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/evidence.h"
#include "ui/widgets/flow.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

/// What the store knows of one person, read away from the window.
struct PersonDetail {
    std::optional<Person> person;
    std::vector<Account> accounts;
    std::map<std::string, std::string> traits;
    std::vector<MessageView> latest;
    std::vector<std::string> communities;
};

namespace {

constexpr int panelWidth = 296;  // at ordinary text size
constexpr int widest = 400;
constexpr std::size_t latestMessages = 8;

PersonDetail readPerson(const std::filesystem::path& path, PersonId id)
{
    const Workspace workspace = Workspace::open(path, Workspace::Mode::ReadOnly);
    PersonDetail detail;
    detail.person = person(workspace, id);
    detail.accounts = accountsOf(workspace, id);
    detail.traits = traitsOf(workspace, id);
    detail.latest = messagesBy(workspace, {id}, latestMessages);
    for (const Community& each : communities(workspace)) {
        const bool member =
            std::any_of(each.members.begin(), each.members.end(),
                        [&](const Member& m) { return m.person == id && !m.until; });
        if (member) detail.communities.push_back(each.name);
    }
    return detail;
}

}  // namespace

Inspector::Inspector(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), loading_(new JobRunner(this))
{
    setObjectName(QStringLiteral("inspector"));
    const auto widen = [this] {
        setFixedWidth(std::min(panelWidth * theme().textScale() / 100, widest));
    };
    widen();
    connect(&theme(), &Theme::changed, this, widen);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(area);
    inside_ = new QWidget(area);
    area->setWidget(inside_);
    area->viewport()->setAutoFillBackground(false);
    inside_->setAutoFillBackground(false);
    column_ = new QVBoxLayout(inside_);
    column_->setContentsMargins(space::large, space::large, space::large, space::large);
    column_->setSpacing(space::small);
    column_->setAlignment(Qt::AlignTop);
    connect(loading_, &JobRunner::failed, &document_, &Document::failed);
    connect(&document_, &Document::selectionChanged, this, &Inspector::reload);
    connect(&document_, &Document::analysisReady, this, &Inspector::reload);
    connect(&document_, &Document::changed, this, &Inspector::reload);
    connect(&document_, &Document::opened, this, &Inspector::reload);
    showNothing();
}

void Inspector::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 1, height()), theme().tokens().line);
}

void Inspector::clear()
{
    while (QLayoutItem* item = column_->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void Inspector::add(QWidget* widget)
{
    column_->addWidget(widget);
}

void Inspector::addHeading(const QString& text)
{
    auto* heading = new Text(text, TextSize::Small, Tone::Muted, inside_);
    heading->setContentsMargins(0, space::medium, 0, 0);
    add(heading);
}

void Inspector::reload()
{
    if (!document_.isOpen()) return showNothing();
    const auto& people = document_.selectedPeople();
    if (people.size() == 1) return showPerson(people.front());
    loading_->cancel();
    if (people.size() > 1) return showPeople(people.size());
    const auto analysis = document_.analysis();
    const auto cluster = document_.selectedCluster();
    if (cluster && analysis && *cluster < analysis->clusters.size()) return showCluster(*cluster);
    if (document_.selectedCommunity()) return showCommunity(*document_.selectedCommunity());
    showNothing();
}

void Inspector::showNothing()
{
    clear();
    add(new Text(tr("Choose a person or a group to read about them here."), TextSize::Body,
                 Tone::Muted, inside_));
}

void Inspector::showPeople(std::size_t count)
{
    clear();
    add(new Text(tr("%1 people chosen").arg(number(std::uint64_t{count})), TextSize::Reading,
                 Tone::Plain, inside_));
}

void Inspector::showPerson(PersonId id)
{
    loading_->start(
        {}, [path = document_.path(), id](Task&) { return readPerson(path, id); },
        [this](const PersonDetail& detail) { fillPerson(detail); });
}

void Inspector::addHead(const PersonDetail& detail)
{
    const Person& person = *detail.person;
    const bool organisation = person.kind == PersonKind::Organisation;
    auto* badge = new PersonBadge(inside_);
    badge->setPerson(shown(person.name), organisation);
    const auto analysis = document_.analysis();
    if (const auto vertex = analysis ? analysis->people.vertexOf(person.id) : std::nullopt) {
        const int cluster = analysis->clusterOf[*vertex];
        if (cluster >= 0) {
            const auto& finding = analysis->clusters[static_cast<std::size_t>(cluster)];
            badge->setPerson(shown(person.name), organisation, finding.colour);
        }
    }
    column_->addWidget(badge, 0, Qt::AlignLeft);
    add(new Text(shownLine(person.name, 80), TextSize::Reading, Tone::Plain, inside_));
    QString kind = organisation ? tr("Organisation") : tr("Person");
    if (!person.sector.empty()) kind += tr(", %1 sector").arg(shownLine(person.sector, 40));
    add(new Text(kind, TextSize::Small, Tone::Muted, inside_));
}

void Inspector::fillPerson(const PersonDetail& detail)
{
    clear();
    if (!detail.person) return showNothing();
    addHead(detail);
    addStanding(detail.person->id);
    if (!detail.communities.empty()) {
        addHeading(tr("Communities"));
        for (const std::string& name : detail.communities) {
            add(new Text(shownLine(name, 80), TextSize::Body, Tone::Plain, inside_));
        }
    }
    if (!detail.traits.empty()) {
        addHeading(tr("Traits"));
        for (const auto& [trait, value] : detail.traits) {
            const QString line =
                QStringLiteral("%1: %2").arg(traitWords(trait), shownLine(value, 80));
            add(new Text(line, TextSize::Body, Tone::Plain, inside_));
        }
    }
    addHeading(tr("Accounts"));
    for (const Account& account : detail.accounts) {
        const QString line = QStringLiteral("%1: %2").arg(platformName(account.platform),
                                                          shownLine(account.name, 80));
        add(new Text(line, TextSize::Body, Tone::Plain, inside_));
    }
    if (detail.latest.empty()) return;
    addHeading(tr("Latest messages"));
    for (const MessageView& message : detail.latest) {
        const QString where = QStringLiteral("%1 · %2").arg(timeText(message.time),
                                                            shownLine(message.conversation, 40));
        add(new Text(where, TextSize::Small, Tone::Muted, inside_));
        add(new Text(shownLine(message.text, 240), TextSize::Body, Tone::Plain, inside_));
    }
}

void Inspector::addStanding(PersonId id)
{
    const auto analysis = document_.analysis();
    if (!analysis) return;
    const auto vertex = analysis->people.vertexOf(id);
    if (!vertex) return;
    const int cluster = analysis->clusterOf[*vertex];
    addHeading(tr("Group"));
    const QString label =
        cluster < 0 ? tr("In no group: no ties in what is chosen below")
                    : shownLine(analysis->clusters[static_cast<std::size_t>(cluster)].label, 80);
    add(new Text(label, TextSize::Body, Tone::Plain, inside_));
    const auto bridge =
        std::find_if(analysis->bridges.begin(), analysis->bridges.end(),
                     [&](const BridgeFinding& each) { return each.person == *vertex; });
    if (bridge == analysis->bridges.end()) return;
    addHeading(tr("Ties across"));
    add(new EvidenceView(bridgeSentence(*analysis, *bridge, {}), inside_));
}

void Inspector::showCluster(std::uint32_t cluster)
{
    clear();
    const auto analysis = document_.analysis();
    const ClusterFinding& finding = analysis->clusters[cluster];
    auto* chip =
        new Chip(tr("%1 people").arg(number(std::uint64_t{finding.members.size()})), inside_);
    chip->setTerritory(finding.colour);
    chip->setQuiet();
    column_->addWidget(chip, 0, Qt::AlignLeft);
    add(new Text(shownLine(finding.label, 120), TextSize::Reading, Tone::Plain, inside_));
    add(new Text(QString::fromStdString(plainVerdict(finding.verdict)), TextSize::Body, Tone::Muted,
                 inside_));
    for (const EvidenceSentence& sentence : clusterSentences(*analysis, cluster)) {
        addHeading({});
        add(new EvidenceView(sentence, inside_));
    }
}

void Inspector::showCommunity(CommunityId id)
{
    loading_->start(
        {},
        [path = document_.path(), id](Task&) {
            return community(Workspace::open(path, Workspace::Mode::ReadOnly), id);
        },
        [this](const std::optional<Community>& found) {
            clear();
            if (!found) return showNothing();
            const auto present = std::count_if(found->members.begin(), found->members.end(),
                                               [](const Member& member) { return !member.until; });
            auto* chip = new Chip(tr("%1 members").arg(number(std::int64_t{present})), inside_);
            chip->setTerritory(found->colour);
            chip->setQuiet();
            column_->addWidget(chip, 0, Qt::AlignLeft);
            add(new Text(shownLine(found->name, 120), TextSize::Reading, Tone::Plain, inside_));
            if (!found->note.empty()) {
                add(new Text(shown(found->note), TextSize::Body, Tone::Plain, inside_));
            }
            for (const std::string& tag : found->tags) {
                add(new Text(shownLine(tag, 60), TextSize::Small, Tone::Muted, inside_));
            }
        });
}

}  // namespace kith
