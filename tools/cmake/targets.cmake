# The four kinds of target of this project. Sources are always listed explicitly.
#
#   sa_proto_library(<name> PACKAGE <package> FILES <f.proto>… [DEPS <targets>…])
#   sa_library(<name> SOURCES <files>… [DEPS <targets>…])         alias staraction::<name>
#   sa_program(<name> SOURCES <files>… [DEPS <targets>…])
#   sa_test(<name> LABEL unit|pg|e2e|long SOURCES <files>… [DEPS <targets>…])

set(SA_GEN_DIR ${CMAKE_BINARY_DIR}/gen)
set(SA_GOOGLE_PROTO_DIR ${CMAKE_BINARY_DIR}/google_protos)
set(SA_WARNINGS -Wall -Wextra -Wshadow -Wconversion -Werror)
if(SA_FUZZ)  # by clang, whose warnings are others
  set(SA_WARNINGS)
endif()

# One custom command a file: protoc once, messages and gRPC code into one root. CMake's own
# protobuf_generate looks in the wrong folder when a proto lies outside the current source folder.
function(sa_generate_protos out_sources root)
  set(sources)
  foreach(file ${ARGN})
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    set(outputs ${SA_GEN_DIR}/${stem}.pb.cc ${SA_GEN_DIR}/${stem}.pb.h
                ${SA_GEN_DIR}/${stem}.grpc.pb.cc ${SA_GEN_DIR}/${stem}.grpc.pb.h)
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc -I ${CMAKE_SOURCE_DIR}/proto -I ${SA_GOOGLE_PROTO_DIR} -I ${root}
              --cpp_out=${SA_GEN_DIR} --grpc_out=${SA_GEN_DIR}
              --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin> ${root}/${file}
      DEPENDS ${root}/${file}
      COMMENT "protoc ${file}" VERBATIM)
    list(APPEND sources ${SA_GEN_DIR}/${stem}.pb.cc)
    # Only files with a service have gRPC code worth compiling.
    file(STRINGS ${root}/${file} services REGEX "^service ")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${root}/${file})
    if(services)
      list(APPEND sources ${SA_GEN_DIR}/${stem}.grpc.pb.cc)
    endif()
  endforeach()
  set(${out_sources} ${sources} PARENT_SCOPE)
endfunction()

function(sa_generated_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(staraction::${name} ALIAS ${name})
  target_include_directories(${name} SYSTEM PUBLIC ${SA_GEN_DIR})
  target_compile_options(${name} PRIVATE -w -O1 -g0)
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf gRPC::grpc++ ${ARG_DEPS})
endfunction()

function(sa_proto_library name)
  cmake_parse_arguments(ARG "" "PACKAGE" "FILES;DEPS" ${ARGN})
  string(REPLACE "." "/" dir ${ARG_PACKAGE})
  list(TRANSFORM ARG_FILES PREPEND ${dir}/)
  sa_generate_protos(sources ${CMAKE_SOURCE_DIR}/proto ${ARG_FILES})
  sa_generated_library(${name} SOURCES ${sources} DEPS ${ARG_DEPS})
endfunction()

function(sa_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(staraction::${name} ALIAS ${name})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${SA_WARNINGS})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
endfunction()

function(sa_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${SA_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

function(sa_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_LABEL MATCHES "^(unit|pg|e2e|long)$")
    message(FATAL_ERROR "sa_test(${name}): LABEL must be unit, pg, e2e or long, got '${ARG_LABEL}'")
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${SA_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()
