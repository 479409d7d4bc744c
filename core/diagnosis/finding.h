// SPDX-License-Identifier: Apache-2.0
// What the Doctor says: a value, with the events that prove it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

enum class Severity : std::uint8_t { Error, Warning, Hint };

/// A replacement of one line of the script.
struct Edit {
    std::uint32_t line = 0;
    std::string before;
    std::string after;
    friend bool operator==(const Edit&, const Edit&) = default;
};

struct Fix {
    std::string description;
    std::vector<Edit> edits;  ///< empty where the fix is words only
    bool verified = false;    ///< it was run and it helped
};

struct Finding {
    std::string id;  ///< of the table of causes: "zip-truncated"
    Severity severity = Severity::Hint;
    std::uint32_t line = 0;  ///< of the mistake, not of the crash
    EventIndex event = 0;    ///< where to seek to
    std::vector<VariableId> variables;
    std::vector<std::string> names;             ///< of the variables, as the user calls them
    std::string title;                          ///< "b was not updated in step 2"
    std::string message;                        ///< one sentence
    std::string explanation;                    ///< one to three sentences, with the user's names and numbers
    std::optional<std::string> tensorflowSays;  ///< nothing: TensorFlow says nothing
    std::optional<Fix> fix;
    std::vector<EventIndex> evidence;  ///< never empty
};

/// One row of the table of causes.
struct Cause {
    std::string_view id;
    Severity severity;
    std::string_view title;
    void (*find)(const Timeline& timeline, const Cause& cause, std::vector<Finding>& findings);
};

std::span<const Cause> causeTable();

/// All findings, by event, then by id. Pure.
std::vector<Finding> diagnose(const Timeline& timeline);

/// One row of `variables` in `check --format json` and of the table in the window.
struct VariableStep {
    std::uint32_t step = 0;  ///< from 1
    std::uint32_t line = 0;  ///< of the update, or of gradient() where there was none
    GradientState gradient = GradientState::Pending;
    std::string pairedWith;  ///< what the applied gradient belongs to, "" for nothing
    bool applied = false;
    double change = 0;   ///< L2 norm
    std::string reason;  ///< why not, or what is odd; "" if all is well
    std::uint32_t cutLine = 0;
};

struct VariableReport {
    VariableId variable;
    std::vector<std::string> names;  ///< paths from the script's globals at the end; else the last name it had
    std::uint32_t line = 0;          ///< of its creation
    bool updated = false;
    std::vector<VariableStep> steps;
};

std::vector<VariableReport> variableReports(const Timeline& timeline);

}  // namespace tapescope
