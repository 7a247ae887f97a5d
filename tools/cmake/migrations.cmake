# sa_migrations(<name> FUNCTION <ns::Function> FILES <0001_x.sql>…)
# Compiles SQL files into a function `const std::vector<staraction::pg::Migration>& Function()`.
# Written at configure time; a changed file configures again.
function(sa_migrations out_source)
  cmake_parse_arguments(ARG "" "NAMESPACE;FUNCTION" "FILES" ${ARGN})
  set(entries "")
  foreach(file ${ARG_FILES})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    file(READ ${file} sql)
    get_filename_component(name ${file} NAME)
    string(REGEX MATCH "^[0-9]+" version ${name})
    math(EXPR version "${version}")
    string(APPEND entries "      {${version}, \"${name}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${out_source}.cc)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include "common/pg/migrate.h"

namespace @ARG_NAMESPACE@ {

const std::vector<staraction::pg::Migration>& @ARG_FUNCTION@();
const std::vector<staraction::pg::Migration>& @ARG_FUNCTION@() {
  static const auto* all = new std::vector<staraction::pg::Migration>{
@entries@  };
  return *all;
}

}  // namespace @ARG_NAMESPACE@
]])
  set(${out_source} ${source} PARENT_SCOPE)
endfunction()
