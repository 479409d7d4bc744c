# tests of worker: the real program on real scripts
add_library(ts_workerrun STATIC ${CMAKE_CURRENT_LIST_DIR}/workerrun.cpp)
target_link_libraries(ts_workerrun PUBLIC project ts_trace Qt6::Core)

foreach(name worker callsites scriptdigest sandbox missing)
  ts_test(tst_${name} SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_${name}.cpp LINKS ts_workerrun)
  add_dependencies(tst_${name} tapescope-worker)
endforeach()
target_link_libraries(tst_sandbox PRIVATE PkgConfig::SECCOMP)

ts_test(tst_eventpipe SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_eventpipe.cpp
        ${PROJECT_SOURCE_DIR}/app/worker/farewell.cpp ${PROJECT_SOURCE_DIR}/app/worker/pipe.cpp LINKS ts_trace)
ts_test(tst_hostile SUITE hostile SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_hostile.cpp LINKS ts_workerrun)
add_dependencies(tst_hostile tapescope-worker)
