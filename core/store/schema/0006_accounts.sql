-- An account that goes leaves nothing here: removing a source takes its rows away first. So SQLite
-- need not look for them, nor keep an index to do so.
CREATE TABLE account_source_row (
    source  INTEGER NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (source, account)
) STRICT, WITHOUT ROWID;
INSERT INTO account_source_row SELECT source, account FROM account_source ORDER BY 1, 2;
DROP TABLE account_source;
ALTER TABLE account_source_row RENAME TO account_source;
