// SPDX-License-Identifier: Apache-2.0
// Matrix products: of two matrices, and of batches that broadcast.
#include <complex>
#include <type_traits>

#include "core/base/convert.h"
#include "core/ops/kernel.h"
#include "core/ops/level.h"
#include "core/ops/product.h"
#include "core/ops/rows.h"

namespace tapescope::kernel {

namespace {
/// Integers wrap round in an unsigned sum, as TensorFlow's do.
template <class T>
using Total = std::conditional_t<std::is_integral_v<T>, std::uint64_t, T>;

/// Rare enough that a plain loop does, which is quick to compile.
template <class T>
void multiplyPlainly(const T* a, const T* b, T* c, const ProductSizes& s) {
    const std::int64_t down = s.transposeA ? 1 : s.inner;
    const std::int64_t along = s.transposeA ? s.rows : 1;
    const std::int64_t below = s.transposeB ? 1 : s.columns;
    const std::int64_t beside = s.transposeB ? s.inner : 1;
    for (std::int64_t i = 0; i < s.rows; ++i) {
        for (std::int64_t j = 0; j < s.columns; ++j) {
            Total<T> total{};
            for (std::int64_t k = 0; k < s.inner; ++k) {
                total +=
                    static_cast<Total<T>>(a[i * down + k * along]) * static_cast<Total<T>>(b[k * below + j * beside]);
            }
            *c++ = static_cast<T>(total);
        }
    }
}

template <class T>
Tensor productsOf(const Tensor& a, const Tensor& b, const ProductSizes& sizes, const Shape& shape,
                  std::span<const std::pair<std::int64_t, std::int64_t>> pairs) {
    Filling<T> result(shape);
    T* out = result.values.data();
    for (const auto& [i, j] : pairs) {
        const T* left = a.as<T>().data() + i * sizes.rows * sizes.inner;
        const T* right = b.as<T>().data() + j * sizes.inner * sizes.columns;
        if constexpr (std::is_floating_point_v<T>) {
            multiply(left, right, out, sizes);
        } else {
            multiplyPlainly(left, right, out, sizes);
        }
        out += sizes.rows * sizes.columns;
    }
    return std::move(result).done();
}
}  // namespace

Tensor products(const OpRow& row, const Tensor& a, const Tensor& b, const ProductSizes& sizes, const Shape& shape,
                std::span<const std::pair<std::int64_t, std::int64_t>> pairs) {
    const DType dtype = a.dtype();
    if (dtype == DType::Float16 || dtype == DType::BFloat16) {
        // Sums in float, rounded once, as TensorFlow does.
        const Tensor whole =
            productsOf<float>(converted(a, DType::Float32), converted(b, DType::Float32), sizes, shape, pairs);
        return converted(whole, dtype);
    }
    const auto of = [&]<class T>() { return productsOf<T>(a, b, sizes, shape, pairs); };
    if (dtype == DType::Float32) return of.operator()<float>();
    if (dtype == DType::Float64) return of.operator()<double>();
    if (tapescope::row(dtype).integer()) return integral(row, dtype, of);
    return complex(row, dtype, of);
}

std::vector<std::pair<std::int64_t, std::int64_t>> batchPairs(const Shape& a, const Shape& b, const Shape& whole) {
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    const auto count = elementCount(whole);
    pairs.reserve(static_cast<std::size_t>(count));
    // The place in a shape that broadcasts, for a place in the whole one.
    const auto placeIn = [&whole](const Shape& part, std::int64_t place) {
        std::int64_t result = 0;
        std::int64_t stride = 1;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const std::int64_t size = whole[whole.size() - 1 - i];
            const std::int64_t at = place % size;
            place /= size;
            if (i >= part.size()) continue;
            const std::int64_t own = part[part.size() - 1 - i];
            if (own != 1) result += at * stride;
            stride *= own;
        }
        return result;
    };
    for (std::int64_t i = 0; i < count; ++i) pairs.emplace_back(placeIn(a, i), placeIn(b, i));
    return pairs;
}

}  // namespace tapescope::kernel

namespace tapescope::rows {

namespace {
using namespace kernel;

bool flag(const Attributes& attributes, std::size_t i) {
    return std::get<bool>(attributes[i]);
}

/// TensorFlow takes oneDNN's kernel for float32, which has another name and other words.
bool isMkl(Inputs in) {
    return in[0].dtype() == DType::Float32 || in[0].dtype() == DType::Float16 || in[0].dtype() == DType::BFloat16;
}

std::string kernelOf(const OpRow& row, Inputs in) {
    return (isMkl(in) ? "__Mkl" : "") + std::string(row.type);
}

void requireOneDType(const OpRow& row, Inputs in) {
    if (in[0].dtype() == in[1].dtype()) return;
    const std::string kernel = (isMkl(in) ? "_Mkl" : "") + std::string(row.type);
    throw Error(ErrorKind::InvalidArgument,
                "cannot compute " + kernel + " as input #1(zero-based) was expected to be a " +
                    std::string(tapescope::row(in[0].dtype()).kernelName) + " tensor but is a " +
                    std::string(tapescope::row(in[1].dtype()).kernelName) + " tensor [Op:" + std::string(row.type) +
                    "] name: ");
}

ProductSizes sizesOf(const Shape& a, const Shape& b, bool ta, bool tb) {
    return {a[a.size() - (ta ? 1 : 2)], a[a.size() - (ta ? 2 : 1)], b[b.size() - (tb ? 2 : 1)], ta, tb};
}

std::int64_t innerOf(const Shape& b, bool tb) {
    return b[b.size() - (tb ? 1 : 2)];
}

void requireMatrices(const OpRow& row, Inputs in) {
    const Shape& a = in[0].shape();
    const Shape& b = in[1].shape();
    if (a.size() == 2 && b.size() == 2) return;
    if (isMkl(in)) {
        refuse(row, std::string("In[") + (a.size() < 2 ? "0" : "1") + "] ndims must be >= 2", kernelOf(row, in));
    }
    if (a.size() != b.size()) {
        refuse(row, "In[0] and In[1] has different ndims: " + kernelText(a) + " vs. " + kernelText(b));
    }
    refuse(row, "In[0] and In[1] ndims must be == 2: " + std::to_string(a.size()));
}

Tensors product(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneDType(row, in);
    requireMatrices(row, in);
    const Shape& a = in[0].shape();
    const Shape& b = in[1].shape();
    const ProductSizes sizes = sizesOf(a, b, flag(attributes, 0), flag(attributes, 1));
    if (sizes.inner != innerOf(b, sizes.transposeB)) {
        refuse(row, "Matrix size-incompatible: In[0]: " + kernelText(a) + ", In[1]: " + kernelText(b),
               kernelOf(row, in));
    }
    constexpr std::pair<std::int64_t, std::int64_t> only{0, 0};
    return {products(row, in[0], in[1], sizes, {sizes.rows, sizes.columns}, {&only, 1})};
}

Shape batchOf(const Shape& shape) {
    return {shape.begin(), shape.end() - 2};
}

bool isComplex(const Tensor& tensor) {
    return tapescope::row(tensor.dtype()).complex();
}

/// The operand of a product, conjugated where it is complex and stands transposed: the batch product takes adjoints.
Tensor adjointPart(const OpRow& row, const Tensor& tensor, bool adjoint) {
    if (!adjoint || !isComplex(tensor)) return tensor;
    return complex(row, tensor.dtype(), [&]<class T>() {
        Filling<T> result(tensor.shape());
        const auto source = tensor.as<T>();
        for (std::size_t i = 0; i < source.size(); ++i) result.values[i] = std::conj(source[i]);
        return std::move(result).done();
    });
}

Tensors batched(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireOneDType(row, in);
    const std::string kernel = kernelOf(row, in);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto rank = in[i].shape().size();
        if (rank >= 2) continue;
        refuse(row, "In[" + std::to_string(i) + "] ndims must be >= 2: " + std::to_string(rank), kernel);
    }
    const Shape& a = in[0].shape();
    const Shape& b = in[1].shape();
    const std::string both = kernelText(a) + " vs. " + kernelText(b);
    auto whole = broadcast(batchOf(a), batchOf(b));
    if (!whole) refuse(row, "In[0] and In[1] must have compatible batch dimensions: " + both, kernel);
    ProductSizes sizes = sizesOf(a, b, flag(attributes, 0), flag(attributes, 1));
    sizes.sums = Sums::Chain;
    if (sizes.inner != innerOf(b, sizes.transposeB)) {
        std::string text = "Matrix size-incompatible: In[0]: " + kernelText(a) + ", In[1]: " + kernelText(b);
        if (isMkl(in)) text += std::string(sizes.transposeA ? " 1" : " 0") + (sizes.transposeB ? " 1" : " 0");
        refuse(row, text, kernel);
    }
    const auto pairs = batchPairs(batchOf(a), batchOf(b), *whole);
    whole->push_back(sizes.rows);
    whole->push_back(sizes.columns);
    return {products(row, adjointPart(row, in[0], sizes.transposeA), adjointPart(row, in[1], sizes.transposeB), sizes,
                     *whole, pairs)};
}

/// math_grad.py _MatMulGrad and _BatchMatMulV2: one product for each operand, transposed as the forward one was, summed
/// over what was broadcast.
Operands productBack(Runner& run, const Executed& op, std::span<const Operand> gradients, std::string_view type) {
    const bool conjugates = type == "MatMul" && isComplex(gradients[0].value);
    const Operand a = conjugates ? run.run("Conj", {op.inputs[0]}) : op.inputs[0];
    const Operand b = conjugates ? run.run("Conj", {op.inputs[1]}) : op.inputs[1];
    const Operand& g = gradients[0];
    const bool ta = flag(op.attributes, 0);
    const bool tb = flag(op.attributes, 1);
    Operands back(2);
    if (op.wanted[0]) {
        const Operand whole = ta ? run.run(type, {b, g}, {tb, true}) : run.run(type, {g, b}, {false, !tb});
        back[0] = reducedTo(run, whole, a.value.shape());
    }
    if (op.wanted[1]) {
        const Operand whole = tb ? run.run(type, {g, a}, {true, ta}) : run.run(type, {a, g}, {!ta, false});
        back[1] = reducedTo(run, whole, b.value.shape());
    }
    return back;
}

Operands matrixBack(Runner& run, const Executed& op, std::span<const Operand> gradients) {
    return productBack(run, op, gradients, "MatMul");
}

Operands batchBack(Runner& run, const Executed& op, std::span<const Operand> gradients) {
    return productBack(run, op, gradients, "BatchMatMulV2");
}

/// math_grad.py _CrossGrad.
Operands crossBack(Runner& run, const Executed& op, std::span<const Operand> gradients) {
    return {run.run("Cross", {op.inputs[1], gradients[0]}), run.run("Cross", {gradients[0], op.inputs[0]})};
}

Tensors cross(const OpRow& row, Inputs in, const Attributes&) {
    requireSameDType(row, in);
    const Shape& shape = in[0].shape();
    if (shape != in[1].shape()) {
        refuse(row, "Both inputs must be of same shape: " + kernelText(shape) + " vs. " + kernelText(in[1].shape()));
    }
    if (shape.empty()) refuse(row, "Input must be at least 1D[]");
    if (shape.back() != 3)
        refuse(row, "Cross-products are only defined for 3-element vectors.", {}, ErrorKind::FailedPrecondition);
    return {numeric(row, in[0].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto a = in[0].as<T>();
        const auto b = in[1].as<T>();
        for (std::size_t i = 0; i < a.size(); i += 3) {
            for (std::size_t j = 0; j < 3; ++j) {
                const std::size_t next = i + (j + 1) % 3;
                const std::size_t last = i + (j + 2) % 3;
                result.values[i + j] = static_cast<T>(a[next] * b[last] - a[last] * b[next]);
            }
        }
        return std::move(result).done();
    })};
}
}  // namespace

std::vector<OpRow> linear() {
    return {
        {"MatMul",
         "raw_ops.MatMul",
         "C = A·B",
         "The product of two matrices.",
         {{"a"}, {"b"}},
         {{"transpose_a", false}, {"transpose_b", false}},
         product,
         matrixBack},
        {"BatchMatMulV2",
         "raw_ops.BatchMatMulV2",
         "Cₙ = Aₙ·Bₙ",
         "Products of matrices, one for each place of the leading axes, which broadcast.",
         {{"x"}, {"y"}},
         {{"adj_x", false}, {"adj_y", false}},
         batched,
         batchBack},
        {"Cross",
         "linalg.cross",
         "c = a × b",
         "The cross product of vectors of three elements.",
         {{"a"}, {"b"}},
         {},
         cross,
         crossBack},
    };
}

}  // namespace tapescope::rows
