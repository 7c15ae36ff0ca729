#pragma once

#include "core/import/reader.h"

namespace kith {

// One function a reader, each defined in the file of its format; catalogue.cpp lists them.
const Reader& whatsappReader();
const Reader& telegramReader();
const Reader& slackReader();
const Reader& mailReader();
const Reader& tweetsReader();
const Reader& redditReader();
const Reader& tableReader();
const Reader& graphmlReader();
const Reader& gmlReader();
const Reader& edgeListReader();

}  // namespace kith
