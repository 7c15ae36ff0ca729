#include "core/import/xmlwalk.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/latin.h"

#include <algorithm>
#include <array>

namespace kith {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t longestValue = 1U << 20U;
constexpr int chunkBytes = 1 << 16;

std::string_view localName(std::string_view name)
{
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Bytes at the end that may be the front of a character still to come.
std::size_t unfinished(std::string_view bytes)
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte < 0x80) return 0;
        if (byte >= 0xc0) {
            const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return length > back ? back : 0;
        }
    }
    return 0;
}

}  // namespace

XmlWalk::XmlWalk(const OneFile& file, std::string_view root, Task& task)
    : file_(file), root_(root), task_(task), parser_(XML_ParserCreate(nullptr), &XML_ParserFree)
{
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &onStart, &onEnd);
    XML_SetCharacterDataHandler(parser_.get(), &onText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &onDoctype);
    XML_SetXmlDeclHandler(parser_.get(), &onDeclaration);
    XML_SetUnknownEncodingHandler(parser_.get(), &onEncoding, this);
}

bool XmlWalk::run()
{
    const auto source = file_.open();
    for (;;) {
        void* buffer = XML_GetBuffer(parser_.get(), chunkBytes);
        if (buffer == nullptr) throw std::bad_alloc();
        const auto count = source->read({static_cast<char*>(buffer), std::size_t{chunkBytes}});
        const bool last = count == 0;
        look({static_cast<const char*>(buffer), count}, last);
        const auto status = XML_ParseBuffer(parser_.get(), static_cast<int>(count), last ? 1 : 0);
        if (trouble_) std::rethrow_exception(trouble_);
        if (status != XML_STATUS_OK) {
            lookOn(*source);
            return failed(last);
        }
        task_.advance(count);
        if (!last) continue;
        checkEncoding();
        return false;
    }
}

std::string_view XmlWalk::attribute(Attributes all, std::string_view name)
{
    for (; *all != nullptr; all += 2) {
        if (name == all[0]) return all[1];
    }
    return {};
}

void XmlWalk::append(std::string& value, std::string_view more) const
{
    value += more;
    if (value.size() <= longestValue) return;
    throw Error(Error::Kind::LimitReached, "a value is longer than 1 MB", file_.line(line()),
                "Shorten it in the program that the graph comes from, and save it again.");
}

// expat is C: no exception may pass through it.
template <class Work>
void XmlWalk::guarded(void* self, Work work)
{
    auto& walk = *static_cast<XmlWalk*>(self);
    if (walk.trouble_) return;
    try {
        work(walk);
    } catch (...) {
        walk.trouble_ = std::current_exception();
        XML_StopParser(walk.parser_.get(), XML_FALSE);
    }
}

void XMLCALL XmlWalk::onStart(void* self, const XML_Char* name, Attributes attributes)
{
    guarded(self, [&](XmlWalk& walk) { walk.open(localName(name), attributes); });
}

void XMLCALL XmlWalk::onEnd(void* self, const XML_Char* name)
{
    guarded(self, [&](XmlWalk& walk) {
        walk.end(localName(name));
        --walk.depth_;
    });
}

void XMLCALL XmlWalk::onText(void* self, const XML_Char* text, int length)
{
    guarded(self, [&](XmlWalk& walk) { walk.text({text, static_cast<std::size_t>(length)}); });
}

void XMLCALL XmlWalk::onDoctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int)
{
    guarded(self, [](XmlWalk& walk) {
        throw Error(Error::Kind::BadInput, "the file has a DOCTYPE, which can hide traps",
                    walk.file_.line(walk.line()), "Remove the DOCTYPE if you trust the file.");
    });
}

void XMLCALL XmlWalk::onDeclaration(void* self, const XML_Char*, const XML_Char* encoding, int)
{
    guarded(self, [&](XmlWalk& walk) {
        if (encoding != nullptr) walk.declared_ = shorten(encoding, 60);
    });
}

/// expat itself knows UTF-8, UTF-16, ISO-8859-1 and US-ASCII.
int XMLCALL XmlWalk::onEncoding(void* self, const XML_Char* name, XML_Encoding* info)
{
    static_cast<XmlWalk*>(self)->declared_ = shorten(name, 60);
    if (!asciiEqual(name, "windows-1252") && !asciiEqual(name, "cp1252")) return XML_STATUS_ERROR;
    for (int byte = 0; byte < 256; ++byte) {
        std::size_t at = 0;
        const char c = static_cast<char>(byte);
        info->map[byte] = static_cast<int>(nextCodePoint(fromLatin({&c, 1}), at));
    }
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return XML_STATUS_OK;
}

void XmlWalk::open(std::string_view name, Attributes attributes)
{
    if (++depth_ > deepest) {
        throw Error(Error::Kind::LimitReached, "more than 64 elements stand inside each other",
                    file_.line(line()),
                    "Save the graph again with the program that it comes from.");
    }
    if (depth_ == 1) {
        if (name != root_) {
            throw Error(Error::Kind::BadInput, "the outermost element is not <" + root_ + ">",
                        file_.line(line()), "Choose a file that holds a graph in this format.");
        }
        seenRoot_ = true;
    }
    start(name, attributes);
}

void XmlWalk::look(std::string_view bytes, bool last)
{
    if (start_.size() < 2) {  // the bytes may arrive one by one
        start_ += bytes.substr(0, 2 - start_.size());
        wide_ = start_ == "\xFF\xFE" || start_ == "\xFE\xFF";
    }
    if (wide_) return;
    carry_ += bytes;
    const auto rest = last ? 0 : unfinished(carry_);
    survey_.look(std::string_view(carry_).substr(0, carry_.size() - rest), 0);
    carry_.erase(0, carry_.size() - rest);
}

/// Whether a broken file is in another encoding must not hang on how much of it was read so far.
void XmlWalk::lookOn(ByteSource& source)
{
    if (reason() != XML_ERROR_INVALID_TOKEN) return;
    std::vector<char> buffer(chunkBytes);
    for (auto count = source.read(buffer); count > 0; count = source.read(buffer))
        look({buffer.data(), count}, false);
    look({}, true);
}

/// A file that calls itself Latin-1 and is UTF-8 would be read without an error, but wrongly.
void XmlWalk::checkEncoding() const
{
    if (declared_.empty() || wide_ || asciiEqual(declared_, "utf-8") ||
        asciiEqual(declared_, "utf8") || !survey_.isUtf8() || !survey_.isBeyondAscii()) {
        return;
    }
    throw Error(Error::Kind::BadInput,
                "the file says that it is " + declared_ + ", but its bytes are UTF-8",
                file_.line(1), "Write encoding=\"UTF-8\" into its first line.");
}

/// Behind the outermost element expat takes a name for junk as soon as its first letters are there;
/// of one that arrives whole it may say that it is broken, or cut. It is junk at any rate.
XML_Error XmlWalk::reason() const
{
    const auto code = XML_GetErrorCode(parser_.get());
    const bool behind = seenRoot_ && depth_ == 0;
    const bool broken = code == XML_ERROR_INVALID_TOKEN || code == XML_ERROR_PARTIAL_CHAR;
    return behind && broken ? XML_ERROR_JUNK_AFTER_DOC_ELEMENT : code;
}

bool XmlWalk::failed(bool last) const
{
    constexpr std::array torn{XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN,
                              XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR};
    const auto code = reason();
    const bool cut = last && std::ranges::find(torn, code) != torn.end();
    if (cut && seenRoot_) return true;
    const auto place = file_.line(line());
    if (code == XML_ERROR_INVALID_TOKEN && !wide_ && !survey_.isUtf8()) {
        const auto name = declared_.empty()
                              ? std::string("UTF-8, as XML is unless it says otherwise")
                              : declared_;
        throw Error(Error::Kind::BadInput,
                    "the file says that it is " + name +
                        ", but its bytes are not; they may be Windows-1252",
                    place, "Save it again as UTF-8, or correct the encoding in its first line.");
    }
    if (code == XML_ERROR_INCORRECT_ENCODING || code == XML_ERROR_UNKNOWN_ENCODING) {
        const auto name = declared_.empty() ? std::string("another encoding") : declared_;
        throw Error(Error::Kind::BadInput,
                    code == XML_ERROR_UNKNOWN_ENCODING
                        ? "the file says that it is " + name + ", which Kith cannot read"
                        : "the file says that it is " + name + ", but its bytes are " +
                              (wide_ ? "UTF-16" : "single bytes, such as UTF-8"),
                    place, "Save it again as UTF-8.");
    }
    throw Error(Error::Kind::BadInput, std::string("the XML is broken: ") + XML_ErrorString(code),
                place, "Export it again, or mend it at that line.");
}

}  // namespace kith
