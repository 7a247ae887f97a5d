#include "services/document/revision_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/media_type.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/domain/life.h"
#include "services/document/store/revisions.h"
#include "services/document/store/tables.h"
#include "staraction/engagement/v1/client_service.pb.h"

namespace staraction::document {
namespace {

using pg::Transaction;
using v1::Revision;
using v1::RevisionAct;
using Reactor = RevisionService::Reactor;

// The channel to record: what was given, else that a consultant says so, else none: the company's
// own act.
common::v1::Channel ChannelOf(const Call& call, common::v1::Channel given) {
  const bool consultant =
      call.access.Has(common::v1::ROLE_CONSULTANT) || call.access.Has(common::v1::ROLE_ADMIN);
  if (given != common::v1::CHANNEL_UNSPECIFIED || !consultant) return given;
  return common::v1::CHANNEL_CONSULTANT;
}

// The day itself, or today if it is unset. INVALID_ARGUMENT on `field` if it does not exist or is
// to come.
absl::StatusOr<google::type::Date> PastDay(const Call& call, const google::type::Date& given,
                                           const std::string& field) {
  const absl::CivilDay today = TokyoDay(call.now);
  if (given.year() == 0 && given.month() == 0 && given.day() == 0) return ToProtoDate(today);
  const auto day = FromProtoDate(given);
  if (day && *day <= today) return given;
  return InvalidField(field, "is no day of the calendar up to today",
                      "今日までの実在する日付を指定してください");
}

absl::Status CheckScan(const v1::ApproveRevisionRequest& request) {
  if (request.scan().empty()) return absl::OkStatus();
  if (request.channel() != common::v1::CHANNEL_PAPER) {
    return InvalidField("scan", "came with an act that was not on paper; want channel PAPER",
                        "用紙の画像は、書面で承認されたとき（PAPER）だけ添えられます");
  }
  if (IsEvidenceType(request.scan_media_type()) &&
      BeginsAs(request.scan(), request.scan_media_type())) {
    return absl::OkStatus();
  }
  return InvalidField("scan_media_type",
                      absl::StrCat("'", request.scan_media_type(), "' came; wanted ",
                                   "application/pdf, image/png or image/jpeg, as the bytes are"),
                      "PDF、PNG、JPEGのいずれかで、ファイルの中身と合うものにしてください");
}

// The revision for the verb: locked, of the etag, with the state that the verb leads to.
absl::StatusOr<Revision> Begin(Transaction& tx, const std::string& name, const std::string& etag,
                               const std::string& verb) {
  SA_ASSIGN_OR_RETURN(Revision revision, LockRevision(tx, name));
  SA_RETURN_IF_ERROR(CheckEtag(etag, revision.etag(), name));
  SA_ASSIGN_OR_RETURN(const Revision::State state, domain::After(revision, verb));
  revision.set_state(state);
  return revision;
}

absl::StatusOr<Revision> Finish(Transaction& tx, Revision revision, RevisionAct act,
                                const std::string& scan = "") {
  SA_ASSIGN_OR_RETURN(Revision stored, StoreAct(tx, std::move(revision), std::move(act), scan));
  stored.clear_document();
  stored.clear_field_values();
  stored.clear_edits();
  stored.clear_variables();
  return domain::WithActions(std::move(stored));
}

absl::StatusOr<Revision> Submit(Transaction& tx, const v1::SubmitRevisionRequest& request) {
  SA_ASSIGN_OR_RETURN(Revision revision, Begin(tx, request.name(), request.etag(), "submit"));
  SA_RETURN_IF_ERROR(domain::CheckComplete(revision));
  RevisionAct act;
  act.set_note(request.note());
  *act.mutable_effective_date() = ToProtoDate(TokyoDay(tx.now()));
  return Finish(tx, std::move(revision), std::move(act));
}

absl::StatusOr<Revision> Approve(Transaction& tx, const v1::ApproveRevisionRequest& request,
                                 const std::string& approver) {
  SA_ASSIGN_OR_RETURN(Revision revision, Begin(tx, request.name(), request.etag(), "approve"));
  SA_RETURN_IF_ERROR(domain::CheckDigest(request.digest(), revision.digest()));
  if (domain::ContentDigest(revision) != revision.digest()) {
    return Internal(request.name() + " is not what its digest says");
  }
  RevisionAct act;
  act.set_person(request.approver());
  act.set_person_display_name(approver);
  act.set_channel(ChannelOf(tx.call(), request.channel()));
  act.set_note(request.note());
  SA_ASSIGN_OR_RETURN(*act.mutable_effective_date(),
                      PastDay(tx.call(), request.approve_date(), "approve_date"));
  if (!request.scan().empty()) act.mutable_scan()->set_media_type(request.scan_media_type());
  revision.set_approver_display_name(approver);
  *revision.mutable_approve_date() = act.effective_date();
  return Finish(tx, std::move(revision), std::move(act), request.scan());
}

absl::StatusOr<Revision> Publish(Transaction& tx, const v1::PublishRevisionRequest& request) {
  SA_ASSIGN_OR_RETURN(Revision revision, Begin(tx, request.name(), request.etag(), "publish"));
  RevisionAct act;
  act.set_note(request.note());
  SA_ASSIGN_OR_RETURN(*act.mutable_effective_date(),
                      PastDay(tx.call(), request.publish_date(), "publish_date"));
  if (*FromProtoDate(act.effective_date()) < *FromProtoDate(revision.approve_date())) {
    return InvalidField("publish_date", "lies before the approval", "承認日より前の日付です");
  }
  *revision.mutable_publish_date() = act.effective_date();
  return Finish(tx, std::move(revision), std::move(act));
}

absl::StatusOr<Revision> Withdraw(Transaction& tx, const v1::WithdrawRevisionRequest& request) {
  SA_ASSIGN_OR_RETURN(Revision revision, Begin(tx, request.name(), request.etag(), "withdraw"));
  RevisionAct act;
  act.set_note(request.reason());
  *act.mutable_effective_date() = ToProtoDate(TokyoDay(tx.now()));
  return Finish(tx, std::move(revision), std::move(act));
}

}  // namespace

absl::StatusOr<std::string> RevisionService::ApproverName(const Call& call,
                                                          const std::string& approver) {
  if (!approver.starts_with("clients/")) return approver;
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", approver, "approver"));
  const absl::Status unknown =
      InvalidField("approver", absl::StrCat("'", approver, "' is no member of this client"),
                   absl::StrCat("「", approver, "」はこの会社の名簿にありません"));
  if (ids.front() != call.client()) return unknown;
  const auto member =
      sources_.Get<engagement::v1::Member, engagement::v1::GetMemberRequest>(call, approver);
  if (absl::IsNotFound(member.status())) return unknown;
  if (!member.ok()) return member.status();
  return member->display_name();
}

Reactor* RevisionService::SubmitRevision(Context* context, const v1::SubmitRevisionRequest* request,
                                         Revision* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Submit(tx, *request); });
  });
}

Reactor* RevisionService::ApproveRevision(Context* context,
                                          const v1::ApproveRevisionRequest* request,
                                          Revision* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Revision> {
        SA_RETURN_IF_ERROR(CheckScan(*request));
        SA_ASSIGN_OR_RETURN(const std::string approver, ApproverName(call, request->approver()));
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Approve(tx, *request, approver); });
      });
}

Reactor* RevisionService::PublishRevision(Context* context,
                                          const v1::PublishRevisionRequest* request,
                                          Revision* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Publish(tx, *request); });
  });
}

Reactor* RevisionService::WithdrawRevision(Context* context,
                                           const v1::WithdrawRevisionRequest* request,
                                           Revision* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Withdraw(tx, *request); });
  });
}

}  // namespace staraction::document
