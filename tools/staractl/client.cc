#include "tools/staractl/client.h"

#include <google/protobuf/util/json_util.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/identity/programs.h"
#include "common/resource/fingerprint.h"

namespace staraction::ctl {
namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Language TerminalLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = Variable(name);
    if (!value.empty()) {
      return absl::StartsWith(value, "en") ? Language::kEnglish : Language::kJapanese;
    }
  }
  return Language::kJapanese;
}

}  // namespace

Option TlsOption() {
  return {"tls", "DIR",
          "folder with tls.crt, tls.key and ca.crt of the operator; else STARACTION_TLS_DIR"};
}

absl::StatusOr<std::shared_ptr<Credentials>> CallCredentials(const Arguments& arguments,
                                                             const std::string& address) {
  TlsSettings settings;
  settings.dir = arguments.Has("tls") ? arguments.Get("tls") : Variable("STARACTION_TLS_DIR");
  settings.plaintext_allowed = Variable("STARACTION_PLAINTEXT_ALLOWED") == "true";
  SA_RETURN_IF_ERROR(CheckAddress(settings, "address", address));
  return Credentials::Create(settings, kOperator);
}

std::vector<Option> WithCallOptions(std::vector<Option> options) {
  options.push_back(
      {"engagement", "ADDRESS", "gRPC address of the engagement service", false, "127.0.0.1:7101"});
  options.push_back({"token", "TOKEN", "who calls; else the variable STARACTION_TOKEN"});
  options.push_back(TlsOption());
  options.push_back({"json", "", "print the reply as JSON"});
  return options;
}

Call CallWithToken(const std::string& token) {
  Call call;
  call.token = token;
  call.now = RealClock()();
  call.deadline = call.now + absl::Seconds(30);
  call.language = TerminalLanguage();
  call.trace = NewTrace();
  return call;
}

absl::StatusOr<Call> UserCall(const Arguments& arguments) {
  const std::string token =
      arguments.Has("token") ? arguments.Get("token") : Variable("STARACTION_TOKEN");
  if (token.empty()) return UsageError("--token or STARACTION_TOKEN is wanted: see staractl token");
  return CallWithToken(token);
}

std::string RequestIdOf(const google::protobuf::Message& request) {
  std::string hex = Fingerprint(request).substr(0, 32);
  // Version 4, RFC 4122 variant: the form that every reader of UUIDs accepts.
  hex[12] = '4';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    return absl::InternalError("the reply cannot be printed as JSON");
  }
  return json;
}

}  // namespace staraction::ctl
