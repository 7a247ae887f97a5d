// The roster's part of ClientService.

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "services/engagement/client_service.h"
#include "services/engagement/domain/presence.h"
#include "services/engagement/domain/roster.h"
#include "services/engagement/store/members.h"
#include "services/engagement/store/tables.h"
#include "staraction/engagement/v1/company_service.pb.h"

namespace staraction::engagement {

using pg::Transaction;

namespace {
constexpr int kMostSites = 1000;
}  // namespace

ClientService::Reactor* ClientService::CreateMember(Context* context,
                                                    const v1::CreateMemberRequest* request,
                                                    v1::Member* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Member> {
      v1::Member member = request->member();
      SA_RETURN_IF_ERROR(domain::CheckMemberDates(member, "member"));
      member.set_name(request->parent() + "/members/" + NewId(tx.now()));
      return kMembers.Insert(tx, std::move(member));
    });
  });
}

ClientService::Reactor* ClientService::GetMember(Context* context,
                                                 const v1::GetMemberRequest* request,
                                                 v1::Member* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kMembers.Get(tx, request->name()); });
  });
}

ClientService::Reactor* ClientService::ListMembers(Context* context,
                                                   const v1::ListMembersRequest* request,
                                                   v1::ListMembersResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return FindMembers(tx, *request); });
  });
}

ClientService::Reactor* ClientService::UpdateMember(Context* context,
                                                    const v1::UpdateMemberRequest* request,
                                                    v1::Member* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Member> {
      const v1::Member& patch = request->member();
      SA_ASSIGN_OR_RETURN(v1::Member stored, kMembers.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      const v1::Member before = stored;
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      domain::KeepHistory(before, TokyoDay(tx.now()), &stored);
      SA_RETURN_IF_ERROR(domain::CheckMemberDates(stored, "member"));
      return kMembers.Update(tx, std::move(stored));
    });
  });
}

absl::StatusOr<v1::ImportMembersResponse> ClientService::Import(
    Transaction& tx, const v1::ImportMembersRequest& request) const {
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, request.parent()));
  domain::RosterTerms terms{domain::WordsOf(*library_.FindCodeList("employment-statuses")),
                            domain::WordsOf(*library_.FindCodeList("employment-types")),
                            client.representative_name(),
                            {},
                            TokyoDay(tx.now())};
  v1::ListSitesRequest all;
  all.set_page_size(kMostSites);
  SA_ASSIGN_OR_RETURN(auto sites, kSites.List(tx, request.parent(), all));
  terms.sites = std::move(sites.items);
  SA_ASSIGN_OR_RETURN(domain::RosterFile file, domain::ReadRoster(request.content(), terms));
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Member> present, AllMembers(tx));
  const domain::RosterChange change = domain::CompareRoster(present, file.rows, terms.today);
  if (!request.validate_only()) SA_RETURN_IF_ERROR(StoreMembers(tx, change));
  return domain::Report(change, std::move(file));
}

ClientService::Reactor* ClientService::ImportMembers(Context* context,
                                                     const v1::ImportMembersRequest* request,
                                                     v1::ImportMembersResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    const auto run = [&](Transaction& tx) { return Import(tx, *request); };
    // The dry run takes the same path over a transaction that cannot write.
    return request->validate_only() ? pool_.Read(call, run) : pool_.Write(call, *request, run);
  });
}

}  // namespace staraction::engagement
