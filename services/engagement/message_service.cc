#include "services/engagement/message_service.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/delivery_life.h"
#include "services/engagement/domain/message_text.h"
#include "services/engagement/store/messages.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// Stands in a preview where the recipient's own address will be.
constexpr char kStandIn[] = "（ここにご本人専用のリンクが入ります）";

void Count(const std::vector<v1::PlannedContact>& contacts, v1::PlanMessagesResponse& reply) {
  for (const v1::PlannedContact& contact : contacts) {
    if (contact.stop() != v1::PlannedContact::STOP_UNSPECIFIED) {
      reply.set_stopped(reply.stopped() + 1);
    } else if (!contact.due()) {
      reply.set_early(reply.early() + 1);
    } else if (contact.channel() == v1::DELIVERY_CHANNEL_MAIL) {
      reply.set_due_by_mail(reply.due_by_mail() + 1);
    } else {
      reply.set_due_by_print(reply.due_by_print() + 1);
    }
  }
}

absl::Status CheckRunning(const v1::Engagement& engagement) {
  if (engagement.state() != v1::Engagement::STATE_CLOSED &&
      engagement.state() != v1::Engagement::STATE_CANCELLED) {
    return absl::OkStatus();
  }
  return StateConflict(engagement.name(), v1::Engagement::State_Name(engagement.state()).substr(6),
                       "write to its members");
}

absl::Status NobodyDue() {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
      "nobody is due for a message now; messages:plan says why",
      "いま案内や督促の対象になる人はいません。理由は計画（messages:plan）で確かめられます");
}

}  // namespace

absl::StatusOr<v1::Message> GetWithFigures(Transaction& tx, const std::string& name) {
  SA_ASSIGN_OR_RETURN(v1::Message message, kMessages.Get(tx, name));
  SA_RETURN_IF_ERROR(AddFigures(tx, {&message}));
  return message;
}

absl::StatusOr<v1::PlanMessagesResponse> MessageService::Plan(
    const Call& call, const v1::PlanMessagesRequest& request) {
  std::vector<std::string> silent;
  if (request.page_token().empty()) SA_RETURN_IF_ERROR(outreach_.Collect(call, &silent));
  return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::PlanMessagesResponse> {
    SA_ASSIGN_OR_RETURN(const auto ground, outreach_.Load(tx, request.parent(), silent));
    const auto contacts = outreach_.Plan(ground, tx.now());
    SA_ASSIGN_OR_RETURN(Slice slice, SliceOf(contacts, request));
    v1::PlanMessagesResponse reply;
    Count(contacts, reply);
    reply.set_mail_obstacle(ground.mail_obstacle);
    reply.set_next_page_token(std::move(slice.next_page_token));
    for (const std::string& service : silent) reply.add_silent_services(service);
    for (size_t i = slice.begin; i < slice.end; ++i) *reply.add_contacts() = contacts[i];
    return reply;
  });
}

MessageService::Reactor* MessageService::PlanMessages(Context* context,
                                                      const v1::PlanMessagesRequest* request,
                                                      v1::PlanMessagesResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Plan(call, *request); });
}

absl::StatusOr<std::string> MessageService::Preview(Transaction& tx, const v1::Message& message,
                                                    const content::v1::MessageTemplate& text,
                                                    const v1::PlannedContact& contact) const {
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, tx.call().client_name()));
  const auto filled = domain::FillTemplate(
      text, {contact.display_name(), client.legal_name(), organization.display_name(), kStandIn,
             message.note(), contact.items()});
  return absl::StrCat(filled.subject, "\n\n", filled.body);
}

absl::StatusOr<v1::Message> MessageService::Draft(Transaction& tx,
                                                  const v1::CreateMessageRequest& request,
                                                  const std::vector<std::string>& silent,
                                                  std::vector<v1::PlannedContact>* contacts) const {
  v1::Message message = request.message();
  const auto* text = library_.Find<content::v1::MessageTemplate>(message.template_());
  if (text == nullptr) {
    return InvalidField("message.template",
                        absl::StrCat("no content pack has a message \"", message.template_(), "\""),
                        absl::StrCat("文面「", message.template_(), "」はありません"));
  }
  SA_ASSIGN_OR_RETURN(const v1::Engagement engagement, kEngagements.Get(tx, request.parent()));
  SA_RETURN_IF_ERROR(CheckRunning(engagement));
  SA_ASSIGN_OR_RETURN(const auto ground, outreach_.Load(tx, request.parent(), silent));
  const std::set<std::string> wanted(message.members().begin(), message.members().end());
  for (v1::PlannedContact& contact : outreach_.Plan(ground, tx.now())) {
    if (!contact.due() || (!wanted.empty() && wanted.count(contact.member()) == 0)) continue;
    contacts->push_back(std::move(contact));
  }
  if (contacts->empty()) return NobodyDue();
  message.set_pack(absl::StrCat(text->pack().urn(), "@", text->pack().version()));
  message.set_creator(tx.call().Actor());
  for (const std::string& service : silent) message.add_silent_services(service);
  SA_ASSIGN_OR_RETURN(*message.mutable_preview(), Preview(tx, message, *text, contacts->front()));
  return message;
}

absl::StatusOr<v1::Message> MessageService::Create(const Call& call,
                                                   const v1::CreateMessageRequest& request) {
  std::vector<std::string> silent;
  SA_RETURN_IF_ERROR(outreach_.Collect(call, &silent));
  if (request.validate_only()) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Message> {
      std::vector<v1::PlannedContact> contacts;
      SA_ASSIGN_OR_RETURN(v1::Message message, Draft(tx, request, silent, &contacts));
      message.mutable_figures()->set_waiting(static_cast<int32_t>(contacts.size()));
      return message;
    });
  }
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Message> {
    // One at a time, so that two calls at once do not both write to the same people.
    SA_RETURN_IF_ERROR(kEngagements.Lock(tx, request.parent()).status());
    std::vector<v1::PlannedContact> contacts;
    SA_ASSIGN_OR_RETURN(v1::Message message, Draft(tx, request, silent, &contacts));
    message.set_name(request.parent() + "/messages/" + NewId(tx.now()));
    SA_ASSIGN_OR_RETURN(message, kMessages.Insert(tx, std::move(message)));
    SA_RETURN_IF_ERROR(QueueDeliveries(tx, message.name(), contacts));
    SA_RETURN_IF_ERROR(AddFigures(tx, {&message}));
    SA_RETURN_IF_ERROR(Mailer::Enqueue(tx, message.name(), tx.now()));
    return message;
  });
}

MessageService::Reactor* MessageService::CreateMessage(Context* context,
                                                       const v1::CreateMessageRequest* request,
                                                       v1::Message* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Create(call, *request); });
}

MessageService::Reactor* MessageService::GetMessage(Context* context,
                                                    const v1::GetMessageRequest* request,
                                                    v1::Message* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return GetWithFigures(tx, request->name()); });
  });
}

MessageService::Reactor* MessageService::ListMessages(Context* context,
                                                      const v1::ListMessagesRequest* request,
                                                      v1::ListMessagesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListMessagesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kMessages.List(tx, request->parent(), *request));
      std::vector<v1::Message*> messages;
      for (v1::Message& message : page.items) messages.push_back(&message);
      SA_RETURN_IF_ERROR(AddFigures(tx, messages));
      return pg::ToResponse(std::move(page), &v1::ListMessagesResponse::mutable_messages);
    });
  });
}

MessageService::Reactor* MessageService::CancelMessage(Context* context,
                                                       const v1::CancelMessageRequest* request,
                                                       v1::Message* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Message> {
      SA_ASSIGN_OR_RETURN(v1::Message message, kMessages.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), message.etag(), message.name()));
      SA_RETURN_IF_ERROR(AddFigures(tx, {&message}));
      if (message.figures().waiting() == 0) {
        return StateConflict(message.name(), "FINISHED", "cancel");
      }
      SA_RETURN_IF_ERROR(CancelWaiting(tx, message.name(), "案内が取りやめられました"));
      *message.mutable_cancel_time() = ToTimestamp(tx.now());
      SA_RETURN_IF_ERROR(kMessages.Update(tx, std::move(message)).status());
      return GetWithFigures(tx, request->name());
    });
  });
}

}  // namespace staraction::engagement
