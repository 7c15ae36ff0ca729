-- A small workspace as version 2 of the schema kept it: three people in one thread, a reply, two
-- equal reactions, an answer to a message that was in no file, and everything in the text index.
INSERT INTO meta (name, value) VALUES ('key', x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO meta (name, value) VALUES ('version', 7), ('messages', 4), ('pseudonyms', 3);
INSERT INTO platform (id, name) VALUES (1, 'fake');
INSERT INTO source (id, file, format, format_name, platform, zone, imported, bytes, file_hash,
                    importer, options, flat, messages, system, skipped, refused, first, last,
                    warnings, hash)
VALUES (1, 'old.fake', 'fake', 'Fake chat', 'fake', '', 1700000000000, 10, x'00', '0.1.0', '{}', 0,
        4, 0, 0, 0, 1700000000000, 1700000180000, '[]', 0);
INSERT INTO person (id, name, kind, sector, note, pseudonym, named, hash)
VALUES (1, 'ana', 1, '', '', 101, 0, 0), (2, 'bo', 1, '', '', 102, 0, 0),
       (3, 'cy', 1, '', '', 103, 0, 0);
INSERT INTO account (id, person, platform, key, name, handle, bot, hash)
VALUES (1, 1, 1, 'ana', 'ana', '', 0, 0), (2, 2, 1, 'bo', 'bo', '', 0, 0),
       (3, 3, 1, 'cy', 'cy', '', 0, 0);
INSERT INTO account_source (source, account) VALUES (1, 1), (1, 2), (1, 3);
INSERT INTO conversation (id, platform, name, flat) VALUES (1, 1, 'Neighbours', 0);
INSERT INTO thread (id, conversation, native) VALUES (1, 1, 't');
INSERT INTO message (id, conversation, native, source, account, thread, time, certainty, kind, flags,
                     text, attachments, hash)
VALUES (1, 1, 'm1', 1, 1, 1, 1700000000000, 0, 1, 0, 'damp and mould', NULL, 0),
       (2, 1, 'm2', 1, 2, 1, 1700000060000, 0, 1, 0, 'here too', NULL, 0),
       (3, 1, 'm3', 1, 3, 1, 1700000120000, 0, 1, 0, 'mould everywhere', 'photo', 0),
       (4, 1, 5, 1, 2, NULL, 1700000180000, 0, 1, 0, 'as they said', NULL, 0);
INSERT INTO message_text (rowid, text) SELECT id, text FROM message;
INSERT INTO tie (message, kind, from_account, to_account, time, weight, target)
VALUES (2, 1, 2, 1, 1700000060000, 1, 1), (1, 5, 3, 1, 1700000000000, 1, NULL),
       (1, 5, 3, 1, 1700000000000, 1, NULL), (2, 6, 2, 1, 1700000060000, 0.5, NULL),
       (3, 6, 3, 1, 1700000120000, 0.5, NULL), (3, 6, 3, 2, 1700000120000, 0.5, NULL);
INSERT INTO unresolved (message, pointer, kind, conversation, target) VALUES (4, 77, 1, 1, 'm9');
UPDATE source SET hash = row_hash(id, file, format, format_name, platform, zone, imported, bytes,
    file_hash, importer, options, flat, messages, system, skipped, refused, first, last, warnings);
UPDATE person SET hash = row_hash(id, name, kind, sector, note, pseudonym, named);
UPDATE account SET hash = row_hash(id, person, platform, key, name, handle, bot);
UPDATE message SET hash = row_hash(id, conversation, native, source, account, thread, time,
    certainty, kind, flags, text, attachments);
