#pragma once

#include "core/import/reader.h"

namespace kith {

/// Reads a package on a thread of its own while `sink` takes the records on this one, in the order
/// in which the reader sends them. At most a few batches wait in between, whatever the file's size.
/// Progress and cancelling pass through `task`, which only this thread touches.
/// @throws what the reader, the sink or the task throws; the reader has ended then
ReadReport readBeside(const Reader& reader, const Package& package, const ReadOptions& options,
                      Sink& sink, Task& task);

}  // namespace kith
