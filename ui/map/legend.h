#pragma once

#include <QAbstractButton>
#include <QWidget>

#include "ui/map/drawing.h"

#include <set>
#include <vector>

class QVBoxLayout;

namespace kith {

/// One line of a legend: swatch with colour and hatch, label, people, verdict. A button, so that it
/// is reached by Tab and pressed by Space.
class LegendRow final : public QAbstractButton {
    Q_OBJECT

public:
    explicit LegendRow(const LegendEntry& entry, QWidget* parent = nullptr);

    int key() const { return entry_.key; }
    void setDimmed(bool dimmed);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    LegendEntry entry_;
    bool dimmed_ = false;
};

/// The legend is the filter: pressing a line shows that group alone, with Shift in addition;
/// pressing the only one shows everybody again.
class MapLegend final : public QWidget {
    Q_OBJECT

public:
    explicit MapLegend(QWidget* parent = nullptr);

    void setEntries(const std::vector<LegendEntry>& entries);
    const std::set<int>& lit() const { return lit_; }  ///< empty = all
    void setLit(const std::set<int>& lit);
    LegendRow* row(int key) const;

Q_SIGNALS:
    void litChanged(const std::set<int>& lit);

private:
    void press(int key, bool adding);

    QVBoxLayout* layout_;
    std::vector<LegendRow*> rows_;
    std::set<int> lit_;
};

}  // namespace kith
