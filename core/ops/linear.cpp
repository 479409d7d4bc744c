// SPDX-License-Identifier: Apache-2.0
// Matrix products.
#include <array>

#include "core/base/convert.h"
#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;

bool flag(const Attributes& attributes, std::size_t i) {
    return std::get<bool>(attributes[i]);
}

/// Rows, inner size and columns of the product, checked as TensorFlow checks them.
struct Sizes {
    std::int64_t rows, inner, columns;
};

Sizes sizesOf(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& a = in[0].shape();
    const Shape& b = in[1].shape();
    if (a.size() != 2 || b.size() != 2) {
        refuse(row, "In[0] and In[1] has different ndims: " + kernelText(a) + " vs. " + kernelText(b), "MatMul");
    }
    const bool ta = flag(attributes, 0);
    const bool tb = flag(attributes, 1);
    const Sizes sizes{a[ta ? 1 : 0], a[ta ? 0 : 1], b[tb ? 0 : 1]};
    if (sizes.inner != b[tb ? 1 : 0]) {
        refuse(row, "Matrix size-incompatible: In[0]: " + kernelText(a) + ", In[1]: " + kernelText(b), "__MklMatMul");
    }
    return sizes;
}

/// With Eigen's blocked product.
template <class T>
Tensor productOfFloats(Inputs in, const Attributes& attributes, const Sizes& sizes) {
    Filling<T> result({sizes.rows, sizes.columns});
    MutableMatrix<T> c(result.values.data(), sizes.rows, sizes.columns);
    const Matrix<T> a(in[0].as<T>().data(), in[0].shape()[0], in[0].shape()[1]);
    const Matrix<T> b(in[1].as<T>().data(), in[1].shape()[0], in[1].shape()[1]);
    const bool ta = flag(attributes, 0);
    const bool tb = flag(attributes, 1);
    if (ta && tb) {
        c.noalias() = a.transpose() * b.transpose();
    } else if (ta) {
        c.noalias() = a.transpose() * b;
    } else if (tb) {
        c.noalias() = a * b.transpose();
    } else {
        c.noalias() = a * b;
    }
    return std::move(result).done();
}

/// Rare enough that a plain loop does, which is quick to compile.
template <class T>
Tensor productOfIntegers(Inputs in, const Attributes& attributes, const Sizes& sizes) {
    Filling<T> result({sizes.rows, sizes.columns});
    const std::int64_t down = flag(attributes, 0) ? 1 : sizes.inner;
    const std::int64_t along = flag(attributes, 0) ? sizes.rows : 1;
    const std::int64_t below = flag(attributes, 1) ? 1 : sizes.columns;
    const std::int64_t beside = flag(attributes, 1) ? sizes.inner : 1;
    for (std::int64_t i = 0; i < sizes.rows; ++i) {
        for (std::int64_t j = 0; j < sizes.columns; ++j) {
            std::uint64_t total = 0;
            for (std::int64_t k = 0; k < sizes.inner; ++k) {
                total += static_cast<std::uint64_t>(in[0].as<T>()[static_cast<std::size_t>(i * down + k * along)]) *
                         static_cast<std::uint64_t>(in[1].as<T>()[static_cast<std::size_t>(k * below + j * beside)]);
            }
            result.values[static_cast<std::size_t>(i * sizes.columns + j)] = static_cast<T>(total);
        }
    }
    return std::move(result).done();
}

std::vector<Tensor> product(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    const Sizes sizes = sizesOf(row, in, attributes);
    const DType dtype = in[0].dtype();
    if (dtype == DType::Float16 || dtype == DType::BFloat16) {
        // Sums in float, rounded once, as TensorFlow does.
        const std::array wide{converted(in[0], DType::Float32), converted(in[1], DType::Float32)};
        return {converted(productOfFloats<float>(wide, attributes, sizes), dtype)};
    }
    if (tapescope::row(dtype).integer())
        return {integral(row, dtype, [&]<class T>() { return productOfIntegers<T>(in, attributes, sizes); })};
    if (dtype == DType::Float32) return {productOfFloats<float>(in, attributes, sizes)};
    if (dtype == DType::Float64) return {productOfFloats<double>(in, attributes, sizes)};
    return {complex(row, dtype, [&]<class T>() { return productOfFloats<T>(in, attributes, sizes); })};
}

/// math_grad.py _MatMulGrad: one product for each operand, transposed as the forward one was.
std::vector<Operand> productBack(Runner& run, const Executed& op, std::span<const Operand> gradients) {
    const Operand& a = op.inputs[0];
    const Operand& b = op.inputs[1];
    const Operand& g = gradients[0];
    const bool ta = flag(op.attributes, 0);
    const bool tb = flag(op.attributes, 1);
    std::vector<Operand> back(2);
    if (op.wanted[0]) back[0] = ta ? run.run("MatMul", {b, g}, {tb, true}) : run.run("MatMul", {g, b}, {false, !tb});
    if (op.wanted[1]) back[1] = tb ? run.run("MatMul", {g, a}, {true, ta}) : run.run("MatMul", {a, g}, {!ta, false});
    return back;
}
}  // namespace

std::vector<OpRow> linear() {
    return {
        {"MatMul",
         "matmul linalg.matmul",
         "C = A·B",
         "The product of two matrices.",
         {{"a"}, {"b"}},
         {{"transpose_a", false}, {"transpose_b", false}},
         product,
         productBack},
    };
}

}  // namespace tapescope::rows
