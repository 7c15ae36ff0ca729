#pragma once

#include <vector>

class QWidget;

namespace kith {

class Document;
class Screen;

/// Every screen there is, in the order of the rail. The list is the whole registration.
std::vector<Screen*> makeScreens(Document& document, QWidget* parent);

}  // namespace kith
