#pragma once

#include "core/model/community.h"
#include "core/store/workspace.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// What organisers keep. Every change is one step of the history and can be undone.
namespace kith {

std::vector<Community> communities(const Workspace& workspace);  ///< by id
std::optional<Community> community(const Workspace& workspace, CommunityId id);
std::optional<Community> communityNamed(const Workspace& workspace, std::string_view name);

/// Keeps a group under a name. Its colour is `colour` when 0 or more, else the first that no other
/// community has.
/// @throws Error Usage when the name is empty or taken, or `members` is empty
CommunityId adoptCommunity(Workspace& workspace, const std::string& name,
                           const std::vector<PersonId>& members, MemberOrigin origin,
                           int colour = -1);
void renameCommunity(Workspace& workspace, CommunityId id, const std::string& name);
void noteCommunity(Workspace& workspace, CommunityId id, const std::string& note);
void dissolveCommunity(Workspace& workspace, CommunityId id);
void addMembers(Workspace& workspace, CommunityId id, const std::vector<PersonId>& people);
void endMembership(Workspace& workspace, CommunityId id, PersonId person);  ///< `until` = now
void tagCommunity(Workspace& workspace, CommunityId id, const std::string& tag);
void untagCommunity(Workspace& workspace, CommunityId id, const std::string& tag);

AssessmentId assess(Workspace& workspace, const Assessment& assessment);  ///< its id is ignored
/// Oldest first.
std::vector<Assessment> assessments(const Workspace& workspace, CommunityId id);

EvidenceId addEvidence(Workspace& workspace, const Evidence& evidence);  ///< its id is ignored
void removeEvidence(Workspace& workspace, EvidenceId id);
std::vector<Evidence> evidence(const Workspace& workspace, CommunityId id);  ///< oldest first

struct Concern {
    ConcernId id;
    std::string name;
    std::string query;  ///< as search() understands it: "damp OR mould OR repairs"
};
std::vector<Concern> concerns(const Workspace& workspace);
ConcernId addConcern(Workspace& workspace, const std::string& name, const std::string& query);
void removeConcern(Workspace& workspace, ConcernId id);

}  // namespace kith
