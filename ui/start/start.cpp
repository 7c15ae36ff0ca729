#include "ui/start/start.h"

#include <QGridLayout>
#include <QLocale>
#include <QStandardPaths>

#include "core/scenario/scenario.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/start/recent.h"
#include "ui/start/town.h"
#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

namespace kith {

namespace {

constexpr int columnWidth = 900;

Card* verb(const QString& title, const QString& about, QPushButton* button, QWidget* parent)
{
    auto* card = new Card(parent);
    auto* name = new Text(title, TextSize::Reading, Tone::Plain, card);
    card->body()->addWidget(name);
    card->body()->addWidget(new Text(about, TextSize::Body, Tone::Muted, card), 1, Qt::AlignTop);
    card->body()->addSpacing(space::small);
    button->setParent(card);
    card->body()->addWidget(button, 0, Qt::AlignLeft);
    return card;
}

}  // namespace

StartScreen::StartScreen(Document& document, QWidget* parent)
    : Screen(document, parent), making_(document.jobs().makeRunner())
{
    QVBoxLayout* column = scrollingColumn(this, columnWidth);
    column->addWidget(buildVerbs());
    recent_ = new QVBoxLayout;
    recent_->setSpacing(space::small);
    column->addLayout(recent_);
    column->addWidget(
        new Text(tr("Or drop an export anywhere on this window. Nothing leaves this computer."),
                 TextSize::Body, Tone::Muted, this));
    column->addStretch(1);
    fillRecent();
}

QWidget* StartScreen::firstFocus()
{
    return first_;
}

QWidget* StartScreen::buildVerbs()
{
    auto* row = new QWidget(this);
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::large);
    auto* make = primaryButton(tr("New workspace…"), row);
    auto* open = new QPushButton(tr("Open…"), row);
    auto* sample = new QPushButton(tr("Try Millbrook"), row);
    make->setObjectName(QStringLiteral("new"));
    open->setObjectName(QStringLiteral("open"));
    sample->setObjectName(QStringLiteral("millbrook"));
    first_ = make;
    grid->addWidget(verb(tr("Begin"),
                         tr("Make a workspace, then drop in the conversations that you "
                            "have exported."),
                         make, row),
                    0, 0);
    grid->addWidget(
        verb(tr("Go on"), tr("Open a workspace that you or somebody else has made."), open, row), 0,
        1);
    grid->addWidget(verb(tr("Look around"),
                         tr("Millbrook is an invented town with everything in "
                            "place. Nobody in it is real."),
                         sample, row),
                    0, 2);
    for (int i = 0; i < 3; ++i) grid->setColumnStretch(i, 1);
    connect(make, &QPushButton::clicked, this, &StartScreen::newWanted);
    connect(open, &QPushButton::clicked, this, &StartScreen::openWanted);
    connect(sample, &QPushButton::clicked, this, &StartScreen::tryScenario);
    return row;
}

void StartScreen::showEvent(QShowEvent* event)
{
    fillRecent();
    Screen::showEvent(event);
}

void StartScreen::fillRecent()
{
    removeAll(recent_);
    const auto list = recentWorkspaces();
    if (list.empty()) return;
    recent_->addWidget(new SectionHeader(tr("Lately"), this));
    for (const RecentWorkspace& one : list) {
        auto* row = new QWidget(this);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::medium);
        auto* open = linkButton(QString::fromStdString(one.path.stem().string()), row);
        open->setEnabled(!one.missing);
        connect(open, &QPushButton::clicked, this,
                [this, path = one.path] { Q_EMIT workspaceChosen(path); });
        const QString where = QString::fromStdString(one.path.parent_path().string());
        const QString when = one.missing ? tr("moved or missing")
                                         : QLocale(QLocale::English, QLocale::UnitedKingdom)
                                               .toString(one.opened.toLocalTime().date(),
                                                         QStringLiteral("d MMM yyyy"));
        line->addWidget(open);
        line->addWidget(
            new Text(QStringLiteral("%1 · %2").arg(when, where), TextSize::Small, Tone::Muted, row),
            1);
        auto* forget = linkButton(tr("Forget"), row);
        forget->setAccessibleName(tr("Forget %1").arg(open->text()));
        connect(
            forget, &QPushButton::clicked, this,
            [this, path = one.path] {
                forgetRecent(path);
                fillRecent();
            },
            Qt::QueuedConnection);
        line->addWidget(forget);
        recent_->addWidget(row);
    }
}

void StartScreen::tryScenario()
{
    const std::filesystem::path home =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString();
    const auto workspace = home / "millbrook" / "Millbrook.kith";
    if (std::filesystem::exists(workspace)) return openWhenReady(workspace);
    making_->start(
        tr("Building Millbrook"),
        [workspace](Task& task) {
            return buildTown("millbrook", workspace, ScenarioOptions{}, task);
        },
        [this](const std::filesystem::path& made) { openWhenReady(made); },
        [this](const Stopped& how) {
            if (how.cancelled) return document().say(tr("Stopped. Nothing was kept."));
            document().report(how.text);
        });
}

void StartScreen::openWhenReady(const std::filesystem::path& path)
{
    Q_EMIT workspaceChosen(path);
}

}  // namespace kith
