#include "ui/window/screens.h"

namespace kith {

std::vector<Screen*> makeScreens(Document& document, QWidget* parent)
{
    static_cast<void>(document);
    static_cast<void>(parent);
    return {};
}

}  // namespace kith
