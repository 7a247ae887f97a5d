#include "services/engagement/store/operation.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/fact/facts.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::Transaction;

const Statement kAddAct("add_operation_act", R"(
  insert into operation_act (organization_id, client_id, operation_act_id, subject, verb, text,
      effective_date, channel, recorded_by, create_time)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))");

const Statement kActs("operation_acts", R"(
  select verb, text, effective_date, channel, recorded_by, create_time from operation_act
  where organization_id = $1 and client_id = $2 and subject = $3 order by operation_act_id)");

const Statement kCountEvidences("count_evidences", R"(
  select subject, count(*) as pieces from evidence
  where organization_id = $1 and client_id = $2 and subject = any ($3::text[]) group by subject)");

const Statement kListEvidences("list_evidences", [] {
  return absl::StrCat("select ", kEvidences.SelectList(), R"( from evidence
    where organization_id = $1 and client_id = $2 and ($3::text = '' or subject = $3)
      and evidence_id > coalesce(nullif($4::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by evidence_id limit $5)");
});

const Statement kStoreFile("store_evidence_file", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadFile("read_evidence_file", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

const Statement kCalendar("activity_calendar_of_client", R"(
  select editions ->> 'activity_calendar' as calendar from engagement
  where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3)
    and coalesce(editions ->> 'activity_calendar', '') <> ''
  order by engagement_id desc limit 1)");

const Statement kFacts("operation_facts", R"(
  select
    (select count(*) from activity where organization_id = $1 and client_id = $2
       and state = 'STATE_DONE') as done,
    (select count(*) from activity where organization_id = $1 and client_id = $2
       and state = 'STATE_PLANNED' and due_date < $3) as overdue,
    (select count(*) from operation_form where organization_id = $1 and client_id = $2
       and state = 'STATE_IN_USE') as forms,
    (select count(*) from rule_exception where organization_id = $1 and client_id = $2
       and state = 'STATE_APPROVED' and expire_date < $3) as expired)");

const Statement kChecked("engagements_with_internal_check", R"(
  select distinct engagement_id from internal_check
  where organization_id = $1 and client_id = $2 and state = 'STATE_CONCLUDED'
    and engagement_id is not null)");

const char* const kActFields[] = {"verb",    "text",        "effective_date",
                                  "channel", "recorded_by", "create_time"};

// A name that is wrong in form says the same as one of nobody.
bool Absent(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsInvalidArgument(status);
}

}  // namespace

absl::StatusOr<Deed> MakeDeed(const Transaction& tx, Deed deed,
                              const google::type::Date& effective_date) {
  deed.day = FromProtoDate(effective_date).value_or(deed.day);
  SA_RETURN_IF_ERROR(domain::CheckNotFuture(deed.day, TokyoDay(tx.now()), "effective_date"));
  return deed;
}

absl::Status AddAct(Transaction& tx, const std::string& subject, const Deed& deed) {
  return tx
      .Exec(kAddAct, {tx.organization(), tx.call().client(), NewId(tx.now()), subject, deed.verb,
                      deed.text, FormatIsoDate(deed.day), common::v1::Channel_Name(deed.channel),
                      tx.call().Actor(), pg::ToParam(tx.now())})
      .status();
}

absl::StatusOr<google::protobuf::RepeatedPtrField<v1::OperationAct>> LoadActs(
    Transaction& tx, const std::string& subject) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kActs, {tx.organization(), tx.call().client(), subject}));
  google::protobuf::RepeatedPtrField<v1::OperationAct> acts;
  for (const pg::Row row : rows) {
    v1::OperationAct* act = acts.Add();
    for (const char* field : kActFields) {
      pg::FieldFromColumn(row, field, v1::OperationAct::descriptor()->FindFieldByName(field), *act);
    }
  }
  return acts;
}

absl::StatusOr<std::map<std::string, int>> CountEvidences(
    Transaction& tx, const std::vector<std::string>& subjects) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kCountEvidences,
                              {tx.organization(), tx.call().client(), pg::ToArrayParam(subjects)}));
  std::map<std::string, int> counts;
  for (const pg::Row row : rows) counts[row.Text("subject")] = static_cast<int>(row.Int("pieces"));
  return counts;
}

absl::StatusOr<pg::Rows> EvidenceRows(Transaction& tx, const std::string& subject,
                                      const std::string& after, int limit) {
  return tx.Exec(kListEvidences, {tx.organization(), tx.call().client(), subject, after,
                                  pg::ToParam(int64_t{limit})});
}

absl::Status StoreFile(Transaction& tx, const std::string& bytes, v1::Evidence& evidence) {
  evidence.set_blob(NewId(tx.now()));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kStoreFile, {tx.organization(), tx.call().client(), evidence.blob(),
                                           pg::ToByteaParam(bytes), evidence.media_type(),
                                           FormatIsoDate(*FromProtoDate(evidence.effective_date())),
                                           pg::ToParam(tx.now())}));
  evidence.set_size(static_cast<int>(rows[0].Int("size")));
  evidence.set_sha256(rows[0].Text("sha256"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(Transaction& tx, const v1::Evidence& evidence) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kReadFile, {tx.organization(), tx.call().client(), evidence.blob()}));
  if (rows.empty()) return NotFound(evidence.name());
  return rows[0].Bytes("data");
}

absl::Status CheckEngagementOf(Transaction& tx, const std::string& engagement,
                               const std::string& field) {
  if (engagement.empty()) return absl::OkStatus();
  const auto found = kEngagements.Get(tx, engagement);
  if (found.ok()) return absl::OkStatus();
  if (!Absent(found.status())) return found.status();
  return InvalidField(field, absl::StrCat("'", engagement, "' is no engagement of this client"),
                      "このお客様の支援ではありません");
}

absl::Status CheckMember(Transaction& tx, const std::string& member, const std::string& field) {
  if (member.empty()) return absl::OkStatus();
  const auto found = kMembers.Get(tx, member);
  if (found.ok() && ClientOf(member) == tx.call().client_name()) return absl::OkStatus();
  if (!found.ok() && !Absent(found.status())) return found.status();
  return InvalidField(field, absl::StrCat("'", member, "' is nobody on this client's roster"),
                      "この人はお客様の名簿にいません");
}

absl::StatusOr<std::string> OwnerName(Transaction& tx, const std::string& user,
                                      const std::string& member, const std::string& prefix) {
  if (!member.empty()) {
    SA_RETURN_IF_ERROR(CheckMember(tx, member, prefix + "owner_member"));
    SA_ASSIGN_OR_RETURN(const v1::Member found, kMembers.Get(tx, member));
    return found.display_name();
  }
  if (user.empty()) return std::string();
  const auto found = kUsers.Get(tx, user);
  if (found.ok()) return found->display_name();
  if (!Absent(found.status())) return found.status();
  return InvalidField(prefix + "owner_user", absl::StrCat("there is no user '", user, "'"),
                      "この利用者は登録されていません");
}

absl::Status CheckSubject(Transaction& tx, const std::string& parent, const std::string& subject) {
  absl::Status found = NotFound(subject);
  if (ClientOf(subject) == parent) {
    if (absl::StrContains(subject, "/activities/")) found = kActivities.Get(tx, subject).status();
    if (absl::StrContains(subject, "/operationForms/")) {
      found = kOperationForms.Get(tx, subject).status();
    }
    if (absl::StrContains(subject, "/internalChecks/")) {
      found = absl::StrContains(subject, "/findings/") ? kFindings.Get(tx, subject).status()
                                                       : kInternalChecks.Get(tx, subject).status();
    }
    if (absl::StrContains(subject, "/ruleExceptions/")) {
      found = kRuleExceptions.Get(tx, subject).status();
    }
  }
  if (found.ok() || !Absent(found)) return found;
  return InvalidField("evidence.subject",
                      absl::StrCat("came '", subject,
                                   "'; want an activity, operation form, internal check, finding "
                                   "or rule exception of this client"),
                      "このお客様の活動、様式、内部点検、見つけたこと、例外のいずれかを指定して"
                      "ください");
}

absl::StatusOr<const content::v1::ActivityCalendar*> CalendarOf(Transaction& tx,
                                                                const content::Library& library,
                                                                const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kCalendar, {tx.organization(), tx.call().client(),
                          engagement.empty() ? pg::Param() : pg::Param(LastId(engagement))}));
  if (rows.empty()) return nullptr;
  return library.Find<content::v1::ActivityCalendar>(rows[0].Text("calendar"));
}

absl::Status NoCalendar(const std::string& client) {
  return CriteriaUnmet(
      client, {{"activity_calendar", "no engagement of this client has a calendar of activities",
                "年間の活動を含む支援（二つ星）がありません"}});
}

absl::Status AddOperationFacts(Transaction& tx, std::vector<fact::v1::Fact>& facts) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kFacts, {tx.organization(), tx.call().client(),
                                                            FormatIsoDate(TokyoDay(tx.now()))}));
  const pg::Row row = rows[0];
  facts.push_back(CountFact("activity.done", "", row.Int("done")));
  facts.push_back(CountFact("activity.overdue", "", row.Int("overdue")));
  facts.push_back(CountFact("operation.forms", "", row.Int("forms")));
  facts.push_back(CountFact("operation.exceptions_expired", "", row.Int("expired")));
  // A check is of its year, so it counts for its engagement alone.
  SA_ASSIGN_OR_RETURN(const pg::Rows checked,
                      tx.Exec(kChecked, {tx.organization(), tx.call().client()}));
  for (const pg::Row each : checked) {
    facts.push_back(
        TruthFact("internal_check.concluded", "engagements/" + each.Text("engagement_id"), true));
  }
  return absl::OkStatus();
}

}  // namespace staraction::engagement
