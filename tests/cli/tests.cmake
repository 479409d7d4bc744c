# tests of cli
set(cli_tests ${CMAKE_CURRENT_LIST_DIR})
foreach(name place report command)
  ts_test(tst_${name} SUITE unit SOURCES ${cli_tests}/tst_${name}.cpp LINKS ts_cli ts_sampletrace)
endforeach()

# End to end, on the built program.
foreach(name cli files)
  ts_test(tst_${name} SUITE scripts SOURCES ${cli_tests}/tst_${name}.cpp LINKS ts_document)
  add_dependencies(tst_${name} tapescope)
  target_compile_definitions(tst_${name} PRIVATE TAPESCOPE_PROGRAM="$<TARGET_FILE:tapescope>")
endforeach()
