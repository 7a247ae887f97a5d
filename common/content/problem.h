#ifndef STARACTION_COMMON_CONTENT_PROBLEM_H_
#define STARACTION_COMMON_CONTENT_PROBLEM_H_

#include <string>
#include <vector>

namespace staraction::content {

// Something that is wrong with a pack.
struct Problem {
  // File, as "<pack>/<path inside the pack>".
  std::string file;
  // Line in the file, from 1; 0: the file or pack as a whole.
  int line = 0;
  // Field inside the file, e.g. `offerings["one-star"].pricing`; empty: no field in particular.
  std::string path;
  // What is wrong and what is wanted.
  std::string text;

  // "<file>:<line>: <path>: <text>"
  std::string ToString() const;
};

using Problems = std::vector<Problem>;

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_PROBLEM_H_
