// SPDX-License-Identifier: Apache-2.0
// A vector that keeps a few values in itself, for what is no plain bytes (SmallVector is for those): the tensors and
// operands of an operation are few nearly always, and are made and thrown away with it. What std::vector offers and is
// used here; any number of values has its place.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace tapescope {

template <class T, std::uint32_t held>
class Few {
public:
    using value_type = T;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using const_reference = const T&;
    using iterator = T*;
    using const_iterator = const T*;

    Few() {}
    // One by one, and not as a std::initializer_list, out of which values can only be copied.
    Few(T a) { put(std::move(a)); }
    Few(T a, T b) { put(std::move(a), std::move(b)); }
    Few(T a, T b, T c) { put(std::move(a), std::move(b), std::move(c)); }
    template <class... Rest>
    Few(T a, T b, T c, T d, Rest&&... rest) {
        put(std::move(a), std::move(b), std::move(c), std::move(d), T(std::forward<Rest>(rest))...);
    }
    Few(std::vector<T> values) { append(std::move_iterator(values.begin()), values.size()); }
    template <std::integral Count>
    requires(!std::constructible_from<T, Count>) explicit Few(Count count, const T& value = T()) {
        resize(static_cast<std::size_t>(count), value);
    }
    template <std::forward_iterator Iterator>
    Few(Iterator first, Iterator last) {
        append(first, static_cast<std::size_t>(std::distance(first, last)));
    }
    Few(const Few& other) { append(other.begin(), other.size()); }
    Few(Few&& other) noexcept { take(other); }
    Few& operator=(const Few& other) {
        if (this == &other) return *this;
        clear();
        append(other.begin(), other.size());
        return *this;
    }
    Few& operator=(Few&& other) noexcept {
        if (this == &other) return *this;
        release();
        take(other);
        return *this;
    }
    ~Few() { release(); }

    T* data() { return begin_; }
    const T* data() const { return begin_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    iterator begin() { return begin_; }
    iterator end() { return begin_ + size_; }
    const_iterator begin() const { return begin_; }
    const_iterator end() const { return begin_ + size_; }

    T& operator[](std::size_t i) { return begin_[i]; }
    const T& operator[](std::size_t i) const { return begin_[i]; }
    T& front() { return *begin_; }
    const T& front() const { return *begin_; }
    T& back() { return begin_[size_ - 1]; }
    const T& back() const { return begin_[size_ - 1]; }

    void reserve(std::size_t count) {
        if (count > room_) grow(count);
    }
    void clear() {
        std::destroy_n(begin_, size_);
        size_ = 0;
    }
    void push_back(T value) {
        if (size_ == room_) grow(std::size_t{size_} + 1);
        add(std::move(value));
    }
    template <class... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        push_back(T{std::forward<Arguments>(arguments)...});
        return back();
    }
    void pop_back() { std::destroy_at(begin_ + --size_); }
    void resize(std::size_t count, const T& value = T()) {
        if (count < size_) {
            std::destroy(begin_ + count, end());
        } else if (count > size_) {
            const T kept = value;  // may lie in what is about to move
            reserve(count);
            std::uninitialized_fill(end(), begin_ + count, kept);
        }
        size_ = static_cast<std::uint32_t>(count);
    }
    iterator insert(const_iterator place, T value) { return insert(place, &value, &value + 1); }
    template <std::forward_iterator Iterator>
    iterator insert(const_iterator place, Iterator first, Iterator last) {
        const auto at = place - begin();
        const auto before = static_cast<std::ptrdiff_t>(size_);
        const Few more(first, last);  // may lie in what is about to move
        append(more.begin(), more.size());
        std::rotate(begin() + at, begin() + before, end());
        return begin() + at;
    }

    friend bool operator==(const Few& a, const Few& b) { return std::ranges::equal(a, b); }

private:
    template <class... Values>
    void add(Values&&... values) {
        (std::construct_at(begin_ + size_++, std::forward<Values>(values)), ...);
    }
    template <class... Values>
    void put(Values&&... values) {
        if constexpr (sizeof...(values) > held) reserve(sizeof...(values));
        add(std::forward<Values>(values)...);
    }
    template <class Iterator>
    void append(Iterator first, std::size_t count) {
        reserve(size_ + count);
        std::uninitialized_copy_n(first, count, end());
        size_ += static_cast<std::uint32_t>(count);
    }
    void grow(std::size_t count) {
        const std::size_t room = std::max(count, std::size_t{room_} * 2);
        T* bigger = std::allocator<T>().allocate(room);
        std::uninitialized_move_n(begin_, size_, bigger);
        const std::uint32_t size = size_;
        release();
        begin_ = bigger;
        size_ = size;
        room_ = static_cast<std::uint32_t>(room);
    }
    /// Empty after that, with the places in itself.
    void release() {
        clear();
        if (room_ > held) std::allocator<T>().deallocate(begin_, room_);
        begin_ = own_;
        room_ = held;
    }
    /// What the other had; it is empty after that.
    void take(Few& other) noexcept {
        if (other.room_ > held) {
            begin_ = std::exchange(other.begin_, other.own_);
            room_ = std::exchange(other.room_, held);
            size_ = std::exchange(other.size_, 0);
            return;
        }
        std::uninitialized_move_n(other.begin_, other.size_, begin_);
        size_ = other.size_;
        other.clear();
    }

    T* begin_ = own_;
    std::uint32_t size_ = 0;
    std::uint32_t room_ = held;
    union {
        T own_[held];
    };
};

}  // namespace tapescope
