#pragma once

#include "core/import/postimport.h"
#include "core/import/texttable.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace kith {

/// Somebody on X, as far as a file names them.
struct XPerson {
    std::string id;      ///< the platform's number
    std::string handle;  ///< without "@"
    std::string name;

    bool empty() const { return id.empty() && handle.empty(); }
};

/// A post of X, whatever the shape of the file that holds it.
struct XPost {
    struct Other {
        XPerson author;
        std::string post;  ///< id, may be empty
    };

    std::string id;
    XPerson author;
    std::string thread;  ///< id of the conversation's first post; empty where the file keeps none
    std::optional<Time> time;
    std::string text;  ///< references like &amp; not yet decoded
    bool edited = false;
    std::optional<Other> answers;
    std::optional<Other> reposts;  ///< then the text is the original's, if the file has it
    std::vector<Other> quotes;
    std::vector<XPerson> mentions;
    std::vector<std::string> attachments;
    Place place;
};

/// Turns posts into records by the same rules for every shape of file, so that a post met twice is
/// the same message: the conversation is "X", the id the platform's own, an account's key its
/// number, or "@handle" in small letters where no record of the file knows the number. Keeps the
/// first 500 posts back, to find out whether the ids went through a spreadsheet: then they are not
/// used at all.
class XPosts {
public:
    /// @param file for what is said of all of it
    XPosts(PostImport& import, Place file) : import_(import), file_(std::move(file)) {}

    /// Learns a handle's number.
    void learn(const XPerson& person);

    /// The same, and describes the account.
    void meet(const XPerson& person, bool isProtected = false);

    void take(XPost post);

    /// Ids that are damaged for certain: a column of 1.23E+18.
    void distrustIds(const Place& place);

    /// Sends what was kept back.
    void finish();

private:
    struct Ids {
        std::uint64_t seen = 0;
        std::uint64_t rounded = 0;    ///< zeros from the 16th digit on, as spreadsheets write them
        std::uint64_t shortened = 0;  ///< two zeros at the end, as a double leaves them
        bool damaged = false;
        std::unordered_set<std::string> met{};

        void survey(const std::string& id);
        void decide();
    };

    void decide(const Place& place);
    void send(XPost post);
    std::string key(const XPerson& person);
    std::string postId(const std::string& id) const;
    void addMentions(const XPost& post, MessageRecord& record);

    PostImport& import_;
    Place file_;
    std::vector<XPost> waiting_;
    bool decided_ = false;
    bool damageSaid_ = false;
    bool protectedSaid_ = false;
    Ids posts_;
    Ids people_;
    std::map<std::string, XPerson> met_;  ///< by number, until it is known that they are right
    TextTable numbers_;                   ///< handle in small letters -> number
};

}  // namespace kith
