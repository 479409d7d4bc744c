// SPDX-License-Identifier: Apache-2.0
// A map from ids to values for the hot path: entries in the order of their coming; while they are few they
// lie in the map itself and are looked through, after that they are found by hash. Nothing can be taken out.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/few.h"

namespace tapescope {

template <class Key, class T>
class IdMap {
public:
    using Entry = std::pair<Key, T>;

    std::size_t size() const { return entries_.size(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }
    auto begin() { return entries_.begin(); }
    auto end() { return entries_.end(); }

    T* find(Key key) {
        const std::size_t at = place(key);
        return at == entries_.size() ? nullptr : &entries_[at].second;
    }
    const T* find(Key key) const {
        const std::size_t at = place(key);
        return at == entries_.size() ? nullptr : &entries_[at].second;
    }
    bool contains(Key key) const { return place(key) != entries_.size(); }

    /// The value of the key, made where there was none. References last until the next one is made.
    T& operator[](Key key) { return *add(key, T()).first; }
    /// The value of the key and whether it is the new one.
    std::pair<T*, bool> add(Key key, T value) {
        const std::size_t at = place(key);
        if (at != entries_.size()) return {&entries_[at].second, false};
        entries_.emplace_back(key, std::move(value));
        if (entries_.size() > few) index(entries_.size() - 1);
        return {&entries_.back().second, true};
    }
    void clear() {
        entries_.clear();
        table_.clear();
    }

private:
    static constexpr std::size_t few = 8;

    std::size_t place(Key key) const {
        if (table_.empty()) {
            for (std::size_t i = 0; i < entries_.size(); ++i) {
                if (entries_[i].first == key) return i;
            }
            return entries_.size();
        }
        for (std::size_t at = slot(key);; at = (at + 1) & (table_.size() - 1)) {
            const std::uint32_t found = table_[at];
            if (found == 0) return entries_.size();
            if (entries_[found - 1].first == key) return found - 1;
        }
    }
    /// Ids count up: multiplying spreads them over the upper bits.
    std::size_t slot(Key key) const {
        constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
        return (key.value * odd) >> (64 - std::countr_zero(table_.size()));
    }
    void index(std::size_t entry) {
        if (table_.size() < 2 * entries_.size()) {
            table_.assign(std::bit_ceil(4 * entries_.size()), 0);
            for (std::size_t i = 0; i < entries_.size(); ++i) put(i);
        } else {
            put(entry);
        }
    }
    void put(std::size_t entry) {
        std::size_t at = slot(entries_[entry].first);
        while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = static_cast<std::uint32_t>(entry + 1);
    }

    Few<Entry, few> entries_;
    std::vector<std::uint32_t> table_;  ///< places of entries, from 1; empty while they are few
};

}  // namespace tapescope
