#pragma once

#include <QString>

#include <exception>

namespace kith {

class Error;

/// Why a file cannot be read, in the words of the screen.
struct FileFailure {
    QString what;    ///< one sentence, with line or entry but without the file's own name
    QString remedy;  ///< what to do; may be empty. Never speaks of the command line
};

/// A clause as a sentence: "No column holds the time." for "no column holds the time".
QString asSentence(QString clause);

FileFailure failureOf(const std::exception_ptr& reason);
FileFailure failureOf(const Error& error);

}  // namespace kith
