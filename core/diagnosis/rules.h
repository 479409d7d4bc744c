// SPDX-License-Identifier: Apache-2.0
// The rules behind the table of causes, a family in each file, and what they share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/diagnosis/finding.h"

namespace tapescope {

// intermediate.cpp: whose gradient a pair carries
void findGradientOfIntermediate(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// zip.cpp: pairs that were never made
void findZipTruncated(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// transformation.cpp: what became of a gradient between gradient() and the update
void findTransformedGradientUnused(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// optimizer.cpp: whom the optimizer knows
void findOptimizerUnknownVariable(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// observation.cpp: when a value is looked at
void findLateOrAliasedObservation(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// nonfinite.cpp: numbers that are none
void findNanGradient(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
// path.cpp: why there is no gradient
void findLeftTensorFlow(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);

/// A finding of `cause` about these variables, with their names.
Finding about(const Timeline& timeline, const Cause& cause, std::vector<VariableId> variables);

/// The name as it stands in the script: without the function that it is local to.
std::string writtenName(const std::string& name, const std::string& scope);

/// The step that an event belongs to, as people count.
std::uint32_t stepNumber(const Timeline& timeline, EventIndex index);

/// Did `variable` take a new value in the step that the event belongs to?
bool updatedInStepOf(const Timeline& timeline, VariableId variable, EventIndex index);

/// The exception that ended the run, if it came out of this call of apply_gradients.
std::optional<EventIndex> raisedBy(const Timeline& timeline, ApplyId apply);

/// The PairApplied of a pair; nothing where the call did not get there.
const PairApplied* outcomeOf(const Timeline& timeline, ApplyId apply, std::size_t pair);

/// Do the innermost frames of two sites belong to one running function, so that a name means the same at both?
bool shareScope(const Timeline& timeline, CallSiteId a, CallSiteId b);

}  // namespace tapescope
