-- Smaller and faster to fill. Thread ties are worked out when they are read, from who spoke in a
-- thread; ties stand in the order of their messages without an index of their own; a message's hash
-- is message_hash(), which costs a twentieth of row_hash().

-- Damage that is there stays visible: -1 is nobody's hash.
UPDATE message SET hash = CASE
    WHEN hash = row_hash(id, conversation, native, source, account, thread, time, certainty, kind,
                         flags, text, attachments)
    THEN message_hash(id, conversation, native, source, account, thread, time, certainty, kind,
                      flags, text, attachments)
    ELSE -1 END;

DROP INDEX message_account;
CREATE INDEX message_account ON message(account) WHERE account IS NOT NULL;

-- How many people spoke in it.
ALTER TABLE thread ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET people = (
    SELECT count(DISTINCT account) FROM message WHERE message.thread = thread.id);

-- Made by messages. target is the message that was answered, where the file names one, else 0;
-- ordinal tells equal ties of one message apart. The columns
-- of the key stand first, or SQLite 3.40's integrity check of a strict table mistakes the others.
CREATE TABLE message_tie (
    message      INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    kind         INTEGER NOT NULL,
    from_account INTEGER NOT NULL,
    to_account   INTEGER NOT NULL,
    target       INTEGER NOT NULL DEFAULT 0,
    ordinal      INTEGER NOT NULL DEFAULT 0,
    time         INTEGER,
    weight       REAL NOT NULL,
    PRIMARY KEY (message, kind, from_account, to_account, target, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO message_tie
    SELECT message, kind, from_account, to_account, ifnull(target, 0),
           row_number() OVER (PARTITION BY message, kind, from_account, to_account, target
                              ORDER BY id) - 1,
           time, weight
    FROM tie WHERE kind <> 6 ORDER BY 1, 2, 3, 4, 5, 6;
DROP TABLE tie;
ALTER TABLE message_tie RENAME TO tie;

-- Messages up to this number are in the full-text index, later ones are not yet.
INSERT INTO meta (name, value) SELECT 'indexed', ifnull(max(id), 0) FROM message;
