#include "common/content/wording.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace staraction::content {
namespace {

struct Sentence {
  int line;
  std::string text;
};

// Length of the sentence end that begins at `i`, or 0. A line that begins a heading, list item or
// table row begins a sentence too.
size_t EndAt(const std::string& text, size_t i) {
  for (const char* mark : {"。", "！", "？"}) {
    const std::string end(mark);
    if (text.compare(i, end.size(), end) == 0) return end.size();
  }
  if (text[i] != '\n') return 0;
  const size_t next = text.find_first_not_of(" \t", i + 1);
  const bool begins = next == std::string::npos ||
                      std::string("\n#-*|>0123456789").find(text[next]) != std::string::npos;
  return begins ? 1 : 0;
}

std::vector<Sentence> Split(const std::string& text) {
  std::vector<Sentence> sentences;
  Sentence current{1, ""};
  int line = 1;
  for (size_t i = 0; i < text.size();) {
    const size_t end = EndAt(text, i);
    const size_t step = end > 0 ? end : 1;
    if (text[i] == '\n') ++line;
    if (end > 0) {
      sentences.push_back(std::move(current));
      current = {line, ""};
    } else if (text[i] != '\n') {
      if (current.text.empty()) current.line = line;
      current.text += text[i];
    }
    i += step;
  }
  sentences.push_back(std::move(current));
  return sentences;
}

bool Says(const std::string& lower, const std::string& word) {
  return absl::StrContains(lower, absl::AsciiStrToLower(word));
}

// The sentence without the phrases that are fine; something stays in their place, so that what
// stood around them doesn't make a new word.
std::string WithoutAllowed(std::string lower, const v1::WordingCheck& check) {
  for (const std::string& phrase : check.allowed()) {
    lower = absl::StrReplaceAll(lower, {{absl::AsciiStrToLower(phrase), "\x1f"}});
  }
  return lower;
}

}  // namespace

std::vector<WordingFinding> FindForbiddenWording(const std::string& text,
                                                 const v1::WordingCheck& check) {
  std::vector<WordingFinding> findings;
  for (const Sentence& sentence : Split(text)) {
    const std::string lower = absl::AsciiStrToLower(sentence.text);
    const auto said = [&lower](const std::string& word) { return Says(lower, word); };
    if (check.near_size() > 0 && std::none_of(check.near().begin(), check.near().end(), said)) {
      continue;
    }
    const std::string rest = WithoutAllowed(lower, check);
    for (const std::string& word : check.forbidden()) {
      if (Says(rest, word)) findings.push_back({sentence.line, sentence.text, word});
    }
  }
  return findings;
}

}  // namespace staraction::content
