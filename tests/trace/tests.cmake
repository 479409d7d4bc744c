# tests of trace
set(tests_trace ${CMAKE_CURRENT_LIST_DIR})
ts_library(ts_sampletrace SEPARATE HEADERS ts_base
  SOURCES ${tests_trace}/logbuilder.cpp ${tests_trace}/randomevents.cpp ${tests_trace}/samplecut.cpp
          ${tests_trace}/samplelayers.cpp ${tests_trace}/sampletrace.cpp
  LINKS ts_trace)

foreach(test codec labels places stepchanges stepfolds stepgraph steps stepsearch text timeline value)
  ts_test(tst_${test} SUITE unit SOURCES ${tests_trace}/tst_${test}.cpp LINKS ts_sampletrace)
endforeach()
# Forges batches that the encoder would not write.
target_include_directories(tst_codec SYSTEM PRIVATE $<TARGET_PROPERTY:ts_trace,TRACE_GENERATED>)
target_link_libraries(tst_codec PRIVATE flatbuffers::flatbuffers_shared)

include(${CMAKE_CURRENT_LIST_DIR}/../fuzz/fuzz.cmake)
