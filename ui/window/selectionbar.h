#pragma once

#include <QWidget>

#include "core/model/selection.h"
#include "core/store/communities.h"
#include "core/store/messages.h"

#include <optional>
#include <vector>

namespace kith {

class Chip;
class Document;
class JobRunner;
class Text;

/// The part of the workspace under study, at the bottom of every screen: how much there is, which
/// layer is looked at, which concern, which ties count, which time.
class SelectionBar final : public QWidget {
    Q_OBJECT

public:
    explicit SelectionBar(Document& document, QWidget* parent = nullptr);

    /// Without the summary, which gives way in a narrow window.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    void concernsWanted();  ///< to name or change some

private:
    void reload();
    void describe();
    void fit();
    void openLayers();
    void openConcerns();
    const Concern* chosenConcern() const;  ///< null when all are looked at
    void setConcern(std::optional<ConcernId> concern);
    void openTies();
    void openTime();
    void setLayer(Layer layer);
    void setKind(TieKind kind, bool counts);

    Document& document_;
    JobRunner* counting_;
    Text* summary_;
    Chip* layer_;
    Chip* concern_;
    Chip* ties_;
    Chip* time_;
    std::optional<WorkspaceInfo> info_;
    std::vector<Concern> concerns_;
};

/// "replies", "mentions" ...: as people say it.
QString tieWord(TieKind kind);

}  // namespace kith
