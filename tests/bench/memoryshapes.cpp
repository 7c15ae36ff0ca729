#include "tests/bench/memoryinputs.h"

namespace kith::bench {
namespace {

using Shapes = std::vector<Shape>;

Shapes chats()
{
    return {
        {"WhatsApp Chat with Neighbours.txt",
         "whatsapp",
         {{.record = "%dayMonth%, %minute% - %name%: %text%%reply%\n",
           .reply = " @%otherName%",
           .between = ""}}},
        {"result.json",
         "telegram",
         {{.front = R"({"name":"Neighbours","type":"public_supergroup","id":123456,"messages":[)"
                    R"({"id":1,"type":"service","date_unixtime":"1600000000","actor":"Resident 1",)"
                    R"("action":"topic_created","title":"Damp"},)",
           .record = R"({"id":1%n%,"type":"message","date":"%iso%","date_unixtime":"%seconds%",)"
                     R"("from":"%name%","from_id":"user%who%",%reply%%reaction%"text":"%text%",)"
                     R"("text_entities":[{"type":"plain","text":"%text%"}]})",
           .reply = R"("edited_unixtime":"%seconds%","reply_to_message_id":1%before%,)",
           .reaction = R"("reactions":[{"type":"emoji","count":3,"emoji":"+","recent":[{"from":)"
                       R"("%otherName%","from_id":"user%other%","date":"%iso%"}]}],)",
           .extra = R"({"id":1%n%,"type":"message","date":"%iso%","date_unixtime":"%seconds%",)"
                    R"("from":"%name%","from_id":"user%who%","reply_to_message_id":1,)"
                    R"("text":"%text%"})",
           .end = "]}\n"}}},
        {"slack",
         "slack",
         {{.path = "users.json",
           .front = "[",
           .record = R"({"id":"U%who%","name":"resident%who%","profile":{"real_name":"%name%"}})",
           .end = "]",
           .newPerson = 1,
           .share = 0,
           .most = 100'000},
          {.path = "channels.json", .front = R"([{"id":"C1","name":"damp","members":[]}])"},
          {.path = "damp/%day%.json",
           .front = "[",
           .record = R"({"type":"message","user":"U%who%","text":"%text%",)"
                     R"("ts":"%seconds%.000200"%reply%%reaction%})",
           .reply = R"(,"thread_ts":"%beforeSeconds%.000200","edited":{"ts":"%seconds%.0"})",
           .reaction = R"(,"reactions":[{"name":"+1","users":["U%other%"],"count":1}])",
           .end = "]",
           .fileBytes = 60'000'000}}},
        {"C01EAST.json",
         "slack-dump",
         {{.front = R"({"channel_id":"C01EAST","name":"damp","messages":[)",
           .record = R"({"type":"message","user":"U%who%","text":"%text%",)"
                     R"("ts":"%seconds%.000200"%reply%%reaction%})",
           .reply = R"(,"thread_ts":"%seconds%.000200","slackdump_thread_replies":[{"type":)"
                    R"("message","user":"U%other%","text":"yes","ts":"%seconds%.000900"}])",
           .reaction = R"(,"reactions":[{"name":"+1","users":["U%other%"],"count":1}])",
           .end = "]}"}}},
        {"town.json",
         "discord",
         {{.front = R"({"guild":{"id":"1","name":"Town"},"channel":{"id":"2","type":)"
                    R"("GuildTextChat","name":"damp"},"messages":[)",
           .record =
               R"({"id":"7%n%","type":"Default","timestamp":"%iso%.000+00:00","content":)"
               R"("%text%","author":{"id":"9%who%","name":"%name%","isBot":false},)"
               R"("attachments":[],"embeds":[],"reactions":[%reaction%],"mentions":[]%reply%})",
           .reply = R"(,"timestampEdited":"%iso%","reference":{"messageId":"7%before%"})",
           .reaction = R"({"emoji":{"name":"+"},"count":1,"users":[{"id":"9%other%","name":)"
                       R"("%otherName%"}]})",
           .end = "],\"messageCount\":0}\n"}}},
        {"discord.csv",
         "discord-csv",
         {{.front = "AuthorID,Author,Date,Content,Attachments,Reactions\n",
           .record = "\"7000%who%\",\"%name%\",\"%iso%.0000000+00:00\",\"%text%\",\"\",\"\"\n",
           .between = ""}}},
        {"discord-package",
         "discord-package",
         {{.path = "Account/user.json", .front = R"({"id":"11","username":"ann"})"},
          {.path = "Messages/c21/channel.json",
           .front = R"({"id":"21","type":"GUILD_TEXT","name":"general"})"},
          {.path = "Messages/c21/messages.json",
           .front = "[",
           .record = R"({"ID":7%n%,"Timestamp":"%day% %clock%","Contents":"%text%",)"
                     R"("Attachments":""})",
           .end = "]"}}},
        {"message_1.json",
         "messenger",
         {{.front = R"({"participants":[{"name":"Resident 1"}],"messages":[)",
           .record =
               R"({"sender_name":"%name%","timestamp_ms":%millis%,"content":"%text%"%reaction%})",
           .reaction = R"(,"reactions":[{"reaction":"+","actor":"%otherName%"}])",
           .end =
               R"(],"title":"Town","is_still_participant":true,"thread_path":"inbox/town_1"})"}}},
        {"facebook",
         "facebook",
         {{.path = "your_facebook_activity/messages/inbox/town_1/message_1.json",
           .front = R"({"participants":[{"name":"Resident 1"}],"messages":[)",
           .record = R"({"sender_name":"%name%","timestamp_ms":%millis%,"content":"%text%"})",
           .end = R"(],"title":"Town","thread_path":"inbox/town_1"})"},
          {.path = "your_facebook_activity/messages/inbox/street_2/message_1.json",
           .front = R"({"participants":[{"name":"Resident 1"}],"messages":[)"
                    R"({"sender_name":"Resident 1","timestamp_ms":1600000000000,"content":"hi"}],)"
                    R"("title":"Street","thread_path":"inbox/street_2"})"}}},
        {"comments.json",
         "facebook-comments",
         {{.front = R"({"comments_v2":[)",
           .record =
               R"({"timestamp":%seconds%,"data":[{"comment":{"timestamp":%seconds%,"comment":)"
               R"("%text%","author":"Ann Lee"}}],"title":)"
               R"("Ann Lee replied to %otherName%'s comment."})",
           .end = "]}"}}},
        {"Takeout",
         "google-chat",
         {{.path = "Google Chat/Groups/Space AAAA1/group_info.json",
           .front = R"({"name":"Eastfield","members":[{"name":"Ann","email":"a@town.org"}]})"},
          {.path = "Google Chat/Groups/Space AAAA1/messages.json",
           .front = R"({"messages":[)",
           .record =
               R"({"creator":{"name":"%name%","email":"r%who%@town.org","user_type":"Human"},)"
               R"("created_date":"%chat%","text":"%text%","topic_id":"t%old%","message_id":)"
               R"("AAAA1/t/m%n%"%reply%%reaction%})",
           .reply = R"(,"quoted_message_metadata":{"creator":{"name":"%otherName%","email":)"
                    R"("r%other%@town.org"},"text":"x"})",
           .reaction = R"(,"reactions":[{"emoji":{"unicode":"+"},"reactor_emails":)"
                       R"(["r%other%@town.org"]}])",
           .end = "]}"}}},
        {"signal-export",
         "signal-export",
         {{.path = "Eastfield/chat.md", .front = "[2024-07-01 10:00] Ann: It is wet\n"},
          {.path = "Eastfield/data.json",
           .record = R"({"date":"%iso%","sender":"%name%","body":"%text%","quote":"%reply%",)"
                     R"("sticker":"","reactions":[%reaction%],"attachments":[]})",
           .reply = R"(> is it wet)",
           .reaction = R"(["%otherName%","+"])",
           .between = "\n"}}},
        {"signal.json",
         "signal-cli",
         {{.record =
               R"({"envelope":{"sourceNumber":"+44%who%","sourceUuid":"u-%who%","sourceName":)"
               R"("%name%","timestamp":%millis%,"dataMessage":{"timestamp":%millis%,"message":)"
               R"("%text%","groupInfo":{"groupId":"Z3Jw","groupName":"Eastfield"}%reply%}},)"
               R"("account":"+4400"})",
           .reply = R"(,"quote":{"id":%beforeSeconds%000,"authorUuid":"u-%beforeWho%","text":"x"})",
           .extra =
               R"({"envelope":{"sourceUuid":"u-%other%","timestamp":%millis%,"dataMessage":)"
               R"({"timestamp":%millis%,"reaction":{"emoji":"+","targetAuthorUuid":"u-%beforeWho%",)"
               R"("targetSentTimestamp":%beforeSeconds%000,"isRemove":false},"groupInfo":)"
               R"({"groupId":"Z3Jw"}}},"account":"+4400"})",
           .between = "\n"}}},
        {"page.json",
         "mattermost",
         {{.front = R"({"order":["1"],"posts":{)",
           .record = R"("p%n%":{"id":"p%n%","create_at":%millis%,"user_id":"u%who%","channel_id":)"
                     R"("c","root_id":"%reply%","message":"%text%","type":""%reaction%})",
           .reply = "p%before%",
           .reaction = R"(,"metadata":{"reactions":[{"user_id":"u%other%","emoji_name":"+1",)"
                       R"("create_at":%millis%}]})",
           .end = "}}"}}},
        {"rocket.json",
         "rocketchat",
         {{.front = R"({"messages":[)",
           .record =
               R"({"_id":"m%n%","rid":"r","msg":"%text%","ts":"%iso%.000Z","u":{"_id":"u%who%",)"
               R"("username":"resident%who%","name":"%name%"}%reply%%reaction%})",
           .reply = R"(,"tmid":"m%before%","editedAt":"%iso%")",
           .reaction = R"(,"reactions":{":+1:":{"usernames":["resident%other%"]}})",
           .end = "]}"}}},
        {"town.log",
         "irc",
         {{.record = "%iso%  <resident%who%> %reply%%text%\n",
           .reply = "resident%other%: ",
           .extra = "%iso%  *** resident%other% is now known as resident%other%_\n",
           .between = ""}}}};
}

Shapes forums()
{
    return {
        {"list.mbox",
         "mail",
         {{.record = "From r%who%@town.org Mon Jan  1 10:00:00 2024\nFrom: %name% "
                     "<r%who%@town.org>\nMessage-ID: <%n%@town.org>\n%reply%Subject: damp\n"
                     "Date: %mail% +0000\n\n%text%\n\n",
           .reply = "In-Reply-To: <%before%@town.org>\n",
           .between = ""}}},
        {"topic.json",
         "discourse",
         {{.front = R"({"post_stream":{"posts":[)",
           .record =
               R"({"id":%n%,"post_number":%n%,"post_type":1,"topic_id":77,"topic_slug":"damp",)"
               R"("username":"resident%who%","name":"%name%","user_id":%who%,"created_at":)"
               R"("%iso%.000Z","cooked":"<p>%text%</p>","reply_to_post_number":null%reply%})",
           .reply = R"(,"version":2,"edit_reason":"x")",
           .end = R"(],"stream":[1,2]},"id":77,"title":"Damp"})"}}},
        {"user_archive.csv",
         "discourse-archive",
         {{.front = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,"
                    "created_at\n",
           .record = "Damp,Housing,No,\"@resident%other% %text%\",\"<p>x</p>\",0,0,"
                     "https://town.org/t/damp/77/%n%,%day% %clock% UTC\n",
           .between = ""}}},
        {"teams.json",
         "teams",
         {{.front = R"({"userId":"8:orgid:1","exportDate":"2024-04-01T09:00","conversations":[)"
                    R"({"id":"19:a@thread.v2","displayName":"Street","MessageList":[)",
           .record =
               R"({"id":"1%n%","displayName":"%name%","originalarrivaltime":"%iso%.000Z",)"
               R"("messagetype":"Text","content":"%text%","conversationid":)"
               R"("19:a@thread.v2%reply%","from":"8:orgid:u-%who%","properties":{%reaction%}})",
           .reply = ";messageid=1%before%",
           .reaction = R"("edittime":"1","emotions":"[{\"key\":\"like\",\"users\":[{\"mri\":)"
                       R"(\"8:orgid:u-%other%\",\"time\":1709283700000}]}]")",
           .end = "]}]}"}}},
        {"zulip",
         "zulip",
         {{.path = "realm.json",
           .front = R"({"zerver_realm":[{"id":2,"string_id":"town"}],"zerver_stream":[{"id":3,)"
                    R"("name":"repairs"}],"zerver_recipient":[{"id":21,"type":2,"type_id":3}],)"
                    R"("zerver_userprofile":[)",
           .record = R"({"id":%who%,"full_name":"%name%","is_bot":false})",
           .end = "],\n",
           .newPerson = 1,
           .share = 0},
          {.path = "realm.json",
           .front = R"("zerver_reaction":[)",
           .record = R"({"id":%n%,"message":%old%,"user_profile":%other%,"emoji_name":"tada",)"
                     R"("emoji_code":"1f389","reaction_type":"unicode_emoji"})",
           .end = "]}",
           .newPerson = 0,
           .share = 0.2},
          {.path = "messages-000001.json",
           .front = R"({"zerver_message":[)",
           .record = R"({"id":%n%,"sender":%who%,"recipient":21,"subject":"boiler","content":)"
                     R"("%reply%%text%","date_sent":%seconds%.25,"last_edit_time":null})",
           .reply = "@**%otherName%|%other%** ",
           .end = R"(],"zerver_usermessage":[]})",
           .newPerson = 0,
           .share = 0.8}}},
        {"topic-zulip.json",
         "zulip-topic",
         {{.front = "[",
           .record =
               R"({"content":"<p>%text%</p>","id":%n%,"sender_full_name":"%name%","timestamp":)"
               R"(%seconds%})",
           .end = "]"}}},
        {"room.json",
         "matrix",
         {{.front = R"({"room_name":"Town","room_creator":"@a:town.org","messages":[)",
           .record = R"({"type":"m.room.message","event_id":"$e%n%","sender":"@r%who%:town.org",)"
                     R"("origin_server_ts":%millis%,"content":{"msgtype":"m.text","body":"%text%")"
                     R"(%reply%%reaction%}})",
           .reply = R"(,"m.mentions":{"user_ids":["@r%other%:town.org"]})",
           .reaction = R"(,"m.relates_to":{"m.in_reply_to":{"event_id":"$e%before%"}})",
           .extra =
               R"({"type":"m.reaction","event_id":"$e%n%","sender":"@r%who%:town.org",)"
               R"("origin_server_ts":%millis%,"content":{"m.relates_to":{"rel_type":)"
               R"("m.annotation","event_id":"$e%before%","key":"+"}}},)"
               R"({"type":"m.room.message","event_id":"$x%n%","sender":"@r%beforeWho%:town.org",)"
               R"("origin_server_ts":%millis%,"content":{"body":"* x","m.new_content":{"body":)"
               R"("%text%"},"m.relates_to":{"rel_type":"m.replace","event_id":"$e%before%"}}})",
           .end = "]}\n"}}},
        {"polis",
         "polis",
         {{.path = "summary.csv", .front = "topic,What should happen?\nurl,https://pol.is/4lane\n"},
          {.path = "comments.csv",
           .front = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,"
                    "comment-body\n",
           .record = "%millis%,x,%n%,%who%,1,0,1,\"%text%\"\n",
           .between = "",
           .newPerson = 1,
           .share = 0},
          {.path = "votes.csv",
           .front = "timestamp,datetime,comment-id,voter-id,vote\n",
           .record = "%millis%,x,%other%,%who%,1\n",
           .between = "",
           .newPerson = 0}}},
        {"corpus",
         "convokit",
         {{.path = "speakers.json",
           .front = "{",
           .record = R"("resident%n%":{"ward":"East"})",
           .end = "}",
           .newPerson = 1,
           .share = 0},
          {.path = "utterances.jsonl",
           .record = R"({"id":"u%n%","speaker":"resident%who%","conversation_id":"u%old%",)"
                     R"("reply_to":%reply%null,"timestamp":%seconds%,"text":"%text%","meta":{}})",
           .between = "\n",
           .newPerson = 0}}}};
}

}  // namespace

const std::vector<Shape>& memoryShapes()
{
    static const std::vector<Shape> all = [] {
        Shapes shapes = chats();
        for (const auto& more : {forums(), postShapes(), graphShapes()})
            shapes.insert(shapes.end(), more.begin(), more.end());
        return shapes;
    }();
    return all;
}

}  // namespace kith::bench
