#pragma once

namespace kith {

/// Empties a container and gives its memory back. `container = {}` would not: it assigns an empty
/// list, and the room stays.
template <class Container>
void release(Container& container)
{
    Container().swap(container);
}

}  // namespace kith
