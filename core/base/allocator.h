#pragma once

namespace kith {

/// Has the C library give blocks of a megabyte and more back to the system as soon as they are
/// freed, for the whole process. By itself it keeps the room of large blocks for others to come, so
/// that a process stays as large as its largest moment. For the start of a program; no effect but on
/// memory, and none where the C library is not GNU's.
void giveLargeBlocksBack();

}  // namespace kith
