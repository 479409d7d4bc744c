// SPDX-License-Identifier: Apache-2.0
// Prints the operation table as JSON, for the generator of cases: a list of
// {"type", "names": [...], "inputs": [[name, flow], ...], "attributes": [[name, kind, fallback], ...], "outputs"}.
#include <array>
#include <iostream>
#include <sstream>

#include "core/ops/op.h"

using namespace tapescope;

namespace {

constexpr std::array flows{"smooth", "kinked", "zero", "severed", "unregistered"};

std::string quoted(std::string_view text) {
    std::string all = "\"";
    for (const char each : text) {
        if (each == '"' || each == '\\') all += '\\';
        all += each;
    }
    return all + '"';
}

template <class Items, class Text>
std::string listed(const Items& items, Text text) {
    std::string all = "[";
    for (const auto& item : items) all += (all.size() > 1 ? "," : "") + text(item);
    return all + ']';
}

/// Kind and value of an attribute's fallback.
struct Attribute {
    std::string operator()(std::monostate) const { return R"("axes",null)"; }
    std::string operator()(bool on) const { return std::string(R"("bool",)") + (on ? "true" : "false"); }
    std::string operator()(std::int64_t number) const { return R"("int",)" + std::to_string(number); }
    std::string operator()(double number) const { return R"("float",)" + std::to_string(number); }
    std::string operator()(DType dtype) const { return R"("dtype",)" + quoted(row(dtype).name); }
    std::string operator()(const std::string& text) const { return R"("text",)" + quoted(text); }
    std::string operator()(const Shape& shape) const {
        return R"("shape",)" + listed(shape, [](std::int64_t each) { return std::to_string(each); });
    }
};

std::string told(const OpRow& row) {
    std::vector<std::string> names;
    std::istringstream words{std::string(row.names)};
    for (std::string name; words >> name;) names.push_back(name);
    return R"({"type":)" + quoted(row.type) + R"(,"names":)" + listed(names, quoted) + R"(,"inputs":)" +
           listed(row.inputs,
                  [](const InputRow& input) {
                      return '[' + quoted(input.name) + ',' + quoted(flows[static_cast<std::size_t>(input.flow)]) + ']';
                  }) +
           R"(,"attributes":)" +
           listed(row.attributes,
                  [](const AttributeRow& attribute) {
                      return '[' + quoted(attribute.name) + ',' + std::visit(Attribute{}, attribute.fallback) + ']';
                  }) +
           R"(,"outputs":)" + quoted(row.outputs) + '}';
}

}  // namespace

int main() {
    std::cout << listed(opTable(), [](const OpRow& row) { return "\n" + told(row); }) << '\n';
}
