// SPDX-License-Identifier: Apache-2.0
// Discrete Fourier transforms of the innermost dimension. TensorFlow's others (of real numbers, of several dimensions)
// are made of these two.
#include <algorithm>
#include <complex>
#include <numbers>
#include <vector>

#include "core/ops/term.h"
#include "core/ops/transforms.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using Complex = std::complex<double>;

std::size_t smallestFactor(std::size_t n) {
    for (std::size_t factor = 2; factor * factor <= n; ++factor) {
        if (n % factor == 0) return factor;
    }
    return n;
}

/// exp(±2πi·k/n), exactly where it is a quarter of a turn.
Complex turn(std::size_t k, std::size_t n, double sign) {
    static const Complex quarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    if (4 * k % n == 0) return {quarters[4 * k / n].real(), sign * quarters[4 * k / n].imag()};
    return std::polar(1.0, sign * 2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n));
}

/// One vector of a batch: its length, and exp(∓2πi·k/n) for every k.
struct Turns {
    explicit Turns(std::size_t n, double sign) : all(n) {
        for (std::size_t k = 0; k < n; ++k) {
            all[k] = turn(k, n, sign);
        }
    }
    std::vector<Complex> all;
};

/// Cooley and Tukey's: `n` elements of `in`, `stride` apart, whose transform goes to `out`. Depth is the number of
/// prime factors.
void spread(const Complex* in, Complex* out, std::size_t n, std::size_t stride, const Turns& turns) {
    if (n == 1) {
        out[0] = in[0];
        return;
    }
    const std::size_t factor = smallestFactor(n);
    const std::size_t part = n / factor;
    for (std::size_t r = 0; r < factor; ++r) spread(in + r * stride, out + r * part, part, stride * factor, turns);
    const std::size_t whole = turns.all.size();
    const std::size_t step = whole / n;
    std::vector<Complex> mixed(factor);
    for (std::size_t k = 0; k < part; ++k) {
        for (std::size_t q = 0; q < factor; ++q) {
            Complex sum = 0;
            for (std::size_t r = 0; r < factor; ++r) {
                sum += out[r * part + k] * turns.all[(r * (k + q * part) % n) * step % whole];
            }
            mixed[q] = sum;
        }
        for (std::size_t q = 0; q < factor; ++q) out[q * part + k] = mixed[q];
    }
}

template <bool inverse>
Tensors transformed(const OpRow& row, Inputs in, const Attributes&) {
    if (in[0].shape().empty()) refuse(row, "Input must have rank of at least 1 but got: []");
    return {complex(row, in[0].dtype(), [&]<class Z>() {
        Filling<Z> result(in[0].shape());
        const auto given = in[0].as<Z>();
        const auto n = static_cast<std::size_t>(in[0].shape().back());
        if (n == 0 || given.empty()) return std::move(result).done();
        const Turns turns(n, inverse ? 1.0 : -1.0);
        std::vector<Complex> line(n);
        std::vector<Complex> found(n);
        for (std::size_t start = 0; start < given.size(); start += n) {
            std::copy_n(given.begin() + static_cast<std::ptrdiff_t>(start), n, line.begin());
            spread(line.data(), found.data(), n, 1, turns);
            std::transform(found.begin(), found.end(), result.values.begin() + static_cast<std::ptrdiff_t>(start),
                           [&](Complex z) { return Z(inverse ? z / static_cast<double>(n) : z); });
        }
        return std::move(result).done();
    })};
}

double length(const Back& at) {
    return static_cast<double>(at.op.inputs[0].value.shape().back());
}
Term forwardBack(const Back& at) {
    return at.g().call("IFFT") * length(at);
}
Term inverseBack(const Back& at) {
    return at.g().call("FFT") * (1.0 / length(at));
}
}  // namespace

std::vector<OpRow> spectra() {
    return {
        {"FFT",
         "signal.fft",
         "yₖ = Σ xⱼ·exp(-2πi·j·k/n)",
         "The discrete Fourier transform of the innermost dimension.",
         {{"input"}},
         {},
         transformed<false>,
         oneBack<forwardBack>},
        {"IFFT",
         "signal.ifft",
         "xⱼ = 1/n · Σ yₖ·exp(2πi·j·k/n)",
         "The inverse of the discrete Fourier transform.",
         {{"input"}},
         {},
         transformed<true>,
         oneBack<inverseBack>},
    };
}

}  // namespace tapescope::rows
