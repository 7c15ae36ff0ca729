#pragma once

#include <QImage>
#include <QSize>

#include "ui/map/painter.h"

namespace kith {

struct Tokens;

/// The part of the theme's colours that a map needs.
MapColours mapColours(const Tokens& tokens);

/// The whole map as a picture of exactly `size` pixels. Needs a QGuiApplication (the offscreen
/// platform will do), no window.
/// @param scale device pixels a unit of text and lines: 2 for print and sharp screens
QImage renderMap(const MapScene& scene, QSize size, bool dark, double scale = 1);

}  // namespace kith
