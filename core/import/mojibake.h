#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Mends text that was UTF-8, was taken for Latin-1 byte by byte and written as UTF-8 again, as in
/// the downloads of Facebook and Instagram: "JosÃ©" becomes "José". Text that cannot have come
/// about so is handed back as it stands. Do it once.
std::string withoutMojibake(std::string_view text);

}  // namespace kith
