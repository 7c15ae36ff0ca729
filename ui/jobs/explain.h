#pragma once

#include <QString>

#include <exception>

namespace kith {

/// One failure in words for the message bar: what happened, where, and what to do. An exception
/// that is not ours is a mistake of Kith's and says so.
QString explain(const std::exception_ptr& reason);

}  // namespace kith
