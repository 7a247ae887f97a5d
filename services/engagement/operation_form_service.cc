#include "services/engagement/operation_form_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

absl::Status Complete(Transaction& tx, std::vector<v1::OperationForm>& forms) {
  std::vector<std::string> names;
  names.reserve(forms.size());
  for (const auto& form : forms) names.push_back(form.name());
  SA_ASSIGN_OR_RETURN(auto evidences, CountEvidences(tx, names));
  for (v1::OperationForm& form : forms) {
    form.set_evidence_count(evidences[form.name()]);
    SetActions(form);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::OperationForm> WithActs(Transaction& tx, v1::OperationForm form) {
  std::vector<v1::OperationForm> one = {std::move(form)};
  SA_RETURN_IF_ERROR(Complete(tx, one));
  SA_ASSIGN_OR_RETURN(*one.front().mutable_acts(), LoadActs(tx, one.front().name()));
  return std::move(one.front());
}

// What the content says of the form's kind.
absl::Status Describe(const content::v1::ActivityCalendar& calendar, v1::OperationForm& form) {
  std::string codes;
  for (const auto& kind : calendar.forms()) {
    absl::StrAppend(&codes, codes.empty() ? "" : ", ", kind.code());
    if (kind.code() != form.code()) continue;
    form.set_title(kind.title().ja());
    form.set_chapter(kind.chapter());
    form.set_template_(kind.template_());
    form.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
    return absl::OkStatus();
  }
  return InvalidField(
      "operation_form.code", absl::StrCat("came '", form.code(), "'; want one of ", codes),
      absl::StrCat("「", form.code(), "」という様式はありません。次のいずれか: ", codes));
}

// ALREADY_EXISTS if a form of this kind is in use at this place: that one says so.
absl::Status CheckFree(Transaction& tx, const v1::OperationForm& form) {
  SA_ASSIGN_OR_RETURN(const std::string other, FormInUse(tx, form));
  if (other.empty()) return absl::OkStatus();
  const std::string place = form.place().empty() ? "" : absl::StrCat("（", form.place(), "）");
  return AlreadyExists(absl::StrCat("「", form.title(), place, "」"), other);
}

}  // namespace

OperationFormService::Reactor* OperationFormService::CreateOperationForm(
    Context* context, const v1::CreateOperationFormRequest* request, v1::OperationForm* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::OperationForm> {
      v1::OperationForm form = request->operation_form();
      SA_ASSIGN_OR_RETURN(const Operated operated, FindOperated(tx, library_, form.engagement(),
                                                                "operation_form.engagement"));
      if (operated.calendar == nullptr) return NoCalendar(operated.engagement);
      form.set_engagement(operated.engagement);
      SA_RETURN_IF_ERROR(Describe(*operated.calendar, form));
      SA_RETURN_IF_ERROR(CheckMember(tx, form.owner_member(), "operation_form.owner_member"));
      const absl::CivilDay today = TokyoDay(tx.now());
      const absl::CivilDay start = FromProtoDate(form.start_date()).value_or(today);
      SA_RETURN_IF_ERROR(
          domain::CheckDay(start, absl::CivilDay::min(), today, "operation_form.start_date"));
      SA_RETURN_IF_ERROR(CheckFree(tx, form));
      form.set_name(request->parent() + "/operationForms/" + NewId(tx.now()));
      form.set_state(v1::OperationForm::STATE_IN_USE);
      SA_RETURN_IF_ERROR(AddAct(tx, form.name(), Deed{"start", form.note(), start}));
      SA_ASSIGN_OR_RETURN(form, kOperationForms.Insert(tx, std::move(form)));
      return WithActs(tx, std::move(form));
    });
  });
}

OperationFormService::Reactor* OperationFormService::GetOperationForm(
    Context* context, const v1::GetOperationFormRequest* request, v1::OperationForm* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::OperationForm> {
      SA_ASSIGN_OR_RETURN(v1::OperationForm form, kOperationForms.Get(tx, request->name()));
      return WithActs(tx, std::move(form));
    });
  });
}

OperationFormService::Reactor* OperationFormService::ListOperationForms(
    Context* context, const v1::ListOperationFormsRequest* request,
    v1::ListOperationFormsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListOperationFormsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kOperationForms.List(tx, request->parent(), *request));
      SA_RETURN_IF_ERROR(Complete(tx, page.items));
      return pg::ToResponse(std::move(page),
                            &v1::ListOperationFormsResponse::mutable_operation_forms);
    });
  });
}

OperationFormService::Reactor* OperationFormService::UpdateOperationForm(
    Context* context, const v1::UpdateOperationFormRequest* request, v1::OperationForm* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::OperationForm> {
      const v1::OperationForm& patch = request->operation_form();
      SA_ASSIGN_OR_RETURN(v1::OperationForm form, kOperationForms.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), form.etag(), patch.name()));
      SA_RETURN_IF_ERROR(domain::Check(form, "update"));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &form));
      SA_RETURN_IF_ERROR(CheckMember(tx, form.owner_member(), "operation_form.owner_member"));
      SA_RETURN_IF_ERROR(CheckFree(tx, form));
      SA_ASSIGN_OR_RETURN(form, kOperationForms.Update(tx, std::move(form)));
      return WithActs(tx, std::move(form));
    });
  });
}

OperationFormService::Reactor* OperationFormService::StopOperationForm(
    Context* context, const v1::StopOperationFormRequest* request, v1::OperationForm* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::OperationForm> {
      SA_ASSIGN_OR_RETURN(v1::OperationForm form, kOperationForms.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), form.etag(), form.name()));
      SA_RETURN_IF_ERROR(domain::Check(form, "stop"));
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "stop", request->reason(),
                                                  *FromProtoDate(form.start_date())));
      form.set_state(v1::OperationForm::STATE_STOPPED);
      *form.mutable_end_date() = ToProtoDate(deed.day);
      SA_RETURN_IF_ERROR(AddAct(tx, form.name(), deed));
      SA_ASSIGN_OR_RETURN(form, kOperationForms.Update(tx, std::move(form)));
      return WithActs(tx, std::move(form));
    });
  });
}

}  // namespace staraction::engagement
