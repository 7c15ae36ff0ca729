#include "core/measure/roles.h"

namespace kith {

Role roleOf(double participation, double withinZ)
{
    if (withinZ >= 2.5) {
        if (participation < 0.30) return Role::HubInside;
        return participation < 0.75 ? Role::HubConnector : Role::HubEverywhere;
    }
    if (participation < 0.05) return Role::Inside;
    if (participation < 0.62) return Role::MostlyInside;
    return participation < 0.80 ? Role::Connector : Role::Everywhere;
}

std::string_view name(Role role)
{
    switch (role) {
    case Role::Inside: return "inside";
    case Role::MostlyInside: return "mostly inside";
    case Role::Connector: return "connector";
    case Role::Everywhere: return "everywhere";
    case Role::HubInside: return "hub inside";
    case Role::HubConnector: return "hub and connector";
    case Role::HubEverywhere: return "hub everywhere";
    }
    return "";
}

}  // namespace kith
