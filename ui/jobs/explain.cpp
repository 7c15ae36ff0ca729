#include "ui/jobs/explain.h"

#include <QCoreApplication>

#include "core/base/error.h"

namespace kith {

QString explain(const std::exception_ptr& reason)
{
    try {
        std::rethrow_exception(reason);
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    } catch (const std::bad_alloc&) {
        return QCoreApplication::translate(
            "explain", "There was not enough memory for this. Nothing was changed.");
    } catch (const std::exception& bug) {
        return QCoreApplication::translate("explain",
                                           "Kith made a mistake (%1). Your data is unchanged. "
                                           "Please report this.")
            .arg(QString::fromUtf8(bug.what()));
    }
}

}  // namespace kith
