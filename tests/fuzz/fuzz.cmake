# What no bytes and no sequence of operations may break: a short deterministic run in every build, libFuzzer's endless one
# with TAPESCOPE_FUZZ.
add_executable(fuzz_mutate ${CMAKE_CURRENT_LIST_DIR}/exercise.cpp ${CMAKE_CURRENT_LIST_DIR}/mutate.cpp)
target_link_libraries(fuzz_mutate PRIVATE ts_sampletrace)
add_test(NAME fuzz_mutate COMMAND fuzz_mutate)

ts_library(ts_randomprogram HEADERS ts_base SOURCES ${CMAKE_CURRENT_LIST_DIR}/program.cpp LINKS ts_trials ts_engine)
add_executable(fuzz_programs ${CMAKE_CURRENT_LIST_DIR}/programs.cpp)
target_link_libraries(fuzz_programs PRIVATE ts_randomprogram)
add_test(NAME fuzz_programs COMMAND fuzz_programs)
set_tests_properties(fuzz_mutate fuzz_programs PROPERTIES LABELS fuzz TIMEOUT 600)

if(TAPESCOPE_FUZZ)
  add_executable(decode_fuzz ${CMAKE_CURRENT_LIST_DIR}/exercise.cpp ${CMAKE_CURRENT_LIST_DIR}/decode_fuzz.cpp)
  target_link_libraries(decode_fuzz PRIVATE ts_trace -fsanitize=fuzzer)
  add_executable(program_fuzz ${CMAKE_CURRENT_LIST_DIR}/program_fuzz.cpp)
  target_link_libraries(program_fuzz PRIVATE ts_randomprogram -fsanitize=fuzzer)
  # The fuzzer steers by what it reached in the code under test.
  foreach(target ts_trace ts_ops ts_engine)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endforeach()
endif()
