# tests of scene
set(tests_scene ${CMAKE_CURRENT_LIST_DIR})
add_library(ts_film STATIC ${tests_scene}/film.cpp)
target_link_libraries(ts_film PUBLIC ts_scene ts_sampletrace)

add_executable(tapescope-reel EXCLUDE_FROM_ALL ${tests_scene}/reel_main.cpp)
target_link_libraries(tapescope-reel PRIVATE ts_film)
