#include "core/store/personedits.h"

#include "core/store/rows.h"

namespace kith {

void joinPeople(const Database& db, PersonId into, PersonId from)
{
    const auto run = [&](const char* sql) { Statement(db, sql).run(into, from); };
    run("UPDATE account SET person = ?1 WHERE person = ?2");
    sealWhere(db, "account", "person = ?1", into.value);

    run("INSERT OR IGNORE INTO person_trait (person, trait, value, hash) "
        "SELECT ?1, trait, value, 0 FROM person_trait WHERE person = ?2");
    Statement(db, "DELETE FROM person_trait WHERE person = ?1").run(from);
    sealWhere(db, "person_trait", "person = ?1", into.value);

    // Of two memberships in one community the present one counts, from the earlier day on.
    run("UPDATE membership SET since = min(membership.since, o.began), "
        "until = iif(membership.until IS NULL OR o.ended IS NULL, NULL, max(membership.until, "
        "o.ended)) "
        "FROM (SELECT community AS c, since AS began, until AS ended FROM membership WHERE person "
        "= ?2) o "
        "WHERE membership.person = ?1 AND membership.community = o.c");
    run("INSERT OR IGNORE INTO membership (community, person, since, until, origin, hash) "
        "SELECT community, ?1, since, until, origin, 0 FROM membership WHERE person = ?2");
    Statement(db, "DELETE FROM membership WHERE person = ?1").run(from);
    sealWhere(db, "membership", "person = ?1", into.value);

    run("UPDATE introduction SET first = ?1 WHERE first = ?2");
    run("UPDATE introduction SET second = ?1 WHERE second = ?2");
    run("UPDATE introduction SET by = ?1 WHERE by = ?2");
    db.run("DELETE FROM introduction WHERE first = second");
    sealWhere(db, "introduction", "first = ?1 OR second = ?1 OR by = ?1", into.value);

    // Whoever is kept apart from the one is kept apart from both.
    run("INSERT OR IGNORE INTO not_same (first, second, hash) "
        "SELECT min(?1, o), max(?1, o), row_hash(min(?1, o), max(?1, o)) FROM "
        "(SELECT iif(first = ?2, second, first) AS o FROM not_same WHERE ?2 IN (first, second)) "
        "WHERE o <> ?1");

    Statement(db, "DELETE FROM person WHERE id = ?1").run(from);
}

TraitId requireTrait(const Database& db, const std::string& name, TraitScale scale)
{
    Statement row(db, "SELECT id FROM trait WHERE name = ?1");
    if (row.bind(name).next()) return TraitId{row.integer(0)};
    Statement(db, "INSERT INTO trait (name, scale, derived, hash) VALUES (?1, ?2, 0, 0)")
        .run(name, static_cast<int>(scale));
    const TraitId id{db.lastId()};
    seal(db, "trait", id.value);
    return id;
}

void writeTrait(const Database& db, PersonId person, TraitId trait, const std::string& value)
{
    if (value.empty()) {
        Statement(db, "DELETE FROM person_trait WHERE person = ?1 AND trait = ?2")
            .run(person, trait);
        return;
    }
    Statement(db,
              "INSERT INTO person_trait (person, trait, value, hash) "
              "VALUES (?1, ?2, ?3, row_hash(?1, ?2, ?3)) "
              "ON CONFLICT (person, trait) DO UPDATE SET value = excluded.value, "
              "hash = excluded.hash")
        .run(person, trait, value);
}

}  // namespace kith
