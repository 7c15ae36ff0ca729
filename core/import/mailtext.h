#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Who sent a mail.
struct MailAddress {
    std::string key;      ///< stands for the person: the lower-cased address, where there is one
    std::string name;     ///< may be empty
    std::string address;  ///< may be empty
};

/// Reads "Ann Lee <ann@example.org>", "ann at example.org (Ann Lee)" as archives write it, with
/// "at" in several languages, and "Ann Lee via list <list@example.org>", for which the address in
/// `replyTo` is taken or, when there is none but the list's, the name.
MailAddress mailAddress(std::string_view from, std::string_view replyTo = {});

/// What the author wrote: without quoted lines, the line that introduces them, the signature, the
/// armour of signed mail, and what archives put in place of attachments.
std::string ownWords(std::string_view text);

/// "Re: [eastfield] AW: Damp" -> "Damp".
std::string cleanSubject(std::string_view subject);

/// "eastfield" of "Re: [eastfield] Damp"; empty when there is no such tag.
std::string subjectTag(std::string_view subject);

}  // namespace kith
