#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_FORMATS_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_FORMATS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "services/document/model/resolve.h"

// How values look in documents. What is unset or invalid is empty.
namespace staraction::document::domain {

std::string DateText(const google::type::Date& date);             // 2026年10月1日
std::string DateText(const google::protobuf::Timestamp& time);    // its day in Japan
std::string ShortDate(const google::protobuf::Timestamp& time);   // 2026/10/1
std::string ShortDate(const google::type::Date& date);            // 2026/10/1
std::string ClockText(const google::protobuf::Timestamp& time);   // 14:05
std::string YenText(int64_t yen);                                 // 165,000, -5,000
std::string DecimalText(double value);                            // 52.4, 100: one decimal at most
std::string GroupedText(const std::string& text, size_t length);  // ABCDEF GHIJKL

std::string StarText(int star);  // 一つ星

// "甲、乙": those that are not empty.
std::string JoinedText(const std::vector<std::string>& texts, const std::string& between);

// One row of one value for each text.
template <typename Texts>
std::vector<FieldValues> Rows(const Texts& texts, const std::string& code) {
  std::vector<FieldValues> rows;
  for (const std::string& text : texts) rows.push_back({{code, text}});
  return rows;
}

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_FORMATS_H_
