// SPDX-License-Identifier: Apache-2.0
// Diagonals and bands of matrices: data is moved, never computed with, so elements are bytes of a size.
#include <algorithm>
#include <cstring>

#include "core/ops/kernel.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Gradients = std::span<const Operand>;

/// Zeros for a tensor of this shape, to be filled.
struct Bytes {
    std::size_t size;
    ByteFilling filling;

    Bytes(DType dtype, Shape shape) : size(tapescope::row(dtype).size), filling(dtype, std::move(shape)) {
        if (dtype == DType::String) refuseDType(findOp("Diag"), dtype);
        std::ranges::fill(filling.bytes, std::byte{0});
    }

    void put(std::int64_t at, const std::byte* value) {
        std::memcpy(filling.bytes.data() + static_cast<std::size_t>(at) * size, value, size);
    }
    Tensor done() && { return std::move(filling).done(); }
};

const std::byte* element(const Tensor& tensor, std::int64_t at) {
    return tensor.bytes() + static_cast<std::size_t>(at) * tapescope::row(tensor.dtype()).size;
}

std::int64_t number(const AttributeValue& value) {
    return std::get<std::int64_t>(value);
}

/// Diagonals lower ... upper of matrices, and how TensorFlow packs them: one row for each, the uppermost first, the
/// shorter ones padded at the side that `align` says (superdiagonals, subdiagonals).
struct Band {
    std::int64_t lower = 0, upper = 0;
    std::int64_t rows = 0, columns = 0;
    bool superLeft = false, subLeft = true;  ///< aligned at the left

    [[nodiscard]] std::int64_t length(std::int64_t k) const {
        return std::max<std::int64_t>(
            0, std::min(rows + std::min<std::int64_t>(k, 0), columns - std::max<std::int64_t>(k, 0)));
    }
    [[nodiscard]] std::int64_t count() const { return upper - lower + 1; }
    [[nodiscard]] std::int64_t longest() const {
        return std::min(rows + std::min<std::int64_t>(upper, 0), columns - std::max<std::int64_t>(lower, 0));
    }
    /// Where the first element of diagonal k stands in its row.
    [[nodiscard]] std::int64_t offset(std::int64_t k) const {
        const bool left = k >= 0 ? superLeft : subLeft;
        return left ? 0 : longest() - length(k);
    }
};

Band bandOf(const OpRow& row, const AttributeValue& k, const AttributeValue& align) {
    const Shape& range = std::get<Shape>(k);
    if (range.empty()) {
        refuse(row, row.type == "MatrixSetDiagV3" ? "diag_index must have at least one element"
                                                  : "Expected diag_index to have at least 1 element");
    }
    if (range.size() > 2) {
        refuse(row, "diag_index must have only one or two elements, received " + std::to_string(range.size()) +
                        " elements.");
    }
    const auto& text = std::get<std::string>(align);
    Band band;
    band.lower = range.front();
    band.upper = range.back();
    band.superLeft = text.starts_with("LEFT");
    band.subLeft = text.ends_with("LEFT");
    return band;
}

/// Calls f(place in the packed diagonals, place in the matrix) for every element of the band of one matrix.
template <class F>
void walk(const Band& band, F&& f) {
    for (std::int64_t k = band.upper; k >= band.lower; --k) {
        const std::int64_t start = (band.upper - k) * band.longest() + band.offset(k);
        for (std::int64_t i = 0; i < band.length(k); ++i) {
            f(start + i, (i - std::min<std::int64_t>(k, 0)) * band.columns + i + std::max<std::int64_t>(k, 0));
        }
    }
}

Shape leading(const Shape& shape, std::size_t without) {
    return {shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(without)};
}

void requireOrder(const OpRow& row, const Band& band) {
    if (band.lower <= band.upper) return;
    refuse(row, "lower_diag_index must not be larger than upper_diag_index: " + std::to_string(band.lower) + " > " +
                    std::to_string(band.upper));
}

/// Indices within a matrix of this size; TensorFlow's two kernels punctuate their complaints differently.
void requireInside(const OpRow& row, const Band& band, const char* stop) {
    const auto check = [&](const char* name, std::int64_t k) {
        const bool inside = (-band.rows < k && k < band.columns) || k == 0;
        if (inside) return;
        refuse(row, std::string(name) + " is out of bound: " + std::to_string(k) + stop + " It must be between " +
                        std::to_string(-band.rows) + " and " + std::to_string(band.columns));
    };
    check("lower_diag_index", band.lower);
    check("upper_diag_index", band.upper);
    requireOrder(row, band);
}

void requireMatrix(const OpRow& row, const Tensor& input) {
    if (input.shape().size() >= 2) return;
    refuse(row, "input must be at least 2-dim, received shape: " + kernelText(input.shape()));
}

/// The matrix that the diagonals make: as small as can be where the sizes are -1.
void size(const OpRow& row, Band& band, std::int64_t longest, std::int64_t rows, std::int64_t columns) {
    const std::int64_t leastRows = longest - std::min<std::int64_t>(band.upper, 0);
    const std::int64_t leastColumns = longest + std::max<std::int64_t>(band.lower, 0);
    if (rows != -1 && rows < leastRows) refuse(row, "The number of rows is too small.");
    if (columns != -1 && columns < leastColumns) refuse(row, "The number of columns is too small.");
    if (rows == -1 && columns == -1) {
        rows = columns = std::max(leastRows, leastColumns);
    } else if (rows == -1) {
        rows = leastRows;
    } else if (columns == -1) {
        columns = leastColumns;
    }
    if (rows != leastRows && columns != leastColumns) {
        refuse(row,
               "The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal.");
    }
    band.rows = rows;
    band.columns = columns;
}

Tensors matrixOf(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = in[0].shape();
    if (shape.empty()) refuse(row, "diagonal must be at least 1-dim, received shape: []");
    if (!in[1].shape().empty()) refuse(row, "padding_value must be a scalar");
    Band band = bandOf(row, attributes[0], attributes[3]);
    requireOrder(row, band);
    const bool many = band.count() > 1;
    if (many && (shape.size() < 2 || shape[shape.size() - 2] != band.count())) {
        refuse(row,
               "The number of diagonals provided in the input does not match the lower_diag_index and "
               "upper_diag_index range.");
    }
    size(row, band, shape.back(), number(attributes[1]), number(attributes[2]));
    Shape whole = leading(shape, many ? 2 : 1);
    const std::int64_t batch = elementCount(whole);
    whole.push_back(band.rows);
    whole.push_back(band.columns);
    Bytes result(in[0].dtype(), whole);
    const std::int64_t area = band.rows * band.columns;
    for (std::int64_t i = 0; i < batch * area; ++i) result.put(i, in[1].bytes());
    for (std::int64_t b = 0; b < batch; ++b) {
        walk(band, [&](std::int64_t from, std::int64_t to) {
            result.put(b * area + to, element(in[0], b * band.count() * band.longest() + from));
        });
    }
    return {std::move(result).done()};
}

/// The shape that the diagonals of a band have when they are packed.
Shape packed(const Shape& matrix, const Band& band) {
    Shape shape = leading(matrix, 2);
    if (band.count() > 1) shape.push_back(band.count());
    shape.push_back(band.longest());
    return shape;
}

Band bandIn(const OpRow& row, const Tensor& matrix, const AttributeValue& k, const AttributeValue& align) {
    Band band = bandOf(row, k, align);
    band.rows = matrix.shape()[matrix.shape().size() - 2];
    band.columns = matrix.shape().back();
    return band;
}

Tensors partOf(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireMatrix(row, in[0]);
    const Band band = bandIn(row, in[0], attributes[0], attributes[1]);
    requireInside(row, band, ".");
    Bytes result(in[0].dtype(), packed(in[0].shape(), band));
    const std::int64_t batch = elementCount(leading(in[0].shape(), 2));
    const std::int64_t each = band.count() * band.longest();
    for (std::int64_t i = 0; i < batch * each; ++i) result.put(i, in[1].bytes());
    for (std::int64_t b = 0; b < batch; ++b) {
        walk(band, [&](std::int64_t to, std::int64_t from) {
            result.put(b * each + to, element(in[0], b * band.rows * band.columns + from));
        });
    }
    return {std::move(result).done()};
}

Tensors withDiagonal(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireMatrix(row, in[0]);
    requireSameDType(row, in);
    const Band band = bandIn(row, in[0], attributes[0], attributes[1]);
    requireInside(row, band, "");
    if (in[1].shape().empty()) refuse(row, "diagonal must be at least 1-dim, received shape: []");
    const Shape expected = packed(in[0].shape(), band);
    if (in[1].shape() != expected) {
        refuse(row,
               "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal "
               "to the longests diagonal in range [lower_diag_index:upper_diag_index].\nInput shape: " +
                   kernelText(in[0].shape()) + "\nDiagonal shape: " + kernelText(in[1].shape()) +
                   "\nExpected diagonal shape: " + kernelText(expected));
    }
    Bytes result(in[0].dtype(), in[0].shape());
    std::memcpy(result.filling.bytes.data(), in[0].bytes(), in[0].byteCount());
    const std::int64_t batch = elementCount(leading(in[0].shape(), 2));
    for (std::int64_t b = 0; b < batch; ++b) {
        walk(band, [&](std::int64_t from, std::int64_t to) {
            result.put(b * band.rows * band.columns + to, element(in[1], b * band.count() * band.longest() + from));
        });
    }
    return {std::move(result).done()};
}

Tensors bandPart(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireMatrix(row, in[0]);
    const Shape& shape = in[0].shape();
    const std::int64_t rows = shape[shape.size() - 2];
    const std::int64_t columns = shape.back();
    const std::int64_t lower = number(attributes[0]);
    const std::int64_t upper = number(attributes[1]);
    if (lower > rows) {
        refuse(row, "num_lower must be negative or less or equal to number of rows (" + std::to_string(rows) +
                        ") got: " + std::to_string(lower));
    }
    if (upper > columns) {
        refuse(row, "num_upper must be negative or less or equal to number of columns (" + std::to_string(columns) +
                        ") got: " + std::to_string(upper));
    }
    Bytes result(in[0].dtype(), shape);
    for (std::int64_t i = 0; i < in[0].count(); ++i) {
        const std::int64_t below = i / columns % rows - i % columns;
        if ((lower < 0 || below <= lower) && (upper < 0 || -below <= upper)) result.put(i, element(in[0], i));
    }
    return {std::move(result).done()};
}

Tensors tensorDiagonal(const OpRow& row, Inputs in, const Attributes&) {
    Shape shape = in[0].shape();
    if (shape.empty()) refuse(row, "Input must be at least rank 1, got 0");
    shape.insert(shape.end(), in[0].shape().begin(), in[0].shape().end());
    Bytes result(in[0].dtype(), shape);
    const std::int64_t count = in[0].count();
    for (std::int64_t i = 0; i < count; ++i) result.put(i * (count + 1), element(in[0], i));
    return {std::move(result).done()};
}

Tensors tensorPart(const OpRow& row, Inputs in, const Attributes&) {
    const Shape& shape = in[0].shape();
    if (shape.empty()) return {in[0]};
    if (shape.size() % 2 != 0) {
        // The blanks are TensorFlow's.
        refuse(row, "The rank of the tensor should be " + std::string(40, ' ') + " even and positive, got shape " +
                        kernelText(shape));
    }
    const std::size_t half = shape.size() / 2;
    for (std::size_t i = 0; i < half; ++i) {
        if (shape[i] == shape[i + half]) continue;
        refuse(row, "Invalid shape " + kernelText(shape) + ": dimensions " + std::to_string(i) + " and " +
                        std::to_string(i + half) + " do not match.");
    }
    const Shape diagonal = leading(shape, half);
    Bytes result(in[0].dtype(), diagonal);
    const std::int64_t count = elementCount(diagonal);
    for (std::int64_t i = 0; i < count; ++i) result.put(i, element(in[0], i * (count + 1)));
    return {std::move(result).done()};
}

/// A scalar zero for padding.
Operand zero(Runner& run, const Operand& like) {
    return run.constant(Bytes(like.value.dtype(), {}).done());
}

Operands matrixBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("MatrixDiagPartV3", {g[0], zero(run, g[0])}, {op.attributes[0], op.attributes[3]}), {}};
}

Operands partBack(Runner& run, const Executed& op, Gradients g) {
    const Shape& shape = op.inputs[0].value.shape();
    return {run.run("MatrixDiagV3", {g[0], zero(run, g[0])},
                    {op.attributes[0], shape[shape.size() - 2], shape.back(), op.attributes[1]}),
            {}};
}

Operands withDiagonalBack(Runner& run, const Executed& op, Gradients g) {
    Operands back(2);
    if (op.wanted[0]) {
        const Operand zeros = run.run("ZerosLike", {op.inputs[1]});
        back[0] = run.run("MatrixSetDiagV3", {g[0], zeros}, op.attributes);
    }
    if (op.wanted[1]) back[1] = run.run("MatrixDiagPartV3", {g[0], zero(run, g[0])}, op.attributes);
    return back;
}

Operands bandBack(Runner& run, const Executed& op, Gradients g) {
    return {run.run("MatrixBandPart", {g[0]}, op.attributes)};
}
Operands tensorDiagonalBack(Runner& run, const Executed&, Gradients g) {
    return {run.run("DiagPart", {g[0]})};
}
Operands tensorPartBack(Runner& run, const Executed&, Gradients g) {
    return {run.run("Diag", {g[0]})};
}

const Shape main{0, 0};
const std::string align = "RIGHT_LEFT";
}  // namespace

std::vector<OpRow> diagonals() {
    using enum Flow;
    const AttributeRow k{"k", main};
    const AttributeRow aligned{"align", align};
    return {
        {"MatrixDiagV3",
         "",
         "M = diag(x)",
         "Matrices with these diagonals; padding elsewhere.",
         {{"diagonal"}, {"padding_value", Severed}},
         {k, {"num_rows", std::int64_t{-1}}, {"num_cols", std::int64_t{-1}}, aligned},
         matrixOf,
         matrixBack},
        {"MatrixDiagPartV3",
         "",
         "x = diag(M)",
         "Diagonals of matrices.",
         {{"input"}, {"padding_value", Severed}},
         {k, aligned},
         partOf,
         partBack},
        {"MatrixSetDiagV3",
         "",
         "N = M with the diagonal x",
         "Matrices with other diagonals.",
         {{"input"}, {"diagonal"}},
         {k, aligned},
         withDiagonal,
         withDiagonalBack},
        {"MatrixBandPart",
         "linalg.band_part",
         "Nᵢⱼ = Mᵢⱼ near the diagonal, else 0",
         "A band around the diagonal; a negative number keeps the whole triangle.",
         {{"input"}},
         {{"num_lower", std::int64_t{0}}, {"num_upper", std::int64_t{0}}},
         bandPart,
         bandBack},
        {"Diag",
         "linalg.tensor_diag",
         "Mᵢᵢ = xᵢ",
         "A tensor of twice the rank with these elements where both halves of the index are equal.",
         {{"diagonal"}},
         {},
         tensorDiagonal,
         tensorDiagonalBack},
        {"DiagPart",
         "linalg.tensor_diag_part",
         "xᵢ = Mᵢᵢ",
         "The elements where both halves of the index are equal.",
         {{"input"}},
         {},
         tensorPart,
         tensorPartBack},
    };
}

}  // namespace tapescope::rows
