-- Smaller and faster to fill once more. Messages are found through postings, and what ties them
-- stands in packed blocks, both written from sorted keys. A message's row points at others without
-- being looked up: Kith checks that itself (verify.cpp).

CREATE TABLE message_row (
    id           INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    native       ANY NOT NULL,
    source       INTEGER NOT NULL,
    account      INTEGER,
    thread       INTEGER,
    time         INTEGER,
    certainty    INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    flags        INTEGER NOT NULL,  -- 1 system, 2 edited, 4 deleted, 8 bot
    text         TEXT NOT NULL,
    attachments  TEXT,
    hash         INTEGER NOT NULL
) STRICT;
INSERT INTO message_row
    SELECT id, conversation, native, source, account, thread, time, certainty, kind, flags, text,
           attachments, hash
    FROM message ORDER BY id;
DROP TABLE message;
ALTER TABLE message_row RENAME TO message;

-- Messages by identity, account, thread and conversation: see postings.h.
CREATE TABLE posting (
    id    INTEGER PRIMARY KEY,
    list  INTEGER NOT NULL,
    run   INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    size  INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    hash  INTEGER NOT NULL
) STRICT;
CREATE INDEX posting_range ON posting(list, run, first, last, size);

-- Ties that messages make, some hundreds a row, from message `first` to `last`: see tieblocks.h.
-- conversation is 0, but for ties that were inferred in a flat chat, which are replaced together.
CREATE TABLE tie_block (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL,
    first        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    bytes        BLOB NOT NULL,
    hash         INTEGER NOT NULL
) STRICT;
CREATE INDEX tie_block_range ON tie_block(conversation, first, last);
