// Who talks about the same, but not with each other, shown on the map.

#include "core/analysis/gapstudy.h"
#include "core/analysis/sentences.h"
#include "ui/document/document.h"
#include "ui/jobs/runner.h"
#include "ui/map/panel.h"
#include "ui/map/screen.h"
#include "ui/map/toolbar.h"
#include "ui/widgets/evidence.h"

namespace kith {

void MapScreen::findGaps()
{
    if (!drawing_) return;
    if (!toolbar_->gaps() || gaps_) return showGaps();
    gapFinder_->start(
        tr("Comparing what people talk about"),
        [analysis = drawing_->analysis, path = document().path()](Task& task) {
            const auto own = Workspace::open(path, Workspace::Mode::ReadOnly);
            GapOptions options;
            options.seed = analysis->options.seed;
            return std::pair(analysis, std::make_shared<const GapStudy>(
                                           studyGap(own, *analysis, options, task)));
        },
        [this](const auto& found) {
            if (!drawing_ || drawing_->analysis != found.first) return;
            gaps_ = found.second;
            showGaps();
        },
        [this](const Stopped& how) {
            toolbar_->setGaps(false);
            if (!how.cancelled) document().report(how.text);
        });
}

void MapScreen::showGaps()
{
    if (!drawing_) return;
    const bool shown = toolbar_->gaps() && gaps_;
    panel_->showGaps(*drawing_, shown ? gaps_.get() : nullptr);
    structure_->setSentence(
        shown ? gapSentences(*drawing_->analysis, *gaps_, drawing_->labels).front()
              : structureSentence(*drawing_->analysis));
    refreshLook();
}

MapGaps MapScreen::gapsToDraw() const
{
    MapGaps drawn;
    drawn.shown = drawing_ && gaps_ && toolbar_->gaps();
    if (!drawn.shown) return drawn;
    for (const auto& pair : gaps_->pairs) drawn.people.emplace_back(pair.a, pair.b);
    for (const auto& one : gaps_->groups) {
        if (one.gap) drawn.groups.emplace_back(static_cast<int>(one.a), static_cast<int>(one.b));
    }
    return drawn;
}

}  // namespace kith
