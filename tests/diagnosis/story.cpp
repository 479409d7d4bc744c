// SPDX-License-Identifier: Apache-2.0
#include "tests/diagnosis/story.h"

namespace tapescope::testing {

namespace {

const Tensor& ones() {
    static const Tensor value = tensor({2}, {1, 1});
    return value;
}

}  // namespace

std::int32_t Story::call(std::uint32_t line, std::string_view text, std::string name,
                         std::vector<std::string_view> arguments, std::int32_t parent) {
    return log.syntax(SyntaxKind::Call, line, text, std::move(name), std::move(arguments), parent);
}

std::int32_t Story::assign(std::uint32_t line, std::string_view targets, std::string_view value, std::int32_t parent) {
    const std::string names(targets);
    std::vector<std::string_view> parts;
    for (auto rest = targets;;) {
        const auto comma = rest.find(", ");
        parts.push_back(rest.substr(0, comma));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 2);
    }
    parts.push_back(value);
    return log.syntax(SyntaxKind::Assign, line, names + " = " + std::string(value), names, std::move(parts), parent);
}

VariableId Story::variable(const std::string& name, std::uint32_t line) {
    const auto made = log.variable(name, tensor({2}, {1, 2}), {}, log.site(line));
    log.bind(name, LogBuilder::ref(made), log.site(line));
    versions_.push_back(0);
    return made;
}

OptimizerId Story::optimizer(std::uint32_t line) {
    const auto made = log.optimizer("SGD", 0.5, log.site(line));
    log.bind("optimizer", LogBuilder::ref(made), log.site(line));
    return made;
}

Story::Pass Story::forward(std::uint32_t line, const std::vector<VariableId>& variables) {
    const auto site = log.site(line);
    Pass pass;
    pass.tape = log.openTape(site);
    for (const auto variable : variables) pass.reads.push_back(log.read(variable, site));
    pass.y = log.constant(site, ones());
    for (const auto read : pass.reads) pass.y = log.op("Mul", site, {pass.y, read}, tensor({2}, {3, 3}));
    log.bind("y", LogBuilder::ref(pass.y), site);
    pass.loss = log.op("Sum", site, {pass.y}, Tensor::scalar(6));
    log.bind("loss", LogBuilder::ref(pass.loss), site);
    log.exitTape(pass.tape, site);
    return pass;
}

std::vector<TensorId> Story::gradient(std::uint32_t line, const Pass& pass, const std::vector<TensorId>& sources) {
    const auto site = log.site(line);
    const auto gradient = log.ask(pass.tape, {pass.loss}, sources, site);
    std::vector<TensorId> results;
    std::vector<SourceAnswer> answers;
    for (const auto source : sources) {
        results.push_back(log.backward(gradient, "Mul", site, {pass.y}, ones()));
        answers.push_back(log.path(source, results.back()));
    }
    log.answer(gradient, answers);
    return results;
}

ApplyId Story::apply(std::uint32_t line, OptimizerId optimizer, Update update) {
    ApplyBegan facts;
    facts.optimizer = optimizer;
    facts.pairs = update.pairs;
    facts.droppedVariables = update.droppedVariables;
    facts.droppedGradients = update.droppedGradients;
    facts.site = log.site(line);
    facts.zipSite = log.site(line);
    const auto apply = log.beginApply(std::move(facts));
    for (std::uint32_t i = 0; i < update.pairs.size() && !update.raises; ++i) {
        log.applyPair(apply, i, 0.5, i == 0 ? update.trueGradient : Tensor());
        ++versions_.at(update.pairs[i].variable.value);
    }
    log.endApply(apply, update.raises);
    return apply;
}

void Story::step(std::uint32_t line, OptimizerId optimizer, VariableId variable) {
    const auto gradients = gradient(line, forward(line, {variable}), {log.handle(variable)});
    apply(line, optimizer, {{{gradients[0], variable}}, {}, {}, {}, false});
}

TensorId Story::clip(std::uint32_t line, TensorId gradient, const std::string& function) {
    const auto site = log.site(line);
    log.beginFold(function, site);
    const auto norm = log.op("L2Loss", site, {gradient}, Tensor::scalar(1));
    const auto scaled = log.op("Mul", site, {gradient, norm}, tensor({2}, {0.5F, 0.5F}));
    const auto result = log.op("Identity", site, {scaled}, tensor({2}, {0.5F, 0.5F}));
    log.endFold();
    return result;
}

void Story::look(std::uint32_t line, VariableId variable, const std::string& text) {
    log.add(ValueLeft{log.handle(variable), versions_.at(variable.value), "numpy", log.site(line, text)});
}

void Story::raise(std::uint32_t line, const std::string& type, const std::string& message) {
    log.add(Raised{type, message, "", log.site(line), line});
}

Timeline Story::timeline() {
    log.add(RunEnded{Outcome::Finished, "", 0});
    return timelineOf(log.events());
}

std::vector<std::string> brief(const std::vector<Finding>& findings) {
    std::vector<std::string> lines;
    for (const auto& finding : findings) lines.push_back(finding.id + " " + std::to_string(finding.line));
    return lines;
}

}  // namespace tapescope::testing
