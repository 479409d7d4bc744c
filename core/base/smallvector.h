// SPDX-License-Identifier: Apache-2.0
// A vector of plain values that keeps a few of them in itself: dimensions and ids are few nearly always, and are made
// and thrown away with every operation. What std::vector offers and is used here; any number of values has its place.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace tapescope {

template <class T, std::uint32_t held>
class SmallVector {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    using value_type = T;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using const_reference = const T&;
    using iterator = T*;
    using const_iterator = const T*;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    SmallVector() {}
    SmallVector(std::initializer_list<T> values) { append(values.begin(), values.size()); }
    SmallVector(const std::vector<T>& values) { append(values.data(), values.size()); }
    explicit SmallVector(std::size_t count, const T& value = T()) { resize(count, value); }
    template <std::input_iterator Iterator>
    SmallVector(Iterator first, Iterator last) {
        assign(first, last);
    }
    SmallVector(const SmallVector& other) {
        if (other.onHeap()) {
            append(other.data(), other.size());
        } else {
            copyOwn(other);
        }
    }
    SmallVector(SmallVector&& other) noexcept { take(other); }
    SmallVector& operator=(const SmallVector& other) {
        if (this == &other) return *this;
        if (onHeap() || other.onHeap()) {
            size_ = 0;
            append(other.data(), other.size());
        } else {
            copyOwn(other);
        }
        return *this;
    }
    SmallVector& operator=(SmallVector&& other) noexcept {
        if (this == &other) return *this;
        release();
        take(other);
        return *this;
    }
    SmallVector& operator=(std::initializer_list<T> values) {
        assign(values.begin(), values.end());
        return *this;
    }
    ~SmallVector() { release(); }

    operator std::vector<T>() const { return {begin(), end()}; }

    T* data() { return onHeap() ? heap_ : own_; }
    const T* data() const { return onHeap() ? heap_ : own_; }
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return room_; }
    bool empty() const { return size_ == 0; }

    iterator begin() { return data(); }
    iterator end() { return data() + size_; }
    const_iterator begin() const { return data(); }
    const_iterator end() const { return data() + size_; }
    const_iterator cbegin() const { return begin(); }
    const_iterator cend() const { return end(); }
    reverse_iterator rbegin() { return reverse_iterator(end()); }
    reverse_iterator rend() { return reverse_iterator(begin()); }
    const_reverse_iterator rbegin() const { return const_reverse_iterator(end()); }
    const_reverse_iterator rend() const { return const_reverse_iterator(begin()); }

    T& operator[](std::size_t i) { return data()[i]; }
    const T& operator[](std::size_t i) const { return data()[i]; }
    T& at(std::size_t i) { return data()[checked(i)]; }
    const T& at(std::size_t i) const { return data()[checked(i)]; }
    T& front() { return *data(); }
    const T& front() const { return *data(); }
    T& back() { return data()[size_ - 1]; }
    const T& back() const { return data()[size_ - 1]; }

    void reserve(std::size_t count) {
        if (count > room_) grow(count);
    }
    void clear() { size_ = 0; }
    void push_back(const T& value) {
        const T kept = value;  // may lie in what is about to move
        if (size_ == room_) grow(std::size_t{size_} + 1);
        data()[size_++] = kept;
    }
    template <class... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        push_back(T{std::forward<Arguments>(arguments)...});
        return back();
    }
    void pop_back() { --size_; }
    void resize(std::size_t count, const T& value = T()) {
        const T kept = value;
        reserve(count);
        if (count > size_) std::fill(data() + size_, data() + count, kept);
        size_ = static_cast<std::uint32_t>(count);
    }
    void assign(std::size_t count, const T& value) {
        const T kept = value;
        size_ = 0;
        resize(count, kept);
    }
    template <std::input_iterator Iterator>
    void assign(Iterator first, Iterator last) {
        size_ = 0;
        for (; first != last; ++first) push_back(static_cast<T>(*first));
    }
    void assign(std::initializer_list<T> values) { assign(values.begin(), values.end()); }

    iterator insert(const_iterator place, const T& value) { return insert(place, 1, value); }
    iterator insert(const_iterator place, std::size_t count, const T& value) {
        const T kept = value;
        const auto at = place - begin();
        resize(size_ + count);
        std::move_backward(begin() + at, end() - count, end());
        std::fill_n(begin() + at, count, kept);
        return begin() + at;
    }
    template <std::input_iterator Iterator>
    iterator insert(const_iterator place, Iterator first, Iterator last) {
        const std::vector<T> values(first, last);
        const auto at = place - begin();
        insert(place, values.size(), T());
        std::copy(values.begin(), values.end(), begin() + at);
        return begin() + at;
    }
    iterator insert(const_iterator place, std::initializer_list<T> values) {
        return insert(place, values.begin(), values.end());
    }
    iterator erase(const_iterator place) { return erase(place, place + 1); }
    iterator erase(const_iterator first, const_iterator last) {
        const auto at = first - begin();
        std::move(begin() + (last - begin()), end(), begin() + at);
        size_ -= static_cast<std::uint32_t>(last - first);
        return begin() + at;
    }
    void swap(SmallVector& other) noexcept { std::swap(*this, other); }

    friend bool operator==(const SmallVector& a, const SmallVector& b) {
        return a.size_ == b.size_ && std::equal(a.begin(), a.end(), b.begin());
    }
    friend auto operator<=>(const SmallVector& a, const SmallVector& b) {
        return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    bool onHeap() const { return room_ > held; }
    std::size_t checked(std::size_t i) const {
        if (i >= size_) throw std::out_of_range("no such place");
        return i;
    }
    void append(const T* values, std::size_t count) {
        reserve(size_ + count);
        std::copy_n(values, count, data() + size_);
        size_ += static_cast<std::uint32_t>(count);
    }
    void grow(std::size_t count) {
        const std::size_t room = std::max(count, std::size_t{room_} * 2);
        T* bigger = std::allocator<T>().allocate(room);
        std::copy_n(data(), size_, bigger);
        release();
        heap_ = bigger;
        room_ = static_cast<std::uint32_t>(room);
    }
    void release() {
        if (onHeap()) std::allocator<T>().deallocate(heap_, room_);
        room_ = held;
    }
    /// All places, used or not: a number of bytes that is known beforehand is copied in a move or two.
    void copyOwn(const SmallVector& other) {
        std::copy_n(other.own_, held, own_);
        size_ = other.size_;
    }
    /// What the other had; it is empty after that.
    void take(SmallVector& other) noexcept {
        if (other.onHeap()) {
            heap_ = other.heap_;
            size_ = other.size_;
            room_ = other.room_;
        } else {
            copyOwn(other);
        }
        other.size_ = 0;
        other.room_ = held;
    }

    std::uint32_t size_ = 0;
    std::uint32_t room_ = held;
    union {
        T own_[held]{};
        T* heap_;
    };
};

}  // namespace tapescope
