// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/program.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/engine/session.h"
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

namespace {

constexpr std::int64_t largest = 4096;  // elements of a value that is used further

/// Rows that take no part: the session makes them itself, or no difference says anything about them.
bool isUsable(const OpRow& row) {
    static const std::set<std::string_view> unusable{"VarHandleOp", "ReadVariableOp", "Const"};
    return row.forward != nullptr && !row.inputs.empty() && !unusable.contains(row.type);
}

struct Quiet final : Sink {
    void take(Event&&) override {}
};

/// One output of a step, or a leaf (step -1).
struct Place {
    int step = -1;
    std::size_t index = 0;
};

struct Step {
    const OpRow* row = nullptr;
    std::vector<Place> inputs;
    Attributes attributes;
    std::size_t outputs = 0;
    bool severed = false;  ///< no gradient passes where values do
};

bool isReal(const Tensor& value) {
    return value.dtype() == DType::Float64 || value.dtype() == DType::Float32;
}

bool isFinite(const Tensor& value) {
    for (std::int64_t i = 0; isReal(value) && i < value.count(); ++i)
        if (!std::isfinite(value.at(i))) return false;
    return true;
}

/// Some numbers that go in have no gradient, by TensorFlow's own definition: what is padded with, what was stopped.
/// Then the gradient need not be the derivative.
bool seversNumbers(const OpRow& row, const Operands& inputs, const Attributes& attributes) {
    Tensors values;
    for (const auto& input : inputs) values.push_back(input.value);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (isReal(values[i]) && flowOf(row, i, values, attributes) == Flow::Severed) return true;
    return false;
}

std::string described(const OpRow& row, const Operands& inputs, const Attributes& attributes) {
    std::string text(row.type);
    for (const auto& input : inputs)
        text += " " + std::string(tapescope::row(input.value.dtype()).name) + pythonText(input.value.shape());
    for (const auto& [name, value] : attributeTexts(row, attributes)) text += " " + name + "=" + value;
    return text;
}

class Program {
public:
    explicit Program(const Choose& choose) : choose_(choose) {}

    ProgramResult run() {
        for (auto n = 1 + choose_(2); n > 0; --n) leaf(DType::Float64, someShape(), true);
        for (auto n = 1 + choose_(2); n > 0; --n) leaf(someDType(), someShape(), false);
        const TapeId tape = session_.openTape(false, true);
        for (const auto& variable : variables_) values_[variable.leaf] = session_.read(variable.id);
        for (auto n = 2 + choose_(10); n > 0 && !result_.problem; --n) operation();
        session_.exitTape(tape);
        if (!result_.problem) gradients(tape);
        return std::move(result_);
    }

private:
    struct Variable {
        VariableId id;
        std::size_t leaf;
    };

    Shape someShape() {
        Shape shape(choose_(4));
        for (auto& size : shape) size = std::int64_t{choose_(8) == 0 ? 0 : 1} * (1 + choose_(3));
        return shape;
    }

    DType someDType() {
        const auto types = dtypeTable();
        const auto& row = types[choose_(static_cast<std::uint32_t>(types.size()))];
        return choose_(2) == 0 || row.size == 0 ? DType::Float64 : row.dtype;
    }

    /// Multiples of 1/16 between -2 and 2, but for small neighbours of them: ties are rare, and so is infinity.
    Operand numbers(DType dtype, const Shape& shape) {
        Filling<double> filling(shape);
        for (auto& value : filling.values) value = (choose_(64) - 32.0) / 16 + choose_(1000) * 1e-5;
        const Operand doubles = session_.constant(std::move(filling).done());
        return dtype == DType::Float64 ? doubles : session_.run("Cast", {doubles}, {dtype});
    }

    std::size_t leaf(DType dtype, const Shape& shape, bool variable) {
        Operand value;
        try {
            value = numbers(dtype, shape);
        } catch (const Error&) {  // no cast to this dtype
            value = numbers(DType::Float64, shape);
        }
        return leaf(value, variable);
    }

    std::size_t leaf(const Operand& value, bool variable) {
        result_.text += (variable ? "variable " : "constant ") + std::string(row(value.value.dtype()).name) +
                        pythonText(value.value.shape()) + '\n';
        const std::size_t place = leaves_++;
        values_.insert(values_.begin() + static_cast<std::ptrdiff_t>(place), value);
        places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(place), Place{-1, place});
        if (variable) variables_.push_back({session_.createVariable(value, "v:0", true), place});
        return place;
    }

    /// A value of this shape and dtype, made if there is none; one of the latest more often.
    std::size_t valueLike(const Shape& shape, DType dtype) {
        for (std::size_t at = values_.size(); at-- > 0;)
            if (values_[at].value.shape() == shape && values_[at].value.dtype() == dtype && choose_(3) != 0) return at;
        return leaf(dtype, shape, false);
    }

    std::size_t anyValue() {
        const auto count = static_cast<std::uint32_t>(values_.size());
        const auto back = choose_(2) == 0 ? choose_(std::min(count, 3U)) : choose_(count);
        return count - 1 - back;
    }

    void operation() {
        if (choose_(4) != 0) {
            const auto& all = trials();
            asTried(all[choose_(static_cast<std::uint32_t>(all.size()))]);
        } else {
            const auto table = opTable();
            const auto& row = table[choose_(static_cast<std::uint32_t>(table.size()))];
            // What scripts cannot call is called by pullbacks and sources of ours, with attributes that fit.
            if (isUsable(row) && !row.names.empty()) anyhow(row);
        }
    }

    /// A row as its trial has it: shapes and attributes that fit.
    void asTried(const Trial& trial) {
        const OpRow& row = findOp(trial.op);
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < trial.inputs.size(); ++i) {
            const auto given = std::ranges::find(trial.given, i, [](const auto& pair) { return pair.first; });
            const std::size_t before = leaves_;
            const std::size_t at = given == trial.given.end() ? valueLike(trial.inputs[i], DType::Float64)
                                                              : leaf(session_.constant(given->second), false);
            // A new leaf moves what comes after the leaves.
            if (leaves_ != before)
                for (auto& other : chosen) other += other >= before ? 1 : 0;
            chosen.push_back(at);
        }
        apply(row, chosen, trial.attributes);
    }

    /// A row with whatever there is: refused, most of the time.
    void anyhow(const OpRow& row) {
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < row.inputs.size(); ++i) chosen.push_back(anyValue());
        Attributes attributes;
        for (const auto& attribute : row.attributes)
            attributes.push_back(choose_(2) == 0 ? attribute.fallback : someAttribute(attribute.fallback));
        apply(row, chosen, std::move(attributes));
    }

    AttributeValue someAttribute(const AttributeValue& like) {
        struct Some {
            Program& program;
            std::int64_t small() const { return std::int64_t{program.choose_(7)} - 3; }
            AttributeValue operator()(std::monostate) const { return (*this)(Shape{}); }
            AttributeValue operator()(bool) const { return program.choose_(2) == 0; }
            AttributeValue operator()(std::int64_t) const { return small(); }
            AttributeValue operator()(double) const { return static_cast<double>(small()) / 2; }
            AttributeValue operator()(DType) const { return program.someDType(); }
            AttributeValue operator()(const std::string& text) const { return text; }
            AttributeValue operator()(const Shape&) const {
                Shape shape(program.choose_(4));
                for (auto& each : shape) each = small();
                return shape;
            }
        };
        return std::visit(Some{*this}, like);
    }

    void apply(const OpRow& row, const std::vector<std::size_t>& chosen, Attributes attributes) {
        Operands inputs;
        for (const std::size_t at : chosen) inputs.push_back(values_[at]);
        complete(attributes, row);
        const std::string text = described(row, inputs, attributes);
        Operands outputs;
        try {
            outputs = session_.apply(row, inputs, attributes);
        } catch (const Error& error) {
            if (*error.what() == '\0') complain(text + " is refused without a word");
            return;
        } catch (const std::exception& error) {
            return complain(text + " throws what is no Error: " + error.what());
        }
        result_.text += text + '\n';
        for (const auto& output : outputs) {
            const bool whole = output && output.value &&
                               std::ranges::all_of(output.value.shape(), [](auto size) { return size >= 0; });
            if (!whole) return complain(text + " gives an output without a value");
            if (output.value.count() > largest) return;
        }
        const bool severed = seversNumbers(row, inputs, attributes);
        Step step{&row, {}, std::move(attributes), outputs.size(), severed};
        for (const std::size_t at : chosen) step.inputs.push_back(places_[at]);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            values_.push_back(outputs[i]);
            places_.push_back({static_cast<int>(steps_.size()), i});
        }
        steps_.push_back(std::move(step));
    }

    void complain(const std::string& problem) { result_.problem = problem; }

    void gradients(TapeId tape) {
        std::vector<std::size_t> targets;
        for (std::size_t at = values_.size(); at-- > leaves_ && targets.size() < 2;)
            if (isReal(values_[at].value)) targets.push_back(at);
        if (targets.empty()) return;
        Operands wanted, sources, found;
        for (const std::size_t at : targets) wanted.push_back(values_[at]);
        for (const auto& variable : variables_) sources.push_back(session_.handleOperand(variable.id));
        try {
            found = session_.gradient(tape, wanted, sources, {}, Unconnected::None);
        } catch (const Error& error) {
            // tf.debugging.check_numerics looks at gradients too, and that of a determinant asks for an inverse.
            const std::string_view words = error.what();
            const bool expected = words.find("CheckNumerics") != std::string_view::npos ||
                                  words.find("Input is not invertible") != std::string_view::npos;
            if (error.kind() != ErrorKind::Lookup && !expected)
                complain(std::string("gradient() refuses: ") + error.what());
            return;
        } catch (const std::exception& error) {
            return complain(std::string("gradient() throws what is no Error: ") + error.what());
        }
        for (std::size_t i = 0; i < found.size() && !result_.problem; ++i) check(found[i], i, targets);
    }

    void check(const Operand& found, std::size_t source, const std::vector<std::size_t>& targets) {
        const Tensor& value = values_[variables_[source].leaf].value;
        if (found && (found.value.shape() != value.shape() || found.value.dtype() != value.dtype()))
            return complain("the gradient of a variable of shape " + pythonText(value.shape()) + " has shape " +
                            pythonText(found.value.shape()));
        const auto finite = [](const Operand& operand) { return isFinite(operand.value); };
        if (std::ranges::any_of(steps_, &Step::severed) || !std::ranges::all_of(values_, finite)) return;
        if (value.count() == 0) return;
        Tensor direction = numbers(DType::Float64, value.shape()).value;
        double expected = 0;
        for (std::int64_t i = 0; found && i < value.count(); ++i) expected += found.value.at(i) * direction.at(i);
        // Where three estimates agree the function is smooth there, and well conditioned.
        const std::size_t leaf = variables_[source].leaf;
        const double estimates[] = {difference(leaf, direction, 1e-4, targets),
                                    difference(leaf, direction, 3e-5, targets),
                                    difference(leaf, direction, 1e-5, targets)};
        const double scale = 1 + std::abs(estimates[1]);
        const auto agree = [&](double a, double b, double part) { return std::abs(a - b) <= part * scale; };
        if (!std::isfinite(estimates[0]) || scale > 1e6 || !agree(estimates[0], estimates[1], 1e-5) ||
            !agree(estimates[1], estimates[2], 1e-5))
            return;
        result_.differenced = true;
        if (!agree(expected, estimates[1], 1e-3))
            complain("the gradient along a direction is " + std::to_string(expected) + ", the finite difference " +
                     std::to_string(estimates[1]) + " (variable " + std::to_string(source) + ")");
    }

    double difference(std::size_t leaf, const Tensor& direction, double h, const std::vector<std::size_t>& targets) {
        return (sumAfter(leaf, direction, h, targets) - sumAfter(leaf, direction, -h, targets)) / (2 * h);
    }

    /// The sum of the targets with one leaf moved: the rows alone, no session.
    double sumAfter(std::size_t leaf, const Tensor& direction, double by, const std::vector<std::size_t>& targets) {
        Tensors leaves;
        for (std::size_t at = 0; at < leaves_; ++at) leaves.push_back(values_[at].value);
        Filling<double> moved(direction.shape());
        for (std::int64_t i = 0; i < direction.count(); ++i)
            moved.values[static_cast<std::size_t>(i)] = leaves[leaf].at(i) + by * direction.at(i);
        leaves[leaf] = std::move(moved).done();
        std::vector<Tensors> made;
        const auto at = [&](const Place& place) {
            return place.step < 0 ? leaves[place.index] : made[static_cast<std::size_t>(place.step)][place.index];
        };
        try {
            for (const Step& step : steps_) {
                Tensors inputs;
                for (const Place& place : step.inputs) inputs.push_back(at(place));
                made.push_back(step.row->forward(*step.row, inputs, step.attributes));
            }
        } catch (const Error&) {
            return NAN;  // what was allowed is not, a step away: an index, say
        }
        double sum = 0;
        for (const std::size_t target : targets) {
            const Tensor value = at(places_[target]);
            for (std::int64_t i = 0; i < value.count(); ++i) sum += value.at(i);
        }
        return sum;
    }

    const Choose& choose_;
    Quiet quiet_;
    Session session_{quiet_, [] { return CallSiteId{}; }};
    ProgramResult result_;
    Operands values_;            ///< leaves first
    std::vector<Place> places_;  ///< of each value
    std::size_t leaves_ = 0;
    std::vector<Step> steps_;
    std::vector<Variable> variables_;
};

}  // namespace

ProgramResult runProgram(const Choose& choose) {
    return Program(choose).run();
}

}  // namespace tapescope::testing
