#pragma once

#include <string_view>

namespace kith {

/// Where somebody stands in the own group and towards the others (Guimera and Amaral 2005). Names
/// for tooltips only: the numbers are what is shown.
enum class Role {
    Inside,        ///< z < 2.5, P < 0.05
    MostlyInside,  ///< P < 0.62
    Connector,     ///< P < 0.80
    Everywhere,    ///< else
    HubInside,     ///< z >= 2.5, P < 0.30
    HubConnector,  ///< P < 0.75
    HubEverywhere  ///< else
};

/// @param participation 0..1
/// @param withinZ       z of the weight inside the own group
Role roleOf(double participation, double withinZ);

/// "inside", "mostly inside", "connector", "everywhere", "hub inside", "hub and connector", "hub
/// everywhere".
std::string_view name(Role role);

}  // namespace kith
