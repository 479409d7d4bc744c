# tests of view
set(tests_view ${CMAKE_CURRENT_LIST_DIR})
ts_library(ts_sampletape HEADERS ts_view
  SOURCES ${tests_view}/openwindow.cpp ${tests_view}/sampletape.cpp
  LINKS ts_sampletrace ts_view Qt6::Test)

foreach(test deck exports folds hearing hover inspection opening palette player rerun scriptpane selection supplies transport viewport walk window)
  ts_test(tst_${test} SUITE gui SOURCES ${tests_view}/tst_${test}.cpp LINKS ts_sampletape)
  # Windows start the process of the layout and, for scripts, the worker.
  add_dependencies(tst_${test} tapescope-layout tapescope-worker)
endforeach()

# Once more on screens whose points are larger.
foreach(test folds window)
  foreach(scale 1.5 2)
    add_test(NAME tst_${test}_scale_${scale} COMMAND tst_${test})
    set_tests_properties(tst_${test}_scale_${scale} PROPERTIES LABELS gui TIMEOUT 600 ENVIRONMENT
      "QT_QPA_PLATFORM=offscreen;QT_SCALE_FACTOR=${scale};TAPESCOPE_SOURCE=${PROJECT_SOURCE_DIR};TAPESCOPE_BIN=${CMAKE_BINARY_DIR}")
  endforeach()
endforeach()

# Pictures of the window for the documentation.
add_executable(tapescope-shots EXCLUDE_FROM_ALL ${tests_view}/shots_main.cpp)
target_link_libraries(tapescope-shots PRIVATE ts_sampletape)
add_dependencies(tapescope-shots tapescope-layout tapescope-worker)
