#include "tests/bench/memoryinputs.h"

namespace kith::bench {
namespace {

/// People first, then their ties, in one file.
Shape graph(const std::string& name, const std::string& format, const std::string& front,
            const std::string& person, const std::string& between, const std::string& tie,
            const std::string& end)
{
    return {name,
            format,
            {{.front = front,
              .record = person,
              .between = "",
              .end = between,
              .newPerson = 1,
              .share = 0},
             {.record = tie, .between = "", .end = end, .newPerson = 0}}};
}

}  // namespace

std::vector<Shape> postShapes()
{
    const std::string tweet =
        R"({"id":"1%n%","author_id":"9%who%","conversation_id":"1%old%","created_at":"%iso%.000Z",)"
        R"("text":"%text%","author":{"id":"9%who%","name":"%name%","username":"resident%who%"}%reply%})";
    const std::string comment =
        R"({"id":"c%n%","author":"resident%who%","author_fullname":"t2_%who%","created_utc":%seconds%,)"
        R"("subreddit":"housing","score":3,"edited":false,"link_id":"t3_l%old%","parent_id":)"
        R"("t1_c%before%","body":"%text%"})";
    const Part reddit{.record = comment, .between = "\n"};
    return {
        {"posts.ndjson", "reddit", {reddit}},
        {"packed.ndjson", "reddit", {reddit}, "zip -q {out}.zip {in} && mv {out}.zip {out}"},
        {"packed.ndjson", "reddit", {reddit}, "zstd -q {in} -o {out}"},
        {"packed.ndjson", "reddit", {reddit}, "gzip -c {in} > {out}"},
        {"packed.ndjson", "reddit", {reddit}, "tar cf {out} {in}"},
        {"packed.ndjson", "reddit", {reddit}, "tar czf {out} {in}"},
        {"packed.ndjson", "reddit", {reddit}, "tar c {in} | zstd -q -o {out}"},
        {"tweets.jsonl",
         "x",
         {{.record = tweet,
           .reply = R"(,"referenced_tweets":[{"type":"replied_to","id":"1%before%"}])",
           .between = "\n"}}},
        {"pages.json",
         "x",
         {{.front = R"({"data":[)", .record = tweet, .end = R"(],"includes":{"users":[]}})"}}},
        {"x-archive",
         "x-archive",
         {{.path = "data/account.js",
           .front =
               R"(window.YTD.account.part0 = [{"account":{"username":"ann","accountId":"101"}}])"},
          {.path = "data/tweets.js",
           .front = "window.YTD.tweets.part0 = [",
           .record = R"({"tweet":{"id_str":"1%n%","created_at":"%tweet%","full_text":)"
                     R"("@resident%other% %text%","in_reply_to_status_id_str":"1%before%",)"
                     R"("in_reply_to_user_id_str":"9%other%","in_reply_to_screen_name":)"
                     R"("resident%other%","entities":{"user_mentions":[]}}})",
           .end = "]"}}},
        {"tags.csv",
         "x-table",
         {{.front = "id_str,from_user,text,created_at,time,user_lang,in_reply_to_user_id_str,"
                    "in_reply_to_screen_name,from_user_id_str,in_reply_to_status_id_str,source\n",
           .record = "1%n%,resident%who%,\"%text%\",%tweet%,x,en,9%other%,resident%other%,9%who%,"
                     "1%before%,web\n",
           .between = ""}}},
        {"reddit-account",
         "reddit-account",
         {{.path = "statistics.csv", .front = "statistic,value\naccount name,ann_lee\n"},
          {.path = "comments.csv",
           .front = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n",
           .record =
               "c%n%,https://www.reddit.com/r/e/comments/p1/damp/c%n%/,%day% %clock% UTC,,e,0,"
               "https://www.reddit.com/r/e/comments/p1/damp/,c%before%,\"%text%\",\n",
           .between = ""}}},
        {"timeline.jsonl",
         "mastodon",
         {{.record =
               R"({"id":"1%n%","created_at":"%iso%.000Z","in_reply_to_id":"1%before%",)"
               R"("in_reply_to_account_id":"9%other%","visibility":"public","uri":)"
               R"("https://t.org/users/r%who%/statuses/1%n%","content":"<p>%text%</p>",)"
               R"("account":{"id":"9%who%","username":"r%who%","acct":"r%who%","display_name":)"
               R"("%name%","url":"https://t.org/@r%who%"},"mentions":[]})",
           .between = "\n"}}},
        {"outbox.json",
         "mastodon-outbox",
         {{.front = R"({"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json",)"
                    R"("type":"OrderedCollection","totalItems":9,"orderedItems":[)",
           .record = R"({"id":"https://t.org/users/ann/statuses/%n%/activity","type":"Create",)"
                     R"("actor":"https://t.org/users/ann","published":"%iso%Z","to":)"
                     R"(["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":{"id":)"
                     R"("https://t.org/users/ann/statuses/%n%","type":"Note","inReplyTo":)"
                     R"("https://t.org/users/r%other%/statuses/%before%","published":"%iso%Z",)"
                     R"("attributedTo":"https://t.org/users/ann","to":)"
                     R"(["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"content":)"
                     R"("<p>%text%</p>","tag":[{"type":"Mention","href":)"
                     R"("https://t.org/users/r%other%","name":"@r%other%@t.org"}]}})",
           .end = "]}"}}},
        {"bluesky.jsonl",
         "bluesky",
         {{.record = R"({"uri":"at://did:plc:r%who%/app.bsky.feed.post/%n%","cid":"b","author":)"
                     R"({"did":"did:plc:r%who%","handle":"r%who%.t.org","displayName":"%name%"},)"
                     R"("record":{"$type":"app.bsky.feed.post","text":"%text%","createdAt":)"
                     R"("%iso%.000Z"%reply%},"indexedAt":"%iso%.000Z"})",
           .reply = R"(,"reply":{"root":{"uri":"at://did:plc:r%other%/app.bsky.feed.post/%old%"},)"
                    R"("parent":{"uri":"at://did:plc:r%other%/app.bsky.feed.post/%before%"}})",
           .between = "\n"}}},
        {"threads.jsonl",
         "youtube",
         {{.record =
               R"({"kind":"youtube#commentThread","id":"U%n%","snippet":{"videoId":"v",)"
               R"("topLevelComment":{"kind":"youtube#comment","id":"U%n%","snippet":{"videoId":)"
               R"("v","authorDisplayName":"@r%who%","publishedAt":"%iso%Z","textOriginal":)"
               R"("%text%","authorChannelId":{"value":"UC%who%"}}},"totalReplyCount":1},)"
               R"("replies":{"comments":[{"kind":"youtube#comment","id":"U%n%.a","snippet":)"
               R"({"videoId":"v","authorDisplayName":"@r%other%","publishedAt":"%iso%Z",)"
               R"("textOriginal":"%text%","authorChannelId":{"value":"UC%other%"},"parentId":)"
               R"("U%n%"}}]}})",
           .between = "\n"}}},
        {"videoinfo_v_2024_comments.csv",
         "youtube-table",
         {{.front = "id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,"
                    "authorChannelUrl,isReply,isReplyTo,isReplyToName\n",
           .record = "U%n%,,0,%day% %clock%,@r%who%,\"%text%\",UC%who%,u,1,%reply%,\n",
           .reply = "U%before%",
           .between = ""}}},
        {"telegram-4cat.csv",
         "4cat",
         {{.front = "id,thread_id,chat,author,author_username,author_name,author_is_bot,body,"
                    "is_reply,reply_to,views,reactions,timestamp,unix_timestamp,"
                    "entities_mentioned\n",
           .record = "%n%,town,town,9%who%,r%who%,%name%,no,\"%text%\",yes,%before%,5,,"
                     "%day% %clock%,%seconds%,@r%other%\n",
           .between = ""}}},
        {"posts.csv",
         "table",
         {{.front = "id,author,time,text,reply_to\n",
           .record = "%n%,%name%,%day% %clock%,\"%text%\",%reply%\n",
           .reply = "%before%",
           .between = ""}}}};
}

std::vector<Shape> graphShapes()
{
    const std::string ward = "<data key=\"d\">Mill</data>";
    return {
        graph("town.graphml", "graphml",
              "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
              "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
              "<key id=\"d\" for=\"node\" attr.name=\"ward\" attr.type=\"string\"/>\n"
              "<graph edgedefault=\"directed\">\n",
              "<node id=\"resident%n%\">" + ward + "</node>\n", "",
              "<edge source=\"resident%who%\" target=\"resident%other%\"><data "
              "key=\"w\">2</data></edge>\n",
              "</graph></graphml>\n"),
        graph(
            "town.gexf", "gexf",
            "<?xml version=\"1.0\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" "
            "version=\"1.2\"><graph defaultedgetype=\"directed\"><nodes>\n",
            "<node id=\"resident%n%\" label=\"%name%\"/>\n", "</nodes><edges>\n",
            "<edge id=\"%n%\" source=\"resident%who%\" target=\"resident%other%\" weight=\"3\"/>\n",
            "</edges></graph></gexf>\n"),
        graph("town.gml", "gml", "graph [\n directed 1\n",
              " node [ id %n% label \"%name%\" ward \"Mill\" ]\n", "",
              " edge [ source %who% target %other% value 2 ]\n", "]\n"),
        graph("town.net", "pajek", "*Vertices %people%\n", "%n% \"%name%\"\n", "*Arcs\n",
              "%who% %other% 2\n", ""),
        graph("town.dl", "ucinet", "dl n=%people% format=edgelist1\nlabels:\n", "resident%n%,\n",
              "data:\n", "%who% %other% 2\n", ""),
        graph("town.vna", "vna", "*Node data\nID ward\n", "resident%n% Mill\n",
              "*Tie data\nfrom to strength\n", "resident%who% resident%other% 2\n", ""),
        graph("town.gdf", "gdf", "nodedef>name VARCHAR,label VARCHAR,ward VARCHAR\n",
              "n%n%,%name%,Mill\n", "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE\n",
              "n%who%,n%other%,2\n", ""),
        graph("town.dot", "dot", "digraph town {\n", "r%n% [label=\"%name%\"];\n", "",
              "r%who% -> r%other% [weight=2];\n", "}\n"),
        {"town.lgl",
         "lgl",
         {{.front = "# resident1\n",
           .record = "resident%other% 2\n",
           .extra = "# resident%who%\n",
           .between = "",
           .newPerson = 120}}},
        graph("town-graph.json", "nodelink",
              R"({"directed":true,"multigraph":false,"graph":{},"nodes":[{"id":"r0"})",
              R"(,{"id":"r%n%","ward":"Mill"})",
              "],\n\"links\":[{\"source\":\"r1\",\"target\":\"r2\"}",
              R"(,{"source":"r%who%","target":"r%other%","weight":2})", "]}"),
        {"neo4j",
         "neo4j",
         {{.path = "people.csv",
           .front = "personId:ID(Person),name,:LABEL\n",
           .record = "r%n%,%name%,Person\n",
           .between = "",
           .newPerson = 1,
           .share = 0},
          {.path = "knows.csv",
           .front = ":START_ID(Person),weight:double,:END_ID(Person),:TYPE\n",
           .record = "r%who%,2,r%other%,KNOWS\n",
           .between = "",
           .newPerson = 0}}},
        {"pairs.csv",
         "edgelist",
         {{.front = "source,target,weight\n",
           .record = "resident%who%,resident%other%,2\n",
           .between = "",
           .newPerson = 40}}}};
}

}  // namespace kith::bench
