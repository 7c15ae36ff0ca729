#include "ui/map/accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "ui/map/canvas.h"

namespace kith {
namespace {

QAccessibleInterface* mapInterface(const QString&, QObject* object)
{
    if (auto* canvas = qobject_cast<MapCanvas*>(object)) {
        return new QAccessibleWidget(canvas, QAccessible::Graphic, canvas->accessibleName());
    }
    return nullptr;
}

}  // namespace

void describeMapsToScreenReaders()
{
    static const bool once = [] {
        QAccessible::installFactory(mapInterface);
        return true;
    }();
    static_cast<void>(once);
}

}  // namespace kith
