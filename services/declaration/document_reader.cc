#include "services/declaration/document_reader.h"

#include <algorithm>

#include "common/base/macros.h"
#include "common/rpc/peer.h"

namespace staraction::declaration {
namespace {

// Files are made at the first call, on the document service's worker.
constexpr absl::Duration kTime = absl::Seconds(15);

}  // namespace

absl::StatusOr<std::optional<document::v1::Approved>> ReadPolicy(DocumentReader& documents,
                                                                 const Call& call, bool with_text) {
  document::v1::ListApprovedRequest request;
  request.set_client(call.client_name());
  request.add_kinds(document::v1::DOCUMENT_KIND_BASIC_POLICY);
  request.set_with_text(with_text);
  SA_ASSIGN_OR_RETURN(auto approved, documents.ListApproved(call, request));
  if (approved.empty()) return std::optional<document::v1::Approved>();
  return std::optional(std::move(approved.front()));
}

absl::StatusOr<std::vector<document::v1::Approved>> ReadPledged(DocumentReader& documents,
                                                                const Call& call, bool with_pdf) {
  document::v1::ListApprovedRequest request;
  request.set_client(call.client_name());
  request.add_kinds(document::v1::DOCUMENT_KIND_BASIC_POLICY);
  request.add_kinds(document::v1::DOCUMENT_KIND_REGULATIONS);
  request.set_with_pdf(with_pdf);
  return documents.ListApproved(call, request);
}

RemoteDocumentReader::RemoteDocumentReader(Host& host)
    : host_(host), stub_(document::v1::ApprovedService::NewStub(host.channel("document"))) {}

absl::StatusOr<std::vector<document::v1::Approved>> RemoteDocumentReader::ListApproved(
    const Call& call, const document::v1::ListApprovedRequest& request) {
  SA_ASSIGN_OR_RETURN(Call own, host_.ServiceCall(call.organization(), call.client(), kTime));
  own.deadline = std::min(own.deadline, call.deadline);
  own.trace = call.trace;
  using Stub = document::v1::ApprovedService::Stub;
  SA_ASSIGN_OR_RETURN(document::v1::ListApprovedResponse response,
                      CallPeer(own, *stub_, &Stub::ListApproved, request, kTime));
  return std::vector<document::v1::Approved>(
      std::make_move_iterator(response.mutable_approved()->begin()),
      std::make_move_iterator(response.mutable_approved()->end()));
}

}  // namespace staraction::declaration
