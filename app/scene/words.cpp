// SPDX-License-Identifier: Apache-2.0
#include "app/scene/words.h"

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

#include "core/trace/text.h"

namespace tapescope {

namespace {

constexpr std::int64_t fewElements = 4;

bool isUniform(const Tensor& tensor) {
    const double first = tensor.count() > 0 ? tensor.at(0) : 0;
    for (std::int64_t i = 1; i < tensor.count(); ++i)
        if (tensor.at(i) != first && !(std::isnan(tensor.at(i)) && std::isnan(first))) return false;
    return tensor.count() > 0;
}

}  // namespace

QString numberWords(double number) {
    if (std::isnan(number)) return QStringLiteral("NaN");
    if (std::isinf(number)) return number > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    return QString::number(number, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

QString valueWords(const Value& value, qsizetype characters) {
    const QString shape = words(shapeWords(value.shape()));
    if (value.whole && value.shape().empty()) return numberWords(value.whole.at(0));
    const bool uniform = value.whole && isUniform(value.whole);
    const double first = uniform ? value.whole.at(0) : 0;
    if (uniform && first == 1) return QStringLiteral("ones %1").arg(shape);
    if (uniform && first == 0) return QStringLiteral("zeros %1").arg(shape);
    const bool few = value.whole && value.whole.count() <= fewElements;
    if (const QString numbers = few ? words(valueText(value, 3)) : QString(); few && numbers.size() <= characters)
        return numbers;
    const QString inBrackets = value.shape().size() == 1 ? shape : QStringLiteral("(%1)").arg(shape);
    if (uniform) return QStringLiteral("all %1 %2").arg(numberWords(first), inBrackets);
    return QStringLiteral("norm %1 %2").arg(numberWords(normOf(value)), inBrackets);
}

QString circled(std::uint32_t number) {
    constexpr std::uint32_t last = 20;
    if (number >= 1 && number <= last) return QString(QChar(char16_t(0x2460 + number - 1)));
    return QStringLiteral("(%1)").arg(number);
}

QString listWords(const QStringList& items) {
    constexpr qsizetype most = 5;
    if (items.size() > most)
        return QStringLiteral("%1 and %2 more")
            .arg(items.mid(0, most - 1).join(QStringLiteral(", ")))
            .arg(items.size() - most + 1);
    if (items.size() < 2) return items.join(QString());
    return QStringLiteral("%1 and %2").arg(items.mid(0, items.size() - 1).join(QStringLiteral(", ")), items.back());
}

QString ruleWords(const std::string& rule, const QString& variable) {
    QString text = words(rule);
    // A variable that is called like a letter of the rule: the letter gives way.
    static const QStringList letters{QStringLiteral("g"), QStringLiteral("m"), QStringLiteral("n"),
                                     QStringLiteral("u"), QStringLiteral("v"), QStringLiteral("z")};
    if (letters.contains(variable)) {
        const QRegularExpression letter(QStringLiteral("\\b%1\\b").arg(variable));
        const QString other =
            variable == QLatin1String("g") ? QStringLiteral("grad") : variable + QStringLiteral("_slot");
        text.replace(letter, other);
    }
    const QString plain = QStringLiteral("w ← w − ");
    if (text.startsWith(plain)) return QStringLiteral("%1 −= %2").arg(variable, text.mid(plain.size()));
    static const QRegularExpression itself(QStringLiteral("\\bw\\b"));
    return QString(text).replace(itself, variable);
}

QStringList wrapped(const QString& text, qsizetype most) {
    QStringList lines{QString()};
    for (const QString& word : text.split(QLatin1Char(' '))) {
        if (!lines.back().isEmpty() && lines.back().size() + word.size() >= most) lines.append(QString());
        lines.back() += (lines.back().isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    return lines;
}

QString gradientStateWords(GradientState state) {
    switch (state) {
        case GradientState::None: return QStringLiteral("no gradient");
        case GradientState::Zero: return QStringLiteral("gradient is 0");
        case GradientState::Nan: return QStringLiteral("gradient is NaN");
        case GradientState::NotAsked: return QStringLiteral("not asked for");
        case GradientState::Path:
        case GradientState::Pending: break;
    }
    return {};
}

double normOf(const Value& value) {
    if (!value.whole) return value.summary() ? value.summary()->norm : 0;
    double sum = 0;
    for (std::int64_t i = 0; i < value.whole.count(); ++i) sum += value.whole.at(i) * value.whole.at(i);
    return std::sqrt(sum);
}

QString normWords(const NormChange& change) {
    return QStringLiteral("norm %1 → %2").arg(numberWords(change.before), numberWords(change.after));
}

QSizeF textSize(const QString& text, double size, Weight weight, bool mono) {
    const QFontMetricsF metrics(pictureFont(size, weight, mono));
    return {std::ceil(metrics.horizontalAdvance(text)), std::ceil(metrics.height())};
}

QString elided(const QString& text, double width, double size, Weight weight, bool mono) {
    return QFontMetricsF(pictureFont(size, weight, mono)).elidedText(text, Qt::ElideRight, width);
}

}  // namespace tapescope
