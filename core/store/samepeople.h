#pragma once

#include "core/base/task.h"
#include "core/model/ids.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith {

/// Two people of the workspace who may be one. Nothing is ever joined by this: a user decides.
struct SamePerson {
    PersonId first;  ///< the one with more messages
    PersonId second;
    std::vector<std::string> reasons;  ///< clauses: "the same e-mail address on Slack and in mail"
    /// The names only look alike (letters of another alphabet, hidden marks): somebody may be
    /// posing as somebody else. A warning, not a suggestion.
    bool lookAlike = false;
};

/// Every pair with a reason, strongest first (address or phone before name, look-alikes last),
/// pairs that were refused left out; equal bytes for equal workspaces. Names are compared as
/// foldForMatching does, phone numbers by their last nine digits, addresses without case.
/// Time near linear in accounts: only equal keys are compared, never all pairs.
std::vector<SamePerson> samePeople(const Workspace& workspace, Task& task);

/// The user says that these two are different people: the pair is not suggested again. One step of
/// the history.
void keepApart(Workspace& workspace, PersonId first, PersonId second);

}  // namespace kith
