#pragma once

#include "app/cli/verb.h"

namespace kith::cli {

// The verbs about groups and sides that verb.h does not list: one file a verb.
std::unique_ptr<Verb> separationVerb();
std::unique_ptr<Verb> introductionsVerb();
std::unique_ptr<Verb> timelineVerb();

}  // namespace kith::cli
