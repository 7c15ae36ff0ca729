#pragma once

#include <QWidget>

#include "core/model/selection.h"
#include "core/store/messages.h"

#include <optional>

namespace kith {

class Chip;
class Document;
class JobRunner;
class Text;

/// The part of the workspace under study, at the bottom of every screen: how much there is, which
/// layer is looked at, which ties count, which time.
class SelectionBar final : public QWidget {
    Q_OBJECT

public:
    explicit SelectionBar(Document& document, QWidget* parent = nullptr);

private:
    void reload();
    void describe();
    void openLayers();
    void openTies();
    void openTime();
    void setLayer(Layer layer);
    void setKind(TieKind kind, bool counts);

    Document& document_;
    JobRunner* counting_;
    Text* summary_;
    Chip* layer_;
    Chip* ties_;
    Chip* time_;
    std::optional<WorkspaceInfo> info_;
};

/// "replies", "mentions" ...: as people say it.
QString tieWord(TieKind kind);

}  // namespace kith
