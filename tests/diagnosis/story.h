// SPDX-License-Identifier: Apache-2.0
// Short runs for the rules: variables of two elements, forward passes that add them up, gradients of ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnosis/finding.h"
#include "tests/trace/logbuilder.h"

namespace tapescope::testing {

class Story {
public:
    explicit Story(std::string script) : log(std::move(script), "story.py") {}

    struct Pass {
        TapeId tape;
        std::vector<TensorId> reads;
        TensorId y, loss;
    };
    struct Update {
        std::vector<Pair> pairs;
        std::vector<VariableId> droppedVariables;
        std::vector<TensorId> droppedGradients;
        Tensor trueGradient;  ///< of the first pair
        bool raises = false;
    };

    // ---- the digest; before anything else, closed by log.digest()
    std::int32_t call(std::uint32_t line, std::string_view text, std::string name,
                      std::vector<std::string_view> arguments = {}, std::int32_t parent = -1);
    /// `targets = value`; several targets are separated by ", ".
    std::int32_t assign(std::uint32_t line, std::string_view targets, std::string_view value, std::int32_t parent = -1);

    // ---- the run
    VariableId variable(const std::string& name, std::uint32_t line);
    OptimizerId optimizer(std::uint32_t line);
    Pass forward(std::uint32_t line, const std::vector<VariableId>& variables);
    std::vector<TensorId> gradient(std::uint32_t line, const Pass& pass, const std::vector<TensorId>& sources);
    ApplyId apply(std::uint32_t line, OptimizerId optimizer, Update update);
    /// One healthy step of one variable.
    void step(std::uint32_t line, OptimizerId optimizer, VariableId variable);
    TensorId clip(std::uint32_t line, TensorId gradient, const std::string& function = "tf.clip_by_norm");
    void look(std::uint32_t line, VariableId variable, const std::string& text);
    void raise(std::uint32_t line, const std::string& type, const std::string& message);
    void iteration(std::uint32_t number) { log.loops({{0, 0, number}}); }

    Timeline timeline();  ///< ends the run
    std::vector<Finding> findings() { return diagnose(timeline()); }

    LogBuilder log;

private:
    std::vector<std::uint32_t> versions_;
};

/// The ids and lines of findings, "zip-truncated 28": what most tests compare.
std::vector<std::string> brief(const std::vector<Finding>& findings);

}  // namespace tapescope::testing
