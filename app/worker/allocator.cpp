// SPDX-License-Identifier: Apache-2.0
// jemalloc's options, for programs that run the engine. Memory of large tensors is used again: giving it back to the
// system and taking it anew, a page at a time, costs more than an optimizer's whole update. A worker lives for one
// script, so what it keeps is gone soon.
extern "C" __attribute__((visibility("default"))) const char* malloc_conf;
const char* malloc_conf = "oversize_threshold:0,narenas:1,dirty_decay_ms:-1,muzzy_decay_ms:-1";
