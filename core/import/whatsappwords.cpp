#include "core/import/whatsappwords.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <vector>

namespace kith {
namespace {

using namespace std::string_view_literals;

constexpr std::array deletedWords{
    "this message was deleted"sv,
    "you deleted this message"sv,
    "diese nachricht wurde gelöscht"sv,
    "du hast diese nachricht gelöscht"sv,
    "ce message a été supprimé"sv,
    "vous avez supprimé ce message"sv,
    "tu as supprimé ce message"sv,
    "se eliminó este mensaje"sv,
    "eliminaste este mensaje"sv,
    "este mensaje fue eliminado"sv,
    "questo messaggio è stato eliminato"sv,
    "hai eliminato questo messaggio"sv,
    "esta mensagem foi apagada"sv,
    "esta mensagem foi eliminada"sv,
    "mensagem apagada"sv,
    "apagou esta mensagem"sv,
    "você apagou esta mensagem"sv,
    "eliminou esta mensagem"sv,
    "dit bericht is verwijderd"sv,
    "je hebt dit bericht verwijderd"sv,
    "u heeft dit bericht verwijderd"sv,
    "tato zpráva byla smazána"sv,
    "tato zpráva byla odstraněna"sv,
    "tuto zprávu jste smazal/a"sv,
    "tuto zprávu jste odstranil/a"sv,
    "smazali jste tuto zprávu"sv,
    "smazal(a) jste tuto zprávu"sv,
    "tuto zprávu jste smazal(a)"sv,
    "odstranil(a) jste tuto zprávu"sv,
    "odstranili jste tuto zprávu"sv,
    "tuto zprávu jste odstranil(a)"sv,
    "tuto zprávu jste odstranili"sv,
    "данное сообщение удалено"sv,
    "вы удалили данное сообщение"sv,
    "это сообщение удалено"sv,
    "вы удалили это сообщение"sv,
    "сообщение удалено"sv,
    "це повідомлення було видалено"sv,
    "ви видалили це повідомлення"sv,
    "تم حذف هذه الرسالة"sv,
    "لقد حذفت هذه الرسالة"sv,
    "حذفت هذه الرسالة"sv,
    "यह मैसेज डिलीट कर दिया गया है"sv,
    "आपने यह मैसेज डिलीट कर दिया है"sv,
    "आपने यह मैसेज डिलीट किया"sv,
    "pesan ini dihapus"sv,
    "pesan ini telah dihapus"sv,
    "anda menghapus pesan ini"sv,
    "anda telah menghapus pesan ini"sv,
    "このメッセージは削除されました"sv,
    "このメッセージを削除しました"sv,
    "あなたはこのメッセージを削除しました"sv,
    "ข้อความนี้ถูกลบแล้ว"sv,
    "คุณลบข้อความนี้"sv,
    "คุณลบข้อความนี้แล้ว"sv,
    "คุณได้ลบข้อความนี้"sv,
    "tin nhắn này đã bị xóa"sv,
    "bạn đã xóa tin nhắn này"sv,
    "bạn đã xoá tin nhắn này"sv,
    "bu mesaj silindi"sv,
    "bu mesajı sildiniz"sv,
    "ta wiadomość została usunięta"sv,
    "usunięto tę wiadomość"sv,
    "acest mesaj a fost șters"sv,
    "detta meddelande raderades"sv,
    "tämä viesti poistettiin"sv,
};

constexpr std::array deletedFronts{
    "this message was deleted by admin"sv,
    "Diese Nachricht wurde von Admin"sv,
    "ce message a été supprimé par l'admin"sv,
    "questo messaggio è stato eliminato dall'amministratore"sv,
};

constexpr std::array editedWords{
    "this message was edited"sv,
    "diese nachricht wurde bearbeitet"sv,
    "ce message a été modifié"sv,
    "se editó este mensaje"sv,
    "este mensaje fue editado"sv,
    "questo messaggio è stato modificato"sv,
    "esta mensagem foi editada"sv,
    "mensagem editada"sv,
    "dit bericht is bewerkt"sv,
    "tato zpráva byla upravena"sv,
    "сообщение изменено"sv,
    "данное сообщение изменено"sv,
    "це повідомлення було змінено"sv,
    "це повідомлення відредаговано"sv,
    "تم تعديل هذه الرسالة"sv,
    "यह मैसेज एडिट किया गया है"sv,
    "pesan ini diedit"sv,
    "このメッセージは編集されました"sv,
    "ข้อความนี้ถูกแก้ไขแล้ว"sv,
    "tin nhắn này đã được chỉnh sửa"sv,
    "bu mesaj düzenlendi"sv,
};

constexpr std::array attachedWords{
    "file attached"sv,    "datei angehängt"sv,    "fichier joint"sv,
    "archivo adjunto"sv,  "file allegato"sv,      "arquivo anexado"sv,
    "ficheiro anexado"sv, "bestand bijgevoegd"sv, "soubor byl přiložen"sv,
    "soubor přiložen"sv,  "файл добавлен"sv,      "файл додано"sv,
    "ملف مرفق"sv,         "الملف مرفق"sv,         "फ़ाइल अटैच की गई"sv,
    "file terlampir"sv,   "添付ファイル"sv,       "ไฟล์ที่แนบมา"sv,
    "tệp đính kèm"sv,     "dosya ekli"sv,         "dosya eklendi"sv,
    "plik dołączony"sv,   "załączono plik"sv,     "bifogad fil"sv,
};

constexpr std::array liveWords{
    "live location shared"sv,
    "live-standort wird geteilt"sv,
    "live-standort geteilt"sv,
    "localisation en direct partagée"sv,
    "ubicación en tiempo real compartida"sv,
    "posizione in tempo reale condivisa"sv,
    "posizione attuale condivisa"sv,
    "localização em tempo real partilhada"sv,
    "localização em tempo real compartilhada"sv,
    "live locatie gedeeld"sv,
    "live-locatie gedeeld"sv,
    "sdílení polohy v reálném čase"sv,
    "трансляция местоположения"sv,
    "дані про місцеперебування надіслано"sv,
};

constexpr std::array pollWords{
    "poll:"sv,    "umfrage:"sv,  "sondage:"sv,        "sondage :"sv, "encuesta:"sv, "sondaggio:"sv,
    "enquete:"sv, "sondagem:"sv, "peiling:"sv,        "anketa:"sv,   "опрос:"sv,    "опитування:"sv,
    "anket:"sv,   "ankieta:"sv,  "jajak pendapat:"sv, "polling:"sv,
};

/// How sentences of the app begin; a person would have to type them word by word.
constexpr std::array noticeFronts{
    "messages and calls are end-to-end encrypted"sv,
    "messages to this chat and calls are now"sv,
    "messages to this group are now secured"sv,
    "messages you send to this"sv,
    "messages are end-to-end encrypted"sv,
    "your security code with"sv,

    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt"sv,
    "Nachrichten in diesem Chat sowie Anrufe"sv,
    "Nachrichten, die du in dieser Gruppe"sv,
    "Nachrichten in dieser Gruppe"sv,
    "deine Sicherheitsnummer"sv,

    "les messages et les appels sont chiffrés de bout en bout"sv,
    "los mensajes y las llamadas están cifrados de extremo a extremo"sv,
    "i messaggi e le chiamate sono crittografati end-to-end"sv,
    "as mensagens e chamadas são encriptadas ponto a ponto"sv,
    "as mensagens e as chamadas são protegidas"sv,
    "as mensagens e ligações são protegidas"sv,
    "berichten en gesprekken zijn end-to-end versleuteld"sv,
    "berichten en oproepen worden end-to-end versleuteld"sv,
    "zprávy a hovory jsou"sv,
    "сообщения и звонки защищены сквозным шифрованием"sv,
    "повідомлення й дзвінки захищено наскрізним шифруванням"sv,
    "الرسائل والمكالمات مشفرة تمامًا بين الطرفين"sv,
    "मैसेज और कॉल एंड-टू-एंड एन्क्रिप्टेड"sv,
    "pesan dan panggilan terenkripsi secara end-to-end"sv,
    "メッセージと通話はエンドツーエンドで暗号化"sv,
    "mesajlar ve aramalar uçtan uca şifrelidir"sv,
    "tin nhắn và cuộc gọi được mã hóa đầu cuối"sv,
};

struct KindWord {
    std::string_view word;
    std::string_view kind;
};

constexpr std::array kindWords{
    KindWord{"gif", "gif"},           KindWord{"sticker", "sticker"},
    KindWord{"стикер", "sticker"},    KindWord{"наклейк", "sticker"},
    KindWord{"nálepka", "sticker"},   KindWord{"çıkartma", "sticker"},
    KindWord{"ملصق", "sticker"},      KindWord{"stiker", "sticker"},
    KindWord{"स्टिकर", "sticker"},     KindWord{"スタンプ", "sticker"},
    KindWord{"video", "video"},       KindWord{"vidéo", "video"},
    KindWord{"vídeo", "video"},       KindWord{"видео", "video"},
    KindWord{"відео", "video"},       KindWord{"الفيديو", "video"},
    KindWord{"वीडियो", "video"},      KindWord{"動画", "video"},
    KindWord{"ビデオ", "video"},      KindWord{"audio", "audio"},
    KindWord{"áudio", "audio"},       KindWord{"аудио", "audio"},
    KindWord{"аудіо", "audio"},       KindWord{"zvuk", "audio"},
    KindWord{"ses ", "audio"},        KindWord{"ऑडियो", "audio"},
    KindWord{"音声", "audio"},        KindWord{"المقطع الصوتي", "audio"},
    KindWord{"bild", "image"},        KindWord{"image", "image"},
    KindWord{"imagen", "image"},      KindWord{"immagine", "image"},
    KindWord{"imagem", "image"},      KindWord{"afbeelding", "image"},
    KindWord{"obrázek", "image"},     KindWord{"изображени", "image"},
    KindWord{"зображенн", "image"},   KindWord{"الصورة", "image"},
    KindWord{"फ़ोटो", "image"},        KindWord{"gambar", "image"},
    KindWord{"画像", "image"},        KindWord{"รูปภาพ", "image"},
    KindWord{"hình ảnh", "image"},    KindWord{"görüntü", "image"},
    KindWord{"photo", "image"},       KindWord{"foto", "image"},
    KindWord{"dokument", "document"}, KindWord{"document", "document"},
    KindWord{"документ", "document"}, KindWord{"dokumen", "document"},
    KindWord{"belge", "document"},    KindWord{"文書", "document"},
    KindWord{"المستند", "document"},  KindWord{"contact", "contact"},
    KindWord{"kontakt", "contact"},   KindWord{"contatto", "contact"},
    KindWord{"contacto", "contact"},  KindWord{"vizitka", "contact"},
    KindWord{"контакт", "contact"},
};

/// Whole placeholders of old iOS exports that carry no invisible mark.
constexpr std::array omittedEnds{
    " omitted"sv,
    " weggelassen"sv,
    " ausgelassen"sv,
    " absente"sv,
    " omis"sv,
    " manquante"sv,
    " manquant"sv,
    " retiré"sv,
    " omitida"sv,
    " omitido"sv,
    " omessa"sv,
    " omesso"sv,
    " non incluso"sv,
    " esclusa"sv,
    " não revelada"sv,
    " não revelado"sv,
    " ocultada"sv,
    " ocultado"sv,
    " weggelaten"sv,
    " vynechán"sv,
    " vynechána"sv,
    " vynecháno"sv,
    " отсутствует"sv,
    " не добавлен"sv,
    " відсутнє"sv,
    " відсутня"sv,
    " пропущено"sv,
    " не додано"sv,
    " tidak disertakan"sv,
    " dahil edilmedi"sv,
};

constexpr std::array groupWords{
    "created group"sv,    "die gruppe"sv,    "creó el grupo"sv, "a créé le groupe"sv,
    "creato il gruppo"sv, "criou o grupo"sv, "groep"sv,         "создал"sv,
    "створи"sv,           "vytvoři"sv,       "grup"sv,          "グループ"sv};

constexpr std::array fileFronts{
    "WhatsApp Chat with "sv,       "WhatsApp Chat - "sv,        "WhatsApp-Chat mit "sv,
    "WhatsApp Chat mit "sv,        "WhatsApp-Chat - "sv,        "Chat de WhatsApp con "sv,
    "Discussion WhatsApp avec "sv, "Chat WhatsApp con "sv,      "Conversa do WhatsApp com "sv,
    "WhatsApp-chat met "sv,        "WhatsApp chat met "sv,      "Chat WhatsApp dengan "sv,
    "Чат WhatsApp с "sv,           "Чат WhatsApp з "sv,         "Чат WhatsApp із "sv,
    "Переписка в WhatsApp с "sv,   "Chat WhatsApp s "sv,        "Konverzace WhatsApp s "sv,
    "WhatsApp Sohbeti - "sv,       "WhatsAppin keskustelu: "sv, "محادثة واتساب مع "sv,
    "WhatsApp_Chat_with_"sv,       "WhatsApp Chat "sv,
};

/// Lower case, without marks and the full stop at the end.
std::string plain(std::string_view line)
{
    std::string folded = foldForMatching(trim(line));
    for (const auto stop : {"."sv, "。"sv, "।"sv}) {
        if (folded.ends_with(stop)) folded.resize(folded.size() - stop.size());
    }
    return folded;
}

/// The last bytes before the full stop: a cheap test that almost every typed line fails. Ends of
/// sentences are lower case, so they need no folding.
std::string_view ending(std::string_view line)
{
    constexpr std::size_t enough = 4;
    line = trim(line);
    for (const auto stop : {"."sv, "。"sv, "।"sv}) {
        if (line.ends_with(stop)) line.remove_suffix(stop.size());
    }
    return line.substr(line.size() - std::min(line.size(), enough));
}

/// A list of whole phrases.
class Phrases {
public:
    template <class Words>
    explicit Phrases(const Words& words)
    {
        for (const std::string_view word : words) {
            endings_.insert(ending(word));
            phrases_.insert(plain(word));
        }
    }

    bool has(std::string_view line) const
    {
        constexpr std::size_t longest = 200;
        return line.size() <= longest && endings_.contains(ending(line)) &&
               phrases_.contains(plain(line));
    }

private:
    std::unordered_set<std::string_view> endings_;
    std::unordered_set<std::string> phrases_;
};

std::string_view withoutFirstLetter(std::string_view text)
{
    std::size_t at = 0;
    if (!text.empty()) (void)nextCodePoint(text, at);
    return text.substr(at);
}

/// Beginnings of sentences, compared apart from the case of their first letter.
class Beginnings {
public:
    template <class Words>
    explicit Beginnings(const Words& words)
    {
        for (const std::string_view word : words) {
            const auto rest = withoutFirstLetter(word);
            byFirst_[static_cast<unsigned char>(rest.front())].push_back(rest);
        }
    }

    bool match(std::string_view line) const
    {
        const auto rest = withoutFirstLetter(line);
        if (rest.empty()) return false;
        return std::ranges::any_of(byFirst_[static_cast<unsigned char>(rest.front())],
                                   [&](auto word) { return rest.starts_with(word); });
    }

private:
    std::array<std::vector<std::string_view>, 256> byFirst_;
};

}  // namespace

bool saysDeleted(std::string_view line)
{
    static const Phrases phrases(deletedWords);
    static const Beginnings fronts(deletedFronts);
    return phrases.has(line) || fronts.match(line);
}

bool saysEdited(std::string_view line)
{
    static const Phrases phrases(editedWords);
    const auto bare = trim(line);
    if (bare.size() < 3 || bare.front() != '<' || bare.back() != '>') return false;
    return phrases.has(bare.substr(1, bare.size() - 2));
}

bool saysFileAttached(std::string_view word)
{
    static const Phrases phrases(attachedWords);
    return phrases.has(word);
}

bool saysLiveLocation(std::string_view line)
{
    static const Phrases phrases(liveWords);
    return phrases.has(line);
}

bool saysPoll(std::string_view line)
{
    static const Phrases phrases(pollWords);
    return phrases.has(line);
}

bool isNotice(std::string_view line)
{
    static const Beginnings fronts(noticeFronts);
    return fronts.match(line);
}

bool saysOmitted(std::string_view line)
{
    constexpr std::size_t longest = 60;
    const auto bare = trim(line);
    return line.size() <= longest && std::ranges::count(bare, ' ') <= 3 &&
           std::ranges::any_of(omittedEnds, [&](auto end) { return bare.ends_with(end); }) &&
           mediaKind(line) != "media";
}

std::string_view mediaKind(std::string_view words)
{
    const auto folded = foldForMatching(words);
    for (const auto& [word, kind] : kindWords) {
        if (folded.find(word) != std::string::npos) return kind;
    }
    return "media";
}

std::optional<std::string_view> createdGroup(std::string_view line)
{
    const auto folded = foldForMatching(line);
    if (!std::ranges::any_of(groupWords,
                             [&](auto word) { return folded.find(word) != std::string::npos; })) {
        return std::nullopt;
    }
    for (const auto& [open, close] :
         {std::pair{"\""sv, "\""sv}, {"“"sv, "”"sv}, {"«"sv, "»"sv}, {"„"sv, "“"sv}}) {
        const auto from = line.find(open);
        if (from == std::string_view::npos) continue;
        const auto to = line.rfind(close);
        if (to == std::string_view::npos || to <= from + open.size()) continue;
        return line.substr(from + open.size(), to - from - open.size());
    }
    return std::nullopt;
}

std::optional<std::string_view> chatNamedBy(std::string_view fileName)
{
    auto name = fileName.substr(
        fileName.rfind('/') == std::string_view::npos ? 0 : fileName.rfind('/') + 1);
    for (const auto end : {".txt"sv, ".zip"sv}) {
        if (asciiLower(name).ends_with(end)) name.remove_suffix(end.size());
    }
    for (const auto front : fileFronts) {
        if (!name.starts_with(front)) continue;
        name.remove_prefix(front.size());
        const auto copy = name.rfind(" (");
        const bool numbered = copy != std::string_view::npos && name.ends_with(")") &&
                              parseInteger(name.substr(copy + 2, name.size() - copy - 3));
        name = trim(numbered ? name.substr(0, copy) : name);
        if (!name.empty()) return name;
    }
    return std::nullopt;
}

}  // namespace kith
