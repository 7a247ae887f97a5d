# Compiler cache and linker, where the machine has them.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # base_dir and hash_dir let checkouts at different places share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
                                  CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()
