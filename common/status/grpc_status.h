#ifndef STARACTION_COMMON_STATUS_GRPC_STATUS_H_
#define STARACTION_COMMON_STATUS_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace staraction {

// Language of texts for people.
enum class Language { kJapanese, kEnglish };

// Japanese unless the header prefers English: the first of "ja" and "en" in order of its q-values.
Language ParseAcceptLanguage(const std::string& header);

// The error as it leaves a server: domain filled in, one LocalizedMessage in the reader's
// language, RequestInfo with the id of the request (unless empty), internal notes removed, details
// cut to 4 KiB (larger ones destroy a gRPC status).
google::rpc::Status ToWire(const absl::Status& status, const std::string& domain, Language language,
                           const std::string& request_id = "");

grpc::Status ToGrpc(const google::rpc::Status& wire);

// A peer's error with its details.
absl::Status FromGrpc(const grpc::Status& status);

// What a log line may say of the error: code, reason and internal note, no personal data.
std::string LogText(const absl::Status& status);

}  // namespace staraction

#endif  // STARACTION_COMMON_STATUS_GRPC_STATUS_H_
