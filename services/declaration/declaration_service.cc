#include "services/declaration/declaration_service.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/fingerprint.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/domain/fields.h"
#include "services/declaration/domain/gbiz_id.h"
#include "services/declaration/store/declarations.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

// ALREADY_EXISTS if one for the same engagement and procedure goes on.
absl::Status CheckNoneOpen(const std::vector<v1::Declaration>& open,
                           const v1::Declaration& declaration) {
  for (const auto& other : open) {
    if (other.engagement() == declaration.engagement() &&
        other.procedure() == declaration.procedure()) {
      return AlreadyExists("declaration", other.name());
    }
  }
  return absl::OkStatus();
}

// Whatever was prepared no longer holds once the fields are others.
void BackToDraft(v1::Declaration& declaration) {
  if (declaration.state() == v1::Declaration::STATE_READY) {
    declaration.set_state(v1::Declaration::STATE_DRAFT);
  }
}

}  // namespace

absl::StatusOr<v1::Declaration> DeclarationService::Complete(Transaction& tx,
                                                             v1::Declaration declaration) const {
  declaration.set_missing_count(static_cast<int>(domain::MissingFields(declaration).size()));
  SA_ASSIGN_OR_RETURN(auto gbiz_id, ReadGbizId(tx));
  const auto* procedure = domain::ProcedureOf(declaration, library_);
  if (gbiz_id && procedure != nullptr) {
    gbiz_id->set_usable(domain::IsUsable(gbiz_id->gbiz_id(), *procedure, TokyoDay(tx.now())));
    for (auto& warning :
         domain::WarningsOf(gbiz_id->gbiz_id(), *procedure, declaration, TokyoDay(tx.now()))) {
      *gbiz_id->add_warnings() = std::move(warning);
    }
    *declaration.mutable_gbiz_id() = *std::move(gbiz_id);
  }
  *declaration.mutable_guide() = domain::GuideOf(declaration, library_);
  declaration.clear_allowed_actions();
  for (const std::string& verb : domain::ActionsOf(declaration.state())) {
    declaration.add_allowed_actions(verb);
  }
  return declaration;
}

absl::StatusOr<v1::Declaration> DeclarationService::ReadBefore(const Call& call,
                                                               const std::string& name) {
  return pool_.Read(call, [&](Transaction& tx) { return kDeclarations.Get(tx, name); });
}

template <typename Request>
absl::StatusOr<engagement::v1::Client> DeclarationService::ReadClient(const Call& call,
                                                                      const Request& request) {
  SA_ASSIGN_OR_RETURN(engagement::v1::Client client,
                      engagements_.GetClient(call, call.client_name()));
  SA_ASSIGN_OR_RETURN(const auto known,
                      pool_.Read(call, [](Transaction& tx) { return ReadGbizId(tx); }));
  if (known && DeterministicBytes(known->gbiz_id()) == DeterministicBytes(client.gbiz_id())) {
    return client;
  }
  Call apart = call;
  apart.request_id.clear();  // which belongs to the transaction that answers the request
  const auto stored =
      pool_.Write(apart, request, [&](Transaction& tx) -> absl::StatusOr<v1::GbizIdState> {
        v1::GbizIdState state;
        *state.mutable_gbiz_id() = client.gbiz_id();
        *state.mutable_read_time() = pg::ToTimestamp(tx.now());
        SA_RETURN_IF_ERROR(StoreGbizId(tx, state));
        return state;
      });
  SA_RETURN_IF_ERROR(stored.status());
  return client;
}

grpc::ServerUnaryReactor* DeclarationService::CreateDeclaration(
    grpc::CallbackServerContext* context, const v1::CreateDeclarationRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Declaration> {
        SA_ASSIGN_OR_RETURN(const auto engagement,
                            engagements_.GetEngagement(call, request->declaration().engagement()));
        SA_ASSIGN_OR_RETURN(const auto client, ReadClient(call, *request));
        SA_ASSIGN_OR_RETURN(const auto basis,
                            basis_.Read(call, engagement.name(), engagement.star()));
        SA_ASSIGN_OR_RETURN(const v1::Declaration draft,
                            domain::NewDeclaration(request->declaration(), engagement, client,
                                                   basis, library_, ActOf(call)));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Declaration> {
          v1::Declaration declaration = draft;
          SA_ASSIGN_OR_RETURN(const auto others, ReadOpenDeclarations(tx, ""));
          SA_RETURN_IF_ERROR(CheckNoneOpen(others, declaration));
          SA_ASSIGN_OR_RETURN(
              const std::string upgrades,
              domain::ChooseUpgrade(request->declaration().upgrades(), declaration.star(), others));
          declaration.set_upgrades(upgrades);
          declaration.set_name(request->parent() + "/declarations/" + NewId(tx.now()));
          SA_ASSIGN_OR_RETURN(declaration, kDeclarations.Insert(tx, std::move(declaration)));
          SA_RETURN_IF_ERROR(kDeclarationEvents.Append(
              tx, declaration.name(),
              domain::NewDeclarationEvent("create", declaration.procedure(), ActOf(call))));
          return Complete(tx, std::move(declaration));
        });
      });
}

grpc::ServerUnaryReactor* DeclarationService::GetDeclaration(
    grpc::CallbackServerContext* context, const v1::GetDeclarationRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Declaration> {
      SA_ASSIGN_OR_RETURN(v1::Declaration declaration, kDeclarations.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(auto events, kDeclarationEvents.List(tx, declaration.name()));
      for (auto& event : events) *declaration.add_events() = std::move(event);
      return Complete(tx, std::move(declaration));
    });
  });
}

grpc::ServerUnaryReactor* DeclarationService::ListDeclarations(
    grpc::CallbackServerContext* context, const v1::ListDeclarationsRequest* request,
    v1::ListDeclarationsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListDeclarationsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kDeclarations.List(tx, request->parent(), *request));
      v1::ListDeclarationsResponse answer;
      for (v1::Declaration& declaration : page.items) {
        SA_ASSIGN_OR_RETURN(*answer.add_declarations(), Complete(tx, std::move(declaration)));
      }
      answer.set_next_page_token(page.next_page_token);
      return answer;
    });
  });
}

grpc::ServerUnaryReactor* DeclarationService::SetDeclarationFields(
    grpc::CallbackServerContext* context, const v1::SetDeclarationFieldsRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(
        call, *request, "setFields",
        [&](Transaction&, v1::Declaration& declaration) -> absl::StatusOr<v1::DeclarationEvent> {
          SA_RETURN_IF_ERROR(
              domain::SetFields(request->fields(), library_, ActOf(call), declaration));
          BackToDraft(declaration);
          return domain::NewDeclarationEvent("setFields", domain::Codes(request->fields()),
                                             ActOf(call));
        });
  });
}

grpc::ServerUnaryReactor* DeclarationService::PrefillDeclaration(
    grpc::CallbackServerContext* context, const v1::PrefillDeclarationRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Declaration> {
        SA_ASSIGN_OR_RETURN(const v1::Declaration before, ReadBefore(call, request->name()));
        SA_ASSIGN_OR_RETURN(const auto client, ReadClient(call, *request));
        SA_ASSIGN_OR_RETURN(const auto basis,
                            basis_.Read(call, before.engagement(), before.star()));
        return ActOnDeclaration(
            call, *request, "prefill",
            [&](Transaction&,
                v1::Declaration& declaration) -> absl::StatusOr<v1::DeclarationEvent> {
              if (domain::Prefill(client, basis, library_, ActOf(call), declaration))
                BackToDraft(declaration);
              return domain::NewDeclarationEvent("prefill", "", ActOf(call));
            });
      });
}

grpc::ServerUnaryReactor* DeclarationService::AcknowledgeRules(
    grpc::CallbackServerContext* context, const v1::AcknowledgeRulesRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    const bool president = call.access.Has(common::v1::ROLE_PRESIDENT);
    return ActOnDeclaration(
        call, *request, "acknowledgeRules", [&](Transaction&, v1::Declaration& declaration) {
          return domain::Acknowledge(*request, president, library_, ActOf(call), declaration);
        });
  });
}

grpc::ServerUnaryReactor* DeclarationService::PrepareDeclaration(
    grpc::CallbackServerContext* context, const v1::PrepareDeclarationRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Declaration> {
        // Before the write: the GビズID as it is now, then everybody's facts as they are now.
        SA_ASSIGN_OR_RETURN(const v1::Declaration before, ReadBefore(call, request->name()));
        SA_RETURN_IF_ERROR(ReadClient(call, *request).status());
        SA_ASSIGN_OR_RETURN(const auto basis,
                            basis_.Read(call, before.engagement(), before.star()));
        SA_ASSIGN_OR_RETURN(const auto readiness,
                            engagements_.RefreshReadiness(call, before.engagement()));
        return ActOnDeclaration(
            call, *request, "prepare", [&](Transaction&, v1::Declaration& declaration) {
              return domain::Prepare(readiness, basis, ActOf(call), declaration);
            });
      });
}

}  // namespace staraction::declaration
