#include "services/declaration/publication_service.h"

#include <optional>

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/declaration/domain/pledge.h"
#include "services/declaration/domain/publication.h"
#include "services/declaration/page_checker.h"
#include "services/declaration/store/declarations.h"
#include "services/declaration/store/inquiries.h"
#include "services/declaration/store/page_checks.h"
#include "services/declaration/store/scans.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

absl::Status CompleteAll(Transaction& tx, const content::Library& library,
                         std::vector<v1::Publication>& publications) {
  std::vector<std::string> policies;
  for (v1::Publication& each : publications) {
    domain::Complete(library, each);
    if (each.kind() == v1::Publication::KIND_POLICY) policies.push_back(LastId(each.name()));
  }
  SA_ASSIGN_OR_RETURN(auto checks, ReadLatestPageChecks(tx, policies));
  for (v1::Publication& each : publications) {
    const auto found = checks.find(LastId(each.name()));
    if (found != checks.end()) *each.mutable_latest_page_check() = std::move(found->second);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Publication> Complete(Transaction& tx, const content::Library& library,
                                         v1::Publication publication) {
  std::vector<v1::Publication> one = {std::move(publication)};
  SA_RETURN_IF_ERROR(CompleteAll(tx, library, one));
  return std::move(one.front());
}

// The declaration that a publication names; nothing if it names none.
absl::StatusOr<std::optional<v1::Declaration>> ReadDeclaration(Transaction& tx,
                                                               const std::string& name) {
  if (name.empty()) return std::optional<v1::Declaration>();
  auto declaration = kDeclarations.Get(tx, name);
  if (declaration.ok()) return std::optional(*std::move(declaration));
  return InvalidField("publication.declaration", "is no declaration of this client",
                      "このお客様の宣言ではありません");
}

absl::Status CheckProof(const v1::CreatePublicationRequest& request) {
  if (request.proof().empty()) return absl::OkStatus();
  return domain::CheckScan(request.proof(), request.proof_media_type(),
                           {"proof", "proof_media_type"});
}

}  // namespace

template <typename Request>
absl::StatusOr<v1::Publication> PublicationService::ActOnPublication(
    const Call& call, const Request& request, const std::string& verb,
    const std::function<absl::Status(v1::Publication& publication)>& act) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Publication> {
    SA_ASSIGN_OR_RETURN(v1::Publication publication, kPublications.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), publication.etag(), publication.name()));
    SA_RETURN_IF_ERROR(domain::CheckAction(publication, verb));
    SA_RETURN_IF_ERROR(act(publication));
    SA_ASSIGN_OR_RETURN(publication, kPublications.Update(tx, std::move(publication)));
    return Complete(tx, library_, std::move(publication));
  });
}

grpc::ServerUnaryReactor* PublicationService::CreatePublication(
    grpc::CallbackServerContext* context, const v1::CreatePublicationRequest* request,
    v1::Publication* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Publication> {
        const v1::Publication& wanted = request->publication();
        SA_RETURN_IF_ERROR(CheckProof(*request));
        SA_RETURN_IF_ERROR(
            CheckEngagement(engagements_, call, wanted.engagement(), "publication.engagement"));
        domain::PublishedThing thing;
        if (wanted.kind() == v1::Publication::KIND_POLICY) {
          SA_ASSIGN_OR_RETURN(thing.policy, ReadPolicy(documents_, call, false));
        }
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Publication> {
          SA_ASSIGN_OR_RETURN(thing.declaration, ReadDeclaration(tx, wanted.declaration()));
          SA_ASSIGN_OR_RETURN(v1::Publication publication,
                              domain::NewPublication(*request, thing, library_, ActOf(call)));
          publication.set_name(request->parent() + "/publications/" + NewId(tx.now()));
          if (!request->proof().empty()) {
            SA_ASSIGN_OR_RETURN(
                *publication.mutable_proof(),
                StoreScan(tx, request->proof(), request->proof_media_type(), wanted.proof_date()));
          }
          SA_ASSIGN_OR_RETURN(publication, kPublications.Insert(tx, std::move(publication)));
          SA_RETURN_IF_ERROR(PageChecker::Schedule(tx, publication, tx.now()));
          return Complete(tx, library_, std::move(publication));
        });
      });
}

grpc::ServerUnaryReactor* PublicationService::GetPublication(
    grpc::CallbackServerContext* context, const v1::GetPublicationRequest* request,
    v1::Publication* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Publication> {
      SA_ASSIGN_OR_RETURN(v1::Publication publication, kPublications.Get(tx, request->name()));
      return Complete(tx, library_, std::move(publication));
    });
  });
}

grpc::ServerUnaryReactor* PublicationService::ListPublications(
    grpc::CallbackServerContext* context, const v1::ListPublicationsRequest* request,
    v1::ListPublicationsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListPublicationsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kPublications.List(tx, request->parent(), *request));
      SA_RETURN_IF_ERROR(CompleteAll(tx, library_, page.items));
      return pg::ToResponse(std::move(page), &v1::ListPublicationsResponse::mutable_publications);
    });
  });
}

grpc::ServerUnaryReactor* PublicationService::CheckPublication(
    grpc::CallbackServerContext* context, const v1::CheckPublicationRequest* request,
    v1::Publication* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnPublication(call, *request, "check", [&](v1::Publication& publication) {
      return domain::Check(*request, ActOf(call), publication);
    });
  });
}

grpc::ServerUnaryReactor* PublicationService::WithdrawPublication(
    grpc::CallbackServerContext* context, const v1::WithdrawPublicationRequest* request,
    v1::Publication* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnPublication(call, *request, "withdraw", [&](v1::Publication& publication) {
      return domain::Withdraw(*request, ActOf(call), publication);
    });
  });
}

grpc::ServerUnaryReactor* PublicationService::DownloadPublicationProof(
    grpc::CallbackServerContext* context, const v1::DownloadPublicationProofRequest* request,
    google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const v1::Publication publication,
                          kPublications.Get(tx, request->name()));
      if (!publication.has_proof()) return NotFound(publication.name() + ":downloadProof");
      google::api::HttpBody body;
      body.set_content_type(publication.proof().media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, publication.proof().id()));
      return body;
    });
  });
}

grpc::ServerUnaryReactor* PublicationService::CheckWording(grpc::CallbackServerContext* context,
                                                           const v1::CheckWordingRequest* request,
                                                           v1::CheckWordingResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call&) -> absl::StatusOr<v1::CheckWordingResponse> {
                      v1::CheckWordingResponse answer;
                      for (auto& finding : domain::CheckWording(request->text(), library_)) {
                        *answer.add_findings() = std::move(finding);
                      }
                      return answer;
                    });
}

grpc::ServerUnaryReactor* PublicationService::ListAnnouncementDrafts(
    grpc::CallbackServerContext* context, const v1::ListAnnouncementDraftsRequest* request,
    v1::ListAnnouncementDraftsResponse* response) {
  using Response = v1::ListAnnouncementDraftsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const auto client, engagements_.GetClient(call, call.client_name()));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(const v1::Declaration declaration,
                              kDeclarations.Get(tx, request->name()));
          Response answer;
          for (auto& draft : domain::DraftAnnouncements(declaration, client, library_)) {
            *answer.add_announcement_drafts() = std::move(draft);
          }
          return answer;
        });
      });
}

}  // namespace staraction::declaration
