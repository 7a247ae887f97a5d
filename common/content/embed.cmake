# Writes a .cc with the files of the packs as string literals.
#   cmake -DROOT=<packs folder> -DFILES=<file>,… -DOUT=<file.cc> -P embed.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(packs)
foreach(file IN LISTS FILES)
  string(REGEX REPLACE "/.*" "" pack ${file})
  string(REGEX REPLACE "^[^/]*/(.*)$" "\\1" path ${file})
  list(APPEND packs ${pack})
  file(READ ${ROOT}/${file} text)
  string(APPEND files_${pack} "{R\"sa(${path})sa\", R\"sa(${text})sa\"},\n")
endforeach()
list(REMOVE_DUPLICATES packs)
set(body)
foreach(pack IN LISTS packs)
  string(APPEND body "{\"${pack}\", {\n${files_${pack}}}},\n")
endforeach()
file(WRITE ${OUT}
     "#include \"common/content/source.h\"\n\nnamespace staraction::content {\n\n"
     "std::vector<PackSource> BuiltInPacks() {\n  return {\n${body}  };\n}\n\n"
     "}  // namespace staraction::content\n")
