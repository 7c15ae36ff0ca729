#pragma once

#include "core/base/task.h"
#include "core/import/encoding.h"
#include "core/import/onefile.h"

#include <cstdint>
#include <exception>
#include <expat.h>
#include <memory>
#include <string>
#include <string_view>

namespace kith {

/// Streams through one XML file in constant memory, as the graph formats need it: elements by their
/// local names, no document type and so no entities, no more than 64 elements inside each other,
/// and a declared encoding that is the bytes' own.
class XmlWalk {
public:
    XmlWalk(const OneFile& file, std::string_view root, Task& task);
    virtual ~XmlWalk() = default;
    XmlWalk(const XmlWalk&) = delete;
    XmlWalk& operator=(const XmlWalk&) = delete;

    /// @return true when the file ends in the middle: what was whole has been handed on
    /// @throws Error BadInput, LimitReached; Cancelled
    bool run();

protected:
    /// expat's attributes: name, value, name, value, null.
    using Attributes = const XML_Char**;

    /// Value of an attribute, by its local name; empty when it is absent.
    static std::string_view attribute(Attributes all, std::string_view name);

    virtual void start(std::string_view name, Attributes attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;

    std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }
    std::size_t depth() const { return depth_; }  ///< 1 = in the outermost element
    const OneFile& file() const { return file_; }

    /// Adds to a value.
    /// @throws Error LimitReached beyond 1 MB
    void append(std::string& value, std::string_view more) const;

private:
    template <class Work>
    static void guarded(void* self, Work work);
    static void XMLCALL onStart(void* self, const XML_Char* name, Attributes attributes);
    static void XMLCALL onEnd(void* self, const XML_Char* name);
    static void XMLCALL onText(void* self, const XML_Char* text, int length);
    static void XMLCALL onDoctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                  int);
    static void XMLCALL onDeclaration(void* self, const XML_Char*, const XML_Char* encoding, int);
    static int XMLCALL onEncoding(void* self, const XML_Char* name, XML_Encoding* info);

    void open(std::string_view name, Attributes attributes);
    void look(std::string_view bytes, bool last);
    void lookOn(ByteSource& source);
    void checkEncoding() const;
    XML_Error reason() const;
    bool failed(bool last) const;

    const OneFile& file_;
    std::string root_;
    Task& task_;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
    std::exception_ptr trouble_;
    std::size_t depth_ = 0;
    bool seenRoot_ = false;
    std::string declared_;   ///< encoding, as the file names it
    EncodingSurvey survey_;  ///< of the raw bytes
    std::string carry_;      ///< raw bytes that may be the front of a character
    std::string start_;      ///< the first two bytes
    bool wide_ = false;      ///< UTF-16 by its byte-order mark
};

}  // namespace kith
