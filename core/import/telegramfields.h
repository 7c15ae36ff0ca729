#pragma once

#include "core/import/jsontable.h"

namespace kith {

/// The members of a message in a Telegram export that are read.
enum class TelegramField {
    Contact,
    Date,
    Edited,
    EditedUnix,
    Entities,
    File,
    FileName,
    ForwardedFrom,
    ForwardedFromId,
    From,
    FromId,
    Game,
    Id,
    Invoice,
    Location,
    MediaType,
    Photo,
    Poll,
    Reactions,
    ReplyTo,
    ReplyToPeer,
    RichMessage,
    Text,
    Type,
    UnixTime
};
inline constexpr JsonTable<TelegramField, 25> telegramFields({"contact_information",
                                                              "date",
                                                              "edited",
                                                              "edited_unixtime",
                                                              "text_entities",
                                                              "file",
                                                              "file_name",
                                                              "forwarded_from",
                                                              "forwarded_from_id",
                                                              "from",
                                                              "from_id",
                                                              "game_title",
                                                              "id",
                                                              "invoice_information",
                                                              "location_information",
                                                              "media_type",
                                                              "photo",
                                                              "poll",
                                                              "reactions",
                                                              "reply_to_message_id",
                                                              "reply_to_peer_id",
                                                              "rich_message",
                                                              "text",
                                                              "type",
                                                              "date_unixtime"});

}  // namespace kith
