#include "services/engagement/contact_service.h"

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/store/participation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

bool IsConsultant(const Call& call) {
  return call.access.Has(common::v1::ROLE_ADMIN) || call.access.Has(common::v1::ROLE_CONSULTANT);
}

// Whose open things are asked for: participants' own only.
absl::StatusOr<std::string> WhoseItems(const Call& call, const std::string& member) {
  if (call.principal.kind != Principal::Kind::kParticipant) {
    if (!member.empty()) return member;
    return InvalidField("member", "came empty; wanted clients/{client}/members/{member}",
                        "対象の人を指定してください");
  }
  const std::string& own = call.principal.members.front();
  if (member.empty() || member == own) return own;
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   "participants see their own open items only", "見られるのはご自身の分だけです");
}

}  // namespace

absl::Status ContactService::AddLinks(Transaction& tx,
                                      const v1::ListOutstandingMembersRequest& request,
                                      v1::ListOutstandingMembersResponse& reply) const {
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  SA_ASSIGN_OR_RETURN(auto links, LinksByMember(tx, request.parent()));
  for (v1::OutstandingMember& member : *reply.mutable_members()) {
    const auto link = links.find(member.member());
    if (link == links.end()) continue;
    member.set_has_link(true);
    if (!request.with_secrets()) continue;
    entry_.AddSecret(tx.organization(), organization.participant_url(), link->second);
    member.set_url(link->second.url());
    member.set_printed_code(entry_.PrintedCode(tx.organization(), link->second));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ListOutstandingMembersResponse> ContactService::Outstanding(
    const Call& call, const v1::ListOutstandingMembersRequest& request) {
  if (request.with_secrets() && !IsConsultant(call)) {
    return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                     "with_secrets is for consultants",
                     "リンクと確認コードは担当の支援者だけが出せます");
  }
  std::vector<std::string> silent;
  if (request.page_token().empty()) SA_RETURN_IF_ERROR(outreach_.Collect(call, &silent));
  return pool_.Read(
      call, [&](Transaction& tx) -> absl::StatusOr<v1::ListOutstandingMembersResponse> {
        SA_ASSIGN_OR_RETURN(const auto ground, outreach_.Load(tx, request.parent(), silent));
        auto members = domain::Outstanding(ground.facts);
        if (!request.department().empty()) {
          std::erase_if(members, [&](const v1::OutstandingMember& member) {
            return member.department() != request.department();
          });
        }
        SA_ASSIGN_OR_RETURN(Slice slice, SliceOf(members, request));
        v1::ListOutstandingMembersResponse reply;
        reply.set_total_size(static_cast<int32_t>(members.size()));
        reply.set_next_page_token(std::move(slice.next_page_token));
        for (const std::string& service : silent) reply.add_silent_services(service);
        for (size_t i = slice.begin; i < slice.end; ++i) {
          *reply.add_members() = std::move(members[i]);
        }
        SA_RETURN_IF_ERROR(AddLinks(tx, request, reply));
        return reply;
      });
}

ContactService::Reactor* ContactService::ListOutstandingMembers(
    Context* context, const v1::ListOutstandingMembersRequest* request,
    v1::ListOutstandingMembersResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Outstanding(call, *request); });
}

absl::StatusOr<v1::ListOpenItemsResponse> ContactService::OpenItems(
    const Call& call, const v1::ListOpenItemsRequest& request) {
  SA_ASSIGN_OR_RETURN(const std::string member, WhoseItems(call, request.member()));
  return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListOpenItemsResponse> {
    SA_RETURN_IF_ERROR(kMembers.Get(tx, member).status());
    SA_ASSIGN_OR_RETURN(const auto ground, outreach_.Load(tx, request.parent(), {}));
    v1::ListOpenItemsResponse reply;
    for (v1::OutstandingMember& person : domain::Outstanding(ground.facts)) {
      if (person.member() == member) *reply.mutable_items() = person.items();
    }
    return reply;
  });
}

ContactService::Reactor* ContactService::ListOpenItems(Context* context,
                                                       const v1::ListOpenItemsRequest* request,
                                                       v1::ListOpenItemsResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return OpenItems(call, *request); });
}

ContactService::Reactor* ContactService::CreateContactBlock(
    Context* context, const v1::CreateContactBlockRequest* request, v1::ContactBlock* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::ContactBlock> {
      v1::ContactBlock block = request->contact_block();
      SA_RETURN_IF_ERROR(kMembers.Get(tx, block.member()).status());
      block.set_name(request->parent() + "/contactBlocks/" + NewId(tx.now()));
      block.set_recorder(tx.call().Actor());
      return kContactBlocks.Insert(tx, std::move(block));
    });
  });
}

ContactService::Reactor* ContactService::ListContactBlocks(
    Context* context, const v1::ListContactBlocksRequest* request,
    v1::ListContactBlocksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListContactBlocksResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kContactBlocks.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page),
                            &v1::ListContactBlocksResponse::mutable_contact_blocks);
    });
  });
}

ContactService::Reactor* ContactService::LiftContactBlock(
    Context* context, const v1::LiftContactBlockRequest* request, v1::ContactBlock* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::ContactBlock> {
      SA_ASSIGN_OR_RETURN(v1::ContactBlock block, kContactBlocks.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), block.etag(), block.name()));
      if (block.has_lift_time()) return StateConflict(block.name(), "LIFTED", "lift");
      *block.mutable_lift_time() = ToTimestamp(tx.now());
      return kContactBlocks.Update(tx, std::move(block));
    });
  });
}

}  // namespace staraction::engagement
