// SPDX-License-Identifier: Apache-2.0
// Failures that a script can cause, under the names of Python and TensorFlow, and failures of reading.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace tapescope {

/// The exception type that the script sees. The worker maps each to the Python class of that name.
enum class ErrorKind {
    // Python's
    Type,
    Value,
    Key,
    Attribute,
    Runtime,
    Lookup,
    NotImplemented,
    Index,
    Memory,
    Overflow,
    // TensorFlow's (tf.errors)
    InvalidArgument,
    NotFound,
    FailedPrecondition,
    OutOfRange,
    Unimplemented,
    Internal,
    ResourceExhausted,
};

/// Raised by operations and by the session; what() is TensorFlow's text, whole.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
    ErrorKind kind() const { return kind_; }

private:
    ErrorKind kind_;
};

/// What went wrong while reading bytes or files that may be damaged or hostile: one sentence for a person.
struct Failure {
    std::string message;
};

/// A value or the reason why there is none. For reading untrusted input, where failing is ordinary.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

    explicit operator bool() const { return state_.index() == 0; }
    const T& operator*() const { return std::get<0>(state_); }
    T& operator*() { return std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    T* operator->() { return &std::get<0>(state_); }
    const std::string& message() const { return std::get<1>(state_).message; }

private:
    std::variant<T, Failure> state_;
};

}  // namespace tapescope
