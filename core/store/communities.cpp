#include "core/store/communities.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/rows.h"

#include <algorithm>
#include <set>

namespace kith {

namespace {

std::string requireName(const std::string& name, const char* what)
{
    const std::string trimmed(trim(name));
    if (trimmed.empty()) throw Error(Error::Kind::Usage, std::string(what) + " needs a name");
    return trimmed;
}

std::string quoted(const std::string& name)
{
    return "“" + name + "”";
}

std::string peopleText(std::size_t count)
{
    return count == 1 ? "1 person" : withSeparators(static_cast<std::int64_t>(count)) + " people";
}

std::string nameOf(const Database& db, CommunityId id)
{
    Statement row(db, "SELECT name FROM community WHERE id = ?1");
    if (!row.bind(id).next()) throw Error(Error::Kind::NotFound, "there is no such community");
    return row.text(0);
}

std::string personName(const Database& db, PersonId id)
{
    Statement row(db, "SELECT name FROM person WHERE id = ?1");
    if (!row.bind(id).next()) throw Error(Error::Kind::NotFound, "there is no such person");
    return row.text(0);
}

void requireFreeName(const Database& db, const std::string& name, CommunityId except = {})
{
    const std::string wanted = foldForMatching(name);
    Statement rows(db, "SELECT name FROM community WHERE id <> ?1");
    for (rows.bind(except); rows.next();) {
        if (foldForMatching(rows.view(0)) != wanted) continue;
        throw Error(Error::Kind::Usage, "there is a community called " + quoted(name) + " already",
                    {}, "Choose another name.");
    }
}

int firstFreeColour(const Database& db)
{
    std::set<std::int64_t> taken;
    Statement rows(db, "SELECT colour FROM community");
    while (rows.next()) taken.insert(rows.integer(0));
    int colour = 0;
    while (taken.contains(colour)) ++colour;
    return colour;
}

/// Makes each a present member; who left before comes back with today's date.
std::size_t enrol(const Database& db, CommunityId id, const std::vector<PersonId>& members,
                  MemberOrigin origin)
{
    const Time today = now();
    Statement insert(db,
                     "INSERT INTO membership (community, person, since, until, origin, hash) "
                     "VALUES (?1, ?2, ?3, NULL, ?4, 0) ON CONFLICT (community, person) DO UPDATE "
                     "SET since = excluded.since, until = NULL, origin = excluded.origin "
                     "WHERE until IS NOT NULL");
    std::size_t count = 0;
    for (const PersonId person : std::set<PersonId>(members.begin(), members.end())) {
        personName(db, person);
        insert.run(id, person, today, static_cast<int>(origin));
        count += static_cast<std::size_t>(db.changes());
    }
    sealWhere(db, "membership", "community = ?1", id.value);
    return count;
}

Community communityIn(const Database& db, const Statement& row)
{
    Community community;
    community.id = CommunityId{row.integer(0)};
    community.name = row.text(1);
    community.note = row.text(2);
    community.colour = static_cast<int>(row.integer(3));
    community.created = fromMillis(row.integer(4));

    Statement tags(db, "SELECT tag FROM community_tag WHERE community = ?1 ORDER BY tag");
    for (tags.bind(community.id); tags.next();) community.tags.push_back(tags.text(0));
    Statement members(db,
                      "SELECT person, since, until, origin FROM membership "
                      "WHERE community = ?1 ORDER BY person");
    for (members.bind(community.id); members.next();) {
        community.members.push_back({PersonId{members.integer(0)}, fromMillis(members.integer(1)),
                                     members.time(2),
                                     static_cast<MemberOrigin>(members.integer(3))});
    }
    return community;
}

constexpr const char* communityColumns = "SELECT id, name, note, colour, created FROM community ";

}  // namespace

std::vector<Community> communities(const Workspace& workspace)
{
    const Database& db = workspace.database();
    const ReadTransaction oneState(db);
    std::vector<Community> list;
    Statement rows(db, std::string(communityColumns) + "ORDER BY id");
    while (rows.next()) list.push_back(communityIn(db, rows));
    return list;
}

std::optional<Community> community(const Workspace& workspace, CommunityId id)
{
    const Database& db = workspace.database();
    Statement row(db, std::string(communityColumns) + "WHERE id = ?1");
    if (!row.bind(id).next()) return std::nullopt;
    return communityIn(db, row);
}

std::optional<Community> communityNamed(const Workspace& workspace, std::string_view name)
{
    const std::string wanted = foldForMatching(name);
    const Database& db = workspace.database();
    Statement rows(db, std::string(communityColumns) + "ORDER BY id");
    while (rows.next()) {
        if (foldForMatching(rows.view(1)) == wanted) return communityIn(db, rows);
    }
    return std::nullopt;
}

CommunityId adoptCommunity(Workspace& workspace, const std::string& name,
                           const std::vector<PersonId>& members, MemberOrigin origin, int colour)
{
    const std::string clean = requireName(name, "a community");
    if (members.empty()) throw Error(Error::Kind::Usage, "a community needs members");
    Edit edit(workspace);
    const Database& db = edit.db();
    requireFreeName(db, clean);
    Statement(db,
              "INSERT INTO community (name, note, colour, created, hash) "
              "VALUES (?1, '', ?2, ?3, 0)")
        .run(clean, colour >= 0 ? colour : firstFreeColour(db), now());
    const CommunityId id{db.lastId()};
    seal(db, "community", id.value);
    const auto count = enrol(db, id, members, origin);
    edit.commit("Adopted " + quoted(clean) + " with " + peopleText(count));
    return id;
}

void renameCommunity(Workspace& workspace, CommunityId id, const std::string& name)
{
    const std::string after = requireName(name, "a community");
    Edit edit(workspace);
    const std::string before = nameOf(edit.db(), id);
    requireFreeName(edit.db(), after, id);
    Statement(edit.db(), "UPDATE community SET name = ?2 WHERE id = ?1").run(id, after);
    seal(edit.db(), "community", id.value);
    edit.commit("Renamed " + quoted(before) + " to " + quoted(after));
}

void noteCommunity(Workspace& workspace, CommunityId id, const std::string& note)
{
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    Statement(edit.db(), "UPDATE community SET note = ?2 WHERE id = ?1").run(id, note);
    seal(edit.db(), "community", id.value);
    edit.commit("Changed the note of " + quoted(name));
}

void dissolveCommunity(Workspace& workspace, CommunityId id)
{
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    const Database& db = edit.db();
    Statement(db, "UPDATE ask SET community = NULL WHERE community = ?1").run(id);
    sealWhere(db, "ask", "community IS NULL AND ?1 > 0", id.value);
    for (const char* table : {"membership", "community_tag", "assessment", "evidence"}) {
        Statement(db, "DELETE FROM " + std::string(table) + " WHERE community = ?1").run(id);
    }
    Statement(db, "DELETE FROM community WHERE id = ?1").run(id);
    edit.commit("Dissolved " + quoted(name));
}

void addMembers(Workspace& workspace, CommunityId id, const std::vector<PersonId>& people)
{
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    const auto count = enrol(edit.db(), id, people, MemberOrigin::ByHand);
    if (count > 0) edit.commit("Added " + peopleText(count) + " to " + quoted(name));
}

void endMembership(Workspace& workspace, CommunityId id, PersonId person)
{
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    const std::string who = personName(edit.db(), person);
    Statement(edit.db(),
              "UPDATE membership SET until = ?3 "
              "WHERE community = ?1 AND person = ?2 AND until IS NULL")
        .run(id, person, now());
    sealWhere(edit.db(), "membership", "community = ?1 AND person = ?2", id.value, person.value);
    edit.commit(quoted(who) + " left " + quoted(name));
}

void tagCommunity(Workspace& workspace, CommunityId id, const std::string& tag)
{
    const std::string clean = requireName(tag, "a tag");
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    Statement(edit.db(),
              "INSERT OR IGNORE INTO community_tag (community, tag, hash) "
              "VALUES (?1, ?2, row_hash(?1, ?2))")
        .run(id, clean);
    edit.commit("Tagged " + quoted(name) + " with " + quoted(clean));
}

void untagCommunity(Workspace& workspace, CommunityId id, const std::string& tag)
{
    Edit edit(workspace);
    const std::string name = nameOf(edit.db(), id);
    const std::string clean(trim(tag));
    Statement(edit.db(), "DELETE FROM community_tag WHERE community = ?1 AND tag = ?2")
        .run(id, clean);
    edit.commit("Took the tag " + quoted(clean) + " from " + quoted(name));
}

}  // namespace kith
