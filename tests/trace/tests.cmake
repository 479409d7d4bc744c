# tests of trace
add_library(ts_sampletrace STATIC
  ${CMAKE_CURRENT_LIST_DIR}/logbuilder.cpp
  ${CMAKE_CURRENT_LIST_DIR}/randomevents.cpp
  ${CMAKE_CURRENT_LIST_DIR}/samplecut.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sampletrace.cpp)
target_link_libraries(ts_sampletrace PUBLIC ts_trace)

foreach(test codec stepgraph steps stepsearch text timeline value)
  ts_test(tst_${test} SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_${test}.cpp LINKS ts_sampletrace)
endforeach()
# Forges batches that the encoder would not write.
target_include_directories(tst_codec SYSTEM PRIVATE $<TARGET_PROPERTY:ts_trace,TRACE_GENERATED>)
target_link_libraries(tst_codec PRIVATE flatbuffers::flatbuffers_shared)

include(${CMAKE_CURRENT_LIST_DIR}/../fuzz/fuzz.cmake)
