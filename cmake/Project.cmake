# One target carries the language level, the warnings and the sanitizers; every library of ours links it.
find_package(Python3 REQUIRED COMPONENTS Interpreter Development.Embed NumPy)
find_package(pybind11 REQUIRED CONFIG)
find_package(Eigen3 REQUIRED CONFIG)
find_package(FlatBuffers REQUIRED CONFIG)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Test)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(GRAPHVIZ REQUIRED IMPORTED_TARGET libgvc libcgraph)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(project INTERFACE)
target_compile_features(project INTERFACE cxx_std_20)
target_include_directories(project INTERFACE ${PROJECT_SOURCE_DIR})
# No fused multiply-add and no reassociation: numbers are TensorFlow's, the same on every machine of a kind.
target_compile_options(project INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wold-style-cast -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough)
# gcc 12 sees overlaps in `"text" + std::string` that are not there (its bug 105651), when it optimises.
target_compile_options(project INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>)
if(TAPESCOPE_WERROR)
  target_compile_options(project INTERFACE -Werror)
endif()
if(TAPESCOPE_SANITIZE)
  target_compile_options(project INTERFACE -fsanitize=${TAPESCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(project INTERFACE -fsanitize=${TAPESCOPE_SANITIZE})
endif()
target_compile_definitions(project INTERFACE TAPESCOPE_VERSION="${PROJECT_VERSION}" QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII
                           QT_NO_FOREACH QT_NO_CAST_FROM_BYTEARRAY)
if(TAPESCOPE_TIDY)
  find_program(CLANG_TIDY clang-tidy REQUIRED)
endif()

# ts_library(name SOURCES... LINKS ...): a static library of ours, with the warnings and, in the tidy preset, clang-tidy.
function(ts_library name)
  cmake_parse_arguments(ARG "QT" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC project ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  if(ARG_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  if(TAPESCOPE_TIDY)
    set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "${CLANG_TIDY};--quiet")
  endif()
endfunction()

# ts_embed(target file...): files become byte arrays that the program finds by name (resources without Qt).
function(ts_embed target symbol)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/embed.py ${symbol} ${output} ${ARGN}
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.py VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
