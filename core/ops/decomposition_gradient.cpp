// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "core/ops/decomposition.h"
#include "core/ops/kernel.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

bool flag(const Attributes& attributes, std::size_t i) {
    return std::get<bool>(attributes[i]);
}

/// Operations on operands, as the formulas write them.
class Algebra {
public:
    explicit Algebra(Runner& run) : run_(run) {}

    Operand times(const Operand& a, const Operand& b, bool adjointA = false, bool adjointB = false) {
        const bool batched = a.value.shape().size() > 2 || b.value.shape().size() > 2;
        // The product of batches takes adjoints, that of two matrices transposes.
        if (batched) return run_.run("BatchMatMulV2", {a, b}, {adjointA, adjointB});
        return run_.run("MatMul", {adjointA ? conjugate(a) : a, adjointB ? conjugate(b) : b}, {adjointA, adjointB});
    }
    Operand each(std::string_view op, const Operand& a, const Operand& b) { return run_.run(op, {a, b}); }
    Operand plus(const Operand& a, const Operand& b) { return each("AddV2", a, b); }
    Operand minus(const Operand& a, const Operand& b) { return each("Sub", a, b); }
    Operand mul(const Operand& a, const Operand& b) { return each("Mul", a, b); }
    Operand scaled(const Operand& a, double by) { return mul(a, number(run_, by, a)); }
    Operand negative(const Operand& a) { return run_.run("Neg", {a}); }
    Operand zeros(const Operand& a) { return run_.run("ZerosLike", {a}); }

    Operand conjugate(const Operand& a) {
        return tapescope::row(a.value.dtype()).complex() ? run_.run("Conj", {a}) : a;
    }
    Operand adjoint(const Operand& a) { return transposed(conjugate(a)); }
    Operand transposed(const Operand& a) {
        Shape order;
        const auto rank = static_cast<std::int64_t>(a.value.shape().size());
        for (std::int64_t i = 0; i < rank; ++i) order.push_back(i);
        std::swap(order[order.size() - 1], order[order.size() - 2]);
        return run_.run("Transpose", {a}, {order});
    }
    Operand band(const Operand& a, std::int64_t lower, std::int64_t upper) {
        return run_.run("MatrixBandPart", {a}, {lower, upper});
    }
    Operand diagonalMatrix(const Operand& a) { return run_.run("MatrixDiagV3", {a, number(run_, 0, a)}); }
    Operand diagonal(const Operand& a) { return run_.run("MatrixDiagPartV3", {a, number(run_, 0, a)}); }
    Operand withDiagonal(const Operand& a, const Operand& x) { return run_.run("MatrixSetDiagV3", {a, x}); }
    /// Expands by an axis of size 1 at `axis`, which counts from the end.
    Operand expanded(const Operand& a, std::int64_t axis) { return run_.run("ExpandDims", {a}, {axis}); }
    /// Multiplies matrices by numbers, one for each.
    Operand scaledBy(const Operand& matrix, const Operand& numbers) {
        Shape shape = numbers.value.shape();
        shape.insert(shape.end(), {1, 1});
        return mul(run_.run("Reshape", {numbers}, {shape}), matrix);
    }
    /// Columns from ... to of matrices.
    Operand columns(const Operand& a, std::int64_t from, std::int64_t to) {
        const Shape& shape = a.value.shape();
        Shape begin(shape.size(), 0);
        Shape end = shape;
        begin.back() = from;
        end.back() = to;
        return run_.run("StridedSlice", {a}, {begin, end, Shape(shape.size(), 1)});
    }
    /// x / (x² + ε): finite where x is zero.
    Operand safeReciprocal(const Operand& x) {
        const Operand wide = plus(mul(x, x), number(run_, 1e-20, x));
        return mul(x, run_.run("Reciprocal", {wide}));
    }
    /// 1 / (xⱼ - xᵢ) off the diagonal, 0 on it.
    Operand differences(const Operand& x) {
        return withDiagonal(safeReciprocal(minus(expanded(x, -2), expanded(x, -1))), zeros(x));
    }
    Operand solveTriangle(const Operand& matrix, const Operand& right, bool lower, bool adjointMatrix) {
        return run_.run("MatrixTriangularSolve", {matrix, right}, {lower, adjointMatrix});
    }
    Operand run(std::string_view op, Operands inputs, Attributes attributes = {}) {
        return run_.run(op, std::move(inputs), std::move(attributes));
    }
    /// Identity matrices in the shape of square ones.
    Operand identity(const Operand& like) {
        Shape shape = like.value.shape();
        shape.pop_back();
        return diagonalMatrix(run_.run("Fill", {number(run_, 1, like)}, {shape}));
    }
    Runner& runner() { return run_; }

private:
    Runner& run_;
};

std::int64_t rowsOf(const Operand& a) {
    return a.value.shape()[a.value.shape().size() - 2];
}
std::int64_t columnsOf(const Operand& a) {
    return a.value.shape().back();
}
}  // namespace

Operands inverseBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand& inverse = op.outputs[0];
    const bool adjoint = flag(op.attributes, 0);
    return {a.negative(a.times(inverse, a.times(g[0], inverse, adjoint, !adjoint), !adjoint))};
}

Operands determinantBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand inverse = run.run("MatrixInverse", {op.inputs[0]}, {true});
    return {a.scaledBy(inverse, a.mul(g[0], op.outputs[0]))};
}

Operands logDeterminantBack(Runner& run, const Executed& op, Gradients g) {
    const Operand inverse = run.run("MatrixInverse", {op.inputs[0]}, {true});
    return {Algebra(run).scaledBy(inverse, g[1])};
}

/// L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹, made symmetric; Φ: the lower triangle with half the diagonal.
Operands choleskyBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand& l = op.outputs[0];
    const Operand inverse = a.solveTriangle(l, a.identity(l), true, false);
    Operand middle = a.times(l, g[0], true);
    middle = a.band(a.withDiagonal(middle, a.scaled(a.diagonal(middle), 0.5)), -1, 0);
    const Operand whole = a.times(a.times(inverse, middle, true), inverse);
    return {a.scaled(a.plus(whole, a.adjoint(whole)), 0.5)};
}

namespace {
/// x·R⁻ᵀ.
Operand rightSolve(Algebra& a, const Operand& x, const Operand& r) {
    return a.adjoint(a.solveTriangle(r, a.adjoint(x), false, false));
}

/// The way back of a QR with at least as many rows as columns (arXiv 2009.10071).
Operand deepQr(Algebra& a, const Operand& q, const Operand& r, const Operand& dq, const Operand& dr) {
    const Operand qdq = a.times(q, dq, true);
    const Operand rdr = a.times(r, dr, false, true);
    const Operand skew = a.plus(a.minus(qdq, a.adjoint(qdq)), a.minus(rdr, a.adjoint(rdr)));
    const Operand first = a.times(q, a.plus(dr, rightSolve(a, a.band(skew, -1, 0), r)));
    return a.plus(first, rightSolve(a, a.minus(dq, a.times(q, qdq)), r));
}

std::string shapeText(const Shape& shape) {
    return pythonText(shape);
}
}  // namespace

Operands qrBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand& q = op.outputs[0];
    const Operand& r = op.outputs[1];
    const std::int64_t rows = rowsOf(q);
    const std::int64_t columns = columnsOf(r);
    if (rowsOf(r) > columns && rows == columnsOf(q)) {
        throw Error(ErrorKind::NotImplemented,
                    "QrGrad not implemented when nrows > ncols and full_matrices is true. Received r.shape=" +
                        shapeText(r.value.shape()) + " with nrows=" + std::to_string(rowsOf(r)) +
                        "and ncols=" + std::to_string(columns) + ".");
    }
    if (rows >= columns) return {deepQr(a, q, r, g[0], g[1])};
    const Operand y = a.columns(op.inputs[0], rows, columns);
    const Operand u = a.columns(r, 0, rows);
    const Operand dv = a.columns(g[1], rows, columns);
    const Operand du = a.columns(g[1], 0, rows);
    const Operand dx = deepQr(a, q, u, a.plus(g[0], a.times(y, dv, false, true)), du);
    return {run.run("ConcatV2", {dx, a.times(q, dv)}, {std::int64_t{-1}})};
}

Operands solveBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const bool adjoint = flag(op.attributes, 0);
    const Operand right = run.run("MatrixSolve", {op.inputs[0], g[0]}, {!adjoint});
    const Operand& x = op.outputs[0];
    const Operand matrix = adjoint ? a.times(x, right, false, true) : a.times(right, x, false, true);
    return {a.negative(matrix), right};
}

Operands leastSquaresBack(Runner&, const Executed&, Gradients) {
    throw Error(ErrorKind::Value, "Gradient not defined for fast=False");
}

Operands triangularBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const bool lower = flag(op.attributes, 0);
    const bool adjoint = flag(op.attributes, 1);
    const Operand right = a.solveTriangle(op.inputs[0], g[0], lower, !adjoint);
    const Operand& x = op.outputs[0];
    Operand matrix = a.negative(adjoint ? a.times(x, right, false, true) : a.times(right, x, false, true));
    matrix = lower ? a.band(matrix, -1, 0) : a.band(matrix, 0, -1);
    return {reducedTo(run, matrix, op.inputs[0].value.shape()), reducedTo(run, right, op.inputs[1].value.shape())};
}

Operands eigenBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const bool vectors = flag(op.attributes, 0);
    Operand v = op.outputs[1];
    Operand middle = a.diagonalMatrix(g[0]);
    if (vectors) {
        middle = a.plus(middle, a.mul(a.differences(op.outputs[0]), a.times(v, g[1], true)));
    } else {
        v = run.runAll("SelfAdjointEigV2", {op.inputs[0]})[1];
    }
    Operand whole = a.times(v, a.times(middle, v, false, true));
    // Only the lower triangle was read.
    whole = a.band(a.plus(whole, a.adjoint(whole)), -1, 0);
    return {a.withDiagonal(whole, a.scaled(a.diagonal(whole), 0.5))};
}

Operands eigBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const DType dtype = op.outputs[0].value.dtype();
    Operand v = op.outputs[1];
    Operand middle = a.diagonalMatrix(g[0]);
    if (flag(op.attributes, 0)) {
        const Operand ofVectors = a.times(v, g[1], true);
        const Operand real = run.run("Cast", {run.run("Real", {ofVectors})}, {dtype});
        const Operand within = a.times(a.times(v, v, true), a.diagonalMatrix(a.diagonal(real)));
        const Operand apart = a.conjugate(a.differences(op.outputs[0]));
        middle = a.plus(middle, a.mul(apart, a.minus(ofVectors, within)));
    } else {
        v = run.runAll("Eig", {op.inputs[0]})[1];
    }
    const Operand adjoint = a.adjoint(v);
    const Operand whole = run.run("MatrixSolve", {adjoint, a.times(middle, adjoint)});
    const DType own = op.inputs[0].value.dtype();
    return {own == dtype ? whole : run.run("Cast", {whole}, {own})};
}

namespace {
/// The Kronecker products of two batches of square matrices.
Operand kronecker(Algebra& a, const Operand& x, const Operand& y) {
    const std::int64_t n = rowsOf(x);
    const Shape& shape = x.value.shape();
    const Shape batch(shape.begin(), shape.end() - 2);
    const auto shaped = [&](const Operand& matrix, std::initializer_list<std::int64_t> sizes) {
        Shape whole = batch;
        whole.insert(whole.end(), sizes);
        return a.run("Reshape", {matrix}, {whole});
    };
    return shaped(a.mul(shaped(x, {n, 1, n, 1}), shaped(y, {1, n, 1, n})), {n * n, n * n});
}
}  // namespace

/// dA = R·dR + dR·R, solved for dR.
Operands squareRootBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand& root = op.outputs[0];
    const Shape& shape = root.value.shape();
    const std::int64_t n = shape.back();
    const Operand one = a.identity(root);
    const Operand sum = a.plus(kronecker(a, one, a.transposed(root)), kronecker(a, root, one));
    Shape column(shape.begin(), shape.end() - 2);
    column.insert(column.end(), {n * n, 1});
    const Operand right = run.run("Reshape", {a.transposed(g[0])}, {column});
    const Operand solved = run.run("MatrixSolve", {sum, right});
    return {a.transposed(run.run("Reshape", {solved}, {shape}))};
}

namespace {
struct Singular {
    Operand u, v, du, dv;
    std::int64_t m, n;
};

/// The part of the gradient that a matrix with more columns than rows has besides.
Operand wideTerm(Algebra& a, const Singular& x, const Operand& s, const Operand& v1, const Operand& dv1, bool full) {
    const Operand dvt = a.adjoint(dv1);
    Operand rest = a.minus(dvt, a.times(a.times(dvt, v1), v1, false, true));
    if (full) {
        const Operand v2 = a.columns(x.v, x.m, x.n);
        const Operand dv2 = a.columns(x.dv, x.m, x.n);
        rest = a.minus(rest, a.times(a.times(v1, dv2, true), v2, false, true));
    }
    return a.times(a.times(x.u, a.diagonalMatrix(a.safeReciprocal(s))), rest);
}

Operand singularWhole(Algebra& a, const Singular& x, const Operand& s, const Operand& ds, bool full) {
    const Operand matrix = a.diagonalMatrix(s);
    const Operand f = a.differences(a.run("Square", {s}));
    const Operand v1 = a.columns(x.v, 0, x.m);
    const Operand dv1 = a.columns(x.dv, 0, x.m);
    const Operand fu = a.mul(f, a.times(x.u, x.du, true));
    const Operand fv = a.mul(f, a.times(v1, dv1, true));
    const Operand left = a.plus(a.diagonalMatrix(ds), a.times(a.plus(fu, a.adjoint(fu)), matrix));
    const Operand middle = a.plus(left, a.times(matrix, a.plus(fv, a.adjoint(fv))));
    Operand first = a.times(x.u, a.times(middle, v1, false, true));
    if (tapescope::row(s.value.dtype()).complex()) {
        const Operand l = a.diagonalMatrix(a.diagonal(a.times(v1, dv1, true)));
        const Operand phase = a.times(a.diagonalMatrix(a.safeReciprocal(s)), a.minus(a.adjoint(l), l));
        first = a.plus(first, a.scaled(a.times(x.u, a.times(phase, v1, false, true)), 0.5));
    }
    return x.m == x.n ? first : a.plus(first, wideTerm(a, x, s, v1, dv1, full));
}
}  // namespace

Operands singularBack(Runner& run, const Executed& op, Gradients g) {
    Algebra a(run);
    const Operand& input = op.inputs[0];
    if (!flag(op.attributes, 0)) {
        const auto all = run.runAll("Svd", {input});
        return {a.times(all[1], a.times(a.diagonalMatrix(g[0]), all[2], false, true))};
    }
    const bool full = flag(op.attributes, 1);
    Singular x{op.outputs[1], op.outputs[2], g[1], g[2], rowsOf(input), columnsOf(input)};
    const bool tall = x.m > x.n;
    if (tall) {
        // The gradient of Aᵀ = V·diag(s)·Uᵀ, turned back at the end.
        std::swap(x.m, x.n);
        std::swap(x.u, x.v);
        std::swap(x.du, x.dv);
    }
    if (full && std::abs(x.m - x.n) > 1) {
        throw Error(ErrorKind::NotImplemented,
                    "svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True. Received: m=" +
                        std::to_string(x.m) + " and n=" + std::to_string(x.n) + " from op input=" +
                        kernelText(input.value.shape()) + " with shape=" + shapeText(input.value.shape()) + ".");
    }
    const Operand whole = singularWhole(a, x, op.outputs[0], g[0], full);
    return {tall ? a.adjoint(whole) : whole};
}

}  // namespace tapescope::rows
