#include "ui/sources/queue.h"

#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/sources/preview.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

PreviewQueue::PreviewQueue(Document& document, QObject* parent)
    : QObject(parent), reading_(new JobRunner(this))
{
    document.jobs().list(reading_);
}

void PreviewQueue::add(PreviewCard* card)
{
    if (card == current_) {
        current_ = nullptr;  // read anew with another answer; next() supersedes what runs
        waiting_.insert(waiting_.begin(), card);
        return next();
    }
    if (std::find(waiting_.begin(), waiting_.end(), card) == waiting_.end())
        waiting_.push_back(card);
    if (current_ == nullptr) next();
}

void PreviewQueue::remove(PreviewCard* card)
{
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), card), waiting_.end());
    if (card != current_) return;
    current_ = nullptr;
    if (waiting_.empty()) return reading_->cancel();
    next();
}

void PreviewQueue::next()
{
    if (waiting_.empty()) return;
    current_ = waiting_.front();
    waiting_.erase(waiting_.begin());
    current_->begin();
    ImportOptions options = current_->options();
    // Who answers whom costs time and changes nothing that a preview shows.
    options.answers = {};
    const QString name = shownLine(current_->pick().name, 60);
    const QString what =
        waiting_.empty()
            ? tr("Looking into %1").arg(name)
            : tr("Looking into %1, then %2 more").arg(name, number(std::uint64_t{waiting_.size()}));
    reading_->start(
        what,
        [pick = current_->pick(), options](Task& task) { return lookInto(pick, options, task); },
        [this](Looked& looked) {
            PreviewCard* card = std::exchange(current_, nullptr);
            if (card != nullptr) card->take(std::move(looked));
            if (current_ == nullptr) next();
        },
        [this](const Stopped& how) {
            PreviewCard* card = std::exchange(current_, nullptr);
            if (card == nullptr) return;  // it was taken off the list
            if (how.cancelled) {
                card->stop();
                return stopAll();
            }
            card->fail(failureOf(how.reason));
            if (current_ == nullptr) next();
        });
}

void PreviewQueue::stopAll()
{
    for (PreviewCard* card : std::exchange(waiting_, {})) card->stop();
}

}  // namespace kith
