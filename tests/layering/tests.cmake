# The rules of the house: who includes whom, the form of the files, and the sums that ./test prints.
set(layering ${CMAKE_CURRENT_LIST_DIR})
add_test(NAME layering COMMAND ${Python3_EXECUTABLE} -B ${layering}/check_layers.py ${PROJECT_SOURCE_DIR})
add_test(NAME layering_check COMMAND ${Python3_EXECUTABLE} -B ${layering}/test_check_layers.py)
add_test(NAME layering_totals COMMAND ${Python3_EXECUTABLE} -B ${layering}/test_totals.py)
set_tests_properties(layering layering_check layering_totals PROPERTIES LABELS layering)
