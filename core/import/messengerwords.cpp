#include "core/import/messengerwords.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kith {
namespace {

using Ends = std::pair<std::string_view, std::string_view>;

/// Notices by how they begin and end.
constexpr std::array notices{
    Ends{"You added ", " to the group."},
    Ends{"You removed ", " from the group."},
    Ends{"You named the group ", "."},
    Ends{"You created the group", "."},
    Ends{"You left the group", "."},
    Ends{"You joined the ", "."},
    Ends{"You set the ", "."},
    Ends{"You cleared the ", "."},
    Ends{"You changed the ", "."},
    Ends{"You turned o", "."},
    Ends{"You made ", " an admin."},
    Ends{"You started a", "call."},
    Ends{"You started sharing ", "."},
    Ends{"You pinned a message", "."},
    Ends{"You unsent a message", ""},
    Ends{"You called ", "."},
    Ends{"You missed a", "call."},
    Ends{"You missed a call from ", "."},
    Ends{"You created a poll", ""},
    Ends{"You voted for ", ""},
    Ends{"You changed your vote to ", ""},
    Ends{"You can now message and call each other", ""},
    Ends{"You are now connected on Messenger", ""},
    Ends{"You waved at each other", ""},
    Ends{"Say hi to your new Facebook friend", ""},
    Ends{"The video chat ended", ""},
    Ends{"The video call ended", ""},
    Ends{"The audio call ended", ""},
    Ends{"The group photo was removed", ""},
    Ends{"This poll is no longer available", ""},
    Ends{"Reacted ", " to your message"},
    Ends{"Reacted to your message", ""},
    Ends{"Liked a message", ""},
    Ends{"Hat mit ", " auf deine Nachricht reagiert"},
    Ends{"A réagi ", " à votre message"},
    Ends{"A réagi ", " à ton message"},
    Ends{"Reaccionó con ", " a tu mensaje"},
    Ends{"Ha reagito con ", " al tuo messaggio"},
    Ends{"Reagiu com ", " à sua mensagem"},
    Ends{"Heeft ", " gereageerd op je bericht"},
};

constexpr std::array shared{
    Ends{"You sent an attachment", ""},  Ends{"You sent a photo", ""},
    Ends{"You sent a video", ""},        Ends{"You sent a voice message", ""},
    Ends{"You sent a link", ""},         Ends{"You sent a sticker", ""},
    Ends{"You sent a GIF", ""},          Ends{"You sent a location", ""},
    Ends{"You sent a live location", ""}};

template <class List>
bool fits(const List& list, std::string_view text)
{
    return std::ranges::any_of(list, [&](const Ends& one) {
        return text.starts_with(one.first) && text.ends_with(one.second) &&
               text.size() >= one.first.size() + one.second.size();
    });
}

}  // namespace

MessengerWords messengerWords(std::string_view text, std::string_view sender)
{
    text = trim(text);
    if (fits(shared, text)) return MessengerWords::Shared;
    if (fits(notices, text)) return MessengerWords::Notice;
    // One word may begin a sentence about oneself; a full name never does.
    const bool named = text.starts_with(sender) && text.size() > sender.size() + 1 &&
                       text[sender.size()] == ' ' && sender.find(' ') != sender.npos;
    const auto last = text.empty() ? ' ' : text.back();
    if (!named) {
        constexpr std::string_view sent = " sent an attachment.";
        return !sender.empty() && text.starts_with(sender) && text.ends_with(sent)
                   ? MessengerWords::Shared
                   : MessengerWords::Typed;
    }
    constexpr std::array<std::string_view, 6> acts{" sent an attachment.", " sent a photo.",
                                                   " sent a video.",       " sent a link.",
                                                   " sent a sticker.",     " sent a GIF."};
    const auto rest = text.substr(sender.size());
    if (std::ranges::find(acts, rest) != acts.end()) return MessengerWords::Shared;
    return last == '?' ? MessengerWords::Typed : MessengerWords::Notice;
}

bool isGoneName(std::string_view name)
{
    constexpr std::array<std::string_view, 14> gone{
        "facebook user",        "instagram user",         "instagrammer",
        "facebook-nutzer",      "facebook-nutzerin",      "instagram-nutzer",
        "utilisateur facebook", "usuario de facebook",    "usuario de instagram",
        "utente di facebook",   "utilizador do facebook", "usuário do facebook",
        "facebook-gebruiker",   "użytkownik facebooka"};
    return name.empty() || std::ranges::find(gone, asciiLower(trim(name))) != gone.end();
}

}  // namespace kith
