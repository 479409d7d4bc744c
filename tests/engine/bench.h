// SPDX-License-Identifier: Apache-2.0
// A session with its events at hand, and short names for what tests say most.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/engine/session.h"

namespace tapescope {

class EventList final : public Sink {
public:
    void take(Event&& event) override { events.push_back(std::move(event)); }

    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const Event& event : events) {
            if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
        }
        return found;
    }
    template <class T>
    T last() const {
        return all<T>().back();
    }

    std::vector<Event> events;
};

struct Bench {
    EventList events;
    Session session{events, [] { return CallSiteId{}; }};

    Operand floats(Shape shape, std::vector<float> values) {
        return session.constant(Tensor::of<float>(std::move(shape), values));
    }
    Operand scalar(float value) { return session.constant(Tensor::scalar(value)); }
    VariableId variable(const Operand& initial, bool trainable = true) {
        return session.createVariable(initial, "v:0", trainable);
    }
    Operand handle(VariableId variable) { return session.handleOperand(variable); }
    Operand read(VariableId variable) { return session.read(variable); }

    /// gradient() of one target to one source.
    Operand gradient(TapeId tape, const Operand& target, const Operand& source) {
        return session.gradient(tape, Operands{target}, Operands{source}, {}, Unconnected::None).front();
    }
    /// The answer for the source that was asked for last.
    SourceAnswer answer() const { return events.last<GradientAnswered>().answers.front(); }
};

inline std::vector<double> numbers(const Operand& operand) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < operand.value.count(); ++i) values.push_back(operand.value.at(i));
    return values;
}

}  // namespace tapescope
