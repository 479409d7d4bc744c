// SPDX-License-Identifier: Apache-2.0
// Recordings damaged in a fixed number of ways, the same ones in every run: a short fuzzing that needs no fuzzer.
// With the name of a folder it writes the recordings there, undamaged: what libFuzzer starts from.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <span>
#include <string>

#include "core/trace/codec.h"
#include "tests/fuzz/exercise.h"
#include "tests/trace/randomevents.h"
#include "tests/trace/sampletrace.h"

using namespace tapescope;
using namespace tapescope::testing;

namespace {

using Bytes = std::vector<std::byte>;

class Mutation {
public:
    explicit Mutation(std::uint32_t seed) : random_(seed) {}

    /// A few bytes become others, small numbers mostly: those are the ids and the lengths.
    Bytes ofBytes(Bytes bytes) {
        for (auto n = 1 + below(6); n > 0; --n) {
            auto& byte = bytes[below(bytes.size())];
            byte = static_cast<std::byte>(below(3) == 0 ? below(256) : below(24));
        }
        if (below(8) == 0) bytes.resize(below(bytes.size()));
        return bytes;
    }

    /// Events are left out, doubled, exchanged, or replaced by any others.
    std::vector<Event> ofEvents(std::vector<Event> events) {
        for (auto n = 1 + below(5); n > 0; --n) {
            const auto at = below(events.size()), other = below(events.size());
            switch (below(4)) {
                case 0: events.erase(std::next(events.begin(), static_cast<std::ptrdiff_t>(at))); break;
                case 1: events.push_back(events[at]); break;
                case 2: std::swap(events[at], events[other]); break;
                default: events[at] = randomEvent(random_, below(std::variant_size_v<Event>)); break;
            }
        }
        return events;
    }

    std::size_t below(std::size_t n) { return random_() % n; }

private:
    std::mt19937 random_;
};

Bytes encoded(const std::vector<Event>& events) {
    Encoder encoder;
    for (const auto& event : events) encoder.add(event);
    return encoder.drain();
}

int write(std::span<const std::vector<Event>> samples, const std::string& folder) {
    int number = 0;
    for (const auto& sample : samples) {
        const auto bytes = encoded(sample);
        std::ofstream file(folder + "/sample" + std::to_string(number++) + ".tape", std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        if (!file) return 1;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::uint32_t rounds = 600;
    const std::vector<Event> samples[] = {wrongSourceTrace(), cutPathTrace(), clippedTrace()};
    if (argc > 1) return write(samples, argv[1]);
    for (const auto& sample : samples) {
        const auto bytes = encoded(sample);
        exerciseBytes(bytes);
        for (std::uint32_t round = 0; round < rounds; ++round) {
            Mutation mutation(round);
            exerciseBytes(mutation.ofBytes(bytes));
            exerciseBytes(encoded(mutation.ofEvents(sample)));
        }
    }
    std::cout << 2 * rounds * std::size(samples) << " damaged recordings, none did harm\n";
}
