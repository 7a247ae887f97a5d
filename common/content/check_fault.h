#ifndef STARACTION_COMMON_CONTENT_CHECK_FAULT_H_
#define STARACTION_COMMON_CONTENT_CHECK_FAULT_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/content/source.h"

// For tests of the checker: the built-in packs with one thing spoilt.
namespace staraction::content {

struct Fault {
  std::string name;
  // "<folder>/<path>" of the file.
  std::string file;
  // First occurrence of `from` becomes `to`.
  std::string from;
  std::string to;
  // Part of the problem, and of the place where it is reported.
  std::string want;
  std::string place;
};

inline std::vector<PackSource> Spoiled(const Fault& fault) {
  auto packs = BuiltInPacks();
  bool done = false;
  for (auto& pack : packs) {
    for (auto& file : pack.files) {
      if (pack.folder + "/" + file.path != fault.file) continue;
      const size_t at = file.text.find(fault.from);
      if (at == std::string::npos) continue;
      file.text.replace(at, fault.from.size(), fault.to);
      done = true;
    }
  }
  EXPECT_TRUE(done) << "nothing to spoil: " << fault.file << " has no " << fault.from;
  return packs;
}

// Each case spoils one thing and names what the checker must say.
class CheckTest : public testing::TestWithParam<Fault> {};

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_CHECK_FAULT_H_
