// SPDX-License-Identifier: Apache-2.0
// Where values come from: constants and variables, which the session makes itself, and random numbers.
#include "core/ops/kernel.h"
#include "core/ops/philox.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

Philox generatorOf(const Attributes& attributes) {
    Philox generator(static_cast<std::uint64_t>(std::get<std::int64_t>(attributes[1])),
                     static_cast<std::uint64_t>(std::get<std::int64_t>(attributes[2])));
    generator.skip(static_cast<std::uint64_t>(std::get<std::int64_t>(attributes[3])));
    return generator;
}

std::vector<Tensor> normal(const OpRow&, Inputs, const Attributes& attributes) {
    Filling<float> result(std::get<Shape>(attributes[0]));
    fillNormal(generatorOf(attributes), result.values);
    return {std::move(result).done()};
}

std::vector<Tensor> uniform(const OpRow&, Inputs, const Attributes& attributes) {
    Filling<float> result(std::get<Shape>(attributes[0]));
    fillUniform(generatorOf(attributes), result.values);
    return {std::move(result).done()};
}

std::vector<Tensor> filled(const OpRow&, Inputs in, const Attributes& attributes) {
    return {stretched(in[0], std::get<Shape>(attributes[0]))};
}

std::vector<Operand> filledBack(Runner& run, const Executed&, std::span<const Operand> g) {
    return {run.run("Sum", {g[0]}, {std::monostate{}, false})};
}

std::vector<Operand> readBack(Runner&, const Executed&, std::span<const Operand> g) {
    return {g[0]};
}

std::vector<AttributeRow> seeded() {
    return {{"shape", Shape{}}, {"seed", std::int64_t{0}}, {"seed2", std::int64_t{0}}, {"skip", std::int64_t{0}}};
}
}  // namespace

std::vector<OpRow> source() {
    return {
        {"Const", "", "y = constant", "A value from Python.", {}, {}},
        {"VarHandleOp", "", "v", "A variable.", {}, {}},
        {"ReadVariableOp", "", "y = v", "The value of a variable.", {{"resource"}}, {}, nullptr, readBack},
        {"Fill", "", "y = value", "One value everywhere.", {{"value"}}, {{"shape", Shape{}}}, filled, filledBack},
        {"RandomStandardNormal", "", "y ~ N(0, 1)", "Standard normal random numbers.", {}, seeded(), normal},
        {"RandomUniform", "", "y ~ U[0, 1)", "Uniform random numbers.", {}, seeded(), uniform},
    };
}

}  // namespace tapescope::rows
