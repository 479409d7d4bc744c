# tests of diagnosis
add_library(ts_story STATIC ${CMAKE_CURRENT_LIST_DIR}/story.cpp)
target_link_libraries(ts_story PUBLIC ts_diagnosis ts_sampletrace)
foreach(name causes forged observation pairing report script transformation)
  ts_test(tst_diagnosis_${name} SUITE doctor SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_${name}.cpp LINKS ts_story)
endforeach()
include(${CMAKE_CURRENT_LIST_DIR}/../scripts/tests.cmake)
