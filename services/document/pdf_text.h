#ifndef STARACTION_SERVICES_DOCUMENT_PDF_TEXT_H_
#define STARACTION_SERVICES_DOCUMENT_PDF_TEXT_H_

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/strings/str_replace.h"

namespace staraction::document {

// The file's text as another program reads it: lines without spaces (where digits meet kanji the
// layout sets space, which the reader takes for spaces), no empty lines, a form feed after each
// page. The file stays in the temporary folder.
inline std::string PdfText(const std::string& bytes, const std::string& name) {
  const std::string path = ::testing::TempDir() + "/staraction_" + name + ".pdf";
  std::ofstream(path, std::ios::binary) << bytes;
  FILE* pipe = popen(("pdftotext -layout '" + path + "' -").c_str(), "r");
  if (pipe == nullptr) return "pdftotext does not start";
  std::string text;
  char buffer[4096];
  for (size_t got; (got = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) text.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0);
  text = absl::StrReplaceAll(text, {{" ", ""}});
  while (text.find("\n\n") != std::string::npos) {
    text = absl::StrReplaceAll(text, {{"\n\n", "\n"}});
  }
  return text;
}

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_PDF_TEXT_H_
