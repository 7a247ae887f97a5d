#ifndef STARACTION_COMMON_BASE_PARSED_H_
#define STARACTION_COMMON_BASE_PARSED_H_

#include <string>
#include <utility>
#include <variant>

namespace staraction {

// Why a text that somebody typed cannot be read, in the reader's words: what came, and a sentence
// in each language that says what is wanted instead.
struct Problem {
  std::string came;
  std::string en;  // "want a day that exists, such as 2026-04-01"
  std::string ja;  // "実在する日付（例：2026/4/1）を入力してください"
};

// A value read from a text, or why there is none.
template <typename T>
class Parsed {
 public:
  Parsed(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Parsed(Problem problem) : content_(std::in_place_index<1>, std::move(problem)) {}

  bool ok() const { return content_.index() == 0; }
  // Only if ok().
  const T& operator*() const { return std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  // Only if not ok().
  const Problem& problem() const { return std::get<1>(content_); }

 private:
  std::variant<T, Problem> content_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_PARSED_H_
