#include "common/resource/name.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/resource/text.h"
#include "common/status/errors.h"
#include "google/api/resource.pb.h"

namespace staraction {
namespace {

std::vector<std::string> Segments(const std::string& text) {
  return absl::StrSplit(text, '/');
}

bool IsVariable(const std::string& segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool IsSegment(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '~' ||
           c == '-';
  });
}

std::string FirstTwo(const std::string& collection, const std::string& name) {
  const std::vector<std::string> segments = Segments(name);
  if (segments.size() < 2 || segments[0] != collection || !IsSegment(segments[1])) return "";
  return absl::StrCat(collection, "/", segments[1]);
}

}  // namespace

bool IsResourceName(const std::string& text) {
  const std::vector<std::string> segments = Segments(text);
  return std::all_of(segments.begin(), segments.end(), IsSegment);
}

absl::StatusOr<std::vector<std::string>> ParseName(const std::string& pattern,
                                                   const std::string& name,
                                                   const std::string& field) {
  const std::vector<std::string> wanted = Segments(pattern);
  const std::vector<std::string> came = Segments(name);
  std::vector<std::string> ids;
  bool fits = wanted.size() == came.size();
  for (size_t i = 0; fits && i < wanted.size(); ++i) {
    if (IsVariable(wanted[i])) {
      fits = IsSegment(came[i]);
      ids.push_back(came[i]);
    } else {
      fits = wanted[i] == came[i];
    }
  }
  if (fits) return ids;
  const std::string shown = Shorten(name);
  return InvalidField(
      field, absl::StrCat("'", shown, "' came; wanted a name like '", pattern, "'"),
      absl::StrCat("「", shown, "」は使えません。「", pattern, "」の形の名前を指定してください"));
}

std::string FormatName(const std::string& pattern, const std::vector<std::string>& ids) {
  std::vector<std::string> segments = Segments(pattern);
  size_t used = 0;
  for (std::string& segment : segments) {
    if (IsVariable(segment) && used++ < ids.size()) segment = ids[used - 1];
  }
  if (used != ids.size()) {
    std::fprintf(stderr, "FormatName: %zu ids for %s\n", ids.size(), pattern.c_str());
    std::abort();
  }
  return absl::StrJoin(segments, "/");
}

std::string ResourcePattern(const google::protobuf::Descriptor& message) {
  const auto& resource = message.options().GetExtension(google::api::resource);
  return resource.pattern_size() == 0 ? "" : resource.pattern(0);
}

std::string LastId(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

std::string ClientOf(const std::string& name) {
  return FirstTwo("clients", name);
}

std::string EngagementOf(const std::string& name) {
  return FirstTwo("engagements", name);
}

}  // namespace staraction
