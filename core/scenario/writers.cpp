#include "core/scenario/writers.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <fstream>

namespace kith {

VenueTalk venueTalk(const Town& town, const Chronicle& chronicle, std::size_t venue)
{
    const auto& all = chronicle.said;
    const auto from =
        std::lower_bound(all.begin(), all.end(), venue,
                         [](const Said& said, std::size_t v) { return said.venue < v; });
    const auto to = std::upper_bound(
        from, all.end(), venue, [](std::size_t v, const Said& said) { return v < said.venue; });
    VenueTalk talk{town, venue, static_cast<std::size_t>(from - all.begin()), {from, to}, {}};
    for (const Said& said : talk.said) talk.people.push_back(said.author);
    std::sort(talk.people.begin(), talk.people.end());
    talk.people.erase(std::unique(talk.people.begin(), talk.people.end()), talk.people.end());
    return talk;
}

FileTruth countsOf(const VenueTalk& talk)
{
    FileTruth truth;
    truth.venue = talk.venue;
    truth.messages = talk.said.size();
    truth.authors = talk.people.size();
    for (const Said& said : talk.said) {
        if (said.parent != nobody) ++truth.answers;
        if (said.kind == SaidKind::Media) ++truth.media;
        if (said.kind == SaidKind::Deleted) ++truth.deleted;
    }
    return truth;
}

void writeBytes(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out)
        throw Error(Error::Kind::CannotWrite, "the file cannot be written",
                    {file.filename().string(), {}, {}, {}},
                    "Choose a folder with room that you may write to.");
}

std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    return "\"" + replaceAll(text, "\"", "\"\"") + "\"";
}

Clock clockOf(const Zone& zone, Time time)
{
    const WallTime wall = zone.toWall(time);
    const auto day = std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(wall - day));
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            std::chrono::weekday(day).c_encoding(),
            static_cast<unsigned>(clock.hours().count()),
            static_cast<unsigned>(clock.minutes().count()),
            static_cast<unsigned>(clock.seconds().count())};
}

}  // namespace kith
