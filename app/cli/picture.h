#pragma once

#include "core/layout/scene.h"

#include <ostream>

namespace kith::cli {

/// Paints the map as the screen does, without a window, and writes it as PNG.
/// @throws Error CannotWrite
void writeMapPng(std::ostream& out, const MapScene& scene, int width, int height);

}  // namespace kith::cli
