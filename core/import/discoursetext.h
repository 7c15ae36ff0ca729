#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What somebody wrote in a post, taken from the page that Discourse makes of it.
struct DiscourseText {
    struct Quote {
        std::string name;   ///< user name of who is quoted
        std::string topic;  ///< id; empty where the page does not say
        std::string post;   ///< number in its topic; empty where the page does not say
    };
    std::string text;  ///< without the words of others that it quotes
    std::vector<std::string> mentions;
    std::vector<Quote> quotes;
};

DiscourseText readDiscourseText(std::string_view cooked);

}  // namespace kith
