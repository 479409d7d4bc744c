# tests of scene
set(tests_scene ${CMAKE_CURRENT_LIST_DIR})
add_library(ts_film STATIC ${tests_scene}/film.cpp)
target_link_libraries(ts_film PUBLIC ts_scene ts_sampletrace)

add_executable(tapescope-reel EXCLUDE_FROM_ALL ${tests_scene}/reel_main.cpp)
target_link_libraries(tapescope-reel PRIVATE ts_film)

ts_test(tst_theme SUITE unit SOURCES ${tests_scene}/tst_theme.cpp LINKS ts_scene)
ts_test(tst_sceneparts SUITE unit SOURCES ${tests_scene}/tst_sceneparts.cpp LINKS ts_film)
ts_test(tst_scene SUITE unit SOURCES ${tests_scene}/tst_scene.cpp LINKS ts_film)
ts_test(tst_travels SUITE unit SOURCES ${tests_scene}/tst_travels.cpp LINKS ts_film)
ts_test(tst_paint SUITE unit SOURCES ${tests_scene}/tst_paint.cpp LINKS ts_film)
