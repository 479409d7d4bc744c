// SPDX-License-Identifier: Apache-2.0
// transformed-gradient-unused: gradients were clipped for the update, and the update took the unclipped ones.
//
// Clipping for a look at the norm, for a comparison, or for a branch that this run did not take is no mistake. So the
// clipped tensors must have no consumer at all, at no execution of that call in the whole run, and the text must not
// mention their names again.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "core/diagnosis/lineage.h"
#include "core/diagnosis/log.h"
#include "core/diagnosis/pairing.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/wording.h"

namespace tapescope {

namespace {

/// Unclipped gradients that one apply_gradients took although a clipped twin was there.
struct Oversight {
    ApplyId apply;  ///< the first call
    ApplyId latest;
    std::size_t count = 0;
    std::vector<VariableId> variables;
    std::vector<Clipping> twins;
};

class Oversights {
public:
    explicit Oversights(const Timeline& timeline) : timeline_(timeline), script_(timeline) {
        for (auto& clipping : clippings(timeline)) unused_[clipping.from].push_back(std::move(clipping));
        if (unused_.empty()) return;
        collectUses();
        collectNames();
        for (const auto& [from, list] : unused_)
            for (const auto& clipping : list)
                if (used(clipping.to)) busyLines_.insert(timeline.lineOf(clipping.site));
        for (const auto index : eventsOf<ApplyBegan>(timeline)) examine(timeline.get<ApplyBegan>(index), index);
    }

    std::vector<Finding> findings(const Cause& cause) const {
        std::vector<Finding> findings;
        for (const auto& [line, oversight] : found_) findings.push_back(finding(cause, line, oversight));
        return findings;
    }

private:
    bool used(TensorId tensor) const {
        return used_.contains(tensor) || !timeline_.tensors()[tensor.index()].consumers.empty();
    }

    /// What takes a tensor without being an operation.
    void collectUses() {
        for (const auto index : eventsOf<ValueLeft>(timeline_)) used_.insert(timeline_.get<ValueLeft>(index).tensor);
        for (const auto index : eventsOf<VariableAssigned>(timeline_))
            used_.insert(timeline_.get<VariableAssigned>(index).operand);
        for (const auto index : eventsOf<VariableCreated>(timeline_))
            used_.insert(timeline_.get<VariableCreated>(index).initial);
        for (const auto index : eventsOf<GradientAsked>(timeline_)) {
            const auto& asked = timeline_.get<GradientAsked>(index);
            used_.insert(asked.sources.begin(), asked.sources.end());
            used_.insert(asked.targets.begin(), asked.targets.end());
        }
        for (const auto index : eventsOf<ApplyBegan>(timeline_)) {
            const auto& began = timeline_.get<ApplyBegan>(index);
            for (const auto& pair : began.pairs) used_.insert(pair.gradient);
            used_.insert(began.droppedGradients.begin(), began.droppedGradients.end());
        }
    }

    void collectNames() {
        for (const auto index : eventsOf<NameBound>(timeline_)) {
            const auto& bound = timeline_.get<NameBound>(index);
            const auto note = [&](const ObjectRef& object) {
                if (object.kind == ObjectKind::Tensor) names_[TensorId{object.id}].push_back(index);
            };
            note(bound.object);
            for (const auto& item : bound.object.items) note(item);
        }
    }

    void examine(const ApplyBegan& began, EventIndex index) {
        const auto& record = timeline_.applies()[began.apply.index()];
        if (record.ended != 0 && timeline_.get<ApplyEnded>(record.ended).raised) return;
        for (const auto& pair : began.pairs) {
            const auto twins = pair.gradient.valid() ? unused_.find(pair.gradient) : unused_.end();
            if (twins == unused_.end()) continue;
            for (const auto& twin : twins->second)
                if (twin.event < index && forgotten(twin)) note(began, pair.variable, twin);
        }
    }

    void note(const ApplyBegan& began, VariableId variable, const Clipping& twin) {
        auto& oversight = found_[timeline_.lineOf(began.site)];
        if (!oversight.apply.valid()) oversight.apply = began.apply;
        if (oversight.latest != began.apply) ++oversight.count;
        oversight.latest = began.apply;
        if (oversight.apply != began.apply) return;
        if (std::ranges::find(oversight.variables, variable) == oversight.variables.end())
            oversight.variables.push_back(variable);
        oversight.twins.push_back(twin);
    }

    /// Was this tensor made for an update and then left lying?
    bool forgotten(const Clipping& twin) const {
        if (busyLines_.contains(timeline_.lineOf(twin.site))) return false;
        const auto names = names_.find(twin.to);
        if (names == names_.end()) {
            const auto* call = script_.callAt(twin.site, plain(twin.function));
            return call && script_.standsAlone(*call);
        }
        return std::ranges::all_of(names->second, [&](EventIndex index) { return neverReadAgain(index); });
    }

    bool neverReadAgain(EventIndex index) const {
        const auto& bound = timeline_.get<NameBound>(index);
        const auto name = writtenName(bound.name, bound.scope);
        if (name.starts_with('_') || name.find('.') != std::string::npos) return false;
        const auto* assignment = script_.assignment(name, timeline_.lineOf(bound.site));
        return assignment && !script_.mentionedAfter(name, *assignment);
    }

    /// "tf.clip_by_norm" as "clip_by_norm".
    static std::string plain(const std::string& function) { return function.substr(function.rfind('.') + 1); }

    Finding finding(const Cause& cause, std::uint32_t line, const Oversight& oversight) const {
        auto finding = about(timeline_, cause, oversight.variables);
        const auto names = listed(finding.names);
        const auto& twin = oversight.twins.front();
        const auto clipLine = timeline_.lineOf(twin.site);
        const auto name = nameOfClipped(twin);
        finding.line = line;
        finding.event = timeline_.applies()[oversight.apply.index()].began;
        finding.title = names + " " + wasOrWere(finding.names) + " updated with unclipped gradients " +
                        inSteps(stepNumber(timeline_, finding.event), oversight.count);
        finding.message = "The gradients clipped " + inLine(timeline_, clipLine) +
                          " were never used; the unclipped ones were applied.";
        finding.explanation =
            plain(twin.function) + " returns new gradients and leaves the old ones as they were. " +
            (name.empty() ? "Its result is thrown away" : "Its result is " + name + ", which nothing uses") +
            ", and this call applies the gradients from before" + norms(oversight) + ".";
        finding.fix = Fix{name.empty() ? "Keep what " + plain(twin.function) + " returns, and apply that."
                                       : "Apply " + name + " instead.",
                          name.empty() ? std::vector<Edit>() : applyInstead(oversight, name)};
        finding.evidence = {finding.event};
        for (const auto& each : oversight.twins) finding.evidence.push_back(each.event);
        return finding;
    }

    std::string nameOfClipped(const Clipping& twin) const {
        const auto names = names_.find(twin.to);
        if (names == names_.end()) return "";
        const auto& bound = timeline_.get<NameBound>(names->second.front());
        return writtenName(bound.name, bound.scope);
    }

    /// ": their norm is 10.58, clipped it would be 1", over all pairs.
    std::string norms(const Oversight& oversight) const {
        double applied = 0, kept = 0;
        for (const auto& twin : oversight.twins) {
            applied += squaredNorm(twin.from);
            kept += squaredNorm(twin.to);
        }
        return ": their norm is " + fourDigits(std::sqrt(applied)) + ", clipped it would have been " +
               fourDigits(std::sqrt(kept));
    }

    double squaredNorm(TensorId tensor) const {
        const auto& record = timeline_.tensors()[tensor.index()];
        const auto norm = summaryOf(timeline_.op(record.producer).values[record.output]).norm;
        return norm * norm;
    }

    /// The first operand of zip(), where it is a plain name, replaced by the clipped one.
    std::vector<Edit> applyInstead(const Oversight& oversight, const std::string& name) const {
        const auto& began = beganOf(timeline_, oversight.apply);
        const auto* zip = script_.callAt(began.zipSite, "zip");
        const auto operand = zip ? script_.argument(*zip, 0, "") : std::nullopt;
        const bool all = oversight.twins.size() == began.pairs.size();
        const auto bound = names_.at(oversight.twins.front().to).front();
        if (!operand || !all || !shareScope(timeline_, began.zipSite, timeline_.siteOf(bound))) return {};
        const auto written = script_.text(*operand);
        const bool isName = !written.empty() && written.find_first_of("[]()., ") == std::string::npos;
        return isName ? script_.edits({{*operand, name}}) : std::vector<Edit>();
    }

    const Timeline& timeline_;
    Script script_;
    std::map<TensorId, std::vector<Clipping>> unused_;  ///< by what was clipped
    std::set<TensorId> used_;
    std::map<TensorId, std::vector<EventIndex>> names_;  ///< NameBound of a tensor or of a list that holds it
    std::set<std::uint32_t> busyLines_;                  ///< of clipping calls whose result was used at least once
    std::map<std::uint32_t, Oversight> found_;           ///< by the line of apply_gradients
};

}  // namespace

void findTransformedGradientUnused(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings) {
    for (auto& finding : Oversights(timeline).findings(cause)) findings.push_back(std::move(finding));
}

}  // namespace tapescope
