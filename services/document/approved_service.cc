#include "services/document/approved_service.h"

#include <utility>
#include <vector>

#include "common/base/macros.h"
#include "services/document/render.h"
#include "services/document/store/revisions.h"

namespace staraction::document {
namespace {

using pg::Transaction;

absl::StatusOr<v1::Approved> Describe(const ApprovedRevision& approved,
                                      const v1::ListApprovedRequest& request,
                                      const std::shared_ptr<const FontLibrary>& fonts) {
  const v1::Revision& revision = approved.revision;
  v1::Approved out;
  out.set_revision(revision.name());
  out.set_kind(approved.kind);
  out.set_title(revision.document().title());
  out.set_number(revision.number());
  out.set_digest(revision.digest());
  *out.mutable_approve_date() = revision.approve_date();
  out.set_approver_display_name(revision.approver_display_name());
  const std::vector<MemberSheet> nobody(1);
  if (request.with_text()) {
    SA_ASSIGN_OR_RETURN(File text, MakeFile(revision, nobody, v1::RENDER_FORMAT_TEXT, fonts));
    out.set_text(std::move(text.bytes));
  }
  if (request.with_pdf()) {
    SA_ASSIGN_OR_RETURN(File pdf, MakeFile(revision, nobody, v1::RENDER_FORMAT_PDF, fonts));
    out.set_pdf(std::move(pdf.bytes));
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::ListApprovedResponse> ApprovedService::List(
    const Call& call, const v1::ListApprovedRequest& request) {
  SA_ASSIGN_OR_RETURN(const auto all, pool_.Read(call, [&](Transaction& tx) {
    return ReadApproved(tx, request.kinds());
  }));
  v1::ListApprovedResponse response;
  for (const ApprovedRevision& each : all) {
    SA_ASSIGN_OR_RETURN(*response.add_approved(), Describe(each, request, fonts_));
  }
  return response;
}

grpc::ServerUnaryReactor* ApprovedService::ListApproved(grpc::CallbackServerContext* context,
                                                        const v1::ListApprovedRequest* request,
                                                        v1::ListApprovedResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return List(call, *request); });
}

}  // namespace staraction::document
