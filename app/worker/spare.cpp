// SPDX-License-Identifier: Apache-2.0
#include "app/worker/spare.h"

#include <sys/mman.h>

#include <Python.h>

#include <cstddef>

namespace tapescope {

namespace {
/// Two of the arenas in which Python keeps small objects: tracebacks, frames and the words of an error.
constexpr std::size_t spareBytes = std::size_t{2} << 20;

/// The allocator that Python falls back on for small objects, too; what it cannot give ends in a MemoryError.
PyMemAllocatorEx system;
void* spare = nullptr;

void* given(void* memory) {
    if (memory == nullptr && spare != nullptr) {
        ::munmap(spare, spareBytes);
        spare = nullptr;
    }
    return memory;
}
void* allocate(void*, std::size_t size) {
    return given(system.malloc(system.ctx, size));
}
void* allocateZeros(void*, std::size_t count, std::size_t size) {
    return given(system.calloc(system.ctx, count, size));
}
void* reallocate(void*, void* memory, std::size_t size) {
    return given(system.realloc(system.ctx, memory, size));
}
void release(void*, void* memory) {
    system.free(system.ctx, memory);
}
}  // namespace

void keepSpareMemory() {
    void* kept = ::mmap(nullptr, spareBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (kept == MAP_FAILED) return;
    spare = kept;
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &system);
    PyMemAllocatorEx watched{nullptr, allocate, allocateZeros, reallocate, release};
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &watched);
}

}  // namespace tapescope
