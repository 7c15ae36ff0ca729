#include "core/import/slacktext.h"

#include "core/base/text.h"
#include "core/import/once.h"

namespace kith {
namespace {

std::string unescaped(std::string_view text)
{
    auto out = replaceAll(std::string(text), "&lt;", "<");
    out = replaceAll(std::move(out), "&gt;", ">");
    return replaceAll(std::move(out), "&amp;", "&");
}

void mention(SlackText& out, Once& met, const std::string& id, std::string_view label,
             const SlackNames& names)
{
    if (met.first(id)) out.mentioned.push_back(id);
    const auto known = names.users.find(id);
    out.text += '@';
    out.text += known ? std::string(*known) : label.empty() ? id : unescaped(label);
}

/// What stood between < and >.
void token(SlackText& out, Once& met, std::string_view inner, const SlackNames& names)
{
    const auto bar = inner.find('|');
    const auto target = inner.substr(0, bar);
    auto label = bar == std::string_view::npos ? std::string_view() : inner.substr(bar + 1);
    if (target.starts_with("@U") || target.starts_with("@W")) {
        mention(out, met, std::string(target.substr(1)), label, names);
    } else if (target.starts_with('#')) {
        const auto known = names.channels.find(target.substr(1));
        out.text += '#';
        out.text +=
            !label.empty() ? unescaped(label) : std::string(known.value_or(target.substr(1)));
    } else if (target.starts_with('!')) {
        const auto word = target.substr(1, target.find('^') - 1);
        if (!label.empty()) {
            out.text += unescaped(label);
        } else {
            out.text += "@" + std::string(word);
        }
    } else {
        const auto address = unescaped(target);
        const auto shown = unescaped(label);
        out.text += shown.empty() || shown == address ? address : shown + " (" + address + ")";
    }
}

void block(SlackText& out, Once& met, const Json& one, const SlackNames& names)
{
    const auto& type = one["type"].text();
    if (type == "user") {
        mention(out, met, one["user_id"].text(), {}, names);
    } else if (type == "link") {
        out.text += one["text"].isString() ? one["text"].text() : one["url"].text();
    } else if (type == "emoji") {
        out.text += ":" + one["name"].text() + ":";
    } else if (type == "broadcast") {
        out.text += "@" + one["range"].text();
    } else if (type == "text") {
        out.text += one["text"].text();
    } else if (one["text"].isObject()) {
        out.text += one["text"]["text"].text();
    }
    for (const auto& element : one["elements"].items()) block(out, met, element, names);
}

}  // namespace

SlackText readSlackText(std::string_view text, const SlackNames& names)
{
    SlackText out;
    Once met;
    while (!text.empty()) {
        const auto open = text.find('<');
        if (open == std::string_view::npos) break;
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) break;
        // In "<a <b>" only the inner one is mark-up.
        const auto inner = text.rfind('<', close);
        out.text += unescaped(text.substr(0, inner));
        token(out, met, text.substr(inner + 1, close - inner - 1), names);
        text.remove_prefix(close + 1);
    }
    out.text += unescaped(text);
    return out;
}

SlackText readSlackBlocks(const Json& blocks, const SlackNames& names)
{
    SlackText out;
    Once met;
    for (const auto& one : blocks.items()) {
        if (!out.text.empty()) out.text += '\n';
        block(out, met, one, names);
    }
    return out;
}

}  // namespace kith
