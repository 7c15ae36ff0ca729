#pragma once

#include <QHeaderView>

namespace kith {

/// The first column of the board: a spot in the community's colour, a space, its name as far as
/// there is room.
class NamesHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit NamesHeader(QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int row) const override;
};

}  // namespace kith
