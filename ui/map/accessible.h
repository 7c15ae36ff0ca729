#pragma once

namespace kith {

/// Makes screen readers hear a map as a picture with a name and a summary. Harmless to repeat.
void describeMapsToScreenReaders();

}  // namespace kith
