// SPDX-License-Identifier: Apache-2.0
// left-tensorflow: a gradient was asked for and is None, because the value went through Python or numpy.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/diagnosis/log.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/script.h"
#include "core/diagnosis/wording.h"
#include "core/trace/stepgraph.h"

namespace tapescope {

namespace {

/// One place at which one variable lost its path, however often.
struct Cut {
    GradientId gradient;  ///< the first call that was answered with None
    SourceAnswer answer;
    EventIndex left = 0;  ///< ValueLeft; 0 where the copy itself took the value
    std::size_t count = 0;
};

class Cuts {
public:
    explicit Cuts(const Timeline& timeline) : timeline_(timeline), script_(timeline) {
        for (const auto index : eventsOf<ValueLeft>(timeline))
            left_[timeline.get<ValueLeft>(index).tensor].push_back(index);
        for (const auto index : eventsOf<GradientAnswered>(timeline)) {
            const auto& answered = timeline.get<GradientAnswered>(index);
            for (const auto& answer : answered.answers) examine(answered.gradient, answer);
        }
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [where, cut] : cuts_) findings.push_back(finding(cause, where.first, where.second, cut));
        return findings;
    }

private:
    void examine(GradientId gradient, const SourceAnswer& answer) {
        const auto variable = timeline_.tensors()[answer.source.index()].variable;
        if (!answer.asked || answer.state != GradientState::None || !variable.valid()) return;
        if (!timeline_.created(variable).trainable || !answer.cutNode.valid() || !leaves(answer)) return;
        const auto left = leavingOf(answer);
        const auto line = timeline_.lineOf(left != 0 ? timeline_.siteOf(left) : answer.cutSite);
        auto& cut = cuts_[{line, variable}];
        if (cut.count++ == 0) cut = {gradient, answer, left, 1};
    }

    /// A new variable that starts with an old value is another cause than a copy through Python.
    bool leaves(const SourceAnswer& answer) const {
        if (answer.reason == CutReason::LeftTensorFlow) return true;
        return answer.reason == CutReason::Copied && answer.cutInput >= timeline_.op(answer.cutNode).inputs.size();
    }

    /// The last time before the cut that the value at its input left TensorFlow.
    EventIndex leavingOf(const SourceAnswer& answer) const {
        const auto& op = timeline_.op(answer.cutNode);
        const auto host =
            answer.cutInput >= op.inputs.size() ? answer.cutInput - op.inputs.size() : op.hostInputs.size();
        const auto tensor = host < op.hostInputs.size() ? op.hostInputs[host] : answer.source;
        const auto found = left_.find(tensor);
        if (found == left_.end()) return 0;
        const auto after = std::ranges::upper_bound(found->second, timeline_.nodes()[answer.cutNode.index()].event);
        return after == found->second.begin() ? 0 : *std::prev(after);
    }

    Finding finding(const Cause& cause, std::uint32_t line, VariableId variable, const Cut& cut) const {
        auto finding = about(timeline_, cause, {variable});
        const auto& name = finding.names.front();
        const auto& record = timeline_.gradients()[cut.gradient.index()];
        const auto& asked = timeline_.get<GradientAsked>(record.asked);
        const auto target = asked.targets.empty() ? "the target" : nameOf(timeline_, asked.targets.front());
        const auto how = cut.left != 0 ? timeline_.get<ValueLeft>(cut.left).how : std::string();
        finding.line = line;
        finding.event = record.answered;
        finding.title = name + " has no gradient " + inSteps(stepNumber(timeline_, record.answered), cut.count);
        finding.message = "The gradient of " + target + " with respect to " + name + " is None: the value of " + name +
                          " left TensorFlow on the way.";
        finding.explanation = std::string(how == "numpy" ? ".numpy() gives a copy" : "What arrives there is a copy") +
                              " of the number. " + target +
                              " is computed from the copy, so the tape has no way back from " + target + " to " + name +
                              ", and the answer is None, not zero.";
        finding.tensorflowSays = says(variable, record.answered, finding.evidence);
        finding.fix = Fix{"Use " + name + " itself in the computation, with operations of TensorFlow.", uncopied(cut)};
        finding.evidence.insert(finding.evidence.end(), {record.asked, record.answered});
        finding.evidence.push_back(timeline_.nodes()[cut.answer.cutNode.index()].event);
        if (cut.left != 0) finding.evidence.push_back(cut.left);
        return finding;
    }

    /// The warning or the exception with which TensorFlow met the missing gradient.
    std::optional<std::string> says(VariableId variable, EventIndex answered, std::vector<EventIndex>& evidence) const {
        const auto quoted = "'" + timeline_.created(variable).name + "'";
        for (const auto index : eventsOf<Warned>(timeline_)) {
            const auto& warned = timeline_.get<Warned>(index);
            if (index < answered || !warned.message.starts_with("Gradients do not exist for variables")) continue;
            if (warned.message.find(quoted) == std::string::npos) continue;
            evidence.push_back(index);
            return warned.message;
        }
        for (const auto index : eventsOf<Raised>(timeline_)) {
            const auto& raised = timeline_.get<Raised>(index);
            if (!raised.message.starts_with("No gradients provided for any variable")) continue;
            evidence.push_back(index);
            return raised.message;
        }
        return std::nullopt;
    }

    /// `tf.constant(b.numpy())` as `b`.
    std::vector<Edit> uncopied(const Cut& cut) const {
        const auto* call = script_.callAt(cut.answer.cutSite, "constant");
        if (!call) call = script_.callAt(cut.answer.cutSite, "convert_to_tensor");
        if (!call || call->parts.size() != 1) return {};
        constexpr std::string_view ending = ".numpy()";
        auto written = script_.text(call->parts.front());
        if (written.ends_with(ending)) written.resize(written.size() - ending.size());
        const auto& name = timeline_.variables()[timeline_.tensors()[cut.answer.source.index()].variable.index()].label;
        return written == name ? script_.edits({{call->range, name}}) : std::vector<Edit>();
    }

    const Timeline& timeline_;
    Script script_;
    std::map<TensorId, std::vector<EventIndex>> left_;          ///< ValueLeft of each tensor
    std::map<std::pair<std::uint32_t, VariableId>, Cut> cuts_;  ///< by line and variable
};

}  // namespace

void findLeftTensorFlow(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : Cuts(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
