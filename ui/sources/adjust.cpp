#include "ui/sources/adjust.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QTimeZone>
#include <QVBoxLayout>

#include "core/import/catalogue.h"
#include "ui/sources/previewdetails.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {

bool hasPrivateParts(const ImportReport& report)
{
    const Reader* reader = readerNamed(report.format);
    if (reader != nullptr && reader->info().hasPrivate) return true;
    // Readers count what they leave out for this reason in a sentence about the whole file.
    return std::any_of(
        report.warnings.begin(), report.warnings.end(), [](const std::string& warning) {
            const auto says = [&](const char* word) {
                return warning.find(word) != std::string::npos;
            };
            return says("left out") && (says("private") || says("direct") || says("followers"));
        });
}

Adjustments::Adjustments(FileAnswers& answers, QWidget* parent)
    : QWidget(parent), answers_(answers), zone_(new QWidget(this)), private_(new QWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(zone_);
    column->addWidget(private_);
    buildZone();
    buildPrivate();
    zone_->hide();
    private_->hide();
}

void Adjustments::consider(const std::vector<ImportReport>& reports)
{
    zone_->setVisible(std::any_of(reports.begin(), reports.end(),
                                  [](const ImportReport& report) { return !report.zone.empty(); }));
    private_->setVisible(answers_.read.privateToo ||
                         std::any_of(reports.begin(), reports.end(), hasPrivateParts));
}

void Adjustments::buildZone()
{
    auto* row = new QHBoxLayout(zone_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    auto* words =
        new Text(tr("Whose clock do the times show?"), TextSize::Body, Tone::Plain, zone_);
    words->setWordWrap(false);
    auto* zones = new QComboBox(zone_);
    zones->setObjectName(QStringLiteral("zones"));
    zones->setAccessibleName(words->text());
    row->addWidget(words);
    row->addWidget(zones);
    row->addStretch(1);
    const std::string here = Zone::local().name();
    static const QStringList names = [] {
        QStringList all;
        for (const QByteArray& name : QTimeZone::availableTimeZoneIds()) {
            // The zones of "Etc/" are told by hours, with the sign the other way round.
            if (name.contains('/') && !name.startsWith("Etc/") && Zone::find(name.toStdString()))
                all << QString::fromLatin1(name);
        }
        all.sort();
        return all;
    }();
    zones->addItem(tr("%1 (this computer)").arg(zoneText(here)), QString::fromStdString(here));
    if (zoneText(here) != QStringLiteral("UTC"))
        zones->addItem(QStringLiteral("UTC"), QStringLiteral("UTC"));
    for (const QString& name : names) zones->addItem(zoneText(name.toStdString()), name);
    connect(zones, &QComboBox::activated, this, [this, zones](int index) {
        answers_.read.zone = Zone::find(zones->itemData(index).toString().toStdString());
        Q_EMIT adjusted();
    });
}

void Adjustments::buildPrivate()
{
    auto* column = new QVBoxLayout(private_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* too = new QCheckBox(tr("Also private posts and addresses"), private_);
    too->setObjectName(QStringLiteral("private"));
    column->addWidget(too);
    column->addWidget(new Text(
        tr("Direct messages, posts for followers only, e-mail and network addresses stay out "
           "unless you tick this. Tick it only if the people concerned would agree."),
        TextSize::Small, Tone::Muted, private_));
    connect(too, &QCheckBox::toggled, this, [this](bool on) {
        answers_.read.privateToo = on;
        Q_EMIT adjusted();
    });
}

}  // namespace kith
