// The methods on rules.

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/rulebook.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using google::protobuf::util::MessageDifferencer;
using pg::Transaction;
using Reactor = RulebookService::Reactor;

// A new text holds from today unless the caller says another day, or the rule isn't in force yet.
void SetDay(const v1::Rule& before, absl::CivilDay today, v1::Rule& rule) {
  const bool same_day = MessageDifferencer::Equals(before.effective_date(), rule.effective_date());
  const bool to_come = FromProtoDate(before.effective_date()).value_or(today) > today;
  if (rule.has_effective_date() && (!same_day || to_come || before.text() == rule.text())) return;
  *rule.mutable_effective_date() = ToProtoDate(today);
}

absl::StatusOr<v1::Rule> Update(Transaction& tx, const v1::UpdateRuleRequest& request) {
  SA_ASSIGN_OR_RETURN(const v1::Rule before, kRules.Lock(tx, request.rule().name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.rule().etag(), before.etag(), before.name()));
  SA_RETURN_IF_ERROR(domain::After(before, "update").status());
  v1::Rule rule = before;
  SA_RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), request.rule(), &rule));
  // A short sentence sums up the text that it came with; posters then take the new text itself.
  if (rule.text() != before.text() && request.rule().short_text().empty()) rule.clear_short_text();
  SA_RETURN_IF_ERROR(CheckTexts(rule, "rule."));
  SetDay(before, TokyoDay(tx.now()), rule);
  if (MessageDifferencer::Equals(before, rule)) return WithActions(std::move(rule));
  return Revise(tx, std::move(rule), request.change_reason());
}

absl::StatusOr<v1::Rule> Retire(Transaction& tx, const v1::RetireRuleRequest& request) {
  SA_ASSIGN_OR_RETURN(v1::Rule rule, kRules.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), rule.etag(), rule.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(rule, "retire"));
  rule.set_state(state);
  rule.set_retire_reason(request.reason());
  rule.set_retired_by(tx.call().Actor());
  *rule.mutable_retire_time() = pg::ToTimestamp(tx.now());
  SA_ASSIGN_OR_RETURN(rule, kRules.Update(tx, std::move(rule)));
  return WithActions(std::move(rule));
}

}  // namespace

absl::Status RulebookService::CheckRuleCode(const std::string& code) const {
  for (const auto* list : library_.List<content::v1::RuleList>()) {
    for (const auto& rule : list->rules()) {
      if (rule.code() == code) return absl::OkStatus();
    }
  }
  return InvalidField("rule.rule_code",
                      absl::StrCat("'", code, "' is in no list of rules of the content"),
                      absl::StrCat("「", code, "」という項目はどの項目一覧にもありません"));
}

Reactor* RulebookService::CreateRule(Context* context, const v1::CreateRuleRequest* request,
                                     v1::Rule* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Rule> {
        SA_RETURN_IF_ERROR(CheckRuleCode(request->rule().rule_code()));
        SA_RETURN_IF_ERROR(CheckTexts(request->rule(), "rule."));
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return PutIntoForce(tx, request->rule()); });
      });
}

Reactor* RulebookService::GetRule(Context* context, const v1::GetRuleRequest* request,
                                  v1::Rule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Rule> {
      SA_ASSIGN_OR_RETURN(v1::Rule rule, kRules.Get(tx, request->name()));
      return WithActions(std::move(rule));
    });
  });
}

Reactor* RulebookService::ListRules(Context* context, const v1::ListRulesRequest* request,
                                    v1::ListRulesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRulesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, diagnosis::ListRules(tx, *request));
      v1::ListRulesResponse list;
      for (auto& item : page.items) *list.add_rules() = WithActions(std::move(item));
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

Reactor* RulebookService::UpdateRule(Context* context, const v1::UpdateRuleRequest* request,
                                     v1::Rule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Update(tx, *request); });
  });
}

Reactor* RulebookService::RetireRule(Context* context, const v1::RetireRuleRequest* request,
                                     v1::Rule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Retire(tx, *request); });
  });
}

Reactor* RulebookService::ListRuleVersions(Context* context,
                                           const v1::ListRuleVersionsRequest* request,
                                           v1::ListRuleVersionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRuleVersionsResponse> {
      SA_RETURN_IF_ERROR(kRules.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(auto page, kRuleVersions.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListRuleVersionsResponse::mutable_rule_versions);
    });
  });
}

}  // namespace staraction::diagnosis
