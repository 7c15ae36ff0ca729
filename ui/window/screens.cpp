#include "ui/window/screens.h"

#include "ui/communities/screen.h"
#include "ui/journey/screen.h"
#include "ui/map/screen.h"
#include "ui/people/people.h"
#include "ui/sources/sources.h"
#include "ui/start/start.h"

namespace kith {

std::vector<Screen*> makeScreens(Document& document, QWidget* parent)
{
    return {
        new StartScreen(document, parent),       new SourcesScreen(document, parent),
        new MapScreen(document, parent),         new PeopleScreen(document, parent),
        new CommunitiesScreen(document, parent), new JourneyScreen(document, parent),
    };
}

}  // namespace kith
