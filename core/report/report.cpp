#include "core/report/report.h"

#include "core/analysis/sentences.h"
#include "core/base/text.h"
#include "core/journey/journey.h"
#include "core/journey/rubric.h"
#include "core/report/html.h"
#include "core/report/tables.h"
#include "core/store/messages.h"

#include <algorithm>
#include <fmt/format.h>

namespace kith {

extern const std::vector<std::pair<std::string_view, std::string_view>> reportStyle;

namespace {

constexpr int mapWidth = 1200;
constexpr int mapHeight = 900;

/// Everything that the parts of one report need.
struct Page {
    std::ostream& out;
    const Workspace& workspace;
    const Analysis& analysis;
    const ReportOptions& options;
    std::vector<std::string> parts;

    void begin(const std::string& part, std::string_view question)
    {
        parts.push_back(part);
        element(out, "h2", part);
        element(out, "p", question, "question");
    }

    void say(const EvidenceSentence& sentence)
    {
        element(out, "p", sentence.finding, "finding");
        element(out, "p", sentence.certainty, "certainty");
        if (!sentence.figures.empty()) element(out, "p", sentence.figures, "figures");
    }
};

std::string count(std::uint64_t number)
{
    return withSeparators(static_cast<std::int64_t>(number));
}

void writeHead(Page& page)
{
    const std::string title = page.options.title.empty() ? "Community report" : page.options.title;
    page.out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n";
    element(page.out, "title", title);
    page.out << "<style>\n" << reportStyle.front().second << "</style>\n</head>\n<body>\n<main>\n";
    element(page.out, "h1", title);
}

void writeSummary(Page& page)
{
    const auto known = info(page.workspace);
    page.parts.emplace_back("Summary");
    element(page.out, "p",
            fmt::format("{} people and {} messages, {} to {}.", count(page.analysis.persons.size()),
                        count(page.analysis.people.messages),
                        known.first ? dateText(*known.first) : "no date",
                        known.last ? dateText(*known.last) : "no date"),
            "muted");
    page.say(structureSentence(page.analysis));
    const char* naming =
        page.options.names == Naming::Real
            ? "This report shows people's real names. Ask them before it is passed on."
        : page.options.names == Naming::Pseudonyms
            ? "People are called by made-up numbers. Somebody who knows the group well may still "
              "recognise a person."
            : "No person is named. Somebody who knows the group well may still recognise a person.";
    element(page.out, "p", naming, "notice");
}

void writeMap(Page& page)
{
    if (page.analysis.positions.empty()) return;
    page.begin("Map", "Who lives where, who crosses, what is missing?");
    page.out << "<div class=\"map\">\n";
    // Only the people who are spoken of below are labelled; dots alone say nothing of anybody.
    auto scene = sceneOf(page.analysis, page.options.names);
    labelOnlyBridges(scene);
    writeMapSvg(page.out, scene, mapWidth, mapHeight);
    page.out << "</div>\n";
}

void writeWords(Page& page, const ClusterFinding& cluster)
{
    if (cluster.words.empty()) return;
    page.out << "<p class=\"words\">";
    for (std::size_t i = 0; i < cluster.words.size() && i < 12; ++i) {
        page.out << "<span>" << escaped(cluster.words[i].word) << "</span>";
    }
    page.out << "</p>\n";
}

void writeGroup(Page& page, const ClusterFinding& cluster)
{
    page.out << "<section class=\"group\">\n<h3><span class=\"swatch\" style=\"background:"
             << territoryColour(cluster.colour) << "\"></span>" << escaped(cluster.label)
             << "</h3>\n";
    element(
        page.out, "p",
        fmt::format("{} people. {}.", count(cluster.members.size()), plainVerdict(cluster.verdict)),
        "verdict");
    for (const auto& sentence : clusterSentences(page.analysis, cluster.id, Audience::Public))
        page.say(sentence);
    writeWords(page, cluster);
    page.out << "</section>\n";
}

void writeGroups(Page& page)
{
    page.begin("Groups", "Who talks with whom, and what do they share?");
    std::size_t small = 0;
    for (const auto& cluster : page.analysis.clusters) {
        if (cluster.members.size() < page.options.smallest) {
            ++small;
        } else {
            writeGroup(page, cluster);
        }
    }
    if (small > 0) {
        element(page.out, "p",
                fmt::format("Groups of fewer than {} people are left out to protect them.",
                            page.options.smallest),
                "muted");
    }
}

void writeBridges(Page& page)
{
    if (page.analysis.bridges.empty()) return;
    page.begin("Who crosses", "Whose ties reach into more than one group?");
    if (page.options.names == Naming::None) {
        element(page.out, "p",
                fmt::format("{} people have ties into more than one group. They are not listed "
                            "because this report names nobody.",
                            count(page.analysis.bridges.size())));
        return;
    }
    const auto names = labels(page.analysis, page.options.names);
    for (std::size_t i = 0; i < std::min(markedBridges, page.analysis.bridges.size()); ++i) {
        const auto& bridge = page.analysis.bridges[i];
        page.say(bridgeSentence(page.analysis, bridge, names[bridge.person]));
    }
}

std::string steps(int level)
{
    std::string text;
    for (int step = 1; step <= 4; ++step) text += step <= level ? "■" : "□";
    return text;
}

void writeJourneyRow(Page& page, const JourneyRow& row)
{
    page.out << "<h3><span class=\"swatch\" style=\"background:"
             << territoryColour(row.community.colour) << "\"></span>" << escaped(row.community.name)
             << "</h3>\n";
    const auto present = std::count_if(row.community.members.begin(), row.community.members.end(),
                                       [](const Member& member) { return !member.until; });
    const bool small = static_cast<std::size_t>(present) < page.options.smallest;
    element(
        page.out, "p",
        (small ? fmt::format("Fewer than {} members.", page.options.smallest)
               : fmt::format("{} members.", present)) +
            (row.community.tags.empty() ? "" : " Tags: " + join(row.community.tags, ", ") + "."),
        "muted");
    page.out << "<table>\n<thead><tr><th>Characteristic</th><th>Level</th><th>What that "
                "means</th><th>Evidence kept</th></tr></thead>\n<tbody>\n";
    for (const auto& cell : row.cells) {
        const auto& rubric = rubricOf(cell.characteristic);
        page.out << "<tr><td>" << escaped(rubric.title) << "</td><td class=\"steps\">";
        if (cell.latest) {
            const auto level = static_cast<std::size_t>(cell.latest->level);
            page.out << "<span aria-label=\"level " << level << " of 4\">"
                     << steps(cell.latest->level) << "</span></td><td>"
                     << escaped(rubric.levels.at(level)) << " <span class=\"muted\">"
                     << dateText(cell.latest->on) << "</span>";
        } else {
            page.out << "</td><td class=\"muted\">Not rated yet.";
        }
        page.out << "</td><td>" << cell.supporting << " for, " << cell.opposing
                 << " against</td></tr>\n";
    }
    page.out << "</tbody>\n</table>\n";
}

void writeJourney(Page& page)
{
    page.begin("Journey", "How far has each community come, and what is next?");
    const auto board = journeyBoard(page.workspace);
    if (board.empty()) {
        element(page.out, "p", "No group has been adopted as a community yet.", "muted");
        return;
    }
    for (const auto& row : board) writeJourneyRow(page, row);
    element(page.out, "p", "Levels are chosen by people. They are not added up.", "muted");
}

void writeMethods(Page& page)
{
    page.begin("How this was worked out",
               "Which methods, with which settings, and what are their limits?");
    element(page.out, "p", structureSentence(page.analysis).method);
    if (!page.analysis.clusters.empty()) {
        std::vector<std::string> said;
        for (const auto& cluster : page.analysis.clusters) {
            for (const auto& sentence :
                 clusterSentences(page.analysis, cluster.id, Audience::Public)) {
                if (std::find(said.begin(), said.end(), sentence.method) != said.end()) continue;
                said.push_back(sentence.method);
                element(page.out, "p", sentence.method);
            }
        }
    }
    if (!page.analysis.bridges.empty()) {
        element(page.out, "p",
                bridgeSentence(page.analysis, page.analysis.bridges.front(), {}).method);
    }
    if (page.analysis.people.tieRows.count(TieKind::Adjacent) != 0) {
        element(page.out, "p",
                "Some chats keep no record of who answers whom. There, ties are inferred from the "
                "order of messages and the "
                "names in them, and count by how likely they are.");
    }
    page.out << "<table>\n<tbody>\n";
    for (const auto& [what, value] : provenance(page.analysis)) {
        page.out << "<tr><th>" << escaped(what) << "</th><td>" << escaped(value) << "</td></tr>\n";
    }
    page.out << "</tbody>\n</table>\n";
    element(page.out, "p",
            "These are patterns in exports. They do not say why people are alike, who leads, or "
            "what anybody believes. "
            "People who read and never write are not seen.",
            "muted");
}

}  // namespace

std::vector<std::string> writeHtmlReport(std::ostream& out, const Workspace& workspace,
                                         const Analysis& analysis, const ReportOptions& options,
                                         Task& task)
{
    Page page{out, workspace, analysis, options, {}};
    task.begin("Writing the report", 6);
    writeHead(page);
    for (const auto part :
         {writeSummary, writeMap, writeGroups, writeBridges, writeJourney, writeMethods}) {
        part(page);
        task.advance();
    }
    out << "</main>\n</body>\n</html>\n";
    return page.parts;
}

}  // namespace kith
