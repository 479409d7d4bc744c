// SPDX-License-Identifier: Apache-2.0
// The families of the operation table; each file gives its rows, op.cpp puts them together.
#pragma once

#include <vector>

#include "core/ops/op.h"

namespace tapescope::rows {

std::vector<OpRow> division();  ///< quotients and remainders that are whole
std::vector<OpRow> trigonometry();
std::vector<OpRow> slopes();     ///< of functions, in terms of their values: what gradients run
std::vector<OpRow> special();    ///< error functions, ln Γ, Bessel functions
std::vector<OpRow> gamma();      ///< incomplete gamma and beta functions, ζ
std::vector<OpRow> integrals();  ///< Dawson's, Fresnel's, Spence's
std::vector<OpRow> complexes();  ///< complex numbers and their parts
std::vector<OpRow> integer();    ///< truth values and bits
std::vector<OpRow> scan();       ///< running totals
std::vector<OpRow> order();      ///< places by size, distinct values, permutations
std::vector<OpRow> counting();   ///< of values: histograms
std::vector<OpRow> segment();    ///< rows that belong together

std::vector<OpRow> arithmetic();  ///< two operands, broadcast
std::vector<OpRow> pointwise();   ///< one operand, element by element
std::vector<OpRow> activation();  ///< of neural networks
std::vector<OpRow> softmax();     ///< and its logarithm
std::vector<OpRow> activationGradients();
std::vector<OpRow> comparison();
std::vector<OpRow> reduction();
std::vector<OpRow> linear();     ///< products
std::vector<OpRow> summation();  ///< Einstein's
std::vector<OpRow> diagonals();
std::vector<OpRow> decomposition();
std::vector<OpRow> checking();
std::vector<OpRow> shaping();
std::vector<OpRow> joining();
std::vector<OpRow> padding();
std::vector<OpRow> slicing();
std::vector<OpRow> gather();
std::vector<OpRow> scatter();
std::vector<OpRow> indexing();
std::vector<OpRow> blocks();  ///< the same elements in another order
std::vector<OpRow> image();
std::vector<OpRow> colours();
std::vector<OpRow> convolutions();  ///< of pictures and volumes
std::vector<OpRow> dilation();
std::vector<OpRow> depthwise();       ///< convolutions with filters for each channel
std::vector<OpRow> averagePooling();  ///< means of sliding windows
std::vector<OpRow> maxPooling();
std::vector<OpRow> normalisation();  ///< of batches and of neighbouring channels; biases
std::vector<OpRow> crossentropy();
std::vector<OpRow> source();         ///< constants, variables, ranges
std::vector<OpRow> quantization();   ///< numbers in the steps of a range
std::vector<OpRow> randomNumbers();  ///< uniform and normal
std::vector<OpRow> sampling();       ///< random choices, gamma and counting distributions
std::vector<OpRow> blocking();       ///< identity, stop_gradient, cast

}  // namespace tapescope::rows
