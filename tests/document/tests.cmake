# tests of document
set(document_tests ${CMAKE_CURRENT_LIST_DIR})
foreach(name imports notebook source repair verdict document)
  ts_test(tst_${name} SUITE unit SOURCES ${document_tests}/tst_${name}.cpp LINKS ts_document)
endforeach()

# A worker that does what its script says, so that every way in which a worker can end is tested without Python.
add_executable(fakeworker ${document_tests}/fakeworker.cpp)
target_link_libraries(fakeworker PRIVATE project ts_trace)
ts_test(tst_run SUITE unit SOURCES ${document_tests}/tst_run.cpp LINKS ts_document)
add_dependencies(tst_run fakeworker)
target_compile_definitions(tst_run PRIVATE FAKE_WORKER="$<TARGET_FILE:fakeworker>")
