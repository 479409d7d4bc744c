// SPDX-License-Identifier: Apache-2.0
// gradient-of-intermediate: a pair carries the gradient of something else than its variable.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "core/diagnosis/lineage.h"
#include "core/diagnosis/log.h"
#include "core/diagnosis/pairing.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"
#include "core/trace/stepgraph.h"
#include "core/trace/text.h"

namespace tapescope {

namespace {

/// What is wrong at one gradient() and one apply_gradients, however often the two run.
struct Mistake {
    ApplyId apply;  ///< the first one
    GradientId gradient;
    TensorId source;
    std::vector<VariableId> variables;
    const PairApplied* outcome = nullptr;  ///< of the first pair
    std::size_t count = 0;                 ///< calls of apply_gradients in which it happened
    ApplyId latest;
};

bool nearlyEqual(const Value& a, const Value& b) {
    if (a.shape() != b.shape() || !a.whole || !b.whole) return false;
    for (std::int64_t i = 0; i < a.whole.count(); ++i) {
        const double x = a.whole.at(i), y = b.whole.at(i);
        if (!(std::abs(x - y) <= 1e-6 * std::max({1e-30, std::abs(x), std::abs(y)}))) return false;
    }
    return true;
}

class Intermediates {
public:
    explicit Intermediates(const Timeline& timeline) : timeline_(timeline), script_(timeline) {
        for (const auto index : eventsOf<ApplyBegan>(timeline)) {
            const auto& began = timeline.get<ApplyBegan>(index);
            for (std::size_t i = 0; i < began.pairs.size(); ++i) examine(began, i);
        }
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [lines, mistake] : mistakes_) findings.push_back(finding(cause, lines.first, mistake));
        return findings;
    }

private:
    void examine(const ApplyBegan& began, std::size_t position) {
        const auto& pair = began.pairs[position];
        const auto origin = originOf(timeline_, pair.gradient);
        if (!origin.gradient.valid() || timeline_.tensors()[origin.source.index()].variable.valid()) return;
        const auto* outcome = outcomeOf(timeline_, began.apply, position);
        if (outcome ? outcome->outcome != PairOutcome::Applied : !raisedBy(timeline_, began.apply)) return;
        if (outcome && outcome->trueGradient && nearlyEqual(outcome->used, *outcome->trueGradient)) return;
        if (standsFor(timeline_, origin.source, pair.variable)) return;

        const auto line = timeline_.lineOf(askedOf(timeline_, origin.gradient).site);
        auto& mistake = mistakes_[{line, timeline_.lineOf(began.site)}];
        if (mistake.count == 0) mistake = {began.apply, origin.gradient, origin.source, {}, outcome, 0, {}};
        if (mistake.latest != began.apply) ++mistake.count;
        mistake.latest = began.apply;
        if (std::ranges::find(mistake.variables, pair.variable) == mistake.variables.end())
            mistake.variables.push_back(pair.variable);
    }

    Finding finding(const Cause& cause, std::uint32_t line, const Mistake& mistake) const {
        auto finding = about(timeline_, cause, mistake.variables);
        const auto& record = timeline_.gradients()[mistake.gradient.index()];
        const auto source = nameOf(timeline_, mistake.source);
        const auto names = listed(finding.names);
        const auto raised = raisedBy(timeline_, mistake.apply);
        finding.line = line;
        finding.event = record.answered;
        finding.title = names + (raised ? " met " : " " + wasOrWere(finding.names) + " updated with ") +
                        (finding.names.size() == 1 ? "the wrong gradient" : "the wrong gradients");
        finding.message = "The gradient that is applied to " + names + " is that of " + source + ".";
        finding.explanation = explanation(mistake, source, names, raised.has_value());
        if (raised) finding.tensorflowSays = timeline_.get<Raised>(*raised).message;
        finding.fix = Fix{"Ask gradient() for " + wanted(mistake) + " instead of " + source + ".",
                          askForVariables(timeline_, script_, mistake.gradient, mistake.apply)};
        finding.evidence = {record.asked, record.answered, timeline_.applies()[mistake.apply.index()].began};
        for (const auto pair : timeline_.applies()[mistake.apply.index()].pairs) finding.evidence.push_back(pair);
        if (raised) finding.evidence.push_back(*raised);
        return finding;
    }

    /// All variables that the call of apply_gradients pairs with, or tried to.
    std::string wanted(const Mistake& mistake) const {
        const auto& began = beganOf(timeline_, mistake.apply);
        std::vector<std::string> names;
        for (const auto& pair : began.pairs) names.push_back(timeline_.variables()[pair.variable.index()].label);
        for (const auto variable : began.droppedVariables)
            names.push_back(timeline_.variables()[variable.index()].label);
        return listed(names);
    }

    std::string explanation(const Mistake& mistake, const std::string& source, const std::string& names,
                            bool raised) const {
        const auto& asked = askedOf(timeline_, mistake.gradient);
        const auto target = asked.targets.empty() ? "target" : nameOf(timeline_, asked.targets.front());
        const auto variable = timeline_.variables()[mistake.variables.front().index()].label;
        const auto began = timeline_.applies()[mistake.apply.index()].began;
        std::string text = "gradient() was asked for " + source + ", and apply_gradients " +
                           inLine(timeline_, timeline_.lineOf(timeline_.siteOf(began))) +
                           " pairs by position: " + names + " got ∂" + target + "/∂" + source + ", not ∂" + target +
                           "/∂" + variable + ", " + inSteps(stepNumber(timeline_, began), mistake.count) + ".";
        if (raised || !mistake.outcome) return text;
        text += " Its shape " + shapeWords(mistake.outcome->used.shape()) + " happens to fit, so nothing failed.";
        if (mistake.outcome->trueGradient)
            text += " Its norm is " + fourDigits(summaryOf(mistake.outcome->used).norm) + ", that of the gradient of " +
                    variable + " is " + fourDigits(summaryOf(*mistake.outcome->trueGradient).norm) + ".";
        return text;
    }

    const Timeline& timeline_;
    Script script_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Mistake> mistakes_;  ///< by the lines of the two calls
};

}  // namespace

void findGradientOfIntermediate(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : Intermediates(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
