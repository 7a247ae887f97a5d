#include "common/status/grpc_status.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/strings.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

constexpr size_t kMaxDetailBytes = 4096;

std::string Payload(const absl::Status& status, const char* key) {
  const auto payload = status.GetPayload(key);
  return payload ? std::string(*payload) : std::string();
}

template <typename Detail>
void Pack(const absl::Status& status, google::rpc::Status& wire) {
  if (const auto detail = GetDetail<Detail>(status)) wire.add_details()->PackFrom(*detail);
}

// Keeps as many violations as fit; the message tells how many there were.
void PackBadRequest(const absl::Status& status, google::rpc::Status& wire) {
  auto bad = GetDetail<google::rpc::BadRequest>(status);
  if (!bad) return;
  while (bad->field_violations_size() > 1 &&
         wire.ByteSizeLong() + bad->ByteSizeLong() > kMaxDetailBytes) {
    bad->mutable_field_violations()->RemoveLast();
  }
  wire.add_details()->PackFrom(*bad);
}

void PackPrecondition(const absl::Status& status, google::rpc::Status& wire) {
  auto failure = GetDetail<google::rpc::PreconditionFailure>(status);
  if (!failure) return;
  while (failure->violations_size() > 1 &&
         wire.ByteSizeLong() + failure->ByteSizeLong() > kMaxDetailBytes) {
    failure->mutable_violations()->RemoveLast();
  }
  wire.add_details()->PackFrom(*failure);
}

}  // namespace

Language ParseAcceptLanguage(const std::string& header) {
  double best = 0;
  Language language = Language::kJapanese;
  for (absl::string_view part : absl::StrSplit(header, ',')) {
    std::vector<absl::string_view> pieces = absl::StrSplit(part, ';');
    const absl::string_view tag = absl::StripAsciiWhitespace(pieces[0]);
    double quality = 1;
    for (size_t i = 1; i < pieces.size(); ++i) {
      absl::string_view piece = absl::StripAsciiWhitespace(pieces[i]);
      if (absl::ConsumePrefix(&piece, "q=")) quality = std::atof(std::string(piece).c_str());
    }
    const bool english = absl::StartsWithIgnoreCase(tag, "en");
    if (!english && !absl::StartsWithIgnoreCase(tag, "ja")) continue;
    if (quality > best) {
      best = quality;
      language = english ? Language::kEnglish : Language::kJapanese;
    }
  }
  return language;
}

google::rpc::Status ToWire(const absl::Status& status, const std::string& domain, Language language,
                           const std::string& request_id) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  if (status.ok()) return wire;
  wire.set_message(std::string(status.message()));
  auto info = GetDetail<google::rpc::ErrorInfo>(status);
  if (!info) {
    // Not made by errors.h (a library's, or gRPC's own): neutral text, so nothing leaks.
    info.emplace();
    info->set_reason(absl::StrCat(absl::StatusCodeToString(status.code())));
    wire.set_message(absl::StatusCodeToString(status.code()));
  }
  if (info->domain().empty()) info->set_domain(domain);
  wire.add_details()->PackFrom(*info);

  google::rpc::LocalizedMessage text;
  if (const auto localized = GetDetail<google::rpc::LocalizedMessage>(status)) {
    text = *localized;  // A peer's, already in the reader's language.
  } else {
    const std::string japanese = Payload(status, "staraction/ja");
    const bool english = language == Language::kEnglish || japanese.empty();
    text.set_locale(english ? "en" : "ja");
    text.set_message(english ? wire.message() : japanese);
  }
  wire.add_details()->PackFrom(text);
  if (!request_id.empty()) {
    google::rpc::RequestInfo request;
    request.set_request_id(request_id);
    wire.add_details()->PackFrom(request);
  }
  Pack<google::rpc::ResourceInfo>(status, wire);
  Pack<google::rpc::RetryInfo>(status, wire);
  Pack<google::rpc::QuotaFailure>(status, wire);
  PackBadRequest(status, wire);
  PackPrecondition(status, wire);
  return wire;
}

grpc::Status ToGrpc(const google::rpc::Status& wire) {
  if (wire.code() == 0) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(wire.code()), wire.message(),
                      wire.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status wire;
  if (!wire.ParseFromString(status.error_details())) return out;
  for (const auto& detail : wire.details()) {
    out.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return out;
}

std::string LogText(const absl::Status& status) {
  const auto info = GetDetail<google::rpc::ErrorInfo>(status);
  const std::string note = Payload(status, "staraction/log");
  return absl::StrCat(absl::StatusCodeToString(status.code()), info ? " " + info->reason() : "",
                      note.empty() ? "" : ": ", note);
}

}  // namespace staraction
