"""The cases that are too large to be kept as files."""


def written(folder, name, pieces):
    path = folder / name
    with open(path, "wb") as out:
        for piece in pieces:
            out.write(piece.encode() if isinstance(piece, str) else piece)
    return path


def w25(folder):
    """The second of three messages is 5,000,000 bytes long."""
    return written(folder, "w25.txt", ["20/03/2024, 14:01 - Anna: one\n", "20/03/2024, 14:02 - Ben: ", "0123456789" * 500_000,
                                       "\n20/03/2024, 14:03 - Anna: three\n"])


def w26(folder):
    return written(folder, "w26.txt", ["20/03/2024, 14:01 - Anna: one\n", "20/03/2024, 14:02 - Ben: ",
                                       "0123456789" * 2_000_000, "\n20/03/2024, 14:03 - Anna: three\n"])


TELEGRAM = '{\n "name": "Eastfield", "type": "private_supergroup", "id": 77,\n "messages": [\n'
MESSAGE = ('  {"id":%d,"type":"message","date":"2024-03-20T14:01:00","date_unixtime":"1710943260","from":"Anna",'
           '"from_id":"user1","text":%s}')


def t11(folder):
    """The only message's text is a million lists, one in the other."""
    return written(folder, "t11.json", [TELEGRAM, MESSAGE % (1, "[" * 1_000_000 + "]" * 1_000_000), "\n ]\n}\n"])


def t11b(folder):
    deep = "[" * 1_000_000 + "]" * 1_000_000
    return written(folder, "t11b.json", [TELEGRAM, MESSAGE % (1, '"one"'), ",\n", MESSAGE % (2, deep), ",\n",
                                         MESSAGE % (3, '"three"'), "\n ]\n}\n"])


def t16(folder):
    """900 chats with two messages each."""
    chats = []
    for i in range(900):
        said = ",".join('{"id":%d,"type":"message","date":"2024-03-20T14:0%d:00","date_unixtime":"%d","from":"P%d",'
                        '"from_id":"user%d","text":"%s in %d"}' % (n, n, 1710943200 + 60 * n, i + n, i + n, hello, i)
                        for n, hello in ((1, "Hello"), (2, "Hello back")))
        chats.append('{"name":"Chat %d","type":"private_group","id":%d,"messages":[%s]}' % (i, 1000 + i, said))
    return written(folder, "t16.json", ['{"about":"Here is the data you requested.","personal_information":{"user_id":1,'
                                        '"first_name":"Anna"},"chats":{"about":"","list":[', ",\n".join(chats), "]}}\n"])


def d07(folder):
    """10,000 reactions on one message, by name."""
    users = ",".join('{"id":"%d","name":"p%d","nickname":"P %d","isBot":false}' % (900_000_000_000_000_000 + i, i, i)
                     for i in range(10_000))
    return written(folder, "d07.json", ['{"guild":{"id":"1","name":"Eastfield"},"channel":{"id":"2","type":"GuildTextChat","name":"general"},'
                                        '"messages":[{"id":"800000000000000001","type":"Default","timestamp":"2024-03-20T14:01:00+00:00",'
                                        '"isPinned":false,"content":"one","author":{"id":"11","name":"anna","nickname":"Anna","isBot":false},'
                                        '"attachments":[],"mentions":[],"reactions":[{"emoji":{"id":"","name":"+1","code":"thumbsup"},"count":10000,"users":[',
                                        users, ']}]}],"messageCount":1}\n'])


def m06(folder):
    """500 multiparts, one in the other."""
    text = "From anna@example.org Wed Mar 20 14:01:00 2024\nFrom: Anna <anna@example.org>\nDate: Wed, 20 Mar 2024 14:01:00 +0000\n"
    text += "Message-ID: <one@example.org>\nSubject: Damp\nMIME-Version: 1.0\n"
    for i in range(500):
        text += f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"
    text += "Content-Type: text/plain\n\nfar inside\n"
    text += "".join(f"--b{i}--\n" for i in reversed(range(500)))
    return written(folder, "m06.mbox", [text, "\n", GOOD_MAIL % ("two", "two")])


GOOD_MAIL = ("From ben@example.org Wed Mar 20 15:00:00 2024\nFrom: Ben <ben@example.org>\nDate: Wed, 20 Mar 2024 15:00:00 +0000\n"
             "Message-ID: <%s@example.org>\nSubject: Keys\n\n%s\n\n")


def m07(folder):
    """A header of 1 MB."""
    head = "From anna@example.org Wed Mar 20 14:01:00 2024\nFrom: Anna <anna@example.org>\nDate: Wed, 20 Mar 2024 14:01:00 +0000\n"
    return written(folder, "m07.mbox", [head, "Message-ID: <one@example.org>\nSubject: Damp ", "and more " * 116_000,
                                        "\n\none\n\n", GOOD_MAIL % ("two", "two")])


def m13(folder):
    """5,000 addresses in To."""
    to = ",\n ".join(f"P {i} <p{i}@example.org>" for i in range(5000))
    head = "From anna@example.org Wed Mar 20 14:01:00 2024\nFrom: Anna <anna@example.org>\nDate: Wed, 20 Mar 2024 14:01:00 +0000\n"
    return written(folder, "m13.mbox", [head, "Message-ID: <one@example.org>\nSubject: Damp\nTo: ", to, "\n\none\n\n",
                                        GOOD_MAIL % ("two", "two")])


def c09(folder):
    """60,000 columns."""
    return written(folder, "c09.csv", [",".join(f"c{i}" for i in range(60_000)), "\n", ",".join("x" for _ in range(60_000)), "\n"])


def g06(folder):
    """300,000 elements, one in the other."""
    return written(folder, "g06.graphml", ['<graphml><graph edgedefault="directed"><node id="a"/><node id="b"><data key="d">',
                                           "<x>" * 300_000, "</x>" * 300_000, "</data></node></graph></graphml>\n"])
