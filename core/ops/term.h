// SPDX-License-Identifier: Apache-2.0
// Pullbacks as formulas: signs between terms run the rows that TensorFlow's operators run.
// Included by core/ops/*.cpp only.
#pragma once

#include <utility>
#include <vector>

#include "core/ops/kernel.h"

namespace tapescope::kernel {

using Gradients = std::span<const Operand>;

class Term {
public:
    Term(Runner& runner, Operand operand) : runner_(&runner), operand_(std::move(operand)) {}

    operator Operand() const { return operand_; }
    const Tensor& value() const { return operand_.value; }

    Term call(std::string_view op, Attributes attributes = {}) const {
        return {*runner_, runner_->run(op, {operand_}, std::move(attributes))};
    }
    Term call(std::string_view op, const Term& other, Attributes attributes = {}) const {
        return {*runner_, runner_->run(op, {operand_, other.operand_}, std::move(attributes))};
    }
    /// A scalar of this term's dtype.
    Term number(double value) const { return {*runner_, kernel::number(*runner_, value, operand_)}; }
    /// The conjugate of a complex number; others stay.
    Term conjugate() const { return row(operand_.value.dtype()).complex() ? call("Conj") : *this; }

    friend Term operator*(const Term& a, const Term& b) { return a.call("Mul", b); }
    friend Term operator*(const Term& a, double b) { return a.call("Mul", a.number(b)); }
    friend Term operator*(double a, const Term& b) { return b.number(a).call("Mul", b); }
    friend Term operator/(const Term& a, const Term& b) { return a.call("RealDiv", b); }
    friend Term operator+(const Term& a, const Term& b) { return a.call("AddV2", b); }
    friend Term operator+(double a, const Term& b) { return b.number(a).call("AddV2", b); }
    friend Term operator+(const Term& a, double b) { return a.call("AddV2", a.number(b)); }
    friend Term operator-(const Term& a, const Term& b) { return a.call("Sub", b); }
    friend Term operator-(const Term& a, double b) { return a.call("Sub", a.number(b)); }
    friend Term operator-(double a, const Term& b) { return b.number(a).call("Sub", b); }
    friend Term operator-(const Term& a) { return a.call("Neg"); }

private:
    Runner* runner_;
    Operand operand_;
};

/// An executed operation on the way back, for formulas.
struct Back {
    Runner& runner;
    const Executed& op;
    Gradients gradients;

    Term g(std::size_t i = 0) const { return {runner, gradients[i]}; }
    /// An input, conjugated where it is complex: what most derivatives are made of.
    Term x(std::size_t i = 0) const { return input(i).conjugate(); }
    Term y(std::size_t i = 0) const { return output(i).conjugate(); }
    Term input(std::size_t i = 0) const { return {runner, op.inputs[i]}; }
    Term output(std::size_t i = 0) const { return {runner, op.outputs[i]}; }
    /// The term brought back to the shape of input i, which was broadcast.
    Operand reduced(const Term& term, std::size_t i) const {
        return reducedTo(runner, term, op.inputs[i].value.shape());
    }
};

/// The pullback of an operation on one tensor, from its formula.
template <Term (*formula)(const Back&)>
Operands oneBack(Runner& runner, const Executed& op, Gradients gradients) {
    return {formula({runner, op, gradients})};
}

/// The pullback of an operation on two that broadcast, from a formula for each; no formula: None.
template <Term (*left)(const Back&), Term (*right)(const Back&)>
Operands twoBack(Runner& runner, const Executed& op, Gradients gradients) {
    const Back at{runner, op, gradients};
    Operands back(2);
    if constexpr (left != nullptr) {
        if (op.wanted[0]) back[0] = at.reduced(left(at), 0);
    }
    if constexpr (right != nullptr) {
        if (op.wanted[1]) back[1] = at.reduced(right(at), 1);
    }
    return back;
}

}  // namespace tapescope::kernel
