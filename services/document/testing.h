#ifndef STARACTION_SERVICES_DOCUMENT_TESTING_H_
#define STARACTION_SERVICES_DOCUMENT_TESTING_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "services/document/layout/font_library.h"
#include "staraction/document/v1/block.pb.h"

// Helpers of this service's tests.
namespace staraction::document {

inline v1::BlockDocument ParseDocument(const std::string& text) {
  v1::BlockDocument document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document)) << text;
  return document;
}

// A file of testdata.
inline v1::BlockDocument ReadDocument(const std::string& name) {
  std::ifstream in("services/document/testdata/" + name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_TRUE(in) << name;
  return ParseDocument(text.str());
}

// The fonts that the build prepared; one library for all tests of a program.
inline std::shared_ptr<const FontLibrary> TestFonts() {
  static const auto fonts = FontLibrary::Open(SA_FONT_DIR);
  EXPECT_TRUE(fonts.ok()) << fonts.status();
  return *fonts;
}

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_TESTING_H_
