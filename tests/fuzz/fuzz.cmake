# What no bytes may break: a short deterministic run in every build, libFuzzer's endless one with TAPESCOPE_FUZZ.
add_executable(fuzz_mutate ${CMAKE_CURRENT_LIST_DIR}/exercise.cpp ${CMAKE_CURRENT_LIST_DIR}/mutate.cpp)
target_link_libraries(fuzz_mutate PRIVATE ts_sampletrace)
add_test(NAME fuzz_mutate COMMAND fuzz_mutate)
set_tests_properties(fuzz_mutate PROPERTIES LABELS fuzz TIMEOUT 600)

if(TAPESCOPE_FUZZ)
  add_executable(decode_fuzz ${CMAKE_CURRENT_LIST_DIR}/exercise.cpp ${CMAKE_CURRENT_LIST_DIR}/decode_fuzz.cpp)
  target_link_libraries(decode_fuzz PRIVATE ts_trace -fsanitize=fuzzer)
  # The fuzzer steers by what it reached in the code under test.
  target_compile_options(ts_trace PRIVATE -fsanitize=fuzzer-no-link)
endif()
