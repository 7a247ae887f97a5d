#ifndef STARACTION_COMMON_CONTENT_SOURCE_H_
#define STARACTION_COMMON_CONTENT_SOURCE_H_

#include <string>
#include <vector>

#include "common/content/problem.h"

namespace staraction::content {

// A file of a pack; `path` is relative to the pack's folder, with forward slashes.
struct PackFile {
  std::string path;
  std::string text;
};

// A pack before it is parsed: its folder's name and its .textproto and .md files by path.
struct PackSource {
  std::string folder;
  std::vector<PackFile> files;
};

// The packs that were embedded at build time.
std::vector<PackSource> BuiltInPacks();

// Every folder of `directory` that has a pack.textproto, by name. Files of other kinds are left
// alone; what can't be read, and files over 1 MiB, are reported and their pack left out.
std::vector<PackSource> ReadPacks(const std::string& directory, Problems& problems);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_SOURCE_H_
