#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/communities.h"
#include "core/store/database.h"
#include "core/store/edit.h"
#include "core/store/rows.h"

/// Assessments, evidence and concerns: what organisers write down about communities.
namespace kith {

namespace {

std::string requireCommunity(const Database& db, CommunityId id)
{
    Statement row(db, "SELECT name FROM community WHERE id = ?1");
    if (!row.bind(id).next()) throw Error(Error::Kind::NotFound, "there is no such community");
    return row.text(0);
}

}  // namespace

AssessmentId assess(Workspace& workspace, const Assessment& assessment)
{
    if (assessment.level < 0 || assessment.level > 4) {
        throw Error(Error::Kind::Usage, "a level goes from 0 to 4");
    }
    Edit edit(workspace);
    const Database& db = edit.db();
    const std::string community = requireCommunity(db, assessment.community);
    Statement(db,
              "INSERT INTO assessment (community, characteristic, level, day, assessor, note, "
              "hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)")
        .run(assessment.community, static_cast<int>(assessment.characteristic), assessment.level,
             assessment.on, assessment.assessor, assessment.note);
    const AssessmentId id{db.lastId()};
    seal(db, "assessment", id.value);
    edit.commit("Rated " + std::string(name(assessment.characteristic)) + " of “" + community +
                "” at " + std::to_string(assessment.level));
    return id;
}

std::vector<Assessment> assessments(const Workspace& workspace, CommunityId id)
{
    std::vector<Assessment> list;
    Statement rows(workspace.database(),
                   "SELECT id, characteristic, level, day, assessor, note FROM assessment "
                   "WHERE community = ?1 ORDER BY day, id");
    for (rows.bind(id); rows.next();) {
        list.push_back({AssessmentId{rows.integer(0)}, id,
                        static_cast<Characteristic>(rows.integer(1)),
                        static_cast<int>(rows.integer(2)), fromMillis(rows.integer(3)),
                        rows.text(4), rows.text(5)});
    }
    return list;
}

EvidenceId addEvidence(Workspace& workspace, const Evidence& evidence)
{
    Edit edit(workspace);
    const Database& db = edit.db();
    const std::string community = requireCommunity(db, evidence.community);
    if (evidence.kind == EvidenceKind::Message) {
        Statement row(db, "SELECT 1 FROM message WHERE id = ?1");
        if (!row.bind(evidence.message).next()) {
            throw Error(Error::Kind::NotFound, "there is no such message");
        }
    } else if (trim(evidence.text).empty()) {
        throw Error(Error::Kind::Usage, "evidence needs some text");
    }
    Statement(db,
              "INSERT INTO evidence (community, characteristic, kind, supports, message, text, "
              "added, hash) VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, 0)")
        .run(evidence.community, static_cast<int>(evidence.characteristic),
             static_cast<int>(evidence.kind), evidence.supports, evidence.message, evidence.text,
             evidence.added == Time{} ? now() : evidence.added);
    const EvidenceId id{db.lastId()};
    seal(db, "evidence", id.value);
    edit.commit("Added evidence on " + std::string(name(evidence.characteristic)) + " of “" +
                community + "”");
    return id;
}

void removeEvidence(Workspace& workspace, EvidenceId id)
{
    Edit edit(workspace);
    Statement(edit.db(), "DELETE FROM evidence WHERE id = ?1").run(id);
    if (edit.db().changes() == 0) throw Error(Error::Kind::NotFound, "there is no such evidence");
    edit.commit("Removed evidence");
}

std::vector<Evidence> evidence(const Workspace& workspace, CommunityId id)
{
    std::vector<Evidence> list;
    Statement rows(workspace.database(),
                   "SELECT id, characteristic, kind, supports, message, text, added FROM evidence "
                   "WHERE community = ?1 ORDER BY added, id");
    for (rows.bind(id); rows.next();) {
        list.push_back({EvidenceId{rows.integer(0)}, id,
                        static_cast<Characteristic>(rows.integer(1)),
                        static_cast<EvidenceKind>(rows.integer(2)), rows.integer(3) != 0,
                        MessageId{rows.integer(4)}, rows.text(5), fromMillis(rows.integer(6))});
    }
    return list;
}

std::vector<Concern> concerns(const Workspace& workspace)
{
    std::vector<Concern> list;
    Statement rows(workspace.database(), "SELECT id, name, query FROM concern ORDER BY id");
    while (rows.next()) list.push_back({ConcernId{rows.integer(0)}, rows.text(1), rows.text(2)});
    return list;
}

ConcernId addConcern(Workspace& workspace, const std::string& name, const std::string& query)
{
    const std::string clean(trim(name));
    if (clean.empty() || trim(query).empty()) {
        throw Error(Error::Kind::Usage, "a concern needs a name and words to look for");
    }
    Edit edit(workspace);
    const Database& db = edit.db();
    Statement taken(db, "SELECT 1 FROM concern WHERE name = ?1");
    if (taken.bind(clean).next()) {
        throw Error(Error::Kind::Usage, "there is a concern called “" + clean + "” already");
    }
    taken.reset();
    Statement(db, "INSERT INTO concern (name, query, hash) VALUES (?1, ?2, 0)").run(clean, query);
    const ConcernId id{db.lastId()};
    seal(db, "concern", id.value);
    edit.commit("Named the concern “" + clean + "”");
    return id;
}

void removeConcern(Workspace& workspace, ConcernId id)
{
    Edit edit(workspace);
    Statement row(edit.db(), "SELECT name FROM concern WHERE id = ?1");
    if (!row.bind(id).next()) throw Error(Error::Kind::NotFound, "there is no such concern");
    const std::string name = row.text(0);
    row.reset();
    Statement(edit.db(), "DELETE FROM concern WHERE id = ?1").run(id);
    edit.commit("Removed the concern “" + name + "”");
}

}  // namespace kith
