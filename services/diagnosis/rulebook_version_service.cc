#include "services/diagnosis/rulebook_version_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/book.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using content::v1::RuleList;
using pg::Transaction;
using Reactor = RulebookVersionService::Reactor;

void TranslateTitles(const RuleList& list, domain::Sections& sections) {
  for (auto& section : sections) {
    for (const auto& rule : list.rules()) {
      if (rule.code() == section.rule_code() && !rule.title().en().empty()) {
        section.set_title(rule.title().en());
      }
    }
  }
}

absl::Status SetDates(const Call& call, v1::RulebookVersion& version) {
  if (!version.has_approve_date()) {
    *version.mutable_approve_date() = ToProtoDate(TokyoDay(call.now));
  }
  SA_RETURN_IF_ERROR(CheckPastDay(call, version.approve_date(), "rulebook_version.approve_date"));
  if (!version.has_effective_date()) {
    *version.mutable_effective_date() = version.approve_date();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<const RuleList*> RulebookVersionService::ListOf(const std::string& id,
                                                               const std::string& field) const {
  const RuleList* newest = nullptr;
  for (const auto* list : library_.List<RuleList>()) {
    if (list->id() == id) return list;
    if (newest == nullptr || list->edition() > newest->edition()) newest = list;
  }
  if (id.empty() && newest != nullptr) return newest;
  return InvalidField(field, absl::StrCat("'", id, "' is no list of rules of the content"),
                      absl::StrCat("「", id, "」という項目一覧はありません"));
}

absl::StatusOr<v1::Rulebook> RulebookVersionService::Book(Transaction& tx, const std::string& name,
                                                          const RuleList& list) const {
  SA_ASSIGN_OR_RETURN(const auto rules, RulesInForce(tx));
  SA_ASSIGN_OR_RETURN(const v1::RulebookVersion latest, LatestRulebookVersion(tx));
  v1::Rulebook book;
  book.set_name(name);
  *book.mutable_sections() = domain::SectionsOf(rules, list);
  book.set_latest_version(latest.name());
  book.set_latest_number(latest.number());
  *book.mutable_unpublished_changes() = domain::ChangesOf(latest.sections(), book.sections());
  if (tx.call().language == Language::kEnglish) TranslateTitles(list, *book.mutable_sections());
  return book;
}

Reactor* RulebookVersionService::GetRulebook(Context* context,
                                             const v1::GetRulebookRequest* request,
                                             v1::Rulebook* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Rulebook> {
        SA_ASSIGN_OR_RETURN(const RuleList* list, ListOf(request->rule_list(), "rule_list"));
        return pool_.Read(call, [&](Transaction& tx) { return Book(tx, request->name(), *list); });
      });
}

absl::StatusOr<v1::RulebookVersion> RulebookVersionService::Publish(Transaction& tx,
                                                                    v1::RulebookVersion version,
                                                                    const RuleList& list) const {
  SA_ASSIGN_OR_RETURN(const auto rules, RulesInForce(tx));
  if (rules.empty()) {
    return CriteriaUnmet(tx.call().client_name() + "/rulebook",
                         {{"rules", "no rule is in force", "実施中の社内ルールがありません"}});
  }
  SA_ASSIGN_OR_RETURN(const v1::RulebookVersion latest, LatestRulebookVersion(tx));
  SA_RETURN_IF_ERROR(SetDates(tx.call(), version));
  version.set_name(tx.call().client_name() + "/rulebookVersions/" + NewId(tx.now()));
  version.set_number(latest.number() + 1);
  version.set_rule_list(list.id());
  version.set_channel(ChannelOf(tx.call(), version.channel()));
  *version.mutable_sections() = domain::SectionsOf(rules, list);
  version.set_rule_count(rules.size());
  *version.mutable_changes() = domain::ChangesOf(latest.sections(), version.sections());
  version.set_recorded_by(tx.call().Actor());
  return kRulebookVersions.Insert(tx, std::move(version));
}

Reactor* RulebookVersionService::CreateRulebookVersion(
    Context* context, const v1::CreateRulebookVersionRequest* request,
    v1::RulebookVersion* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::RulebookVersion> {
        v1::RulebookVersion version = request->rulebook_version();
        SA_ASSIGN_OR_RETURN(const RuleList* list,
                            ListOf(version.rule_list(), "rulebook_version.rule_list"));
        SA_ASSIGN_OR_RETURN(
            *version.mutable_approver_display_name(),
            PersonName(call, roster_, version.approver(), "rulebook_version.approver"));
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Publish(tx, version, *list); });
      });
}

Reactor* RulebookVersionService::GetRulebookVersion(Context* context,
                                                    const v1::GetRulebookVersionRequest* request,
                                                    v1::RulebookVersion* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call,
                      [&](Transaction& tx) { return kRulebookVersions.Get(tx, request->name()); });
  });
}

Reactor* RulebookVersionService::ListRulebookVersions(
    Context* context, const v1::ListRulebookVersionsRequest* request,
    v1::ListRulebookVersionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRulebookVersionsResponse> {
          SA_ASSIGN_OR_RETURN(auto page, kRulebookVersions.List(tx, request->parent(), *request));
          for (auto& version : page.items) version.clear_sections();
          return pg::ToResponse(std::move(page),
                                &v1::ListRulebookVersionsResponse::mutable_rulebook_versions);
        });
  });
}

}  // namespace staraction::diagnosis
