#pragma once

#include "core/import/reader.h"

namespace kith {

// One function a reader, each defined in the file of its format; catalogue.cpp lists them.
// Chats
const Reader& whatsappReader();
const Reader& telegramReader();
const Reader& slackReader();

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
const Reader& convokitReader();

// Posts
const Reader& tweetsReader();
const Reader& redditReader();

// Graphs
const Reader& graphmlReader();
const Reader& gmlReader();

// Tables
const Reader& tableReader();
const Reader& edgeListReader();

}  // namespace kith
