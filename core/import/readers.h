#pragma once

#include "core/import/reader.h"

namespace kith {

// One function a reader, each defined in the file of its format; catalogue.cpp lists them.
// Chats
const Reader& whatsappReader();
const Reader& telegramReader();
const Reader& slackReader();
const Reader& slackDumpReader();
const Reader& discordReader();
const Reader& discordTableReader();
const Reader& discordPackageReader();
const Reader& messengerReader();
const Reader& facebookReader();
const Reader& facebookCommentsReader();
const Reader& googleChatReader();
const Reader& signalChatReader();
const Reader& signalExportReader();
const Reader& signalCliReader();
const Reader& mattermostReader();
const Reader& rocketChatReader();
const Reader& ircReader();

// Mail, forums, votes
const Reader& mailReader();
const Reader& discourseReader();
const Reader& discourseArchiveReader();
const Reader& teamsReader();
const Reader& zulipReader();
const Reader& zulipTopicReader();
const Reader& matrixReader();
const Reader& polisReader();
const Reader& polisTableReader();
const Reader& voteMatrixReader();
const Reader& convokitReader();

// Posts
const Reader& tweetsReader();
const Reader& xArchiveReader();
const Reader& xArchiveFileReader();
const Reader& xTableReader();
const Reader& redditReader();
const Reader& redditAccountReader();
const Reader& redditAccountFileReader();
const Reader& mastodonReader();
const Reader& mastodonArchiveReader();
const Reader& mastodonOutboxReader();
const Reader& blueskyReader();
const Reader& youtubeReader();
const Reader& youtubeTableReader();
const Reader& fourcatReader();

// Graphs
const Reader& graphmlReader();
const Reader& gmlReader();
const Reader& gexfReader();
const Reader& pajekReader();
const Reader& ucinetReader();
const Reader& vnaReader();
const Reader& gdfReader();
const Reader& dotReader();
const Reader& lglReader();
const Reader& nodeLinkReader();
const Reader& neo4jReader();
const Reader& neo4jFileReader();

// Tables
const Reader& tableReader();
const Reader& edgeListReader();

}  // namespace kith
