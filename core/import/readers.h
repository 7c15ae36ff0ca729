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

// Posts
const Reader& tweetsReader();
const Reader& redditReader();

// Graphs
const Reader& graphmlReader();
const Reader& gmlReader();
const Reader& gexfReader();
const Reader& pajekReader();
const Reader& ucinetReader();
const Reader& nodeLinkReader();

// Tables
const Reader& tableReader();
const Reader& edgeListReader();

}  // namespace kith
