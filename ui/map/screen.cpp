#include "ui/map/screen.h"

#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/store/people.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/map/adopt.h"
#include "ui/map/canvas.h"
#include "ui/map/gaps.h"
#include "ui/map/legend.h"
#include "ui/map/panel.h"
#include "ui/map/picture.h"
#include "ui/map/tables.h"
#include "ui/map/toolbar.h"
#include "ui/widgets/card.h"
#include "ui/widgets/evidence.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

MapScreen::MapScreen(Document& document, QWidget* parent)
    : Screen(document, parent),
      pages_(new QStackedWidget(this)),
      empty_(new EmptyState({}, tr("Import a conversation"), this)),
      drawer_(new JobRunner(this)),
      gapFinder_(new JobRunner(this))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages_);
    waitingPage_ = new QWidget(this);
    waiting_ = new Text({}, TextSize::Reading, Tone::Muted, waitingPage_);
    waiting_->setAlignment(Qt::AlignCenter);
    (new QVBoxLayout(waitingPage_))->addWidget(waiting_);
    mapPage_ = makeMapPage();
    for (auto* page : {static_cast<QWidget*>(empty_), waitingPage_, mapPage_})
        pages_->addWidget(page);
    connectParts();
    connectDocument();
    refreshLook();
    reload();
}

QWidget* MapScreen::firstFocus()
{
    return pages_->currentWidget() == mapPage_ ? views_->currentWidget() : empty_->button();
}

QWidget* MapScreen::makeMapPage()
{
    auto* page = new QWidget(this);
    structure_ = new EvidenceView(page);
    toolbar_ = new MapToolbar(page);
    views_ = new QStackedWidget(page);
    canvas_ = new MapCanvas(page);
    tables_ = new MapTables(page);
    views_->addWidget(canvas_);
    views_->addWidget(tables_);
    panel_ = new MapPanel(page);
    status_ = new Text({}, TextSize::Small, Tone::Muted, page);
    status_->setObjectName(QStringLiteral("mapStatus"));

    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(structure_);
    column->addWidget(toolbar_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::medium);
    auto* left = new QVBoxLayout;
    left->setSpacing(space::hair);
    left->addWidget(views_, 1);
    left->addWidget(status_);
    row->addLayout(left, 1);
    row->addWidget(panel_);
    column->addLayout(row, 1);
    return page;
}

void MapScreen::connectParts()
{
    connect(empty_, &EmptyState::clicked, this,
            [this] { Q_EMIT wanted(QStringLiteral("sources")); });
    connect(toolbar_, &MapToolbar::choicesChanged, this, &MapScreen::redraw);
    connect(toolbar_, &MapToolbar::lookChanged, this, &MapScreen::refreshLook);
    connect(toolbar_, &MapToolbar::toolChosen, canvas_, &MapCanvas::setTool);
    connect(toolbar_, &MapToolbar::fitWanted, canvas_, &MapCanvas::fit);
    connect(toolbar_, &MapToolbar::zoomInWanted, canvas_, &MapCanvas::zoomIn);
    connect(toolbar_, &MapToolbar::zoomOutWanted, canvas_, &MapCanvas::zoomOut);
    connect(toolbar_, &MapToolbar::tableWanted, this,
            [this](bool table) { views_->setCurrentIndex(table ? 1 : 0); });
    connect(toolbar_, &MapToolbar::gapsWanted, this, &MapScreen::findGaps);
    connect(panel_->gaps(), &GapList::peopleWanted, this, &MapScreen::choose);
    connect(panel_->gaps(), &GapList::groupsWanted, this, [this](const std::set<int>& keys) {
        panel_->legend()->setLit(keys);
        light(keys);
    });
    connect(canvas_, &MapCanvas::toolChanged, toolbar_, &MapToolbar::setTool);
    connect(canvas_, &MapCanvas::choiceChanged, this, &MapScreen::choose);
    connect(canvas_, &MapCanvas::opened, this, [this](Vertex person) { choose({person}); });
    connect(canvas_, &MapCanvas::circled, this, [this] { panel_->adopt()->focusName(); });
    connect(tables_, &MapTables::choiceChanged, this, &MapScreen::choose);
    connect(tables_, &MapTables::opened, this, [this](Vertex person) { choose({person}); });
    connect(tables_, &MapTables::groupChosen, this, &MapScreen::chooseGroup);
    connect(panel_, &MapPanel::personWanted, this, [this](Vertex person) { choose({person}); });
    connect(panel_->legend(), &MapLegend::litChanged, this, [this](const std::set<int>& keys) {
        light(keys);
        if (drawing_ && drawing_->choices.trait) return;
        chooseGroup(keys.size() == 1 ? *keys.begin() : -1);
    });
    connect(panel_->adopt(), &AdoptBox::wanted, this, &MapScreen::adopt);
    connect(drawer_, &JobRunner::failed, &document(), &Document::report);
}

void MapScreen::connectDocument()
{
    connect(&document(), &Document::opened, this, [this] {
        drawing_.reset();
        reload();
    });
    connect(&document(), &Document::analysisStarted, this, &MapScreen::reload);
    connect(&document(), &Document::analysisReady, this, &MapScreen::reload);
    connect(&document(), &Document::analysisFailed, this, &MapScreen::reload);
    connect(&document(), &Document::selectionChanged, this, &MapScreen::followSelection);
}

void MapScreen::reload()
{
    const auto analysis = document().isOpen() ? document().analysis() : nullptr;
    if (!analysis && document().isAnalysing()) {
        waiting_->setText(
            tr("Working out who talks to whom. The map is drawn as soon as it is known."));
        pages_->setCurrentWidget(waitingPage_);
        return;
    }
    if (!analysis || analysis->persons.empty()) {
        drawing_.reset();
        empty_->setSentence(
            document().isOpen()
                ? tr("There is nobody on the map yet. Import a conversation to see who "
                     "talks to whom.")
                : tr("Open a workspace, or import a conversation, to see its map."));
        pages_->setCurrentWidget(empty_);
        return;
    }
    if (drawing_ && drawing_->analysis == analysis) return;
    std::vector<Trait> nominal;
    std::ranges::copy_if(analysis->traits, std::back_inserter(nominal),
                         [](const Trait& trait) { return trait.scale == TraitScale::Nominal; });
    toolbar_->setTraits(nominal);
    redraw();
}

void MapScreen::redraw()
{
    const auto analysis = document().analysis();
    if (!document().isOpen() || !analysis || analysis->persons.empty()) return;
    if (!drawing_) {
        waiting_->setText(tr("Drawing the map."));
        pages_->setCurrentWidget(waitingPage_);
    }
    drawer_->start(
        tr("Drawing the map"),
        [analysis, choices = toolbar_->choices(), path = document().path()](Task&) {
            std::map<PersonId, std::string> values;
            if (choices.trait) {
                const auto own = Workspace::open(path, Workspace::Mode::ReadOnly);
                values = traitValues(own, *choices.trait);
            }
            return drawingOf(analysis, choices, values);
        },
        [this](const MapDrawing& drawing) { showDrawing(drawing); });
}

void MapScreen::showDrawing(const MapDrawing& drawing)
{
    const bool samePlaces =
        drawing_ && drawing_->analysis->people.people == drawing.analysis->people.people;
    const bool sameLegend = drawing_ && drawing_->analysis == drawing.analysis &&
                            drawing_->choices.trait == drawing.choices.trait;
    const auto kept = sameLegend ? lit_ : std::set<int>{};
    if (!drawing_ || drawing_->analysis != drawing.analysis) gaps_.reset();
    drawing_ = drawing;
    toolbar_->offerGaps(drawing.analysis->options.selection.layer == Layer::Interaction);
    panel_->setDrawing(drawing);
    tables_->setDrawing(drawing);
    canvas_->setScene(drawing.scene, !samePlaces);
    panel_->legend()->setLit(kept);
    light(kept);
    showGaps();
    findGaps();
    pages_->setCurrentWidget(mapPage_);
    followSelection();
}

void MapScreen::refreshLook()
{
    MapStyle look;
    look.colours = mapColours(theme().tokens());
    look.font = theme().font();
    look.labels = toolbar_->labels();
    look.tiesAtLeast = toolbar_->tiesAtLeast();
    look.gaps = gapsToDraw();
    if (drawing_ && !lit_.empty()) {
        // Territories are groups: with another meaning of colour only people step back.
        if (!drawing_->choices.trait) look.lit = lit_;
        for (const int key : drawing_->keyOf) look.dimmed.push_back(!lit_.contains(key));
    }
    canvas_->setLook(look);
}

void MapScreen::light(const std::set<int>& keys)
{
    lit_ = keys;
    refreshLook();
}

void MapScreen::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refreshLook();
    Screen::changeEvent(event);
}

}  // namespace kith
