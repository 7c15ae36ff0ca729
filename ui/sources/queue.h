#pragma once

#include <QObject>

#include <vector>

namespace kith {

class Document;
class JobRunner;
class PreviewCard;

/// Looks into one file after the other, in the order of the list, away from the window. Stopping it
/// leaves the rest of the list to be looked into later.
class PreviewQueue final : public QObject {
    Q_OBJECT

public:
    explicit PreviewQueue(Document& document, QObject* parent = nullptr);

    void add(PreviewCard* card);
    /// It is about to go: nothing is told to it any more.
    void remove(PreviewCard* card);
    bool isRunning() const { return current_ != nullptr; }

private:
    void next();
    void stopAll();

    JobRunner* reading_;
    std::vector<PreviewCard*> waiting_;
    PreviewCard* current_ = nullptr;
};

}  // namespace kith
