#ifndef STARACTION_COMMON_CONTENT_PARSE_H_
#define STARACTION_COMMON_CONTENT_PARSE_H_

#include <google/protobuf/text_format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/content/problem.h"
#include "common/content/source.h"
#include "staraction/content/v1/pack.pb.h"

namespace staraction::content {

// One .textproto file, with the lines on which its fields stand.
struct Fragment {
  std::string file;
  v1::Pack content;
  google::protobuf::TextFormat::ParseInfoTree lines;
};

// A pack as it was written, not yet checked.
struct ParsedPack {
  std::string folder;
  // The head, from pack.textproto; empty if there is none.
  v1::Pack head;
  std::vector<std::unique_ptr<Fragment>> fragments;
  // Markdown files by path inside the pack.
  std::map<std::string, std::string> markdown;

  // The whole as one message: URN and version on every object, Markdown filled in.
  v1::Pack Joined() const;
};

// Parses every file of a pack. Unknown fields, text that is not UTF-8, and a missing or doubled
// head are problems.
ParsedPack ParsePack(const PackSource& source, Problems& problems);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_PARSE_H_
