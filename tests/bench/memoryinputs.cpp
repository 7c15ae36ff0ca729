#include "tests/bench/memoryinputs.h"

#include "tests/bench/writer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string_view>

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

/// What a pattern may ask of one message.
struct Message {
    std::string n;       ///< its number, from 1
    std::string before;  ///< number of one of the eight messages before it, and its
    std::string beforeSeconds, beforeWho;
    std::string old;  ///< number of any message before it
    std::string who, name;
    std::string other, otherName;  ///< somebody who has been met
    std::string people;            ///< how many people a graph has
    std::string text;
    std::string seconds, millis, iso, day, clock, dayMonth, minute, mail, tweet, chat;
    std::string reply, reaction;
};

using Field = std::string Message::*;

const std::map<std::string_view, Field>& fields()
{
    static const std::map<std::string_view, Field> all{{"n", &Message::n},
                                                       {"before", &Message::before},
                                                       {"beforeSeconds", &Message::beforeSeconds},
                                                       {"beforeWho", &Message::beforeWho},
                                                       {"old", &Message::old},
                                                       {"who", &Message::who},
                                                       {"name", &Message::name},
                                                       {"other", &Message::other},
                                                       {"otherName", &Message::otherName},
                                                       {"people", &Message::people},
                                                       {"text", &Message::text},
                                                       {"seconds", &Message::seconds},
                                                       {"millis", &Message::millis},
                                                       {"iso", &Message::iso},
                                                       {"day", &Message::day},
                                                       {"clock", &Message::clock},
                                                       {"dayMonth", &Message::dayMonth},
                                                       {"minute", &Message::minute},
                                                       {"mail", &Message::mail},
                                                       {"tweet", &Message::tweet},
                                                       {"chat", &Message::chat},
                                                       {"reply", &Message::reply},
                                                       {"reaction", &Message::reaction}};
    return all;
}

/// A pattern cut at its fields.
class Pattern {
public:
    explicit Pattern(std::string_view pattern)
    {
        for (bool field = false;; field = !field) {
            const auto end = pattern.find('%');
            const auto piece = pattern.substr(0, end);
            if (field) {
                fields_.push_back(fields().at(piece));
            } else {
                texts_.emplace_back(piece);
            }
            if (end == std::string_view::npos) break;
            pattern.remove_prefix(end + 1);
        }
    }

    std::string fill(const Message& message) const
    {
        std::string out = texts_.front();
        for (std::size_t i = 0; i < fields_.size(); ++i)
            out.append(message.*fields_[i]).append(texts_[i + 1]);
        return out;
    }

    bool asks(Field field) const { return std::ranges::find(fields_, field) != fields_.end(); }

private:
    std::vector<std::string> texts_;
    std::vector<Field> fields_;
};

/// The messages of one input, from the first file to the last.
class Town {
public:
    explicit Town(std::uint64_t bytes) : listed_(std::min<std::uint64_t>(900'000, bytes / 2000))
    {
        message_.people = std::to_string(listed_);
        for (auto& text : texts_) text = writer_.text();
    }

    std::uint64_t listed() const { return listed_; }

    const Message& message() const { return message_; }

    /// The next part counts its messages anew; people stay.
    void beginPart() { number_ = 0; }

    /// @param newPerson as in Part
    Message& next(std::uint64_t newPerson, bool withText)
    {
        ++number_;
        if (newPerson > 0 && (people_ == 0 || number_ % newPerson == 0)) ++people_;
        const bool fresh = newPerson > 0 && number_ % newPerson == 0;
        const auto other = anybody();
        message_.other = std::to_string(other);
        message_.otherName = nameOf(other);
        const auto who = fresh ? people_ : anybody();
        message_.who = std::to_string(who);
        message_.name = nameOf(who);
        message_.n = std::to_string(number_);
        auto& random = writer_.random();
        authors_.at(number_ % authors_.size()) = who;
        const auto before = number_ - std::min(number_ - 1, 1 + random.below(8));
        message_.before = std::to_string(before);
        message_.beforeSeconds = std::to_string(firstSecond + before);
        message_.beforeWho = std::to_string(authors_.at(before % authors_.size()));
        message_.old = std::to_string(1 + random.below(number_));
        if (withText) message_.text = texts_.at(random.below(texts_.size()));
        setTime();
        return message_;
    }

private:
    static std::string nameOf(std::uint64_t person)
    {
        return fmt::format("Resident {} of Eastfield", person);
    }

    /// Few people say most.
    std::uint64_t anybody()
    {
        const auto spread = writer_.random().real();
        return 1 + static_cast<std::uint64_t>(spread * spread * spread *
                                              static_cast<double>(std::max(people_, one)));
    }

    void setTime()
    {
        const auto seconds = firstSecond + number_;
        message_.seconds = std::to_string(seconds);
        message_.millis = message_.seconds + "000";
        const auto time = fmt::gmtime(static_cast<std::time_t>(seconds));
        message_.day = fmt::format("{:%Y-%m-%d}", time);
        message_.clock = fmt::format("{:%H:%M:%S}", time);
        message_.iso = message_.day + "T" + message_.clock;
        message_.minute = message_.clock.substr(0, 5);
        message_.dayMonth = fmt::format("{:%d/%m/%Y}", time);
        message_.mail = fmt::format("{:%a, %d %b %Y %H:%M:%S}", time);
        message_.tweet = fmt::format("{:%a %b %d %H:%M:%S +0000 %Y}", time);
        message_.chat = fmt::format("{:%A, %B %d, %Y} at {:%I:%M:%S %p} UTC", time, time);
    }

    static constexpr std::uint64_t one = 1;
    static constexpr std::uint64_t firstSecond = 1'600'000'000;

    Writer writer_{11};
    std::array<std::string, 2000> texts_;  ///< made once: writing is to cost little
    Message message_;
    std::uint64_t listed_;
    std::uint64_t number_ = 0;
    std::uint64_t people_ = 0;
    std::array<std::uint64_t, 16> authors_{};  ///< of the last messages
};

class PartWriter {
public:
    PartWriter(const Part& part, fs::path target, std::uint64_t bytes, Town& town)
        : part_(part),
          target_(std::move(target)),
          town_(town),
          bytes_(static_cast<std::uint64_t>(static_cast<double>(bytes) * part.share)),
          record_(part.record),
          reply_(part.reply),
          reaction_(part.reaction),
          extra_(part.extra)
    {}

    void run()
    {
        town_.beginPart();
        open();
        for (std::uint64_t i = 1; !part_.record.empty() && goesOn(i); ++i) {
            if (part_.fileBytes > 0 && inFile_ >= part_.fileBytes) open();
            add(i);
        }
        out_ << Pattern(part_.end).fill(town_.message());
    }

private:
    bool goesOn(std::uint64_t i) const
    {
        return part_.share > 0 ? written_ < bytes_ : i <= std::min(town_.listed(), part_.most);
    }

    void open()
    {
        if (out_.is_open()) {
            out_ << Pattern(part_.end).fill(town_.message());
            out_.close();
        }
        auto path = target_;
        if (!part_.path.empty()) {
            auto name = part_.path;
            constexpr std::string_view day = "%day%";
            if (const auto at = name.find(day); at != std::string::npos)
                name.replace(at, day.size(), dayOf(++files_));
            path /= name;
        }
        fs::create_directories(path.parent_path());
        out_.open(path, std::ios::binary | std::ios::app);
        out_ << Pattern(part_.front).fill(town_.message());
        inFile_ = 0;
    }

    static std::string dayOf(std::uint64_t number)
    {
        return fmt::format("{}-{:02}-{:02}", 2010 + number / 336, 1 + number / 28 % 12,
                           1 + number % 28);
    }

    void add(std::uint64_t i)
    {
        Message& message = town_.next(part_.newPerson, record_.asks(&Message::text));
        message.reply = i % 3 == 0 ? reply_.fill(message) : "";
        message.reaction = i % 4 == 0 ? reaction_.fill(message) : "";
        put(record_.fill(message));
        if (i % 5 == 0 && !part_.extra.empty()) {
            Message& second = town_.next(part_.newPerson, extra_.asks(&Message::text));
            put(extra_.fill(second));
        }
    }

    void put(const std::string& text)
    {
        if (inFile_ > 0) out_ << part_.between;
        out_ << text;
        inFile_ += text.size();
        written_ += text.size();
    }

    const Part& part_;
    fs::path target_;
    Town& town_;
    std::uint64_t bytes_;
    Pattern record_, reply_, reaction_, extra_;
    std::ofstream out_;
    std::uint64_t files_ = 0;
    std::uint64_t inFile_ = 0;
    std::uint64_t written_ = 0;
};

}  // namespace

fs::path writeShape(const Shape& shape, const fs::path& folder, std::uint64_t bytes)
{
    const auto target = folder / shape.name;
    fs::remove_all(target);
    Town town(bytes);
    for (const Part& part : shape.parts) PartWriter(part, target, bytes, town).run();
    if (shape.pack.empty()) return target;
    const auto packed = folder / ("packed-" + shape.name);
    const auto command =
        "cd " + folder.string() + " && " +
        fmt::format(fmt::runtime(shape.pack), fmt::arg("in", "'" + shape.name + "'"),
                    fmt::arg("out", "'packed-" + shape.name + "'"));
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
    fs::remove_all(target);
    return packed;
}

}  // namespace kith::bench
