#include "services/gateway/transcode/json.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/json/message_writer.h"
#include "common/status/errors.h"

namespace staraction::gateway {
namespace {

namespace util = google::protobuf::util;

// protobuf reports "(client.hire_date): invalid value …": the path in front, if there is one.
std::string ReportedField(const std::string& message) {
  const size_t end = message.find(')');
  if (message.empty() || message.front() != '(' || end == std::string::npos) return "";
  const std::string path = message.substr(1, end - 1);
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '[' ||
           c == ']';
  });
  return plain ? path : "";
}

}  // namespace

std::string QuoteJson(const std::string& text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

absl::StatusOr<std::string> PrintDetail(const google::protobuf::Message& message) {
  std::string json;
  const auto status = util::MessageToJsonString(message, &json);
  if (!status.ok()) return Internal(absl::StrCat("cannot print a detail: ", status.ToString()));
  return json;
}

absl::Status ParseCheckedJson(const std::string& text, const std::string& prefix,
                              google::protobuf::Message* message) {
  const auto status = util::JsonStringToMessage(text, message);
  if (status.ok()) return absl::OkStatus();
  const std::string field = ReportedField(std::string(status.message()));
  if (field.empty()) {
    return InvalidField("body", "has a value that doesn't fit its field",
                        "フィールドに合わない値があります");
  }
  return InvalidField(prefix + field, "the value doesn't fit the field",
                      "値がフィールドの型に合いません");
}

}  // namespace staraction::gateway
