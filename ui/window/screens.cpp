#include "ui/window/screens.h"

#include "ui/people/people.h"
#include "ui/sources/sources.h"
#include "ui/start/start.h"

namespace kith {

std::vector<Screen*> makeScreens(Document& document, QWidget* parent)
{


    return {
        new StartScreen(document, parent),
        new SourcesScreen(document, parent),
        new PeopleScreen(document, parent),
    };
}

}  // namespace kith
