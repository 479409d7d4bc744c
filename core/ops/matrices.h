// SPDX-License-Identifier: Apache-2.0
// What the kernels of matrices are made of: batches, checks, and the view of one matrix. Included by their files only.
#pragma once

#include <algorithm>
#include <complex>
#include <string>
#include <type_traits>

#include "core/ops/kernel.h"

namespace tapescope::rows {

using namespace kernel;

/// Only these have kernels here.
template <class F>
auto solved(const OpRow& row, DType dtype, F&& f) {
    if (dtype == DType::Float32) return f.template operator()<float>();
    if (dtype == DType::Float64) return f.template operator()<double>();
    refuseDType(row, dtype);
}

template <class F>
auto solvedOrComplex(const OpRow& row, DType dtype, F&& f) {
    if (tapescope::row(dtype).complex()) return complex(row, dtype, std::forward<F>(f));
    return solved(row, dtype, std::forward<F>(f));
}

template <class T>
T conjugate(T value) {
    if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else {
        return std::conj(value);
    }
}

/// |x|², a real number.
template <class T>
auto squaredSize(T value) {
    if constexpr (std::is_arithmetic_v<T>) {
        return value * value;
    } else {
        return value.real() * value.real() + value.imag() * value.imag();
    }
}

inline bool flag(const Attributes& attributes, std::size_t i) {
    return std::get<bool>(attributes[i]);
}

inline Shape batchOf(const Shape& shape) {
    return {shape.begin(), shape.end() - 2};
}

inline Shape joined(Shape batch, std::initializer_list<std::int64_t> sizes) {
    batch.insert(batch.end(), sizes);
    return batch;
}

inline std::int64_t rowsOf(const Tensor& tensor) {
    return tensor.shape()[tensor.shape().size() - 2];
}
inline std::int64_t columnsOf(const Tensor& tensor) {
    return tensor.shape().back();
}

/// linalg_ops_common.cc: ranks and outer dimensions.
inline void requireMatrices(const OpRow& row, Inputs in, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const Shape& shape = in[i].shape();
        if (shape.size() != in[0].shape().size()) refuse(row, "All input tensors must have the same rank.");
        if (shape.size() < 2) {
            refuse(row,
                   "Input tensor " + std::to_string(i) + " must have rank >= 2, got " + std::to_string(shape.size()));
        }
        if (batchOf(shape) != batchOf(in[0].shape())) {
            refuse(row, "All input tensors must have the same outer dimensions.");
        }
    }
}

inline void requireSquare(const OpRow& row, const Tensor& tensor, const char* complaint) {
    if (rowsOf(tensor) != columnsOf(tensor)) refuse(row, complaint);
}

inline void requireOneSquare(const OpRow& row, Inputs in) {
    requireMatrices(row, in, 1);
    requireSquare(row, in[0], "Input matrix must be square.");
}

/// A matrix that lies row by row in memory.
template <class T>
struct View {
    T* data;
    std::int64_t rows, columns;
    T& operator()(std::int64_t i, std::int64_t j) const { return data[i * columns + j]; }
};

template <class T>
View<const T> matrixAt(const Tensor& tensor, std::int64_t batch) {
    return {tensor.as<T>().data() + batch * rowsOf(tensor) * columnsOf(tensor), rowsOf(tensor), columnsOf(tensor)};
}

/// Results of one shape for each matrix of the batch, zero at first.
template <class T>
struct Results {
    std::int64_t rows, columns;
    Filling<T> filling;

    Results(const Shape& batch, std::int64_t r, std::int64_t c) : rows(r), columns(c), filling(joined(batch, {r, c})) {
        std::ranges::fill(filling.values, T{});
    }
    View<T> at(std::int64_t batch) { return {filling.values.data() + batch * rows * columns, rows, columns}; }
    Tensor done() && { return std::move(filling).done(); }
};

}  // namespace tapescope::rows
