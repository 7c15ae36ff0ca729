#pragma once

#include <QWidget>

#include "core/analysis/analysis.h"

class QVBoxLayout;

namespace kith {

class Document;

/// Groups of the map that nobody has kept yet, each with a button to keep it.
class FoundGroups final : public QWidget {
    Q_OBJECT

public:
    explicit FoundGroups(Document& document, QWidget* parent = nullptr);

    void reload(const std::vector<struct Community>& kept);

private:
    void addRow(const ClusterFinding& group);

    Document& document_;
    QVBoxLayout* rows_;
};

}  // namespace kith
