// SPDX-License-Identifier: Apache-2.0
// Products of matrices, sums by equation, diagonals, decompositions.
#include <algorithm>
#include <iterator>

#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

namespace {
/// A positive definite matrix, far from singular.
Tensor definite() {
    return Tensor::of<double>({3, 3}, std::vector<double>{4, 1, 2, 1, 3, 0.5, 2, 0.5, 5});
}

Attributes equation(const char* text) {
    return {std::string(text)};
}

Attributes diagonals(Shape k, const char* align) {
    return {std::move(k), std::string(align)};
}

std::vector<Trial> products() {
    return {
        {"MatMul", {{2, 3}, {3, 4}}, {false, false}},
        {"MatMul", {{3, 2}, {3, 4}}, {true, false}},
        {"MatMul", {{2, 3}, {4, 3}}, {false, true}},
        {"MatMul", {{3, 2}, {4, 3}}, {true, true}},
        {"BatchMatMulV2", {{2, 2, 3}, {2, 3, 4}}, {false, false}},
        {"BatchMatMulV2", {{2, 1, 3, 2}, {4, 3, 2}}, {true, false}},
        {"BatchMatMulV2", {{2, 3}, {5, 4, 3}}, {false, true}},
        {"BatchMatMulV2", {{1, 3, 2}, {5, 4, 3}}, {true, true}},
        {"Cross", {{2, 3}, {2, 3}}},
        {"CheckNumerics", {{3}}, {std::string("x")}},
        {"Einsum", {{2, 3}, {3, 4}}, equation("ij,jk->ik")},
        {"Einsum", {{3}, {4}}, equation("i,j->ji")},
        {"Einsum", {{2, 3}, {3, 4}}, equation("ij,jk->")},
        {"Einsum", {{2, 3, 4}}, equation("abc->ca")},
        {"Einsum", {{2, 3, 4}}, equation("abc->ac")},
        {"Einsum", {{3, 3, 2}}, equation("aab->ab")},
        {"Einsum", {{3, 3, 2}}, equation("aab->b")},
        {"Einsum", {{3}}, equation("a->aa")},
        {"Einsum", {{2, 3, 3}, {3, 4}}, equation("aii,ib->ab")},
        {"Einsum", {{4, 2, 3}, {3, 5}}, equation("...ij,jk->...ik")},
        {"Einsum", {{4, 1, 2, 3}, {5, 3, 2}}, equation("...ij,...jk->...ik")},
        {"Einsum", {{2, 3}, {3}}, equation("...,...->...")},
        {"Einsum", {{3, 2, 2}, {3}}, equation("b...,b->...")},
    };
}

std::vector<Trial> diagonalTrials() {
    const std::int64_t open = -1;
    const std::string right = "RIGHT_LEFT";
    return {
        {"MatrixDiagV3", {{2, 3}, {}}, {Shape{0, 0}, open, open, right}},
        {"MatrixDiagV3", {{2, 3}, {}}, {Shape{1, 1}, open, open, right}},
        {"MatrixDiagV3", {{3, 2}, {}}, {Shape{-1, 1}, std::int64_t{2}, std::int64_t{2}, std::string("LEFT_RIGHT")}},
        {"MatrixDiagPartV3", {{2, 3, 3}, {}}, diagonals({0, 0}, "RIGHT_LEFT")},
        {"MatrixDiagPartV3", {{4, 3}, {}}, diagonals({-2, 1}, "LEFT_LEFT")},
        {"MatrixSetDiagV3", {{2, 3, 4}, {2, 3}}, diagonals({0, 0}, "RIGHT_LEFT")},
        {"MatrixSetDiagV3", {{3, 3}, {2, 3}}, diagonals({0, 1}, "RIGHT_LEFT")},
        {"MatrixBandPart", {{2, 3, 3}}, {std::int64_t{0}, open}},
        {"Diag", {{2, 2}}},
        {"DiagPart", {{2, 3, 2, 3}}},
    };
}

std::vector<Trial> decompositionTrials() {
    std::vector<Trial> all{
        {"Qr", {{3, 3}}, {false}},
        {"Qr", {{4, 2}}, {false}},
        {"Qr", {{2, 4}}, {false}},
        {"Svd", {{3, 3}}, {true, false}},
        {"Svd", {{4, 2}}, {true, false}},
        {"Svd", {{2, 3}}, {true, true}},
        {"Svd", {{2, 3, 2}}, {false, false}},
        {"SelfAdjointEigV2", {{3, 3}}, {true}},
        {"SelfAdjointEigV2", {{2, 3, 3}}, {false}},
        {"MatrixSquareRoot", {{3, 3}}, {}, -2, 2, {{0, definite()}}},
        {"MatrixInverse", {{3, 3}}, {false}, -2, 2, {{0, definite()}}},
        {"MatrixInverse", {{3, 3}}, {true}, -2, 2, {{0, definite()}}},
        {"MatrixSolve", {{3, 3}, {3, 2}}, {false}, -2, 2, {{0, definite()}}},
        {"MatrixSolve", {{3, 3}, {3, 2}}, {true}, -2, 2, {{0, definite()}}},
        {"MatrixTriangularSolve", {{3, 3}, {3, 2}}, {true, false}, -2, 2, {{0, definite()}}},
        {"MatrixTriangularSolve", {{3, 3}, {2, 3, 2}}, {false, true}, -2, 2, {{0, definite()}}},
        {"MatrixDeterminant", {{3, 3}}, {}, -2, 2, {{0, definite()}}},
        {"LogMatrixDeterminant", {{3, 3}}, {}, -2, 2, {{0, definite()}}},
        {"Cholesky", {{3, 3}}, {}, -2, 2, {{0, definite()}}},
    };
    all.back().symmetric = true;
    return all;
}
}  // namespace

std::vector<Trial> linearTrials() {
    std::vector<Trial> all = products();
    for (const auto part : {diagonalTrials, decompositionTrials}) std::ranges::move(part(), std::back_inserter(all));
    return all;
}

}  // namespace tapescope::testing
