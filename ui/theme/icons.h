#pragma once

#include <QIcon>

namespace kith {

/// A line icon of resources/icons in the colour of the palette's text; follows the theme when it is
/// asked for again. An unknown name gives an empty icon.
QIcon icon(const QString& name);

/// The same in a colour of the caller's.
QPixmap iconPixmap(const QString& name, int size, const QColor& colour, qreal pixelRatio);

}  // namespace kith
