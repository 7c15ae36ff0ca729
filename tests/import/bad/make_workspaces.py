"""The cases that are workspaces, or only seem to be."""
import os
import pathlib
import sqlite3
import subprocess

CHAT = "".join(f"20/03/2024, {9 + i // 60:02d}:{i % 60:02d} - {('Anna', 'Ben', 'Carla')[i % 3]}: words about damp {i}\n"
               for i in range(400))


def workspace(folder, name):
    chat = folder / "chat.txt"
    chat.write_text(CHAT)
    path = folder / name
    subprocess.run([os.environ["IMPORT_PROBE"], "import", path, chat, "--zone", "UTC"], check=True, capture_output=True)
    chat.unlink()
    return path


def changed(folder, name, *statements):
    path = workspace(folder, name)
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return path


def k01(folder):
    path = folder / "k01.kith"
    path.write_bytes(b"")
    return path


def k01b(folder):
    path = folder / "k01b.kith"
    path.write_text("dear diary\n")
    return path


def k01c(folder):
    path = folder / "k01c.kith"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE songs (name TEXT)")
    db.commit()
    db.close()
    return path


def k02(folder):
    return changed(folder, "k02.kith", "PRAGMA user_version = 99")


def k03(folder):
    return changed(folder, "k03.kith", "CREATE TRIGGER evil AFTER INSERT ON person BEGIN DELETE FROM message; END")


def k03b(folder):
    return changed(folder, "k03b.kith", "CREATE VIEW evil AS SELECT * FROM message")


def k03c(folder):
    return changed(folder, "k03c.kith", "ALTER TABLE person ADD COLUMN evil TEXT AS (zeroblob(900000000))")


def k03d(folder):
    return changed(folder, "k03d.kith", "CREATE TABLE evil (x)")


def k03e(folder):
    return changed(folder, "k03e.kith", "CREATE INDEX evil ON message (text)")


def k04(folder):
    """One page of the messages is zeros."""
    path = workspace(folder, "k04.kith")
    db = sqlite3.connect(path)
    page, = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'message'").fetchone()
    size, = db.execute("PRAGMA page_size").fetchone()
    db.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size:page * size] = bytes(size)
    path.write_bytes(data)
    return path


def k04b(folder):
    """The tail is cut off."""
    path = workspace(folder, "k04b.kith")
    data = path.read_bytes()
    path.write_bytes(data[:len(data) * 2 // 3])
    return path


def k05(folder):
    """The log of another workspace lies beside it."""
    other = workspace(folder, "other.kith")
    db = sqlite3.connect(other, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'version'")
    db.execute("INSERT INTO setting (name, value) VALUES ('evil', 'yes')")
    log = pathlib.Path(str(other) + "-wal").read_bytes()
    assert len(log) > 32
    db.close()
    path = workspace(folder, "k05.kith")
    other.unlink()
    pathlib.Path(str(path) + "-wal").write_bytes(log)
    return path


def k05b(folder):
    """The same, and both were open when it happened."""
    path = k05(folder).rename(folder / "k05b.kith")
    pathlib.Path(str(folder / "k05.kith") + "-wal").rename(str(path) + "-wal")
    data = bytearray(path.read_bytes())
    data[18:20] = b"\2\2"
    path.write_bytes(data)
    return path


def k06(folder):
    """One message's time was changed behind our back."""
    path = workspace(folder, "k06.kith")
    db = sqlite3.connect(path)
    db.execute("UPDATE message SET time = time + 60000 WHERE id = 7")
    db.commit()
    db.close()
    return path
