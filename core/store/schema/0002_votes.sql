-- Votes on statements, and what organisers said of suggestions that two people are one.

CREATE TABLE vote (
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    account INTEGER NOT NULL,
    value   INTEGER NOT NULL,
    time    INTEGER,
    source  INTEGER NOT NULL,
    PRIMARY KEY (message, account)
) STRICT, WITHOUT ROWID;

-- These two are not the same person: never suggest it again. first < second.
CREATE TABLE not_same (
    first  INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    hash   INTEGER NOT NULL,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
