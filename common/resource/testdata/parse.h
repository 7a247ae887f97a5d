#ifndef STARACTION_COMMON_RESOURCE_TESTDATA_PARSE_H_
#define STARACTION_COMMON_RESOURCE_TESTDATA_PARSE_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace staraction::test {

// A message from Protobuf text format.
template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Its fields on one line, maps in order of their keys.
inline std::string Print(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.PrintToString(message, &text);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace staraction::test

#endif  // STARACTION_COMMON_RESOURCE_TESTDATA_PARSE_H_
