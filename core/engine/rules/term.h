// SPDX-License-Identifier: Apache-2.0
// What the formulas of rules are written in: tensors with operators, each of which runs one operation's kernel, and
// numbers as formulas print them.
#pragma once

#include "core/engine/rule.h"
#include "core/engine/rules/generations.h"

namespace tapescope::rules {

/// A tensor that is computed with. A number beside one takes its dtype straight, as Keras's operations do.
class Term {
public:
    explicit Term(Tensor tensor) : tensor_(std::move(tensor)) {}
    const Tensor& tensor() const { return tensor_; }
    /// The operation of this type on this and others.
    Term call(std::string_view type, const std::vector<Term>& others = {}, Attributes attributes = {}) const;
    Term number(double value) const;

    Term square() const { return call("Square"); }
    Term root() const { return call("Sqrt"); }
    Term power(const Term& exponent) const { return call("Pow", {exponent}); }
    Term larger(const Term& other) const { return call("Maximum", {other}); }
    Term smaller(const Term& other) const { return call("Minimum", {other}); }
    Term sum() const { return call("Sum"); }
    Term mean() const { return call("Mean"); }
    Term meanOver(std::int64_t axis, bool keep) const { return call("Mean", {}, {Shape{axis}, keep}); }

private:
    Tensor tensor_;
};

Term operator+(const Term& a, const Term& b);
Term operator-(const Term& a, const Term& b);
Term operator*(const Term& a, const Term& b);
Term operator/(const Term& a, const Term& b);
/// The same, of a slot itself: a variable takes TensorFlow's other way to the kernel, whose complaints end without a
/// name.
Term minusSlot(const Term& a, const Term& slot);
inline Term operator+(const Term& a, double b) {
    return a + a.number(b);
}
inline Term operator-(double a, const Term& b) {
    return b.number(a) - b;
}
inline Term operator*(const Term& a, double b) {
    return a * a.number(b);
}
inline Term operator*(double a, const Term& b) {
    return b.number(a) * b;
}
inline Term operator/(double a, const Term& b) {
    return b.number(a) / b;
}
inline Term operator/(const Term& a, double b) {
    return a / a.number(b);
}

/// One step of one variable: its settings and slots, and how it takes new values.
class Step {
public:
    explicit Step(const RuleInput& input) : in_(input) {}
    Term variable() const { return Term(in_.variable); }
    Term gradient() const { return Term(in_.gradient); }
    /// g², |g|: of slices row by row, before rows of one place are added up, as Keras does.
    Term gradientSquares() const { return ofRows("Square"); }
    Term gradientSizes() const { return ofRows("Abs"); }
    /// share·g, share·g²: of slices row by row as well.
    Term gradientTimes(const Term& share) const { return timesRows("", share); }
    Term squaresTimes(const Term& share) const { return timesRows("Square", share); }
    Generation generation() const { return generationOf(in_.settings); }
    /// Before Keras 3: whether the gradient came as slices, of which this is the sum; their steps are of other
    /// operations.
    bool summed() const { return in_.summed; }
    /// Whether the gradient came as slices; their rows, what stands in a tensor at their places, and all of them in
    /// one.
    bool sliced() const { return in_.rows != nullptr; }
    Term rows() const;
    Term atRows(const Term& whole) const { return whole.call("GatherNd", {places()}); }
    Term together(const Term& rows) const;
    /// variable.scatter_add(rows), scatter_sub: one row after the other.
    Term scatterAdded(const Term& old, const Term& rows) const {
        return old.call("TensorScatterAdd", {places(), rows});
    }
    Term scatterReduced(const Term& old, const Term& rows) const {
        return old.call("TensorScatterSub", {places(), rows});
    }
    Term slot(const std::string& name) const { return Term(in_.slots.at(name)); }
    double setting(std::string_view name) const { return tapescope::setting(in_.settings, name); }
    bool flag(std::string_view name) const { return setting(name) != 0; }
    /// A setting that Keras casts: it is a float32 on its way to the variable's dtype.
    Term cast(std::string_view name) const { return castNumber(setting(name)); }
    Term castNumber(double value) const;
    /// 1 − share: Keras computes it in double, the legacy optimizers in the variable's dtype.
    Term rest(double share) const;
    /// The learning rate is what it is, a float32 or what a schedule computed.
    Term rate() const { return variable().number(setting("learning_rate")); }
    Term count() const { return variable().number(setting("step")); }
    const RuleInput& input() const { return in_; }

    /// variable.assign_add(delta), assign_sub: no broadcasting. `slot` is the name of one, or "" for the variable.
    Term added(const Term& old, const Term& delta) const;
    Term reduced(const Term& old, const Term& delta) const;
    /// variable.assign(value).
    Term assigned(const std::string& slot, const Term& old, const Term& value) const;

private:
    Term ofRows(std::string_view type) const;
    Term timesRows(std::string_view type, const Term& share) const;
    Term places() const;
    const RuleInput& in_;
};

/// Slots that are like the variable and start as zeros.
std::vector<Slot> zeros(const Shape& variable, std::initializer_list<std::string> names);

/// The shortest digits that are this number, a float32 where it is one.
std::string digits(double value);
inline std::string digits(const Settings& settings, std::string_view name) {
    return digits(setting(settings, name));
}

}  // namespace tapescope::rules
