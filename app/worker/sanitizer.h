// SPDX-License-Identifier: Apache-2.0
// Is this a build with the address sanitizer? It needs a few things that the sandbox takes away.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define TAPESCOPE_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TAPESCOPE_ADDRESS_SANITIZER 1
#endif
#endif
