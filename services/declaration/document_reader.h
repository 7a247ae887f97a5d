#ifndef STARACTION_SERVICES_DECLARATION_DOCUMENT_READER_H_
#define STARACTION_SERVICES_DECLARATION_DOCUMENT_READER_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "common/service/host.h"
#include "staraction/document/v1/approved_service.grpc.pb.h"

namespace staraction::declaration {

// What the document service says the call's client has approved. Asked with this service's own
// token, so that jobs can too, and never inside a transaction. Thread safe. Tests have a fixed one.
class DocumentReader {
 public:
  virtual ~DocumentReader() = default;
  virtual absl::StatusOr<std::vector<document::v1::Approved>> ListApproved(
      const Call& call, const document::v1::ListApprovedRequest& request) = 0;
};

// What holds of the basic policy; nothing if none is approved.
absl::StatusOr<std::optional<document::v1::Approved>> ReadPolicy(DocumentReader& documents,
                                                                 const Call& call, bool with_text);
// What is pledged: the basic policy, then the regulations; without words.
absl::StatusOr<std::vector<document::v1::Approved>> ReadPledged(DocumentReader& documents,
                                                                const Call& call, bool with_pdf);

// The real one.
class RemoteDocumentReader final : public DocumentReader {
 public:
  explicit RemoteDocumentReader(Host& host);
  absl::StatusOr<std::vector<document::v1::Approved>> ListApproved(
      const Call& call, const document::v1::ListApprovedRequest& request) override;

 private:
  Host& host_;
  std::unique_ptr<document::v1::ApprovedService::Stub> stub_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_DOCUMENT_READER_H_
