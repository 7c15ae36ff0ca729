#pragma once

#include "core/import/reader.h"

#include <functional>

namespace kith {

/// Told of a message a little before it is handed on, so that what it needs can be fetched.
using Ahead = std::function<void(const MessageRecord&)>;

/// Reads a package on a thread of its own while `sink` takes the records on this one, in the order
/// in which the reader sends them. At most a few batches wait in between, whatever the file's size.
/// Progress and cancelling pass through `task`, which only this thread touches.
/// @throws what the reader, the sink or the task throws; the reader has ended then
ReadReport readBeside(const Reader& reader, const Package& package, const ReadOptions& options,
                      Sink& sink, const Ahead& expect, Task& task);

}  // namespace kith
