"""A straightforward script doing what an import does, into the same tables: python3 ingest.py POSTS TARGET"""
import hashlib
import json
import re
import sqlite3
import sys

MENTION = re.compile(r"(?<![\w/.-])/?u/([A-Za-z0-9_-]{3,20})")
GONE = {"[deleted]", "[removed]"}

db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.executescript("""
PRAGMA journal_mode = WAL;
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE account (id INTEGER PRIMARY KEY, person INTEGER, platform INTEGER, key TEXT, UNIQUE (platform, key));
CREATE TABLE conversation (id INTEGER PRIMARY KEY, platform INTEGER, name TEXT, UNIQUE (platform, name));
CREATE TABLE thread (id INTEGER PRIMARY KEY, conversation INTEGER, native, people INTEGER, UNIQUE (conversation, native));
CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, native, source INTEGER, account INTEGER,
    thread INTEGER, time INTEGER, kind INTEGER, flags INTEGER, text TEXT, hash INTEGER, UNIQUE (conversation, native));
CREATE INDEX message_account ON message(account);
CREATE INDEX message_thread ON message(thread);
CREATE TABLE tie (message INTEGER, kind INTEGER, from_account INTEGER, to_account INTEGER, target INTEGER, time INTEGER,
    weight REAL, PRIMARY KEY (message, kind, from_account, to_account, target)) WITHOUT ROWID;
CREATE TABLE unresolved (message INTEGER, kind INTEGER, conversation INTEGER, target, PRIMARY KEY (message, target)) WITHOUT ROWID;
BEGIN;
""")


def number(table, columns, values):
    row = db.execute(f"SELECT id FROM {table} WHERE {' AND '.join(c + ' = ?' for c in columns)}", values).fetchone()
    if row:
        return row[0]
    marks = ", ".join("?" * len(values))
    return db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values).lastrowid


def account(name):
    if not name or name in GONE:
        return None
    row = db.execute("SELECT id FROM account WHERE platform = 1 AND key = ?", (name,)).fetchone()
    if row:
        return row[0]
    person = db.execute("INSERT INTO person (name) VALUES (?)", (name,)).lastrowid
    return db.execute("INSERT INTO account (person, platform, key) VALUES (?, 1, ?)", (person, name)).lastrowid


def tie(message, kind, author, to, target, time, weight):
    if author and to and author != to:
        db.execute("INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?, ?, ?, ?)", (message, kind, author, to, target, time, weight))


with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        post = json.loads(line)
        comment = "body" in post
        native = ("t1_" if comment else "t3_") + post["id"]
        conversation = number("conversation", ("platform", "name"), (1, post["subreddit"]))
        author = account(post["author"])
        thread = number("thread", ("conversation", "native"), (conversation, post["link_id"] if comment else native))
        text = post["body"] if comment else post["title"] + "\n\n" + post["selftext"]
        time = int(post["created_utc"]) * 1000
        digest = hashlib.blake2b(repr((native, author, thread, time, text)).encode(), digest_size=8).digest()
        done = db.execute("INSERT OR IGNORE INTO message (conversation, native, source, account, thread, time, kind, "
                          "flags, text, hash) VALUES (?, ?, 1, ?, ?, ?, ?, 0, ?, ?)",
                          (conversation, native, author, thread, time, 1 if comment else 2, text,
                           int.from_bytes(digest, "big", signed=True)))
        if done.rowcount != 1:
            continue
        message = done.lastrowid
        named = {account(name) for name in MENTION.findall(text)}
        for other in named:
            tie(message, 2, author, other, 0, time, 1 / len(named))
        if comment:
            parent = db.execute("SELECT id, account FROM message WHERE conversation = ? AND native = ?",
                                (conversation, post["parent_id"])).fetchone()
            if parent:
                tie(message, 1, author, parent[1], parent[0], time, 1)
            else:
                db.execute("INSERT INTO unresolved VALUES (?, 1, ?, ?)", (message, conversation, post["parent_id"]))

for message, conversation, target in db.execute("SELECT message, conversation, target FROM unresolved").fetchall():
    parent = db.execute("SELECT id, account FROM message WHERE conversation = ? AND native = ?", (conversation, target)).fetchone()
    if parent:
        author, time = db.execute("SELECT account, time FROM message WHERE id = ?", (message,)).fetchone()
        tie(message, 1, author, parent[1], parent[0], time, 1)
        db.execute("DELETE FROM unresolved WHERE message = ? AND target = ?", (message, target))
db.execute("UPDATE thread SET people = (SELECT count(DISTINCT account) FROM message WHERE message.thread = thread.id)")
db.execute("COMMIT")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
