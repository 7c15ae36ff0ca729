"""The cases that are archives: Slack's exports, and archives that lie. Always the same bytes."""
import json
import struct
import zipfile
import zlib

WHEN = (2024, 3, 20, 14, 0, 0)
CHAT = "20/03/2024, 14:01 - Anna: one\n20/03/2024, 14:02 - Ben: two\n"


def entry(archive, name, data, deflate=True):
    info = zipfile.ZipInfo(name, WHEN)
    info.external_attr = 0o100644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    archive.writestr(info, data if isinstance(data, (str, bytes)) else json.dumps(data))


def zipped(folder, name, files, deflate=True):
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for inner, data in files:
            entry(archive, inner, data, deflate)
    return path


USERS = [{"id": "U01", "name": "anna", "profile": {"display_name": "Anna"}},
         {"id": "U02", "name": "ben", "profile": {"display_name": "Ben"}}]
CHANNELS = [{"id": "C01", "name": "general"}]


def said(ts, user, text, **more):
    return {"type": "message", "ts": ts, "user": user, "text": text, **more}


ONE = said("1710943260.000100", "U01", "one")
TWO = said("1710943320.000200", "U02", "two")


def slack(folder, name, day, users=USERS, channels=CHANNELS, more=()):
    files = [("channels.json", channels)] if channels is not None else []
    files += [("users.json", users)] if users is not None else []
    return zipped(folder, name + ".zip", files + [("general/2024-03-20.json", day), *more])


def s01(folder):
    return slack(folder, "s01", [ONE, TWO], users=None)


def s02(folder):
    again = [*USERS, {"id": "U01", "name": "eve", "profile": {"display_name": "Eve"}}]
    return slack(folder, "s02", [ONE, TWO], users=again)


def s03(folder):
    return slack(folder, "s03", [ONE, TWO], more=[("general/notes.json", [ONE])])


def s04(folder):
    return slack(folder, "s04", [ONE, said("abc", "U02", "no time"), TWO])


def s05(folder):
    return slack(folder, "s05", [said("1710943260.000100123", "U01", "one"), said("1710943260.000100456", "U02", "two")])


def s06(folder):
    return slack(folder, "s06", [ONE, said("1710943380.000300", "U02", "three", thread_ts="1700000000.000100")])


def s07(folder):
    return slack(folder, "s07", [said("1710943260.000100", "U01", "ask <@U99>"), TWO])


def s08(folder):
    return slack(folder, "s08", [said("1710943260.000100", "U01", "see <https://example.org/a?b=<c>|the <plan>> now"), TWO])


def s09(folder):
    old = said("1710943260.000100", "U01", "onne")
    new = said("1710943260.000100", "U01", "one", edited={"user": "U01", "ts": "1710943290.000000"})
    return slack(folder, "s09", [old, TWO, new])


def s10(folder):
    return slack(folder, "s10", [ONE, TWO], more=[("general/2024-03-21.json", '[\n {"type":"message","ts":"1711029600.000100",\n  oops\n]')])


def s11(folder):
    private = [{"id": "G01", "name": "committee", "members": ["U01", "U02"]}]
    return slack(folder, "s11", [ONE, TWO], more=[("groups.json", private), ("committee/2024-03-20.json",
                 [said("1710943400.000100", "U01", "secret")])])


def z01(folder):
    """A gigabyte of zeros in a megabyte."""
    path = folder / "z01.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("chat.txt", WHEN)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o100644 << 16
        with archive.open(info, "w") as out:
            out.write(CHAT.encode())
            for _ in range(1024):
                out.write(bytes(1 << 20))
    return path


def z02(folder):
    """The same, but the lists of the archive say that it is ten bytes."""
    path = z01(folder).rename(folder / "z02.zip")
    data = bytearray(path.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    struct.pack_into("<I", data, 22, 10)
    path.write_bytes(data)
    return path


def z03(folder):
    """200,000 entries."""
    path = folder / "z03.zip"
    local, central, at = bytearray(), bytearray(), 0
    for i in range(200_000):
        name = b"%06d.txt" % i
        head = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0)
        local += b"PK\x03\x04" + head + name
        central += b"PK\x01\x02" + struct.pack("<H", 0x314) + head + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, at) + name
        at = len(local)
    body = bytes(local + central)
    # More than 65,535 entries need the larger records of zip64.
    large = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 200_000, 200_000, len(central), len(local))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(body), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(body + large + locator + end)
    return path


def z04(folder):
    """Two entries of the list point at the same bytes."""
    path = zipped(folder, "z04.zip", [("a.txt", CHAT), ("b.txt", CHAT)], deflate=False)
    data = bytearray(path.read_bytes())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42:second + 46] = data[first + 42:first + 46]
    path.write_bytes(data)
    return path


def z05(folder):
    """Six archives, one in the other, beside a chat."""
    inner = CHAT.encode()
    name = "chat.txt"
    for i in range(6):
        made = zipped(folder, f"level{i}.zip", [(name, inner)])
        inner, name = made.read_bytes(), made.name
        made.unlink()
    return zipped(folder, "z05.zip", [("WhatsApp Chat with Eastfield.txt", CHAT), ("inner.zip", inner)])


def unsafe(folder, name, inner):
    return zipped(folder, name + ".zip", [("chat.txt", CHAT), (inner, "x")])


def z06(folder):
    return unsafe(folder, "z06", "../../evil.txt")


def z06b(folder):
    return unsafe(folder, "z06b", "/etc/evil.txt")


def z06c(folder):
    return unsafe(folder, "z06c", "C:evil.txt")


def z06d(folder):
    return unsafe(folder, "z06d", "\\\\host\\share\\evil.txt")


def z07(folder):
    """A symbolic link, then a file through it."""
    path = folder / "z07.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link", WHEN)
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/tmp")
        entry(archive, "link/chat.txt", CHAT)
    return path


def z08(folder):
    path = folder / "z08.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry(archive, "_chat.txt", CHAT)
        entry(archive, "_chat.tx_", CHAT.replace("one", "eins"))
    data = path.read_bytes().replace(b"_chat.tx_", b"_chat.txt")
    path.write_bytes(data)
    return path


def z09(folder):
    """fdp.txt, shown as txt.pdf."""
    return unsafe(folder, "z09", "chat\u202Efdp.txt")


def z10(folder):
    """The second file's checksum is wrong."""
    path = zipped(folder, "z10.zip", [("chat one.txt", CHAT), ("chat two.txt", CHAT.replace("one", "eins"))], deflate=False)
    data = bytearray(path.read_bytes())
    data[data.find(b"eins")] ^= 1
    path.write_bytes(data)
    return path


def z11(folder):
    """The list calls it chat.txt, the header in front of it evil.txt."""
    path = zipped(folder, "z11.zip", [("chat.txt", CHAT)])
    data = bytearray(path.read_bytes())
    data[30:38] = b"evil.txt"
    path.write_bytes(data)
    return path


def z12(folder):
    """Entries are marked as encrypted."""
    path = zipped(folder, "z12.zip", [("chat.txt", CHAT)], deflate=False)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


def z13(folder):
    """Cut in half: the list at the end is gone, the first file is whole."""
    noise = "".join(f"20/03/2024, 15:{i % 60:02d} - Anna: {zlib.crc32(b'%d' % i)}\n" for i in range(2000))
    path = zipped(folder, "z13.zip", [("chat one.txt", CHAT), ("chat two.txt", noise)])
    data = path.read_bytes()
    path.write_bytes(data[:len(data) // 2])
    return path


def z14(folder):
    """A tar archive named .zip."""
    body = CHAT.encode()
    head = bytearray(512)
    head[0:8] = b"chat.txt"
    head[100:108], head[108:116], head[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    head[124:136], head[136:148] = b"%011o\0" % len(body), b"14576555340\0"
    head[156:157], head[257:265] = b"2", b"ustar\00000"
    head[148:156] = b"        "
    head[148:156] = b"%06o\0 " % sum(head)
    path = folder / "z14.zip"
    path.write_bytes(bytes(head) + body + bytes(-len(body) % 512) + bytes(1024))
    return path


def z14b(folder):
    """A RAR archive named .zip."""
    path = folder / "z14b.zip"
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(200))
    return path


def z15(folder):
    """A program in front of the archive."""
    path = zipped(folder, "z15.zip", [("chat.txt", CHAT)])
    path.write_bytes(b"MZ" + bytes(510) + path.read_bytes())
    return path


def z16(folder):
    """A name in an old code page."""
    path = zipped(folder, "z16.zip", [("WhatsApp Chat with Caf#.txt", CHAT)])
    path.write_bytes(path.read_bytes().replace(b"Caf#", b"Caf\x82"))
    return path
