// SPDX-License-Identifier: Apache-2.0
// One build for all machines: a function that is marked so is compiled for several instruction sets, and the one that
// the processor has is taken when the program starts. It must compute the same digits in each: sums in lanes of a fixed
// number, no fused products.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TS_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define TS_WIDE
#endif

/// For what a wide function is made of: compiled as a part of it, for its instruction set.
#ifdef __GNUC__
#define TS_INLINE inline __attribute__((always_inline))
#else
#define TS_INLINE inline
#endif
