// SPDX-License-Identifier: Apache-2.0
#include "core/ops/normalisation.h"

namespace tapescope::normalisation {

namespace {
/// With N values in a channel, xc = x − mean(x), r = 1/√(variance + ε), s the scale and g what came back to y, the
/// operation told dx = s·r·(g − Σg/N − r²·P/N·xc), dscale = r·P and doffset = Σg, where P = Σ g·xc. What comes back to
/// these is a, b and c; with Q = Σ a·xc the sum of products is
///     L = s·r·(Σ a·g − Σg·Σa/N − r²·P·Q/N) + b·r·P + c·Σg,
/// and its derivatives in g, x and s are below (r depends on x: ∂r/∂x = −r³·xc/N).
class SecondOrder {
public:
    SecondOrder(Runner& run, const Executed& op, std::span<const Operand> upstream) : run_(run), op_(op) {
        const Shape& shape = op.inputs[1].value.shape();
        batch_ = batchOf(shape, std::get<std::string>(op.attributes[2]));
        for (std::size_t i = 0; i < shape.size(); ++i) {
            if (i != batch_.axis) axes_.push_back(static_cast<std::int64_t>(i));
        }
        column_.assign(shape.size(), 1);
        column_[batch_.axis] = batch_.channels;
        g_ = op.inputs[0];
        x_ = op.inputs[1];
        s_ = column(op.inputs[2]);
        a_ = upstream[0] ? upstream[0] : run_.run("ZerosLike", {x_});
        b_ = column(upstream[1] ? upstream[1] : run_.run("ZerosLike", {op.inputs[2]}));
        c_ = column(upstream[2] ? upstream[2] : run_.run("ZerosLike", {op.inputs[2]}));
    }

    Operands inference() {
        const Operand xc = minus(x_, column(op_.inputs[3]));
        const Operand r = inverse(column(op_.inputs[4]));
        const Operand toG = plus(plus(times(a_, times(s_, r)), times(xc, times(b_, r))), c_);
        const Operand toX = times(g_, times(b_, r));
        return {toG, toX, flat(times(r, sum(times(a_, g_)))), Operand{}, Operand{}};
    }

    Operands training() {
        const Operand xc = minus(x_, mean(x_));
        const Operand r = inverse(mean(run_.run("Square", {xc})));
        const Operand p = sum(times(g_, xc));
        const Operand q = sum(times(a_, xc));
        const Operand gc = minus(g_, mean(g_));
        const Operand ac = minus(a_, mean(a_));
        const Operand rr = run_.run("Square", {r});
        const Operand n = kernel::number(run_, static_cast<double>(batch_.perChannel()), x_);
        const Operand three = kernel::number(run_, 3, x_);
        // Σ a·g − Σg·Σa/N, and r²·P·Q/N
        const Operand plain = sum(times(a_, gc));
        const Operand bent = over(times(rr, times(p, q)), n);
        const Operand sr = times(s_, r);
        const Operand toP = minus(times(b_, r), over(times(times(sr, rr), q), n));
        const Operand toG = plus(plus(times(sr, ac), times(toP, xc)), c_);
        const Operand toQ = run_.run("Neg", {over(times(times(sr, rr), p), n)});
        const Operand toR = plus(times(s_, minus(plain, times(three, bent))), times(b_, p));
        const Operand alongR = run_.run("Neg", {over(times(toR, times(rr, r)), n)});
        const Operand toX = plus(plus(times(alongR, xc), times(toP, gc)), times(toQ, ac));
        return {toG, toX, flat(times(r, minus(plain, bent))), Operand{}, Operand{}};
    }

private:
    Operand times(const Operand& a, const Operand& b) { return run_.run("Mul", {a, b}); }
    Operand over(const Operand& a, const Operand& b) { return run_.run("RealDiv", {a, b}); }
    Operand plus(const Operand& a, const Operand& b) { return run_.run("AddV2", {a, b}); }
    Operand minus(const Operand& a, const Operand& b) { return run_.run("Sub", {a, b}); }
    Operand sum(const Operand& a) { return run_.run("Sum", {a}, {axes_, true}); }
    Operand mean(const Operand& a) { return run_.run("Mean", {a}, {axes_, true}); }
    Operand column(const Operand& a) { return run_.run("Reshape", {a}, {column_}); }
    Operand flat(const Operand& a) { return run_.run("Reshape", {a}, {Shape{batch_.channels}}); }
    /// 1 / √(variance + ε).
    Operand inverse(const Operand& variance) {
        const Operand epsilon = kernel::number(run_, std::get<double>(op_.attributes[0]), x_);
        return run_.run("Rsqrt", {plus(variance, epsilon)});
    }

    Runner& run_;
    const Executed& op_;
    Batch batch_;
    Shape axes_, column_;
    Operand g_, x_, s_, a_, b_, c_;
};
}  // namespace

Batch batchOf(const Shape& shape, const std::string& format) {
    Batch batch;
    const bool first = format.size() > 1 && format[1] == 'C' && shape.size() > 2;
    batch.axis = first ? 1 : shape.size() - 1;
    batch.channels = shape[batch.axis];
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i < batch.axis) batch.outer *= shape[i];
        if (i > batch.axis) batch.inner *= shape[i];
    }
    return batch;
}

std::vector<AttributeRow> attributeRows() {
    return {{"epsilon", 0.0001},
            {"exponential_avg_factor", 1.0},
            {"data_format", std::string("NHWC")},
            {"is_training", true}};
}

Operands gradientBack(Runner& run, const Executed& op, std::span<const Operand> upstream) {
    SecondOrder second(run, op, upstream);
    return std::get<bool>(op.attributes[3]) ? second.training() : second.inference();
}

}  // namespace tapescope::normalisation
