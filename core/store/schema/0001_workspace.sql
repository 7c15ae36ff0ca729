-- Everything a workspace holds. Times are UTC milliseconds; enums are the numbers of core/model.
-- "hash" columns hold row_hash() of the row's other columns, so that damage is found.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Results that were slow to work out; rows of older versions are dropped.
CREATE TABLE kept (
    key     TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;

CREATE TABLE platform (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- One imported file, with its provenance.
CREATE TABLE source (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    file        TEXT NOT NULL,
    format      TEXT NOT NULL,
    format_name TEXT NOT NULL,
    platform    TEXT NOT NULL,
    zone        TEXT NOT NULL,
    imported    INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    file_hash   BLOB NOT NULL,
    importer    TEXT NOT NULL,
    options     TEXT NOT NULL,
    flat        INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    system      INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    refused     INTEGER NOT NULL,
    first       INTEGER,
    last        INTEGER,
    warnings    TEXT NOT NULL,
    hash        INTEGER NOT NULL
) STRICT;

CREATE TABLE source_problem (
    source  INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    entry   TEXT NOT NULL,
    line    INTEGER,
    byte    INTEGER,
    what    TEXT NOT NULL,
    PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL,
    kind      INTEGER NOT NULL,
    sector    TEXT NOT NULL,
    note      TEXT NOT NULL,
    pseudonym INTEGER NOT NULL UNIQUE,
    named     INTEGER NOT NULL,  -- 1 once an organiser chose the name: imports leave it alone
    hash      INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    person   INTEGER NOT NULL REFERENCES person(id),
    platform INTEGER NOT NULL REFERENCES platform(id),
    key      TEXT NOT NULL,
    name     TEXT NOT NULL,
    handle   TEXT NOT NULL,
    bot      INTEGER NOT NULL,
    hash     INTEGER NOT NULL,
    UNIQUE (platform, key)
) STRICT;
CREATE INDEX account_person ON account(person);

-- Which sources speak of an account, so that removing a source removes what only it knew.
CREATE TABLE account_source (
    source  INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    PRIMARY KEY (source, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_source_account ON account_source(account);

CREATE TABLE conversation (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    platform INTEGER NOT NULL REFERENCES platform(id),
    name     TEXT NOT NULL,
    flat     INTEGER NOT NULL,
    UNIQUE (platform, name)
) STRICT;

CREATE TABLE thread (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation(id),
    native       ANY NOT NULL,
    UNIQUE (conversation, native)
) STRICT;

-- native is the platform's own id (text, or integer when it is a plain number), or where there is
-- none a 16-byte hash of who said what when. source is the first that held the message.
CREATE TABLE message (
    id           INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation(id),
    native       ANY NOT NULL,
    source       INTEGER NOT NULL REFERENCES source(id),
    account      INTEGER REFERENCES account(id),
    thread       INTEGER REFERENCES thread(id),
    time         INTEGER,
    certainty    INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    flags        INTEGER NOT NULL,  -- 1 system, 2 edited, 4 deleted, 8 bot
    text         TEXT NOT NULL,
    attachments  TEXT,
    hash         INTEGER NOT NULL,
    UNIQUE (conversation, native)
) STRICT;
CREATE INDEX message_account ON message(account, time) WHERE account IS NOT NULL;
CREATE INDEX message_thread ON message(thread) WHERE thread IS NOT NULL;

-- The other sources that held a message too.
CREATE TABLE message_source (
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    source  INTEGER NOT NULL,
    PRIMARY KEY (message, source)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_text USING fts5(
    text, content='message', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

-- Made by messages. target is the message that was answered, where the file names one.
CREATE TABLE tie (
    id           INTEGER PRIMARY KEY,
    message      INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    kind         INTEGER NOT NULL,
    from_account INTEGER NOT NULL,
    to_account   INTEGER NOT NULL,
    time         INTEGER,
    weight       REAL NOT NULL,
    target       INTEGER
) STRICT;
CREATE INDEX tie_message ON tie(message);

-- Pointers to messages that no source has held so far. pointer is a hash of kind and target.
CREATE TABLE unresolved (
    message      INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    pointer      INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    target       ANY NOT NULL,
    PRIMARY KEY (message, pointer)
) STRICT, WITHOUT ROWID;

-- Ties that came from a graph file.
CREATE TABLE given (
    id           INTEGER PRIMARY KEY,
    identity     INTEGER NOT NULL UNIQUE,
    source       INTEGER NOT NULL REFERENCES source(id),
    from_account INTEGER NOT NULL,
    to_account   INTEGER NOT NULL,
    time         INTEGER,
    weight       REAL NOT NULL,
    directed     INTEGER NOT NULL
) STRICT;

CREATE TABLE given_source (
    given  INTEGER NOT NULL REFERENCES given(id) ON DELETE CASCADE,
    source INTEGER NOT NULL,
    PRIMARY KEY (given, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE trait (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE,
    scale   INTEGER NOT NULL,
    derived INTEGER NOT NULL,
    hash    INTEGER NOT NULL
) STRICT;

CREATE TABLE person_trait (
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    trait  INTEGER NOT NULL REFERENCES trait(id) ON DELETE CASCADE,
    value  TEXT NOT NULL,
    hash   INTEGER NOT NULL,
    PRIMARY KEY (person, trait)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_trait_trait ON person_trait(trait);

CREATE TABLE concern (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    hash  INTEGER NOT NULL
) STRICT;

CREATE TABLE community (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE,
    note    TEXT NOT NULL,
    colour  INTEGER NOT NULL,
    created INTEGER NOT NULL,
    hash    INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    community INTEGER NOT NULL REFERENCES community(id) ON DELETE CASCADE,
    person    INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    since     INTEGER NOT NULL,
    until     INTEGER,
    origin    INTEGER NOT NULL,
    hash      INTEGER NOT NULL,
    PRIMARY KEY (community, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership(person);

CREATE TABLE community_tag (
    community INTEGER NOT NULL REFERENCES community(id) ON DELETE CASCADE,
    tag       TEXT NOT NULL,
    hash      INTEGER NOT NULL,
    PRIMARY KEY (community, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    community      INTEGER NOT NULL REFERENCES community(id) ON DELETE CASCADE,
    characteristic INTEGER NOT NULL,
    level          INTEGER NOT NULL,
    day            INTEGER NOT NULL,
    assessor       TEXT NOT NULL,
    note           TEXT NOT NULL,
    hash           INTEGER NOT NULL
) STRICT;
CREATE INDEX assessment_community ON assessment(community);

-- message is a plain number: evidence outlives the source that its message came from.
CREATE TABLE evidence (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    community      INTEGER NOT NULL REFERENCES community(id) ON DELETE CASCADE,
    characteristic INTEGER NOT NULL,
    kind           INTEGER NOT NULL,
    supports       INTEGER NOT NULL,
    message        INTEGER,
    text           TEXT NOT NULL,
    added          INTEGER NOT NULL,
    hash           INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_community ON evidence(community);

CREATE TABLE introduction (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    first    INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    second   INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    by       INTEGER REFERENCES person(id) ON DELETE SET NULL,
    proposed INTEGER NOT NULL,
    made     INTEGER,
    declined INTEGER,
    note     TEXT NOT NULL,
    hash     INTEGER NOT NULL
) STRICT;

CREATE TABLE ask (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER REFERENCES community(id) ON DELETE SET NULL,
    what      TEXT NOT NULL,
    whom      TEXT NOT NULL,
    raised    INTEGER NOT NULL,
    due       INTEGER,
    answered  INTEGER,
    answer    TEXT NOT NULL,
    evidence  TEXT NOT NULL,
    hash      INTEGER NOT NULL
) STRICT;

CREATE TABLE code (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    question INTEGER NOT NULL,
    name     TEXT NOT NULL,
    hash     INTEGER NOT NULL,
    UNIQUE (question, name)
) STRICT;

CREATE TABLE message_code (
    message INTEGER NOT NULL,
    code    INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
    coder   TEXT NOT NULL,
    added   INTEGER NOT NULL,
    hash    INTEGER NOT NULL,
    PRIMARY KEY (message, code, coder)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL,
    taken     INTEGER NOT NULL,
    selection TEXT NOT NULL,
    content   TEXT NOT NULL,
    hash      INTEGER NOT NULL
) STRICT;

-- Keyed hashes of erased people: no clear names.
CREATE TABLE suppression (
    mark BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One organiser's edit a row, as a changeset of SQLite's session extension.
CREATE TABLE history (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    time      INTEGER NOT NULL,
    what      TEXT NOT NULL,
    undone    INTEGER NOT NULL,
    changeset BLOB NOT NULL,
    hash      INTEGER NOT NULL
) STRICT;
