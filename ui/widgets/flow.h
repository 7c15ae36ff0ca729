#pragma once

#include <QLayout>

#include <vector>

namespace kith {

/// Puts widgets side by side, on one middle line, and goes on in the next row when there is no more
/// room: for chips and tools.
class FlowLayout final : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr, int spacing = 8);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    /// Hides all widgets in it, and deletes them once they have come to rest.
    void clear();

private:
    int arrange(const QRect& rect, bool move) const;
    void place(const std::vector<QLayoutItem*>& row, const QRect& rect) const;

    std::vector<QLayoutItem*> items_;
};

}  // namespace kith
